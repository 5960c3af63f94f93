"""Buttons of minutes and of sessions that are over."""

from dataclasses import dataclass

from domain.buttons.coding import Action, coded


@coded("nl")
@dataclass(frozen=True)
class ListPast(Action):
    """A page of the sessions that are over, newest first, counted from 0."""

    page: int


@coded("nr")
@dataclass(frozen=True)
class ReadMinutes(Action):
    """The minutes of a session."""

    session_id: int


@coded("nw")
@dataclass(frozen=True)
class WriteMinutes(Action):
    """Begin to write the minutes, or a new version of them."""

    session_id: int
