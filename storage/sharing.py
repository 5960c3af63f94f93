"""Shared cards: messages that people put into chats of theirs, known by Telegram's inline ids."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update

from storage.database import Tx
from storage.dialects import insert_unless_there
from storage.tables import shares


@dataclass(frozen=True)
class Share:
    """A shared card. `content_hash`: what it showed after our last edit; None before the first."""

    inline_message_id: str
    event_id: int
    language: str
    content_hash: str | None


async def add(tx: Tx, inline_message_id: str, event_id: int, language: str, now: datetime) -> None:
    """Remember a card; one that is known stays as it is."""
    values = {"inline_message_id": inline_message_id, "event_id": event_id, "language": language, "shared_at": now}
    await tx.execute(insert_unless_there(tx, shares), values)


async def of_event(tx: Tx, event_id: int) -> list[str]:
    """The inline ids of a webinar's cards, the newest first: those are still looked at."""
    query = select(shares.c.inline_message_id).where(shares.c.event_id == event_id)
    ordered = query.order_by(shares.c.shared_at.desc(), shares.c.inline_message_id)
    return list((await tx.execute(ordered)).scalars())


async def get_many(tx: Tx, inline_message_ids: Collection[str]) -> dict[str, Share]:
    """Those of the cards that are known, by inline id."""
    columns = [shares.c[name] for name in Share.__dataclass_fields__]
    rows = await tx.execute(select(*columns).where(shares.c.inline_message_id.in_(inline_message_ids)))
    return {row.inline_message_id: Share(**row._mapping) for row in rows}


async def remember(tx: Tx, inline_message_id: str, content_hash: str | None) -> None:
    """What a card shows now."""
    this = shares.c.inline_message_id == inline_message_id
    await tx.execute(update(shares).where(this).values(content_hash=content_hash))


async def forget(tx: Tx, inline_message_id: str) -> None:
    """A card is gone."""
    await tx.execute(delete(shares).where(shares.c.inline_message_id == inline_message_id))
