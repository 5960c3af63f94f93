"""Buttons of roles: giving, taking, handing over."""

from dataclasses import dataclass

from domain.buttons.coding import Action, coded
from domain.permissions import Role


@coded("ql")
@dataclass(frozen=True)
class ListRoles(Action):
    """A page of who holds what, counted from 0."""

    page: int


@coded("qn")
@dataclass(frozen=True)
class BeginGrant(Action):
    """Give somebody a role."""


@coded("qng")
@dataclass(frozen=True)
class NameCoordinator(Action):
    """Give somebody the role of coordinator of this group."""

    group_id: int


@coded("qr")
@dataclass(frozen=True)
class PickRole(Action):
    """Which role. `revision` is that of the dialog."""

    role: Role
    revision: int


@coded("qgp")
@dataclass(frozen=True)
class TurnGroups(Action):
    """A page of the groups to choose from, counted from 0."""

    page: int
    revision: int


@coded("qg")
@dataclass(frozen=True)
class PickGroup(Action):
    """Of which group."""

    group_id: int
    revision: int


@coded("qpp")
@dataclass(frozen=True)
class TurnPeople(Action):
    """A page of the people found, counted from 0."""

    page: int
    revision: int


@coded("qp")
@dataclass(frozen=True)
class PickPerson(Action):
    """Who."""

    person_id: int
    revision: int


@coded("qt")
@dataclass(frozen=True)
class AskTake(Action):
    """Take a role away: asks first."""

    role_id: int


@coded("qty")
@dataclass(frozen=True)
class TakeForSure(Action):
    """Take a role away after having been asked."""

    role_id: int


@coded("qh")
@dataclass(frozen=True)
class ListHeirs(Action):
    """A page of those who can take over a group, counted from 0."""

    group_id: int
    page: int


@coded("qha")
@dataclass(frozen=True)
class AskHandOver(Action):
    """Hand a group over to this person: asks first."""

    group_id: int
    person_id: int


@coded("qhy")
@dataclass(frozen=True)
class HandOverAndLeave(Action):
    """This person coordinates the group from now on, and the giver no longer does."""

    group_id: int
    person_id: int


@coded("qhs")
@dataclass(frozen=True)
class HandOverAndStay(Action):
    """This person coordinates the group, too."""

    group_id: int
    person_id: int


@coded("qd")
@dataclass(frozen=True)
class AskStepDown(Action):
    """Stop coordinating a group: asks first."""

    group_id: int


@coded("qdy")
@dataclass(frozen=True)
class StepDownForSure(Action):
    """Stop coordinating a group after having been asked."""

    group_id: int
