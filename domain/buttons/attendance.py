"""Buttons of noting who was at a session."""

from dataclasses import dataclass

from domain.attendance import Presence
from domain.buttons.coding import Action, coded


@coded("hl")
@dataclass(frozen=True)
class ShowAttendance(Action):
    """A page of those invited, counted from 0, to be changed."""

    session_id: int
    page: int


@coded("hm")
@dataclass(frozen=True)
class MarkPresence(Action):
    """This person was there, or was not. `page`: where the button stands."""

    session_id: int
    person_id: int
    page: int
    presence: Presence


@coded("hs")
@dataclass(frozen=True)
class SaveAttendance(Action):
    """That is all: whoever is not marked otherwise was there if they had said so."""

    session_id: int
