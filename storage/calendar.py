"""Calendars: which events stand in them, when each was changed, and whose feed goes by which hash."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, select, update

from domain.events import Event, EventKind, EventState
from domain.sessions import Answer
from storage import events as stored
from storage.database import Tx
from storage.dialects import insert
from storage.tables import answers, events, feeds

Dated = tuple[Event, datetime | None]
"""An event, and when it was last changed if that is known."""

_SHOWN = (EventState.ANNOUNCED.value, EventState.CANCELLED.value)


async def note_change(tx: Tx, event_id: int, now: datetime) -> None:
    """Remember when an event was last changed."""
    await tx.execute(update(events).where(events.c.id == event_id).values(changed_at=now))


async def get_changed(tx: Tx, event_ids: Collection[int]) -> dict[int, datetime | None]:
    """When each of the events was last changed."""
    rows = await tx.execute(select(events.c.id, events.c.changed_at).where(events.c.id.in_(event_ids)))
    return {row.id: row.changed_at for row in rows}


async def since(tx: Tx, kind: EventKind, moment: datetime) -> list[Dated]:
    """Announced and cancelled events of a kind that began after `moment`, soonest first."""
    which = (events.c.kind == kind.value, events.c.state.in_(_SHOWN), events.c.starts_at > moment)
    query = select(events.c.id).where(*which).order_by(events.c.starts_at, events.c.id)
    ids = list((await tx.execute(query)).scalars())
    found, changed = await stored.get_many(tx, ids), await get_changed(tx, ids)
    return [(found[event_id], changed[event_id]) for event_id in ids]


async def declined_by(tx: Tx, person_id: int) -> frozenset[int]:
    """The ids of the sessions to which a person said no."""
    refused = (answers.c.person_id == person_id, answers.c.answer == Answer.NO.value)
    return frozenset((await tx.execute(select(answers.c.event_id).where(*refused))).scalars())


# --- Feeds of people --------------------------------------------------------------------------


async def put_feed(tx: Tx, person_id: int, token_hash: str, now: datetime) -> None:
    """Let a person's feed go by this hash, and by no other any more."""
    statement = insert(tx, feeds).values(person_id=person_id, token_hash=token_hash, created_at=now)
    values = {"token_hash": token_hash, "created_at": now}
    await tx.execute(statement.on_conflict_do_update(index_elements=["person_id"], set_=values))


async def end_feed(tx: Tx, person_id: int) -> bool:
    """Forget a person's feed; False if there was none."""
    ended = delete(feeds).where(feeds.c.person_id == person_id).returning(feeds.c.person_id)
    return (await tx.execute(ended)).first() is not None


async def feed_since(tx: Tx, person_id: int) -> datetime | None:
    """When a person's feed was made; None if there is none."""
    found: datetime | None = await tx.scalar(select(feeds.c.created_at).where(feeds.c.person_id == person_id))
    return found


async def owner_of_feed(tx: Tx, token_hash: str) -> int | None:
    """The id of the person whose feed goes by this hash."""
    found: int | None = await tx.scalar(select(feeds.c.person_id).where(feeds.c.token_hash == token_hash))
    return found
