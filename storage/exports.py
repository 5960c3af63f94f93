"""What the exported tables hold: members, numbers, sign-ups."""

from collections import Counter
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Column, Select, func, select
from sqlalchemy.sql.elements import ColumnElement

from domain.events import Event, EventKind, EventState
from domain.exports import Member, Numbers, Registered, SignUp
from domain.groups import ApplicationState
from domain.permissions import Role
from domain.registering import Registration
from storage import events as stored_events
from storage.database import Tx
from storage.following import followers
from storage.tables import answers, applications, events, people, registrations, results, roles, seats


async def get_members(tx: Tx, group_id: int) -> list[Member]:
    """Everybody in a group, each once: coordinators, members, guests, each by name."""
    found: dict[int, Member] = {}
    for role in (Role.GUEST, Role.MEMBER, Role.COORDINATOR):
        found |= await _those(tx, group_id, role, found)
    for person_id, affiliation in await tx.execute(_affiliations(group_id, found)):
        found[person_id] = replace(found[person_id], affiliation=affiliation)
    order = (Role.COORDINATOR, Role.MEMBER, Role.GUEST)
    return sorted(found.values(), key=lambda member: (order.index(member.role), member.name))


async def _those(tx: Tx, group_id: int, role: Role, known: dict[int, Member]) -> dict[int, Member]:
    columns = [people.c.id, people.c.name, people.c.language, people.c.started_at, people.c.blocked_at]
    if role is Role.MEMBER:
        query = select(*columns, seats.c.taken_at).join(seats).where(seats.c.group_id == group_id)
    else:
        held = (roles.c.group_id == group_id) & (roles.c.role == role.value)
        query = select(*columns, roles.c.id).join(roles, roles.c.person_id == people.c.id).where(held)
    those: dict[int, Member] = {}
    for person_id, name, language, started_at, blocked_at, taken_at in await tx.execute(query):
        since = taken_at if role is Role.MEMBER else getattr(known.get(person_id), "since", None)
        reached = started_at is not None and blocked_at is None
        those[person_id] = Member(name, role, language, since=since, can_be_reached=reached)
    return those


def _affiliations(group_id: int, person_ids: Collection[int]) -> Select[int, str]:
    accepted = applications.c.state == ApplicationState.ACCEPTED.value
    query = select(applications.c.person_id, applications.c.affiliation).where(
        applications.c.group_id == group_id, accepted, applications.c.person_id.in_(person_ids)
    )
    return query.order_by(applications.c.id)


async def get_registered(tx: Tx, event_id: int) -> list[Registered]:
    """Who comes to a webinar, then who waits, both in order."""
    columns = [people.c.name, people.c.language, registrations.c.state, registrations.c.queued_at]
    query = select(*columns, people.c.started_at, people.c.blocked_at).join(
        registrations, registrations.c.person_id == people.c.id
    )
    here = (registrations.c.event_id == event_id, registrations.c.state != Registration.WITHDRAWN.value)
    # "registered" comes before "waiting".
    rows = await tx.execute(query.where(*here).order_by(registrations.c.state, registrations.c.queued_at))
    return [
        Registered(name, language, Registration(state), at, started_at is not None and blocked_at is None)
        for name, language, state, at, started_at, blocked_at in rows
    ]


async def get_numbers(tx: Tx, group_ids: Collection[int], now: datetime) -> dict[int, Numbers]:
    """The numbers of each of these groups, by its id."""
    held: dict[int, Counter[EventKind]] = {group_id: Counter() for group_id in group_ids}
    ahead: dict[int, Counter[EventKind]] = {group_id: Counter() for group_id in group_ids}
    announced = events.c.state == EventState.ANNOUNCED.value
    query = select(events.c.group_id, events.c.kind, events.c.starts_at).where(announced)
    for group_id, kind, starts_at in await tx.execute(query.where(events.c.group_id.in_(group_ids))):
        (ahead if starts_at > now else held)[group_id][EventKind(kind)] += 1
    guests = await _count(tx, roles.c.group_id, roles.c.role == Role.GUEST.value)
    waiting = await _count(tx, applications.c.group_id, applications.c.state == ApplicationState.WAITING.value)
    submitted = await _count(tx, results.c.group_id, results.c.submitted_at.is_not(None))
    return {
        group_id: Numbers(
            held[group_id],
            ahead[group_id],
            guests.get(group_id, 0),
            waiting.get(group_id, 0),
            submitted.get(group_id, 0),
        )
        for group_id in group_ids
    }


async def _count(tx: Tx, group_id: Column[int], condition: ColumnElement[bool]) -> dict[int, int]:
    rows = await tx.execute(select(group_id, func.count()).where(condition).group_by(group_id))
    return dict(rows.all())


async def get_sign_ups(tx: Tx) -> list[SignUp]:
    """Every announced webinar and session with its numbers, soonest first."""
    found = [event for kind in EventKind for event in await stored_events.get_all(tx, kind)]
    said = await _answers(tx)
    attended = await _attended(tx)
    signed_up = [
        SignUp(event, await _reminded(tx, event), said.get(event.id, Counter()), attended.get(event.id, 0))
        for event in found
        if event.state is EventState.ANNOUNCED
    ]
    return sorted(signed_up, key=lambda one: (one.event.starts_at, one.event.id))


async def _reminded(tx: Tx, event: Event) -> int:
    if event.kind is not EventKind.WEBINAR:
        return 0
    return await tx.scalar(select(func.count()).select_from(followers(event).subquery())) or 0


async def _answers(tx: Tx) -> dict[int, Counter[str]]:
    query = select(answers.c.event_id, answers.c.answer, func.count()).where(answers.c.answer.is_not(None))
    said: dict[int, Counter[str]] = {}
    for event_id, answer, count in await tx.execute(query.group_by(answers.c.event_id, answers.c.answer)):
        said.setdefault(event_id, Counter())[answer] = count
    return said


async def _attended(tx: Tx) -> dict[int, int]:
    query = select(answers.c.event_id, func.count()).where(answers.c.attended.is_(True))
    return dict((await tx.execute(query.group_by(answers.c.event_id))).all())
