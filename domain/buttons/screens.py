"""Screens that can always be asked for again."""

from dataclasses import dataclass
from enum import StrEnum

from domain.buttons.coding import Action, coded


class Page(StrEnum):
    """Screens that can always be asked for again."""

    HOME = "home"
    GROUPS = "groups"
    WEBINARS = "webinars"
    RESULTS = "results"
    SESSIONS = "sessions"
    TALKS = "talks"
    SETTINGS = "settings"
    CALENDAR = "calendar"
    HELP = "help"
    PRIVACY = "privacy"
    CONTACT = "contact"


@coded("o")
@dataclass(frozen=True)
class Open(Action):
    """Show a screen in place of this one."""

    page: Page
