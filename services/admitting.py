"""Letting people into the chat of their group, and taking out who has left it: decided from the stored roster alone."""

from datetime import datetime

from domain.buttons.chats import PersonRemoved
from domain.buttons.coding import encode
from domain.chats import Access, GroupChat, Right
from domain.deliveries import Lane, owe
from services.work import Background, Work
from storage import chat_people, chats, outbox
from storage.chat_people import APPROVED, DECLINED
from storage.database import Tx


async def access_to(tx: Tx, group_id: int) -> Access | None:
    """The way into the chat of a group, for those who belong there; None where there is no chat."""
    chat = await _chat_of(tx, group_id)
    return Access(chat.title, chat.invite_link) if chat is not None and chat.is_attached else None


async def own_access_to(work: Work, group_id: int) -> Access | None:
    """The same, if this person belongs there."""
    chat = await _chat_of(work.tx, group_id)
    if chat is None or not await _belongs(work, chat, work.person.id):
        return None
    return await access_to(work.tx, group_id)


async def _chat_of(tx: Tx, group_id: int) -> GroupChat | None:
    link = await chats.link_of(tx, group_id)
    return await chats.get(tx, link.chat_id) if link else None


async def let_in(tx: Tx, group_id: int, person_id: int, now: datetime) -> None:
    """They belong to the group now: if they wait at the door of its chat, it opens."""
    chat = await _chat_of(tx, group_id)
    if chat is not None:
        await answer_request(tx, chat.id, person_id, now, is_welcome=True)


async def turn_away(tx: Tx, group_id: int, person_id: int, now: datetime) -> None:
    """They will not belong to the group: if they wait at the door of its chat for nothing else, they wait no longer."""
    chat = await _chat_of(tx, group_id)
    if chat is not None and not await chat_people.has_asked_in(tx, chat.id, person_id):
        await answer_request(tx, chat.id, person_id, now, is_welcome=False)


async def answer_request(tx: Tx, chat_id: int, person_id: int, now: datetime, *, is_welcome: bool) -> None:
    """Answer an open request to be let in; the decision counts from now, Telegram hears of it at once."""
    request = await chat_people.open_request(tx, chat_id, person_id)
    if request is None:
        return
    await chat_people.answer(tx, chat_id, person_id, APPROVED if is_welcome else DECLINED)
    method = "approveChatJoinRequest" if is_welcome else "declineChatJoinRequest"
    key = f"{method}:{chat_id}:{person_id}:{now.isoformat()}"
    payload = {"chat_id": chat_id, "user_id": person_id}
    call = owe("chat_call", key, now, lane=Lane.INTERACTIVE, method=method, chat_id=chat_id, payload=payload)
    await outbox.add(tx, [call], now)


async def put_out(work: Background, group_id: int, person_id: int) -> None:
    """They have left the group: take them out of its chat too, if nothing else keeps them there and we may."""
    chat = await _chat_of(work.tx, group_id)
    if chat is None or not chat.may(Right.RESTRICT) or await _belongs(work, chat, person_id):
        return
    if await chat_people.is_known_out(work.tx, chat.id, person_id):
        return
    key = f"banChatMember:{chat.id}:{person_id}:{work.now.isoformat()}"
    payload = {"chat_id": chat.id, "user_id": person_id}
    follow = encode(PersonRemoved(person_id))
    call = owe("chat_call", key, work.now, method="banChatMember", chat_id=chat.id, payload=payload, follow=follow)
    await outbox.add(work.tx, [call], work.now)


async def open_door(work: Background, chat_id: int, person_id: int) -> None:
    """Whoever was taken out may come back one day: in a basic group they may anyway."""
    chat = await chats.get(work.tx, chat_id)
    if chat is None or not chat.is_supergroup:
        return
    key = f"unbanChatMember:{chat_id}:{person_id}:{work.now.isoformat()}"
    payload = {"chat_id": chat_id, "user_id": person_id, "only_if_banned": True}
    call = owe("chat_call", key, work.now, method="unbanChatMember", chat_id=chat_id, payload=payload)
    await outbox.add(work.tx, [call], work.now)


async def _belongs(work: Background, chat: GroupChat, person_id: int) -> bool:
    circle = await chat_people.circle_of(work.tx, chat.id, work.process.owner_ids)
    return circle.holds(person_id)
