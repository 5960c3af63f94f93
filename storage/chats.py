"""Telegram's group chats: where the bot is, and which working group lives where."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, null, or_, select, update

from domain.chats import GroupChat, Topic
from domain.happenings import Standing
from storage.database import Tx
from storage.dialects import insert
from storage.tables import chats, links


@dataclass(frozen=True)
class ChatLink:
    """The chat, or the topic of it, that belongs to a working group. `language`: what the bot speaks there."""

    group_id: int
    chat_id: int
    thread_id: int | None
    topic: str
    language: str

    @property
    def posting_thread(self) -> int | None:
        """Where something new is posted: the topic while it is open, else the general one."""
        return self.thread_id if self.topic == Topic.OPEN.value else None


_LINK = [links.c[name] for name in ChatLink.__dataclass_fields__]
_CHAT = [chats.c[name] for name in GroupChat.__dataclass_fields__]


def _chat(row: Row[*tuple[Any, ...]]) -> GroupChat:
    values = dict(row._mapping)
    return GroupChat(**{**values, "standing": Standing(row.standing), "rights": frozenset(row.rights)})


# --- Chats ------------------------------------------------------------------------------------


async def get(tx: Tx, chat_id: int) -> GroupChat | None:
    """A chat the bot knows."""
    row = (await tx.execute(select(*_CHAT).where(chats.c.id == chat_id))).one_or_none()
    return _chat(row) if row else None


async def save(tx: Tx, chat: GroupChat, now: datetime) -> None:
    """Store a chat as it is now, new or known."""
    values: dict[str, object] = dict(vars(chat))
    values.update(standing=chat.standing.value, rights=sorted(chat.rights), seen_at=now)
    statement = insert(tx, chats).values(values)
    await tx.execute(statement.on_conflict_do_update(index_elements=["id"], set_=values))


async def change(tx: Tx, chat_id: int, **values: object) -> None:
    """Set columns of one chat: title, is_forum, invite_link, leave_at."""
    await tx.execute(update(chats).where(chats.c.id == chat_id).values(**values))


async def forget(tx: Tx, chat_id: int) -> None:
    """Drop a chat that no group is linked to."""
    unlinked = ~select(links.c.group_id).where(links.c.chat_id == chats.c.id).exists()
    await tx.execute(delete(chats).where(chats.c.id == chat_id, unlinked))


async def rights_in(tx: Tx, chat_id: int) -> frozenset[str]:
    """What the bot may do there as an administrator, by Telegram's names."""
    return frozenset(await tx.scalar(select(chats.c.rights).where(chats.c.id == chat_id)) or ())


async def is_attached(tx: Tx, chat_id: int) -> bool:
    """Whether anything can be sent there; a chat never heard of is given the benefit of the doubt."""
    standing = await tx.scalar(select(chats.c.standing).where(chats.c.id == chat_id))
    return standing is None or Standing(standing) is not Standing.OUT


async def overdue(tx: Tx, now: datetime) -> list[GroupChat]:
    """Chats that nobody has linked in time, and in which the bot still is."""
    query = select(*_CHAT).where(chats.c.leave_at <= now, chats.c.standing != Standing.OUT.value)
    return [_chat(row) for row in await tx.execute(query.order_by(chats.c.id))]


# --- Links ------------------------------------------------------------------------------------


async def link_of(tx: Tx, group_id: int) -> ChatLink | None:
    """Where a group is linked."""
    row = (await tx.execute(select(*_LINK).where(links.c.group_id == group_id))).one_or_none()
    return ChatLink(**row._mapping) if row else None


async def links_at(tx: Tx, chat_id: int, thread_id: int | None) -> list[ChatLink]:
    """The groups that are linked to this topic, or to the chat as a whole.

    Where the topic is closed or gone, what is theirs stands in the general one, and counts in all of the chat.
    """
    here = or_(links.c.thread_id.is_(null()), links.c.thread_id == thread_id, links.c.topic != Topic.OPEN.value)
    return await _links(tx, links.c.chat_id == chat_id, here)


async def links_in(tx: Tx, chat_id: int) -> list[ChatLink]:
    """Every group that is linked to this chat or to a topic of it."""
    return await _links(tx, links.c.chat_id == chat_id)


async def links_attached(tx: Tx, group_ids: Collection[int] | None = None) -> list[ChatLink]:
    """The links of these groups, or of all, whose chat can be sent to."""
    chosen = [links.c.group_id.in_(group_ids)] if group_ids is not None else []
    query = select(*_LINK).join(chats, chats.c.id == links.c.chat_id)
    query = query.where(chats.c.standing != Standing.OUT.value, *chosen).order_by(links.c.group_id)
    return [ChatLink(**row._mapping) for row in await tx.execute(query)]


async def _links(tx: Tx, *which: Any) -> list[ChatLink]:
    rows = await tx.execute(select(*_LINK).where(*which).order_by(links.c.group_id))
    return [ChatLink(**row._mapping) for row in rows]


async def put_link(tx: Tx, link: ChatLink, linked_by: int | None, now: datetime) -> None:
    """Link a group, in place of where it was linked before."""
    values = {**vars(link), "linked_by": linked_by, "linked_at": now}
    statement = insert(tx, links).values(values)
    await tx.execute(statement.on_conflict_do_update(index_elements=["group_id"], set_=values))


async def drop_link(tx: Tx, group_id: int) -> None:
    """A group has no chat any more."""
    await tx.execute(delete(links).where(links.c.group_id == group_id))


async def set_topic(tx: Tx, chat_id: int, thread_id: int, topic: Topic) -> list[ChatLink]:
    """Note what became of a topic; returns the links for which that is new."""
    changed = (links.c.chat_id == chat_id, links.c.thread_id == thread_id, links.c.topic != topic.value)
    rows = await tx.execute(update(links).where(*changed).values(topic=topic.value).returning(*_LINK))
    return sorted((ChatLink(**row._mapping) for row in rows), key=lambda link: link.group_id)
