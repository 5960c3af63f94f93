"""Cards: messages that show the newest state of something, each with its place and what it says now."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import delete, select, update

from storage.database import Tx
from storage.dialects import insert
from storage.tables import cards


@dataclass(frozen=True)
class Place:
    """Where a card stands in a group chat, and in which language."""

    thread_id: int | None
    language: str | None


async def touch(tx: Tx, subject: str, chat_id: int, place: Place | None = None) -> tuple[int, int]:
    """Raise the revision of a card, making it if need be; returns its id and revision."""
    where = vars(place) if place else {}
    statement = insert(tx, cards).values(subject=subject, chat_id=chat_id, revision=1, **where)
    upsert = statement.on_conflict_do_update(
        index_elements=["subject", "chat_id"], set_={"revision": cards.c.revision + 1, **where}
    )
    row = (await tx.execute(upsert.returning(cards.c.id, cards.c.revision))).one()
    return row.id, row.revision


async def set_message(tx: Tx, card_id: int, message_id: int | None, content_hash: str | None) -> None:
    """Remember the message that shows a card now, and what it says."""
    values = {"message_id": message_id, "content_hash": content_hash}
    await tx.execute(update(cards).where(cards.c.id == card_id).values(**values))


@dataclass(frozen=True)
class Card:
    """A message that shows the newest state of something."""

    id: int
    subject: str
    chat_id: int
    message_id: int | None
    content_hash: str | None
    thread_id: int | None = None
    language: str | None = None


async def get_many(tx: Tx, card_ids: Collection[int]) -> dict[int, Card]:
    """Cards by id."""
    if not card_ids:
        return {}
    columns = [cards.c[name] for name in Card.__dataclass_fields__]
    rows = await tx.execute(select(*columns).where(cards.c.id.in_(card_ids)))
    return {row.id: Card(**row._mapping) for row in rows}


async def get(tx: Tx, subject: str, chat_id: int) -> Card | None:
    """The card of a subject in a chat."""
    columns = [cards.c[name] for name in Card.__dataclass_fields__]
    row = (
        await tx.execute(select(*columns).where(cards.c.subject == subject, cards.c.chat_id == chat_id))
    ).one_or_none()
    return Card(**row._mapping) if row else None


async def of_subject(tx: Tx, subject: str) -> list[Card]:
    """Every card of a subject, whoever it is shown to."""
    columns = [cards.c[name] for name in Card.__dataclass_fields__]
    rows = await tx.execute(select(*columns).where(cards.c.subject == subject).order_by(cards.c.id))
    return [Card(**row._mapping) for row in rows]


async def forget(tx: Tx, chat_id: int, subject: str) -> None:
    """A subject is shown in this chat no more; its message stays as it is."""
    await tx.execute(delete(cards).where(cards.c.chat_id == chat_id, cards.c.subject == subject))
