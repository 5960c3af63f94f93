"""Buttons of applications: asking, and answering."""

from dataclasses import dataclass
from enum import StrEnum

from domain.buttons.coding import Action, coded


@coded("gj")
@dataclass(frozen=True)
class AskToJoin(Action):
    """Begin an application."""

    group_id: int


@coded("gw")
@dataclass(frozen=True)
class Withdraw(Action):
    """Withdraw an application."""

    application_id: int


@coded("aa")
@dataclass(frozen=True)
class Accept(Action):
    """Accept an application."""

    application_id: int


@coded("ad")
@dataclass(frozen=True)
class Decline(Action):
    """Decline an application."""

    application_id: int


@coded("ar")
@dataclass(frozen=True)
class DeclineWithReason(Action):
    """Decline an application in one's own words: they are typed next."""

    application_id: int


@coded("au")
@dataclass(frozen=True)
class UndoAnswer(Action):
    """Take the own answer to an application back."""

    application_id: int


class Verdict(StrEnum):
    """What can be done with an application where it is shown in a list's place."""

    SHOW = "show"
    ACCEPT = "accept"
    DECLINE = "decline"
    UNDO = "undo"


@coded("ae")
@dataclass(frozen=True)
class AnswerHere(Action):
    """The same as on the card, but what comes of it takes the place of this message."""

    application_id: int
    verdict: Verdict


@coded("al")
@dataclass(frozen=True)
class ListRequests(Action):
    """A page of a group's open applications, counted from 0."""

    group_id: int
    page: int


@coded("aw")
@dataclass(frozen=True)
class ListWaiting(Action):
    """A page of a group's waiting list, counted from 0."""

    group_id: int
    page: int
