"""Buttons of the coordinators' card of a group."""

from dataclasses import dataclass
from enum import StrEnum

from domain.buttons.coding import Action, coded


class Section(StrEnum):
    """What is done from a group's card, each on a screen of its own; in the order of the buttons."""

    REQUESTS = "requests"
    PEOPLE = "people"
    SESSIONS = "sessions"
    WEBINARS = "webinars"
    SUBMISSIONS = "submissions"
    CHAT = "chat"
    REACH = "reach"
    INVITES = "invites"
    TALKS = "talks"
    TIME = "time"
    CHORES = "chores"
    HAND_OVER = "hand_over"
    EXPORT = "export"


@coded("m")
@dataclass(frozen=True)
class Manage(Action):
    """The card of a group for those who run it."""

    group_id: int


@coded("ml")
@dataclass(frozen=True)
class ListManaged(Action):
    """A page of the groups that the person runs, counted from 0."""

    page: int


@coded("ms")
@dataclass(frozen=True)
class ManageSection(Action):
    """Open a section of a group's card."""

    group_id: int
    section: Section


@coded("mp")
@dataclass(frozen=True)
class ManagePage(Action):
    """A page of a section that is a list, counted from 0."""

    group_id: int
    section: Section
    page: int
