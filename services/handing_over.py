"""Handing a group over: a coordinator names the next one, and stays or goes."""

from dataclasses import dataclass

from domain.errors import NotAllowed
from domain.groups import Group
from domain.paging import ListPage, page_at
from domain.people import Person
from domain.permissions import Permission, Role
from domain.roles import (
    HandedOver,
    HandOverOutcome,
    NobodyElse,
    StepDownOutcome,
    decide_hand_over,
    decide_step_down,
)
from services.groups import lock_group
from services.roles import PAGE_SIZE, give, withdraw
from services.work import Work
from storage import people, roles


@dataclass(frozen=True)
class Heirs:
    """One page of those who can take over a group. `is_coordinator`: whether the reader coordinates it."""

    group: Group
    people: list[Person]
    coordinators: frozenset[int]
    is_coordinator: bool
    page: ListPage


async def list_heirs(work: Work, group_id: int, wished: int) -> Heirs:
    """Members and other coordinators of a group, by name."""
    group = await lock_group(work, group_id, Permission.HAND_OVER)
    belonging = await roles.members_and_coordinators(work.tx, group.id)
    heirs = [person for person in belonging if person.id != work.person.id]
    coordinators = frozenset(await people.coordinators_of(work.tx, group.id))
    page = page_at(wished, len(heirs), PAGE_SIZE)
    shown = heirs[page.part]
    return Heirs(group, shown, coordinators, work.person.id in coordinators, page)


@dataclass(frozen=True)
class Heir:
    """Somebody who can take over a group; `coordinates`: they do already; `is_coordinator`: the reader does."""

    group: Group
    person: Person
    coordinates: bool
    is_coordinator: bool


async def get_heir(work: Work, group_id: int, person_id: int) -> Heir:
    """Somebody who can take over; raise NotAllowed for anybody else."""
    group = await lock_group(work, group_id, Permission.HAND_OVER)
    belonging = {person.id: person for person in await roles.members_and_coordinators(work.tx, group.id)}
    coordinators = await people.coordinators_of(work.tx, group.id)
    if person_id not in belonging or person_id == work.person.id:
        raise NotAllowed
    return Heir(group, belonging[person_id], person_id in coordinators, work.person.id in coordinators)


async def hand_over(work: Work, group_id: int, heir_id: int, *, stays: bool) -> HandOverOutcome:
    """Make a member or coordinator of the group its coordinator; the giver stays one, or goes."""
    group = await lock_group(work, group_id, Permission.HAND_OVER)
    belonging = frozenset(person.id for person in await roles.members_and_coordinators(work.tx, group.id))
    outcome = decide_hand_over(heir_id, work.person.id, belonging, stays=stays)
    if isinstance(outcome, HandedOver):
        await give(work, Role.COORDINATOR, heir_id, group.id)
        if outcome.has_left:
            await withdraw(work, Role.COORDINATOR, work.person.id, group.id)
    return outcome


async def step_down(work: Work, group_id: int) -> StepDownOutcome:
    """Stop coordinating a group; the only coordinator cannot."""
    group = await lock_group(work, group_id, Permission.HAND_OVER)
    outcome = decide_step_down(work.person.id, frozenset(await people.coordinators_of(work.tx, group.id)))
    if not isinstance(outcome, NobodyElse):
        await withdraw(work, Role.COORDINATOR, work.person.id, group.id)
    return outcome
