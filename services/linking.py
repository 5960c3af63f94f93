"""Tying a group to a chat: the one-time code, what follows in the chat, and untying it."""

import hashlib
import secrets
from dataclasses import dataclass, replace
from datetime import datetime

from domain.chats import CODE_LIFETIME, GroupChat, Topic
from domain.deliveries import owe
from domain.errors import NotFound
from domain.groups import Group
from domain.permissions import Permission
from messages import boards as board_texts
from services import boards, chat_notes, chat_section, chats
from services.manage import get_managed
from services.work import Work
from storage import cards, chat_codes, chat_moves, facts, groups, outbox, people
from storage import chats as stored
from storage.chat_codes import ChatCode
from storage.chats import ChatLink

MOST_CODE = 64
"""Nothing longer is a code: a start payload has no more characters."""


@dataclass(frozen=True)
class Linked:
    """The chat, or the topic, belongs to this group now; `language`: what is spoken there."""

    group: Group
    language: str


@dataclass(frozen=True)
class WrongCode:
    """No such code; or it was used, is too old, or a newer one was made."""


LinkOutcome = Linked | WrongCode


async def make_code(work: Work, group_id: int) -> tuple[Group, str, datetime]:
    """A fresh code for a group, and until when it counts; earlier ones count no longer."""
    group = await get_managed(work, group_id, Permission.LINK_CHAT)
    code, expires_at = secrets.token_urlsafe(16), work.now + CODE_LIFETIME
    await chat_codes.add(work.tx, _hash(code), ChatCode(group.id, work.person.id), work.now, expires_at)
    await facts.note(work.tx, work.now, work.person.id, "chat_code_made", f"group:{group.id}")
    return group, code, expires_at


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()


async def link(work: Work, typed: str) -> LinkOutcome:
    """Link the place where this is asked to the group of the code. The code is the right: anybody may bring it."""
    code = await chat_codes.use(work.tx, _hash(typed), work.now) if len(typed) <= MOST_CODE else None
    group = await groups.lock(work.tx, code.group_id) if code else None
    if code is None or group is None or work.place.chat_id is None:
        return WrongCode()
    old = await stored.link_of(work.tx, group.id)
    new = await _new_link(work, group, code)
    await _know_chat(work, new.chat_id)
    await stored.put_link(work.tx, new, work.by or code.created_by, work.now)
    if old is not None and (old.chat_id, old.thread_id) != (new.chat_id, new.thread_id):
        await _close_board(work, group, old, moved=True)
        await chats.may_be_left(work, old.chat_id)
    await facts.note(work.tx, work.now, work.by, "chat_linked", f"group:{group.id}", _seen(old), _seen(new))
    await boards.show(work, new)
    await chat_section.refresh(work, group.id)
    await chats.ask_standing(work, new.chat_id)
    note = "moved" if old is not None and old.chat_id != new.chat_id else "linked"
    await chat_notes.tell(work, group.id, note, work.now.isoformat(), title=work.place.title)
    return Linked(group, new.language)


async def _new_link(work: Work, group: Group, code: ChatCode) -> ChatLink:
    """Whoever asked for the code is the best guess at what is spoken there."""
    maker = await people.get(work.tx, code.created_by) if code.created_by is not None else None
    language = maker.language if maker else work.process.language
    return ChatLink(group.id, work.place.chat_id or 0, work.place.thread_id, Topic.OPEN.value, language)


async def _know_chat(work: Work, chat_id: int) -> None:
    """From now on the chat is nobody's stranger; what the bot may do there Telegram is asked anyway."""
    known = await stored.get(work.tx, chat_id) or GroupChat(chat_id, work.place.title, work.place.is_forum)
    await stored.save(work.tx, replace(known, title=work.place.title, leave_at=None), work.now)


def _seen(link: ChatLink | None) -> dict[str, object] | None:
    return {"chat": link.chat_id, "thread": link.thread_id} if link else None


async def unlink(work: Work, group_id: int) -> Group:
    """Untie a group and its chat; the bot stays, silent, for a day."""
    group = await get_managed(work, group_id, Permission.LINK_CHAT)
    old = await stored.link_of(work.tx, group.id)
    if old is None:
        raise NotFound
    chat = await stored.get(work.tx, old.chat_id)
    await _close_board(work, group, old, moved=False)
    await stored.drop_link(work.tx, group.id)
    await chats.may_be_left(work, old.chat_id)
    await facts.note(work.tx, work.now, work.by, "chat_unlinked", f"group:{group.id}", _seen(old), None)
    title = chat.title if chat else ""
    await chat_notes.tell(work, group.id, "unlinked", work.now.isoformat(), title=title)
    return group


async def _close_board(work: Work, group: Group, old: ChatLink, *, moved: bool) -> None:
    """The old board says so and comes down; the group's cards there are left as they are."""
    board = await cards.get(work.tx, boards.subject_of(group.id), old.chat_id)
    await chat_moves.forget_cards(work.tx, group.id, old.chat_id)
    if board is None or board.message_id is None or not await stored.is_attached(work.tx, old.chat_id):
        return
    text = board_texts.closed(group, old.language, moved=moved).text
    payload = {"chat_id": old.chat_id, "message_id": board.message_id, "text": text, "parse_mode": "HTML"}
    key = f"{boards.subject_of(group.id)}:closed:{old.chat_id}:{board.message_id}"
    call = owe("chat_call", key, work.now, method="editMessageText", chat_id=old.chat_id, payload=payload)
    await outbox.add(work.tx, [call], work.now)
    await chats.unpin(work, old.chat_id, board.message_id)


@dataclass(frozen=True)
class Chat:
    """A group with its link and its chat, if it has one."""

    group: Group
    link: ChatLink | None
    chat: GroupChat | None


async def get_chat(work: Work, group_id: int) -> Chat:
    """The chat of a group, for those who run it."""
    group = await get_managed(work, group_id, Permission.LINK_CHAT)
    link = await stored.link_of(work.tx, group.id)
    return Chat(group, link, await stored.get(work.tx, link.chat_id) if link else None)


async def set_language(work: Work, group_id: int, language: str) -> None:
    """What the bot speaks in the chat of a group; its board says so at once."""
    group = await get_managed(work, group_id, Permission.LINK_CHAT)
    old = await stored.link_of(work.tx, group.id)
    if old is None:
        raise NotFound
    new = replace(old, language=language)
    await stored.put_link(work.tx, new, work.by, work.now)
    await facts.note(
        work.tx,
        work.now,
        work.by,
        "chat_language_set",
        f"group:{group.id}",
        {"language": old.language},
        {"language": language},
    )
    await boards.show(work, new)


async def invite_to_reminders(work: Work, group_id: int) -> bool:
    """Post the button with which members let the bot write to them; False if it was posted today already."""
    group = await get_managed(work, group_id, Permission.LINK_CHAT)
    link = await stored.link_of(work.tx, group.id)
    if link is None or not await stored.is_attached(work.tx, link.chat_id):
        raise NotFound
    key = f"activate:{group.id}:{work.today.isoformat()}"
    if await chat_moves.was_owed(work.tx, key):
        return False
    refs: dict[str, object] = {"group": group.id, "language": link.language, "thread": link.posting_thread}
    await outbox.add(work.tx, [owe("chat_post", key, work.now, chat_id=link.chat_id, refs=refs)], work.now)
    await facts.note(work.tx, work.now, work.by, "reminders_offered", f"group:{group.id}")
    return True
