"""Buttons of working groups."""

from dataclasses import dataclass

from domain.buttons.coding import Action, coded


@coded("gp")
@dataclass(frozen=True)
class ListGroups(Action):
    """A page of the working groups, counted from 0."""

    page: int


@coded("gd")
@dataclass(frozen=True)
class ShowGroup(Action):
    """A working group's card."""

    group_id: int


@coded("gl")
@dataclass(frozen=True)
class Leave(Action):
    """Leave a group: asks first."""

    group_id: int


@coded("gly")
@dataclass(frozen=True)
class LeaveForSure(Action):
    """Leave a group after having been asked."""

    group_id: int
