"""Points of the agendas: proposed, taken, dropped, in order."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select, update

from domain.agenda import Point, PointState
from domain.events import EventState
from storage.database import Tx
from storage.tables import agenda, events

_COLUMNS = [agenda.c[name] for name in Point.__dataclass_fields__]


def _point(row: Row[*tuple[Any, ...]]) -> Point:
    return Point(**{**row._mapping, "state": PointState(row.state)})


async def add(tx: Tx, session_id: int, person_id: int, text: str, now: datetime) -> int:
    """Store a proposed point, behind the others; return its id."""
    values = {"event_id": session_id, "person_id": person_id, "text": text, "state": PointState.PROPOSED.value}
    inserted = agenda.insert().values(**values, place=0, created_at=now).returning(agenda.c.id)
    return int((await tx.execute(inserted)).scalar_one())


async def get(tx: Tx, point_id: int) -> Point | None:
    """One point."""
    row = (await tx.execute(select(*_COLUMNS).where(agenda.c.id == point_id))).one_or_none()
    return _point(row) if row else None


async def get_all(tx: Tx, session_id: int) -> list[Point]:
    """What is taken, in order, then what is proposed, oldest first; nothing that was dropped."""
    query = select(*_COLUMNS).where(agenda.c.event_id == session_id, agenda.c.state != PointState.DROPPED.value)
    rows = await tx.execute(query.order_by(agenda.c.state.desc(), agenda.c.place, agenda.c.id))  # taken > proposed
    return [_point(row) for row in rows]


async def count_open(tx: Tx, person_id: int, since: datetime) -> int:
    """How many points of this person nobody has answered, of announced sessions that start after `since`."""
    query = select(func.count()).select_from(agenda.join(events, events.c.id == agenda.c.event_id))
    mine = query.where(agenda.c.person_id == person_id, agenda.c.state == PointState.PROPOSED.value)
    coming = mine.where(events.c.starts_at > since, events.c.state == EventState.ANNOUNCED.value)
    return await tx.scalar(coming) or 0


async def count_proposed(tx: Tx, session_id: int) -> int:
    """How many points of a session nobody has taken or dropped."""
    query = select(func.count()).select_from(agenda)
    of_session = query.where(agenda.c.event_id == session_id, agenda.c.state == PointState.PROPOSED.value)
    return await tx.scalar(of_session) or 0


async def settle(tx: Tx, point: Point, state: PointState) -> None:
    """Take or drop a point; one that is taken comes last."""
    last = select(func.coalesce(func.max(agenda.c.place), 0) + 1).where(agenda.c.event_id == point.event_id)
    values = {"state": state.value, "place": last.scalar_subquery()}
    await tx.execute(update(agenda).where(agenda.c.id == point.id).values(values))


async def order(tx: Tx, point_ids: Sequence[int]) -> None:
    """Put points into this order."""
    for place, point_id in enumerate(point_ids, 1):
        await tx.execute(update(agenda).where(agenda.c.id == point_id).values(place=place))
