"""Roles given in the chat: who may give and take which, and whom nobody can do without."""

from collections.abc import Mapping, Set
from dataclasses import dataclass

from domain.people import Person
from domain.permissions import Permission, Role

GRANTED_BY: Mapping[Role, Permission] = {
    Role.OWNER: Permission.GRANT_ORGANISER,
    Role.ORGANISER: Permission.GRANT_ORGANISER,
    Role.COORDINATOR: Permission.GRANT_COORDINATOR,
}
"""The roles that are given and taken in the chat, highest first, and the right to do either."""


@dataclass(frozen=True)
class Held:
    """Somebody's role. `id` None: an owner named in the settings. `group_id`: only coordinators have one."""

    id: int | None
    person: Person
    role: Role
    group_id: int | None = None
    group_code: str = ""


@dataclass(frozen=True)
class Granted:
    """The role is theirs from now on."""


@dataclass(frozen=True)
class HeldAlready:
    """They have it; perhaps somebody else was faster."""


GrantOutcome = Granted | HeldAlready


@dataclass(frozen=True)
class Taken:
    """The role is gone. `is_orphaned`: the group has no coordinator any more."""

    is_orphaned: bool = False


@dataclass(frozen=True)
class LastOwner:
    """Without this owner nobody could give roles any more."""


TakeOutcome = Taken | LastOwner


def decide_take(role: Role, person_id: int, others: Set[int]) -> TakeOutcome:
    """Take a role away; `others` are those who hold the same one (of owners: those the bot has met)."""
    remaining = others - {person_id}
    if role is Role.OWNER and not remaining:
        return LastOwner()
    return Taken(is_orphaned=role is Role.COORDINATOR and not remaining)


@dataclass(frozen=True)
class HandedOver:
    """The group has another coordinator now. `has_left`: whoever gave it is none any more."""

    has_left: bool


@dataclass(frozen=True)
class SteppedDown:
    """They are no coordinator any more; others go on."""


@dataclass(frozen=True)
class NobodyElse:
    """The only coordinator names somebody before leaving."""


@dataclass(frozen=True)
class NotAnHeir:
    """Only members and coordinators of the group can take it over."""


HandOverOutcome = HandedOver | NotAnHeir
StepDownOutcome = SteppedDown | NobodyElse


def decide_hand_over(heir_id: int, giver_id: int, heirs: Set[int], *, stays: bool) -> HandOverOutcome:
    """Hand a group over to one of its `heirs`: its members and coordinators."""
    if heir_id == giver_id or heir_id not in heirs:
        return NotAnHeir()
    return HandedOver(has_left=not stays)


def decide_step_down(person_id: int, coordinators: Set[int]) -> StepDownOutcome:
    """Stop coordinating, where somebody else goes on."""
    return SteppedDown() if coordinators - {person_id} else NobodyElse()
