"""Talks: who presents what, and what they have handed in for it."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, func, select, update

from domain.events import EventState
from domain.talks import Talk, TalkState
from storage.database import Tx
from storage.dialects import insert
from storage.tables import events, talks

_COLUMNS = [talks.c[name] for name in Talk.__dataclass_fields__]


def _talk(row: Row[*tuple[Any, ...]]) -> Talk:
    return Talk(**{**row._mapping, "state": TalkState(row.state)})


async def get(tx: Tx, talk_id: int) -> Talk | None:
    """One talk."""
    row = (await tx.execute(select(*_COLUMNS).where(talks.c.id == talk_id))).one_or_none()
    return _talk(row) if row else None


async def get_many(tx: Tx, talk_ids: Collection[int]) -> dict[int, Talk]:
    """Those of the talks that exist, by id."""
    rows = await tx.execute(select(*_COLUMNS).where(talks.c.id.in_(talk_ids)))
    return {row.id: _talk(row) for row in rows}


async def name(tx: Tx, event_id: int, person_id: int, state: TalkState, invited_by: int | None, now: datetime) -> int:
    """Somebody presents at an event; whoever had declined is asked anew and keeps what they had handed in."""
    values = {"state": state.value, "invited_by": invited_by, "created_at": now}
    empty = {"title": "", "abstract": "", "bio": ""}
    statement = insert(tx, talks).values(event_id=event_id, person_id=person_id, **values, **empty)
    upsert = statement.on_conflict_do_update(index_elements=["event_id", "person_id"], set_=values)
    return int((await tx.execute(upsert.returning(talks.c.id))).scalar_one())


async def change(tx: Tx, talk_id: int, **values: object) -> None:
    """Set columns of one talk."""
    await tx.execute(update(talks).where(talks.c.id == talk_id).values(**values))


async def of_event(tx: Tx, event_id: int) -> list[Talk]:
    """Every talk of an event, in the order in which people came."""
    query = select(*_COLUMNS).where(talks.c.event_id == event_id).order_by(talks.c.id)
    return [_talk(row) for row in await tx.execute(query)]


async def of_person(tx: Tx, person_id: int) -> list[Talk]:
    """Every talk that a person has not declined, soonest first."""
    query = select(*_COLUMNS).join(events, events.c.id == talks.c.event_id)
    mine = query.where(talks.c.person_id == person_id, talks.c.state != TalkState.DECLINED.value)
    return [_talk(row) for row in await tx.execute(mine.order_by(events.c.starts_at, talks.c.id))]


def _of_group(group_id: int, since: datetime) -> Select[*tuple[Any, ...]]:
    announced = events.c.state == EventState.ANNOUNCED.value
    query = select(*_COLUMNS).join(events, events.c.id == talks.c.event_id)
    return query.where(events.c.group_id == group_id, announced, events.c.starts_at > since)


async def of_group(tx: Tx, group_id: int, since: datetime, offset: int, limit: int) -> list[Talk]:
    """Talks at the events of a group that start after `since`, soonest first."""
    ordered = _of_group(group_id, since).order_by(events.c.starts_at, talks.c.id)
    return [_talk(row) for row in await tx.execute(ordered.offset(offset).limit(limit))]


async def count_of_group(tx: Tx, group_id: int, since: datetime) -> int:
    """How many talks `of_group` finds in all."""
    return await tx.scalar(select(func.count()).select_from(_of_group(group_id, since).subquery())) or 0


async def upcoming_events(tx: Tx, group_id: int, now: datetime, offset: int, limit: int) -> list[int]:
    """Ids of the announced events of a group that are still to come, soonest first: somebody may speak there."""
    query = select(events.c.id).where(_upcoming(group_id, now))
    ordered = query.order_by(events.c.starts_at, events.c.id).offset(offset).limit(limit)
    return list((await tx.execute(ordered)).scalars())


async def count_upcoming_events(tx: Tx, group_id: int, now: datetime) -> int:
    """How many `upcoming_events` there are in all."""
    return await tx.scalar(select(func.count()).select_from(events).where(_upcoming(group_id, now))) or 0


def _upcoming(group_id: int, now: datetime) -> ColumnElement[bool]:
    announced = events.c.state == EventState.ANNOUNCED.value
    return and_(events.c.group_id == group_id, announced, events.c.starts_at > now)


def presenting(event_id: int) -> Select[int]:
    """SELECT of the ids of those who present at an event."""
    return select(talks.c.person_id).where(talks.c.event_id == event_id, talks.c.state != TalkState.DECLINED.value)
