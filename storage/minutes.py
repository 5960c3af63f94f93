"""Minutes of the sessions, and the sessions that are over."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.sql.elements import ColumnElement

from domain.events import Event, EventKind, EventState
from domain.minutes import Minutes
from storage import events as stored
from storage.database import Tx
from storage.dialects import insert
from storage.tables import events, minutes

_COLUMNS = [minutes.c[name] for name in Minutes.__dataclass_fields__]


async def get(tx: Tx, session_id: int) -> Minutes | None:
    """The newest version of the minutes of a session."""
    row = (await tx.execute(select(*_COLUMNS).where(minutes.c.event_id == session_id))).one_or_none()
    return Minutes(**row._mapping) if row else None


async def save(tx: Tx, new: Minutes) -> None:
    """Store minutes over an earlier version."""
    values = dict(vars(new))
    statement = insert(tx, minutes).values(values)
    await tx.execute(statement.on_conflict_do_update(index_elements=["event_id"], set_=values))


async def which_have(tx: Tx, session_ids: Collection[int]) -> set[int]:
    """Those of the sessions that have minutes."""
    query = select(minutes.c.event_id).where(minutes.c.event_id.in_(session_ids))
    return set((await tx.execute(query)).scalars())


# --- Sessions that are over -------------------------------------------------------------------


async def get_past(
    tx: Tx, until: datetime, group_ids: Collection[int], session_ids: Collection[int], *, offset: int, limit: int
) -> list[Event]:
    """Sessions of these groups, and these ones, that began before `until` and took place; newest first."""
    query = select(events.c.id).where(*_is_past(until, group_ids, session_ids))
    newest_first = query.order_by(events.c.starts_at.desc(), events.c.id.desc()).offset(offset).limit(limit)
    found = list((await tx.execute(newest_first)).scalars())
    by_id = await stored.get_many(tx, found)
    return [by_id[session_id] for session_id in found]


async def count_past(tx: Tx, until: datetime, group_ids: Collection[int], session_ids: Collection[int]) -> int:
    """How many of them there are."""
    query = select(func.count()).select_from(events).where(*_is_past(until, group_ids, session_ids))
    return await tx.scalar(query) or 0


def _is_past(
    until: datetime, group_ids: Collection[int], session_ids: Collection[int]
) -> tuple[ColumnElement[bool], ...]:
    mine = or_(events.c.group_id.in_(group_ids), events.c.id.in_(session_ids))
    took_place = events.c.state == EventState.ANNOUNCED.value
    return mine, took_place, events.c.kind == EventKind.SESSION.value, events.c.starts_at < until
