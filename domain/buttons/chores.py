"""Buttons of chores."""

from dataclasses import dataclass

from domain.buttons.coding import Action, coded


@coded("zl")
@dataclass(frozen=True)
class ListChores(Action):
    """A page of the open chores of a group, counted from 0."""

    group_id: int
    page: int


@coded("zd")
@dataclass(frozen=True)
class TickOff(Action):
    """This chore is done; on its own card."""

    chore_id: int


@coded("zk")
@dataclass(frozen=True)
class TickOffInList(Action):
    """This chore is done; on the list."""

    chore_id: int
    page: int
