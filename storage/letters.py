"""What failed: updates that could not be handled, and messages that did not arrive."""

from sqlalchemy import func, select, update

from domain.letters import DeadLetter, Undelivered
from storage.database import Tx
from storage.tables import DEAD, UNDELIVERED, inbox, outbox

_MISSED = outbox.c.kind != "toast"
"""A notice over the screen is worth nothing a moment later: nobody misses it."""


async def get_dead(tx: Tx, offset: int, limit: int) -> list[DeadLetter]:
    """Dead letters, newest first."""
    columns = (inbox.c.id, inbox.c.lane, inbox.c.received_at, inbox.c.error)
    query = select(*columns).where(DEAD).order_by(inbox.c.id.desc()).offset(offset).limit(limit)
    return [DeadLetter(row.id, row.lane, row.received_at, row.error or "") for row in await tx.execute(query)]


async def count_dead(tx: Tx) -> int:
    """How many dead letters there are."""
    return await tx.scalar(select(func.count()).select_from(inbox).where(DEAD)) or 0


async def revive(tx: Tx, letter_id: int) -> bool:
    """Let a dead letter be handled once more, from its first attempt; False if it is none any more."""
    values = {"state": "new", "attempts": 0, "error": None, "retry_at": None, "done_at": None}
    return (await tx.execute(update(inbox).where(inbox.c.id == letter_id, DEAD).values(values))).rowcount == 1


async def get_undelivered(tx: Tx, offset: int, limit: int) -> list[Undelivered]:
    """Messages that failed or of which nobody knows, newest first."""
    columns = (outbox.c.kind, outbox.c.person_id, outbox.c.chat_id, outbox.c.state, outbox.c.error)
    query = select(*columns, outbox.c.finished_at).where(UNDELIVERED, _MISSED).order_by(outbox.c.id.desc())
    rows = await tx.execute(query.offset(offset).limit(limit))
    return [
        Undelivered(row.kind, row.person_id, row.chat_id, row.state == "uncertain", row.error or "", row.finished_at)
        for row in rows
    ]


async def count_undelivered(tx: Tx) -> int:
    """How many such messages there are."""
    return await tx.scalar(select(func.count()).select_from(outbox).where(UNDELIVERED, _MISSED)) or 0
