"""A chat gets another id, or cannot be sent to any more: everything that names it follows at once."""

from datetime import datetime

from sqlalchemy import String, cast, delete, literal, null, or_, select, update

from domain.deliveries import DeliveryState
from domain.events import EventState
from storage.database import Tx
from storage.tables import cards, chat_members, chats, events, join_requests, links, outbox

_PENDING = outbox.c.state == DeliveryState.PENDING.value


async def move(tx: Tx, old_id: int, new_id: int) -> bool:
    """Give a chat its new id everywhere; False if it has it already, or is not known.

    Messages stay behind in the old chat, so its cards have none yet, and its invite link leads nowhere.
    """
    found = set((await tx.execute(select(chats.c.id).where(chats.c.id.in_([old_id, new_id])))).scalars())
    if old_id not in found:
        return False
    if new_id in found:
        await _merge(tx, old_id, new_id)
    else:
        await tx.execute(update(chats).where(chats.c.id == old_id).values(id=new_id, invite_link=None))
    await _move_cards(tx, old_id, new_id)
    await _move_pending(tx, old_id, new_id)
    return True


async def _merge(tx: Tx, old_id: int, new_id: int) -> None:
    """The new chat was heard of first: what we know of the old one joins it."""
    await tx.execute(update(links).where(links.c.chat_id == old_id).values(chat_id=new_id))
    await tx.execute(update(chats).where(chats.c.id == new_id).values(leave_at=None))
    for table in (chat_members, join_requests):
        known = select(table.c.person_id).where(table.c.chat_id == new_id)
        rest = (table.c.chat_id == old_id, table.c.person_id.not_in(known))
        await tx.execute(update(table).where(*rest).values(chat_id=new_id))
    await tx.execute(delete(chats).where(chats.c.id == old_id))


async def _move_cards(tx: Tx, old_id: int, new_id: int) -> None:
    there = select(cards.c.subject).where(cards.c.chat_id == new_id)
    await tx.execute(delete(cards).where(cards.c.chat_id == old_id, cards.c.subject.in_(there)))
    values = {"chat_id": new_id, "message_id": None, "content_hash": None, "thread_id": None}
    await tx.execute(update(cards).where(cards.c.chat_id == old_id).values(**values))


async def _move_pending(tx: Tx, old_id: int, new_id: int) -> None:
    rows = await tx.execute(select(outbox.c.id, outbox.c.payload).where(outbox.c.chat_id == old_id, _PENDING))
    for row in rows.all():
        payload = row.payload
        if payload is not None and "chat_id" in payload:
            payload = {**payload, "chat_id": new_id}
        await tx.execute(update(outbox).where(outbox.c.id == row.id).values(chat_id=new_id, payload=payload))


async def subjects_in(tx: Tx, chat_id: int) -> list[str]:
    """What is shown in a chat by cards."""
    query = select(cards.c.subject).where(cards.c.chat_id == chat_id).order_by(cards.c.id)
    return list((await tx.execute(query)).scalars())


async def subjects_over(tx: Tx, chat_id: int, now: datetime) -> set[str]:
    """Sessions that have begun, or were cancelled, and whose card has no message in the chat."""
    subject = literal("session:") + cast(events.c.id, String)
    past = or_(events.c.starts_at <= now, events.c.state == EventState.CANCELLED.value)
    query = select(cards.c.subject).join(events, cards.c.subject == subject)
    found = await tx.execute(query.where(cards.c.chat_id == chat_id, cards.c.message_id.is_(null()), past))
    return set(found.scalars())


async def forget_cards(tx: Tx, group_id: int, chat_id: int) -> None:
    """A group's cards in this chat stay as they are from now on."""
    ids = select(literal("session:") + cast(events.c.id, String)).where(events.c.group_id == group_id)
    mine = cards.c.subject.in_(ids) | (cards.c.subject == f"board:{group_id}")
    await tx.execute(delete(cards).where(cards.c.chat_id == chat_id, mine))


async def leave_topic(tx: Tx, chat_id: int, thread_id: int, *, lost: bool) -> None:
    """Cards of a topic are posted in the general one from now on; `lost`: their messages are gone with it."""
    gone = {"message_id": None, "content_hash": None} if lost else {}
    mine = (cards.c.chat_id == chat_id, cards.c.thread_id == thread_id)
    await tx.execute(update(cards).where(*mine).values(thread_id=None, **gone))


async def cancel_pending(tx: Tx, chat_id: int, now: datetime) -> int:
    """End what is still owed to a chat."""
    values = {"state": DeliveryState.CANCELLED.value, "finished_at": now, "error": "the bot is not in the chat"}
    return (await tx.execute(update(outbox).where(outbox.c.chat_id == chat_id, _PENDING).values(values))).rowcount


async def was_owed(tx: Tx, key: str) -> bool:
    """Whether something was owed under this key, whatever became of it."""
    return await tx.scalar(select(outbox.c.id).where(outbox.c.key == key)) is not None


async def was_made(tx: Tx, chat_id: int, method: str, key: str) -> bool:
    """Whether a call, known by the beginning of its key, was made or is still to be; a refused one does not count."""
    states = (DeliveryState.PENDING.value, DeliveryState.SENDING.value, DeliveryState.SENT.value)
    mine = (outbox.c.chat_id == chat_id, outbox.c.method == method, outbox.c.state.in_(states))
    return await tx.scalar(select(outbox.c.id).where(*mine, outbox.c.key.startswith(key)).limit(1)) is not None


async def is_under_way(tx: Tx, chat_id: int, method: str) -> bool:
    """Whether such a call to this chat waits, or is being made."""
    states = (DeliveryState.PENDING.value, DeliveryState.SENDING.value)
    mine = (outbox.c.chat_id == chat_id, outbox.c.method == method, outbox.c.state.in_(states))
    return await tx.scalar(select(outbox.c.id).where(*mine).limit(1)) is not None
