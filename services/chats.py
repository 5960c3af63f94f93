"""Group chats as they change: the bot comes and goes, rights, titles, topics, another id."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from domain.buttons.chats import InviteLinkMade, StandingAsked
from domain.buttons.coding import encode
from domain.chats import STRANGERS_STAY, Change, GroupChat, Right, Topic, decide_change, right_in
from domain.deliveries import owe
from domain.happenings import SeenChat, Standing
from services import boards, cards, chat_notes
from services.work import Background
from storage import cards as stored_cards
from storage import chat_moves, chats, facts, outbox
from storage.database import Tx


async def note_standing(work: Background, seen: GroupChat) -> None:
    """Store what the bot is in a chat now, and do what follows; who it concerns is told when it got worse or better."""
    old = await chats.get(work.tx, seen.id)
    linked = await chats.links_in(work.tx, seen.id)
    if not seen.is_attached and not linked:
        await chats.forget(work.tx, seen.id)
        return
    new = _joined(old, seen, is_linked=bool(linked), work=work)
    await chats.save(work.tx, new, work.now)
    change = decide_change(old, new) if old else Change.NOTHING
    if linked and (change is not Change.NOTHING or old != new):
        await _follow(work, new, change)


def _joined(old: GroupChat | None, seen: GroupChat, *, is_linked: bool, work: Background) -> GroupChat:
    """What is seen, with what only we know."""
    leave_at = old.leave_at if old and old.is_attached else work.now + STRANGERS_STAY
    # Whoever removes a bot revokes its links; a chat without the bot has none.
    link = old.invite_link if old and seen.is_attached else None
    added_by = seen.added_by if old is None or not old.is_attached else old.added_by
    return replace(seen, invite_link=link, added_by=added_by, leave_at=None if is_linked else leave_at)


async def _follow(work: Background, chat: GroupChat, change: Change) -> None:
    day = work.now.date().isoformat()
    match change:
        case Change.DETACHED:
            await detach(work, chat)
        case Change.BACK:
            await _tell(work, chat, "back", work.now.isoformat(), ())
            await _tell_if_rights_do_not_follow(work, chat)
            await _show_again(work, chat)
        case Change.RIGHTS_LOST:
            await _tell(work, chat, "rights", day)
        case Change.NOTHING:
            pass
    await make_ready(work, chat)


async def _tell(
    work: Background, chat: GroupChat, note: str, moment: str, missing: tuple[Right, ...] | None = None
) -> None:
    if missing is None:
        missing = chat.missing if chat.is_attached else ()
    for link in await chats.links_in(work.tx, chat.id):
        await chat_notes.tell(work, link.group_id, note, moment, title=chat.title, missing=[*missing])


async def _tell_if_rights_do_not_follow(work: Background, chat: GroupChat) -> None:
    """Whoever adds the bot makes it an administrator next: what is missing is told if it is so in a minute."""
    if not chat.missing:
        return
    moment, later = work.now.isoformat(), work.now + chat_notes.RIGHTS_FOLLOW
    for link in await chats.links_in(work.tx, chat.id):
        await chat_notes.tell(work, link.group_id, "rights", moment, not_before=later, title=chat.title, chat=chat.id)


async def take_standing(work: Background, chat_id: int, standing: Standing, rights: frozenset[str]) -> None:
    """Telegram's answer to what the bot is in a chat."""
    known = await chats.get(work.tx, chat_id)
    if known is None:
        return
    await note_standing(work, replace(known, standing=standing, rights=rights))
    chat = await chats.get(work.tx, chat_id)
    if chat is not None and chat.is_attached:
        await make_ready(work, chat)
        if chat.missing:
            await _tell(work, chat, "rights", work.now.date().isoformat())


async def make_ready(work: Background, chat: GroupChat) -> None:
    """See to what a linked chat is to have, as far as the rights allow: the invite link, the board on top."""
    if not await chats.links_in(work.tx, chat.id):
        return
    if (
        chat.may(Right.INVITE)
        and chat.invite_link is None
        and not await _is_under_way(work, chat, "createChatInviteLink")
    ):
        payload = {"chat_id": chat.id, "creates_join_request": True, "name": "Prework"}
        await _call(work, chat.id, "createChatInviteLink", payload, follow=encode(InviteLinkMade()))
    for link in await chats.links_in(work.tx, chat.id) if chat.may(Right.PIN) else ():
        card = await stored_cards.get(work.tx, boards.subject_of(link.group_id), chat.id)
        if card is not None and card.message_id is not None:
            await pin(work, chat.id, card.message_id)


async def _is_under_way(work: Background, chat: GroupChat, method: str) -> bool:
    return await chat_moves.is_under_way(work.tx, chat.id, method)


async def pin_board(work: Background, chat_id: int, message_id: int) -> None:
    """A board was posted: put it on top, if we may."""
    chat = await chats.get(work.tx, chat_id)
    if chat is not None and chat.may(Right.PIN):
        await pin(work, chat_id, message_id)


async def pin(work: Background, chat_id: int, message_id: int) -> None:
    """Put a message on top of the chat, without a sound and only once: whoever takes it down has a reason."""
    if await chat_moves.was_made(work.tx, chat_id, "pinChatMessage", f"pinChatMessage:{chat_id}:{message_id}:"):
        return
    payload = {"chat_id": chat_id, "message_id": message_id, "disable_notification": True}
    await _call(work, chat_id, "pinChatMessage", payload, about=message_id)


