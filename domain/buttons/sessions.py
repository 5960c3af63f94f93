"""Buttons of sessions: the list, the card, the answers, and those of scheduling and changing."""

from dataclasses import dataclass

from domain.buttons.coding import Action, coded
from domain.sessions import Answer


@coded("vl")
@dataclass(frozen=True)
class ListSessions(Action):
    """A page of the sessions of one's groups, counted from 0."""

    page: int


@coded("vo")
@dataclass(frozen=True)
class OpenSessions(Action):
    """The list as a new message: the card that the button stands on goes on editing itself."""


@coded("vd")
@dataclass(frozen=True)
class ShowSession(Action):
    """The card of one session."""

    session_id: int


@coded("va")
@dataclass(frozen=True)
class AnswerSession(Action):
    """Say whether one will be there."""

    session_id: int
    answer: Answer


@coded("vj")
@dataclass(frozen=True)
class JoinSession(Action):
    """The join link, or when it opens."""

    session_id: int
