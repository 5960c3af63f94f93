"""Feedback: what people said after a webinar, and who waits for its recording."""

from datetime import datetime

from sqlalchemy import Select, and_, func, null, select, true, update

from domain.feedback import NO_FEEDBACK, Feedback, Wish
from storage.database import Tx
from storage.dialects import insert
from storage.people import reachable
from storage.tables import feedback, people

_COLUMNS = [feedback.c[name] for name in Feedback.__dataclass_fields__]


async def get(tx: Tx, event_id: int, person_id: int) -> Feedback:
    """What somebody has answered so far."""
    mine = (feedback.c.event_id == event_id, feedback.c.person_id == person_id)
    row = (await tx.execute(select(*_COLUMNS).where(*mine))).one_or_none()
    if row is None:
        return NO_FEEDBACK
    return Feedback(**{**row._mapping, "wish": Wish(row.wish) if row.wish is not None else None})


async def put(tx: Tx, event_id: int, person_id: int, now: datetime, **values: object) -> None:
    """Store an answer beside those given before."""
    statement = insert(tx, feedback).values(event_id=event_id, person_id=person_id, at=now, **values)
    upsert = statement.on_conflict_do_update(index_elements=["event_id", "person_id"], set_={"at": now, **values})
    await tx.execute(upsert)


def wanting(event_id: int, only: int | None = None) -> Select[int]:
    """SELECT of the ids of those who want recording and slides and can be written to: everybody, or one person."""
    asked = select(feedback.c.person_id).where(feedback.c.event_id == event_id, feedback.c.wants_recording == true())
    if only is not None:
        asked = asked.where(feedback.c.person_id == only)
    return reachable().where(people.c.id.in_(asked))


def waiting_for_recording(event_id: int, only: int | None = None) -> Select[int]:
    """SELECT of the ids of those of them who have not got the recording."""
    told = select(feedback.c.person_id).where(feedback.c.event_id == event_id, feedback.c.told_at.is_not(null()))
    return wanting(event_id, only).where(people.c.id.not_in(told))


async def mark_told(tx: Tx, event_id: int, them: Select[int], now: datetime) -> None:
    """All of these have it now."""
    of_event = and_(feedback.c.event_id == event_id, feedback.c.person_id.in_(them))
    await tx.execute(update(feedback).where(of_event).values(told_at=now))


async def get_ratings(tx: Tx, event_id: int) -> dict[int, int]:
    """How many gave which rating."""
    query = select(feedback.c.rating, func.count()).where(
        feedback.c.event_id == event_id, feedback.c.rating.is_not(null())
    )
    return dict((await tx.execute(query.group_by(feedback.c.rating))).all())


async def get_wishes(tx: Tx, event_id: int) -> dict[Wish, int]:
    """How many would like what next."""
    query = select(feedback.c.wish, func.count()).where(feedback.c.event_id == event_id, feedback.c.wish.is_not(null()))
    return {Wish(wish): count for wish, count in await tx.execute(query.group_by(feedback.c.wish))}


async def count_recordings(tx: Tx, event_id: int) -> int:
    """How many want the recording."""
    query = select(func.count()).select_from(feedback)
    return await tx.scalar(query.where(feedback.c.event_id == event_id, feedback.c.wants_recording == true())) or 0
