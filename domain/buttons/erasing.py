"""Buttons of erasing somebody else, who asked for it."""

from dataclasses import dataclass

from domain.buttons.coding import Action, coded


@coded("yn")
@dataclass(frozen=True)
class BeginOrder(Action):
    """Whose data?"""


@coded("ypp")
@dataclass(frozen=True)
class TurnFound(Action):
    """A page of the people found, counted from 0. `revision` is that of the dialog."""

    page: int
    revision: int


@coded("yp")
@dataclass(frozen=True)
class PickFound(Action):
    """Theirs."""

    person_id: int
    revision: int


@coded("yc")
@dataclass(frozen=True)
class GoOn(Action):
    """What goes and what stays has been read: sure?"""

    revision: int
