"""Registrations: who comes to a webinar, and who waits."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import Select, func, select, update

from domain.registering import Booking, Registration
from storage.database import Tx
from storage.dialects import insert
from storage.tables import registrations

_WAITING = registrations.c.state == Registration.WAITING.value
_TICK = timedelta(microseconds=1)


async def get(tx: Tx, event_id: int, person_id: int) -> Booking:
    """How an event is booked, seen by one person."""
    counted = select(registrations.c.state, func.count()).where(registrations.c.event_id == event_id)
    numbers = dict((await tx.execute(counted.group_by(registrations.c.state))).all())
    this = (registrations.c.event_id == event_id, registrations.c.person_id == person_id)
    row = (await tx.execute(select(registrations.c.state, registrations.c.queued_at).where(*this))).one_or_none()
    mine = Registration(row.state) if row else None
    taken, waiting = (numbers.get(one.value, 0) for one in (Registration.REGISTERED, Registration.WAITING))
    position = await _position(tx, event_id, row.queued_at) if row and mine is Registration.WAITING else None
    return Booking(taken, waiting, mine, position)


async def _position(tx: Tx, event_id: int, queued_at: datetime) -> int:
    ahead = (registrations.c.event_id == event_id, _WAITING, registrations.c.queued_at <= queued_at)
    return await tx.scalar(select(func.count()).select_from(registrations).where(*ahead)) or 0


async def put(tx: Tx, event_id: int, person_id: int, state: Registration, now: datetime) -> None:
    """Store what somebody's registration is; whoever begins to wait stands at the end, also behind the same moment."""
    queued_at = await _end_of_queue(tx, event_id, now) if state is Registration.WAITING else now
    values = {"state": state.value, "queued_at": queued_at}
    statement = insert(tx, registrations).values(event_id=event_id, person_id=person_id, **values)
    await tx.execute(statement.on_conflict_do_update(index_elements=["event_id", "person_id"], set_=values))


async def _end_of_queue(tx: Tx, event_id: int, now: datetime) -> datetime:
    waiting = (registrations.c.event_id == event_id, _WAITING)
    last = await tx.scalar(select(func.max(registrations.c.queued_at)).where(*waiting))
    return now if last is None else max(now, last + _TICK)


async def move_up(tx: Tx, event_id: int, count: int) -> list[int]:
    """Give so many of those who wait a place, the first first; returns their ids in this order."""
    this = registrations.c.event_id == event_id
    queue = select(registrations.c.person_id).where(this, _WAITING).order_by(registrations.c.queued_at).limit(count)
    first = list((await tx.execute(queue)).scalars())
    moved = update(registrations).where(this, registrations.c.person_id.in_(first))
    await tx.execute(moved.values(state=Registration.REGISTERED.value))
    return first


async def booked_by(tx: Tx, person_id: int) -> list[int]:
    """Ids of the events that a person comes to or waits for, in order: two who go through them never block."""
    booked = registrations.c.state != Registration.WITHDRAWN.value
    query = select(registrations.c.event_id).where(registrations.c.person_id == person_id, booked)
    return list((await tx.execute(query.order_by(registrations.c.event_id))).scalars())


async def places_of(tx: Tx, person_id: int) -> frozenset[int]:
    """Ids of the events for which a person has a place."""
    mine = (registrations.c.person_id == person_id, registrations.c.state == Registration.REGISTERED.value)
    return frozenset((await tx.execute(select(registrations.c.event_id).where(*mine))).scalars())


def registered_for(event_id: int) -> Select[int]:
    """SELECT of the ids of those who are registered."""
    this = registrations.c.event_id == event_id
    return select(registrations.c.person_id).where(this, registrations.c.state == Registration.REGISTERED.value)


async def which_come(tx: Tx, event_id: int, person_ids: Collection[int]) -> frozenset[int]:
    """Those of the people who are registered."""
    query = registered_for(event_id).where(registrations.c.person_id.in_(person_ids))
    return frozenset((await tx.execute(query)).scalars())
