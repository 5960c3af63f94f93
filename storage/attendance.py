"""Who was at a session: noted by those who run it, else guessed from what people had said."""

from datetime import datetime

from sqlalchemy import or_, select

from domain.events import EventKind, EventState
from domain.sessions import Answer
from storage.database import Tx
from storage.dialects import insert
from storage.tables import answers, events


async def get_held(tx: Tx, group_id: int, now: datetime) -> dict[int, tuple[tuple[datetime, int], ...]]:
    """Sessions of a group that have begun, as (start in UTC, minutes), by the id of who came.

    Where nobody noted it, whoever had said yes counts as there.
    """
    came = or_(answers.c.attended, answers.c.attended.is_(None) & (answers.c.answer == Answer.YES.value))
    query = select(answers.c.person_id, events.c.starts_at, events.c.minutes).join(
        events, events.c.id == answers.c.event_id
    )
    held = query.where(
        events.c.group_id == group_id,
        events.c.kind == EventKind.SESSION.value,
        events.c.state == EventState.ANNOUNCED.value,
        events.c.starts_at <= now,
        came,
    )
    found: dict[int, tuple[tuple[datetime, int], ...]] = {}
    for row in await tx.execute(held.order_by(events.c.starts_at)):
        found[row.person_id] = (*found.get(row.person_id, ()), (row.starts_at, row.minutes))
    return found


async def get_noted(tx: Tx, session_id: int) -> dict[int, bool]:
    """Whether people were there, by id; only of those about whom it was noted."""
    query = select(answers.c.person_id, answers.c.attended)
    rows = await tx.execute(query.where(answers.c.event_id == session_id, answers.c.attended.is_not(None)))
    return {row.person_id: row.attended for row in rows}


async def note(tx: Tx, session_id: int, attended: dict[int, bool], noted_by: int) -> None:
    """Note for each of these people whether they were there; what they had answered stays."""
    if not attended:
        return
    rows = [
        {"event_id": session_id, "person_id": person_id, "attended": was_there, "noted_by": noted_by}
        for person_id, was_there in attended.items()
    ]
    statement = insert(tx, answers)
    noted = {"attended": statement.excluded.attended, "noted_by": statement.excluded.noted_by}
    upsert = statement.on_conflict_do_update(index_elements=["event_id", "person_id"], set_=noted)
    await tx.execute(upsert, rows)
