"""Telegram's group chats: where the bot is, and which working group lives where."""

from dataclasses import dataclass

from sqlalchemy import or_, select

from storage.database import Tx
from storage.tables import chats, links


@dataclass(frozen=True)
class ChatLink:
    """The chat, or the topic of it, that belongs to a working group."""

    group_id: int
    chat_id: int
    thread_id: int | None
    topic: str
    language: str


_LINK = [links.c[name] for name in ChatLink.__dataclass_fields__]


async def link_of(tx: Tx, group_id: int) -> ChatLink | None:
    """Where a group is linked."""
    row = (await tx.execute(select(*_LINK).where(links.c.group_id == group_id))).one_or_none()
    return ChatLink(**row._mapping) if row else None


async def links_at(tx: Tx, chat_id: int, thread_id: int | None) -> list[ChatLink]:
    """The groups that are linked to this topic, or to the chat as a whole."""
    here = or_(links.c.thread_id.is_(None), links.c.thread_id == thread_id)
    rows = await tx.execute(select(*_LINK).where(links.c.chat_id == chat_id, here).order_by(links.c.group_id))
    return [ChatLink(**row._mapping) for row in rows]


async def rights_in(tx: Tx, chat_id: int) -> frozenset[str]:
    """What the bot may do there as an administrator, by Telegram's names."""
    return frozenset(await tx.scalar(select(chats.c.rights).where(chats.c.id == chat_id)) or ())
