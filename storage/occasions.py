"""Occasions: the moments around an event at which something is due."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import and_, delete, func, null, select, update

from domain.occasions import Occasion, Planned, Purpose
from storage.database import Tx
from storage.dialects import insert
from storage.tables import occasions, timings

_COLUMNS = [occasions.c[name] for name in Occasion.__dataclass_fields__]


async def plan(tx: Tx, event_id: int, revision: int, planned: Sequence[Planned]) -> None:
    """Store the occasions of one revision; those there already stay as they are."""
    if not planned:
        return
    rows = [{"event_id": event_id, "revision": revision, **vars(one)} for one in planned]
    await tx.execute(insert(tx, occasions).on_conflict_do_nothing(), rows)


async def forget_older(tx: Tx, event_id: int, revision: int) -> None:
    """Drop what was planned for earlier revisions and has not fired."""
    older = and_(occasions.c.event_id == event_id, occasions.c.revision < revision)
    await tx.execute(delete(occasions).where(older, occasions.c.fired_at.is_(null())))


async def due(tx: Tx, now: datetime) -> list[Occasion]:
    """Occasions that are due and have not fired."""
    query = select(*_COLUMNS).where(occasions.c.fired_at.is_(null()), occasions.c.due_at <= now)
    return [Occasion(**{**row._mapping, "purpose": Purpose(row.purpose)}) for row in await tx.execute(query)]


async def next_due_at(tx: Tx) -> datetime | None:
    """When the next occasion is due."""
    found: datetime | None = await tx.scalar(
        select(func.min(occasions.c.due_at)).where(occasions.c.fired_at.is_(null()))
    )
    return found


async def next_reminder_at(tx: Tx) -> datetime | None:
    """When the next reminder is due; other occasions may concern nobody."""
    query = select(func.min(occasions.c.due_at)).where(
        occasions.c.fired_at.is_(null()), occasions.c.purpose == Purpose.REMINDER.value
    )
    found: datetime | None = await tx.scalar(query)
    return found


async def mark_fired(tx: Tx, occasion_ids: Collection[int], now: datetime) -> None:
    """These occasions are over."""
    await tx.execute(update(occasions).where(occasions.c.id.in_(occasion_ids)).values(fired_at=now))


async def forget_planned(tx: Tx, event_id: int, revision: int, purposes: Collection[Purpose]) -> None:
    """Drop what is planned for some purposes of an event and has not fired."""
    mine = and_(occasions.c.event_id == event_id, occasions.c.revision == revision, occasions.c.fired_at.is_(null()))
    await tx.execute(delete(occasions).where(mine, occasions.c.purpose.in_([one.value for one in purposes])))


async def fired(tx: Tx, event_id: int, revision: int) -> set[Purpose]:
    """What has happened already around this revision of an event."""
    mine = and_(occasions.c.event_id == event_id, occasions.c.revision == revision)
    query = select(occasions.c.purpose).where(mine, occasions.c.fired_at.is_not(null())).distinct()
    return {Purpose(purpose) for purpose in (await tx.execute(query)).scalars()}


async def get_timings(tx: Tx) -> dict[Purpose, int]:
    """Minutes before the start, for the purposes where the organisers chose other than the default."""
    rows = await tx.execute(select(timings.c.purpose, timings.c.minutes))
    return {Purpose(row.purpose): row.minutes for row in rows}


async def set_timing(tx: Tx, purpose: Purpose, minutes: int) -> None:
    """Choose when something is due from now on."""
    statement = insert(tx, timings).values(purpose=purpose.value, minutes=minutes)
    await tx.execute(statement.on_conflict_do_update(index_elements=["purpose"], set_={"minutes": minutes}))
