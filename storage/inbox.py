"""The inbox: every update as Telegram sent it, journalled before it is confirmed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, func, null, or_, select, update
from sqlalchemy.sql.elements import ColumnElement

from storage.database import Tx
from storage.dialects import insert
from storage.tables import inbox

MOST_ATTEMPTS = 3

MOST_ALONE = 3
"""After these many more attempts, each on its own, an update that ends the process each time is given up."""


@dataclass(frozen=True)
class NewUpdate:
    """An update to be journalled. `lane`: the chat, or the person in private, that it belongs to."""

    bot_id: int
    generation: int
    update_id: int
    lane: int
    raw: str


@dataclass(frozen=True)
class StoredUpdate:
    """A journalled update. `attempts` counts this one."""

    id: int
    update_id: int
    lane: int
    raw: str
    attempts: int


_COLUMNS = [inbox.c[name] for name in StoredUpdate.__dataclass_fields__]


async def add(tx: Tx, updates: Sequence[NewUpdate], now: datetime) -> list[StoredUpdate]:
    """Journal updates, their first attempt counted; those known already are left out."""
    if not updates:
        return []
    rows = [{**one.__dict__, "state": "new", "attempts": 1, "received_at": now} for one in updates]
    statement = insert(tx, inbox).on_conflict_do_nothing().returning(*_COLUMNS)
    stored = [StoredUpdate(**row._mapping) for row in await tx.execute(statement, rows)]
    return sorted(stored, key=lambda one: one.id)


async def add_answer(tx: Tx, delivery_id: int, lane: int, raw: str, now: datetime) -> None:
    """Journal what Telegram said to a call, to be handled like an update; the same call answers once."""
    row = {"bot_id": 0, "generation": 0, "update_id": delivery_id, "lane": lane, "raw": raw}
    values = {**row, "state": "new", "attempts": 0, "received_at": now}
    await tx.execute(insert(tx, inbox).values(values).on_conflict_do_nothing())


async def forget_answer(tx: Tx, delivery_id: int) -> None:
    """The same call is made once more: what it answers then counts like a first answer."""
    answered = (inbox.c.bot_id == 0) & (inbox.c.generation == 0) & (inbox.c.update_id == delivery_id)
    await tx.execute(delete(inbox).where(answered, inbox.c.state != "new"))


async def take_unfinished(tx: Tx, now: datetime, limit: int, *, skip: Collection[int] = ()) -> list[StoredUpdate]:
    """Updates whose time for another attempt has come; the attempt is counted before it begins.

    One that was begun three times may be what ends the process: such are left to `take_suspect`.
    """
    return await _take(tx, _due(now) & (inbox.c.attempts < MOST_ATTEMPTS) & inbox.c.id.not_in(skip), limit)


async def take_suspect(tx: Tx, now: datetime) -> list[StoredUpdate]:
    """The oldest update that was begun three times or more, on its own: if the process ends, it was this one."""
    return await _take(tx, _due(now) & (inbox.c.attempts >= MOST_ATTEMPTS), 1)


async def is_any_due(tx: Tx, now: datetime, *, skip: Collection[int] = ()) -> bool:
    """Whether there is an update whose time for another attempt has come."""
    query = select(inbox.c.id).where(_due(now), inbox.c.id.not_in(skip)).limit(1)
    return (await tx.execute(query)).first() is not None


def _due(now: datetime) -> ColumnElement[bool]:
    return (inbox.c.state == "new") & or_(inbox.c.retry_at.is_(null()), inbox.c.retry_at <= now)


async def _take(tx: Tx, which: ColumnElement[bool], limit: int) -> list[StoredUpdate]:
    chosen = select(inbox.c.id).where(which).order_by(inbox.c.id).limit(limit)
    statement = update(inbox).where(inbox.c.id.in_(chosen)).values(attempts=inbox.c.attempts + 1, retry_at=None)
    rows = await tx.execute(statement.returning(*_COLUMNS))
    return sorted((StoredUpdate(**row._mapping) for row in rows), key=lambda one: one.id)


_FINISH = (
    update(inbox)
    .where(inbox.c.id == bindparam("row"), inbox.c.state == "new")
    .values(state="done", done_at=bindparam("at"))
)


async def finish(tx: Tx, row_id: int, now: datetime) -> bool:
    """Mark an update done; False if it was done before (its effect must not happen again)."""
    return (await tx.execute(_FINISH, {"row": row_id, "at": now})).rowcount == 1


async def fail(tx: Tx, row_id: int, error: str, retry_at: datetime) -> None:
    """Note a failed attempt, to be made again."""
    await tx.execute(update(inbox).where(inbox.c.id == row_id).values(error=error, retry_at=retry_at))


async def bury(tx: Tx, row_id: int, error: str, now: datetime) -> None:
    """Give an update up: a dead letter, kept for the owner."""
    await tx.execute(update(inbox).where(inbox.c.id == row_id).values(state="dead", error=error, done_at=now))


async def last_update_id(tx: Tx, bot_id: int, generation: int) -> int | None:
    """The highest update id journalled of this generation."""
    query = select(func.max(inbox.c.update_id))
    found: int | None = await tx.scalar(query.where(inbox.c.bot_id == bot_id, inbox.c.generation == generation))
    return found


async def count_by_state(tx: Tx) -> dict[str, int]:
    """How many updates are new, done, dead."""
    rows = await tx.execute(select(inbox.c.state, func.count()).group_by(inbox.c.state))
    return dict(rows.all())


async def next_retry_at(tx: Tx) -> datetime | None:
    """When the next failed update is tried again."""
    found: datetime | None = await tx.scalar(select(func.min(inbox.c.retry_at)).where(inbox.c.state == "new"))
    return found


async def forget_raw(tx: Tx, done_before: datetime) -> int:
    """Retention: empty the JSON of updates that were done before this moment."""
    old = (inbox.c.state == "done") & (inbox.c.done_at < done_before) & (inbox.c.raw != "")
    return (await tx.execute(update(inbox).where(old).values(raw=""))).rowcount


async def last_received_at(tx: Tx) -> datetime | None:
    """When the newest update came in."""
    found: datetime | None = await tx.scalar(select(inbox.c.received_at).order_by(inbox.c.id.desc()).limit(1))
    return found