async def unpin(work: Background, chat_id: int, message_id: int) -> None:
    """Take a message from the top of the chat."""
    payload = {"chat_id": chat_id, "message_id": message_id}
    await _call(work, chat_id, "unpinChatMessage", payload, about=message_id)


async def ask_standing(work: Background, chat_id: int) -> None:
    """Ask Telegram what the bot is in a chat; the answer comes to `note_standing`."""
    payload = {"chat_id": chat_id, "user_id": work.process.bot_id}
    await _call(work, chat_id, "getChatMember", payload, follow=encode(StandingAsked()))


async def _call(
    work: Background,
    chat_id: int,
    method: str,
    payload: Mapping[str, object],
    *,
    about: int = 0,
    follow: str | None = None,
) -> None:
    key = f"{method}:{chat_id}:{about}:{work.now.isoformat()}"
    call = owe("chat_call", key, work.now, method=method, chat_id=chat_id, payload=payload, follow=follow)
    await outbox.add(work.tx, [call], work.now)


async def keep_link(work: Background, chat_id: int, invite_link: str) -> None:
    """Telegram made the link that asks the bot."""
    await chats.change(work.tx, chat_id, invite_link=invite_link)


# --- The bot is gone, or may not ---------------------------------------------------------------


async def detach(work: Background, chat: GroupChat) -> None:
    """Nothing is sent there any more; the link is kept for the day the bot comes back."""
    await chats.save(work.tx, replace(chat, standing=Standing.OUT, rights=frozenset(), invite_link=None), work.now)
    await chat_moves.cancel_pending(work.tx, chat.id, work.now)
    await facts.note(work.tx, work.now, None, "chat_detached", f"chat:{chat.id}")
    await _tell(work, replace(chat, standing=Standing.OUT), "detached", work.now.isoformat())


async def note_refusal(work: Background, chat_id: int) -> None:
    """Telegram would not let us in (403): the bot was removed, or the group deleted, and nobody told us."""
    chat = await chats.get(work.tx, chat_id)
    if chat is not None and chat.is_attached:
        await detach(work, chat)


async def note_missing_right(work: Background, chat_id: int, reason: str) -> None:
    """Telegram refused a call for want of a right: who runs the group hears what is missing, once a day at most."""
    chat, right = await chats.get(work.tx, chat_id), right_in(reason)
    if chat is None or not chat.is_attached or right is None:
        return
    missing = tuple(one for one in Right if one is right or one in chat.missing)
    await _tell(work, chat, "rights", work.now.date().isoformat(), missing)
    await ask_standing(work, chat_id)


async def may_be_left(work: Background, chat_id: int) -> None:
    """A chat to which no group is linked any more is a stranger's."""
    if not await chats.links_in(work.tx, chat_id):
        await chats.change(work.tx, chat_id, leave_at=work.now + STRANGERS_STAY)


async def _show_again(work: Background, chat: GroupChat) -> None:
    """Everything the chat shows, as it is now; what is over and not there any more is not posted once more."""
    for link in await chats.links_in(work.tx, chat.id):
        await boards.show(work, link)
    over = await chat_moves.subjects_over(work.tx, chat.id, work.now)
    for subject in await chat_moves.subjects_in(work.tx, chat.id):
        if subject in over:
            await stored_cards.forget(work.tx, chat.id, subject)
        else:
            await cards.refresh(work.tx, subject, work.now)


# --- Title, topics, id -------------------------------------------------------------------------


async def note_chat(work: Background, seen: SeenChat) -> None:
    """The title, for display only; whether there are topics."""
    await chats.change(work.tx, seen.id, title=seen.title, is_forum=seen.is_forum)


async def note_topic(work: Background, chat_id: int, thread_id: int, topic: Topic) -> None:
    """A topic was closed, opened again, or is gone."""
    if topic is not Topic.OPEN:
        await chat_moves.leave_topic(work.tx, chat_id, thread_id, lost=topic is Topic.GONE)
    chat = await chats.get(work.tx, chat_id)
    note = {Topic.CLOSED: "topic_closed", Topic.GONE: "topic_gone"}.get(topic)
    for link in await chats.set_topic(work.tx, chat_id, thread_id, topic):
        if note and chat:
            moment = f"{thread_id}:{work.now.isoformat()}"
            await chat_notes.tell(work, link.group_id, note, moment, title=chat.title)
        if topic is Topic.OPEN:
            await boards.show(work, link)


async def migrate(work: Background, old_id: int, new_id: int) -> None:
    """A group became a supergroup: everything that names the chat names the new one, and is shown there anew."""
    if not await chat_moves.move(work.tx, old_id, new_id):
        return
    await facts.note(work.tx, work.now, None, "chat_migrated", f"chat:{new_id}", {"id": old_id}, {"id": new_id})
    chat = await chats.get(work.tx, new_id)
    if chat is not None:
        if not chat.is_attached:
            await chats.save(work.tx, replace(chat, standing=Standing.MEMBER), work.now)
        await _show_again(work, chat)
        await ask_standing(work, new_id)


async def has_strangers(tx: Tx, now: datetime) -> bool:
    """Whether there is a chat to leave."""
    return bool(await chats.overdue(tx, now))


async def leave_strangers(work: Background) -> int:
    """Leave the chats that nobody linked within a day; returns how many."""
    overdue = await chats.overdue(work.tx, work.now)
    for chat in overdue:
        await _call(work, chat.id, "leaveChat", {"chat_id": chat.id})
        await chats.change(work.tx, chat.id, leave_at=None)
    return len(overdue)
