"""Roles: giving and taking them, with word to whom it concerns."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.deliveries import owe
from domain.errors import NotAllowed
from domain.paging import ListPage, page_at
from domain.people import Person
from domain.permissions import Permission, Role, Target, can
from domain.roles import GRANTED_BY, Granted, GrantOutcome, Held, HeldAlready, Taken, TakeOutcome, decide_take
from messages import roles as texts
from messages.markup import Message
from services import admitting, asking, belonging, chores
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
    page: ListPage


async def list_roles(work: Work, wished: int) -> Listed:
    """A page of all owners, organisers and coordinators; one past the end shows the last."""
    work.require(Permission.GRANT_COORDINATOR)
    everybody = [*await _named_owners(work), *await roles.get_all(work.tx)]
    page = page_at(wished, len(everybody), PAGE_SIZE)
    held = everybody[page.part]
    takeable = frozenset(one.id for one in held if one.id is not None and can(work.actor, GRANTED_BY[one.role]))
    return Listed(held, takeable, page)


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
    return await give(work, role, person_id, group_id)


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
        await withdraw(work, held.role, held.person.id, held.group_id)
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


# --- The rows, the audit, the news ------------------------------------------------------------


async def give(work: Work, role: Role, person_id: int, group_id: int | None) -> GrantOutcome:
    """Store the role, note it, tell them; the right was checked before."""
    named = role is Role.OWNER and person_id in work.process.owner_ids
    if named or not await belonging.grant(work.tx, person_id, role, group_id, work.now):
        return HeldAlready()
    await _note(work, "role_granted", person_id, None, _seen(role, group_id))
    await _tell(work, "granted", role, person_id, group_id)
    if group_id is not None:
        await chores.close_coordinator_wanted(work, group_id)
        await admitting.let_in(work.tx, group_id, person_id, work.now)
        await asking.ask_newcomer(work.tx, group_id, person_id, work.now)
    return Granted()


async def withdraw(work: Work, role: Role, person_id: int, group_id: int | None) -> None:
    """Delete the role, note it, tell them; the right was checked before."""
    if await belonging.revoke(work.tx, person_id, role, group_id, work.now):
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
