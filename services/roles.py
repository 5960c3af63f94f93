"""Roles: giving, taking and handing them over, with word to whom it concerns."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.deliveries import owe
from domain.errors import NotAllowed
from domain.groups import Group
from domain.people import Person
from domain.permissions import Permission, Role, Target, can
from domain.roles import (
    GRANTED_BY,
    Granted,
    GrantOutcome,
    HandedOver,
    HandOverOutcome,
    Held,
    HeldAlready,
    NobodyElse,
    StepDownOutcome,
    Taken,
    TakeOutcome,
    decide_hand_over,
    decide_step_down,
    decide_take,
)
from messages import roles as texts
from messages.markup import Message
from services import admitting, chores
from services.groups import lock_group
from services.rendering import OUTDATED, Drop, Rendered, Rendering
from services.work import Work
from storage import facts, groups, outbox, people, roles

PAGE_SIZE = 8


@dataclass(frozen=True)
class Listed:
    """One page of who holds what. `takeable`: ids of the roles that this person may take away."""

    held: list[Held]
    takeable: frozenset[int]
    page: int
    pages: int


async def list_roles(work: Work, page: int) -> Listed:
    """A page of all owners, organisers and coordinators; one past the end shows the last."""
    work.require(Permission.GRANT_COORDINATOR)
    everybody = [*await _named_owners(work), *await roles.get_all(work.tx)]
    pages = max(1, -(-len(everybody) // PAGE_SIZE))
    page = min(max(page, 0), pages - 1)
    held = everybody[page * PAGE_SIZE : (page + 1) * PAGE_SIZE]
    takeable = frozenset(one.id for one in held if one.id is not None and can(work.actor, GRANTED_BY[one.role]))
    return Listed(held, takeable, page, pages)


async def _named_owners(work: Work) -> list[Held]:
    """The owners of the settings; one who has never written to the bot has no name yet."""
    known = await people.get_many(work.tx, work.process.owner_ids)
    return [
        Held(None, known.get(owner) or Person(owner, "?", work.language), Role.OWNER)
        for owner in sorted(work.process.owner_ids)
    ]


def grantable(work: Work) -> list[Role]:
    """The roles that this person may give, highest first."""
    return [role for role, permission in GRANTED_BY.items() if can(work.actor, permission)]


async def grant(work: Work, role: Role, person_id: int, group_id: int | None = None) -> GrantOutcome:
    """Give somebody a role and tell them; raise NotAllowed where there is no such person or group."""
    work.require(GRANTED_BY[role])
    person = await people.get(work.tx, person_id)
    if person is None or (role is Role.COORDINATOR) is (group_id is None):
        raise NotAllowed
    if group_id is not None:
        await lock_group(work, group_id, Permission.GRANT_COORDINATOR)
    return await _give(work, role, person_id, group_id)


async def get_takeable(work: Work, role_id: int) -> Held:
    """A role that this person may take away; raise NotAllowed for any other, and for one that is gone."""
    held = await roles.get(work.tx, role_id)
    if held is None:
        raise NotAllowed
    work.require(GRANTED_BY[held.role], Target(group_id=held.group_id))
    return held


async def take(work: Work, role_id: int) -> TakeOutcome:
    """Take a role away and tell who held it; a group left without a coordinator becomes the organisers' chore."""
    held = await get_takeable(work, role_id)
    outcome = decide_take(held.role, held.person.id, await _holders(work, held))
    if isinstance(outcome, Taken):
        await _take(work, held.role, held.person.id, held.group_id)
        if outcome.is_orphaned and held.group_id is not None:
            await chores.open_coordinator_wanted(work, held.group_id)
    return outcome


async def _holders(work: Work, held: Held) -> frozenset[int]:
    """Who else holds it, held until the end of the transaction. Of the settings, only owners whom the bot has met."""
    if held.role is Role.OWNER:
        met = await people.get_many(work.tx, work.process.owner_ids)
        return frozenset(await roles.lock_owners(work.tx)) | {p.id for p in met.values() if p.started_at is not None}
    if held.group_id is None:
        return frozenset()
    await groups.lock(work.tx, held.group_id)
    return frozenset(await people.coordinators_of(work.tx, held.group_id))


# --- Handing over -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Heirs:
    """One page of those who can take over a group. `can_leave`: whether the reader coordinates it and may go."""

    group: Group
    people: list[Person]
    coordinators: frozenset[int]
    is_coordinator: bool
    page: int
    pages: int


