"""Buttons of the organisers' cockpit."""

from dataclasses import dataclass
from enum import StrEnum

from domain.buttons.coding import Action, coded


class Section(StrEnum):
    """What is done from the cockpit, each on a screen of its own."""

    GROUPS = "groups"
    ROLES = "roles"
    ROUNDS = "rounds"
    TIMINGS = "timings"
    EXPORTS = "exports"
    AUDIT = "audit"
    LETTERS = "letters"
    DIGEST = "digest"
    ERASING = "erasing"
    HOMEPAGE = "homepage"


@coded("oc")
@dataclass(frozen=True)
class Organise(Action):
    """A page of the cockpit, counted from 0."""

    page: int


@coded("og")
@dataclass(frozen=True)
class ShowProgress(Action):
    """How one group is doing, and why."""

    group_id: int


@coded("os")
@dataclass(frozen=True)
class OrganiseSection(Action):
    """Open a section of the cockpit."""

    section: Section


@coded("oww")
@dataclass(frozen=True)
class AskWanted(Action):
    """How many webinars are expected of each group?"""


@coded("ows")
@dataclass(frozen=True)
class SetWanted(Action):
    """So many."""

    webinars: int