async def list_heirs(work: Work, group_id: int, page: int) -> Heirs:
    """Members and other coordinators of a group, by name."""
    group = await lock_group(work, group_id, Permission.HAND_OVER)
    belonging = await roles.members_and_coordinators(work.tx, group.id)
    heirs = [person for person in belonging if person.id != work.person.id]
    coordinators = frozenset(await people.coordinators_of(work.tx, group.id))
    pages = max(1, -(-len(heirs) // PAGE_SIZE))
    page = min(max(page, 0), pages - 1)
    shown = heirs[page * PAGE_SIZE : (page + 1) * PAGE_SIZE]
    return Heirs(group, shown, coordinators, work.person.id in coordinators, page, pages)


async def get_heir(work: Work, group_id: int, person_id: int) -> tuple[Heirs, Person]:
    """Somebody who can take over; raise NotAllowed for anybody else."""
    group = await lock_group(work, group_id, Permission.HAND_OVER)
    belonging = {person.id: person for person in await roles.members_and_coordinators(work.tx, group.id)}
    coordinators = frozenset(await people.coordinators_of(work.tx, group.id))
    if person_id not in belonging or person_id == work.person.id:
        raise NotAllowed
    return Heirs(group, [], coordinators, work.person.id in coordinators, 0, 1), belonging[person_id]


async def hand_over(work: Work, group_id: int, heir_id: int, *, stays: bool) -> HandOverOutcome:
    """Make a member or coordinator of the group its coordinator; the giver stays one, or goes."""
    group = await lock_group(work, group_id, Permission.HAND_OVER)
    belonging = frozenset(person.id for person in await roles.members_and_coordinators(work.tx, group.id))
    outcome = decide_hand_over(heir_id, work.person.id, belonging, stays=stays)
    if isinstance(outcome, HandedOver):
        await _give(work, Role.COORDINATOR, heir_id, group.id)
        if outcome.has_left:
            await _take(work, Role.COORDINATOR, work.person.id, group.id)
    return outcome


async def step_down(work: Work, group_id: int) -> StepDownOutcome:
    """Stop coordinating a group; the only coordinator cannot."""
    group = await lock_group(work, group_id, Permission.HAND_OVER)
    outcome = decide_step_down(work.person.id, frozenset(await people.coordinators_of(work.tx, group.id)))
    if not isinstance(outcome, NobodyElse):
        await _take(work, Role.COORDINATOR, work.person.id, group.id)
    return outcome


# --- The rows, the audit, the news ------------------------------------------------------------


async def _give(work: Work, role: Role, person_id: int, group_id: int | None) -> GrantOutcome:
    named = role is Role.OWNER and person_id in work.process.owner_ids
    if named or not await people.grant(work.tx, person_id, role, group_id):
        return HeldAlready()
    await _note(work, "role_granted", person_id, None, _seen(role, group_id))
    await _tell(work, "granted", role, person_id, group_id)
    if group_id is not None:
        await chores.close_coordinator_wanted(work, group_id)
        await admitting.let_in(work.tx, group_id, person_id, work.now)
    return Granted()


async def _take(work: Work, role: Role, person_id: int, group_id: int | None) -> None:
    if await roles.revoke(work.tx, person_id, role, group_id):
        await _note(work, "role_taken", person_id, _seen(role, group_id), None)
        await _tell(work, "taken", role, person_id, group_id)
        if group_id is not None:
            await admitting.put_out(work, group_id, person_id)


def _seen(role: Role, group_id: int | None) -> dict[str, object]:
    return {"role": role.value, "group_id": group_id}


async def _note(
    work: Work, action: str, person_id: int, before: Mapping[str, object] | None, after: Mapping[str, object] | None
) -> None:
    await facts.note(work.tx, work.now, work.person.id, action, f"person:{person_id}", before, after)


async def _tell(work: Work, fact: str, role: Role, person_id: int, group_id: int | None) -> None:
    """Owe the news, but not to somebody who has just done it themselves."""
    if person_id == work.person.id:
        return
    refs = {"fact": fact, **_seen(role, group_id)}
    key = f"role:{fact}:{role.value}:{group_id or 0}:{person_id}:{work.now.isoformat()}"
    await outbox.add(work.tx, [owe("role", key, work.now, chat_id=person_id, person_id=person_id, refs=refs)], work.now)


async def render_news(batch: Rendering) -> Rendered:
    """Tell people what they can do now, or no longer; news that is no longer true is left out."""
    rendered: dict[int, Message | Drop] = {}
    for delivery in batch.deliveries:
        reader = batch.readers[delivery.person_id or 0]
        fact, role = str(delivery.refs["fact"]), Role(str(delivery.refs["role"]))
        group_id = int(str(delivery.refs["group_id"] or 0))
        actor = await people.get_actor(batch.tx, reader.id, batch.process.owner_ids)
        held = {
            Role.OWNER: actor.is_owner,
            Role.ORGANISER: actor.is_organiser,
            Role.COORDINATOR: group_id in actor.coordinates,
        }
        group = await groups.get(batch.tx, group_id) if group_id else None
        rendered[delivery.id] = (
            texts.news(fact, role, group, reader.language) if held[role] is (fact == "granted") else OUTDATED
        )
    return rendered
