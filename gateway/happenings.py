"""What happened in a chat, read from an update."""

from collections.abc import Awaitable, Callable
from typing import Any

from telegram import Chat, ChatMember, ChatMemberUpdated, Message, Update
from telegram.constants import ChatType
from telegram.ext import BaseHandler

from domain.happenings import (
    BotMoved,
    CardShared,
    ChatChanged,
    ChatMigrated,
    Happened,
    JoinAsked,
    PersonMoved,
    SeenChat,
    Standing,
    TopicChange,
    TopicChanged,
    standing_of,
)
from domain.people import ANONYMOUS_ADMIN, clean_name

GROUPS = {ChatType.GROUP, ChatType.SUPERGROUP}

MOST_TITLE = 128
MOST_BIO = 200


def happening_of(update: Update) -> Happened | None:
    """What happened, if the update tells of that and not of somebody's request."""
    if update.my_chat_member is not None and update.my_chat_member.chat.type in GROUPS:
        return _bot_moved(update.my_chat_member)
    if update.chat_member is not None and update.chat_member.chat.type in GROUPS:
        return _person_moved(update.chat_member)
    if update.chat_join_request is not None:
        asked = update.chat_join_request
        user, link = asked.from_user, asked.invite_link
        name = clean_name(user.full_name)
        address = link.invite_link if link else None
        bio = clean_name(" ".join(asked.bio.split()), MOST_BIO) if asked.bio else ""
        return JoinAsked(seen_chat(asked.chat), user.id, name, user.language_code, asked.user_chat_id, address, bio)
    if update.chosen_inline_result is not None:
        chosen = update.chosen_inline_result
        return CardShared(chosen.result_id, chosen.inline_message_id) if chosen.inline_message_id else None
    if update.message is not None and update.message.chat.type in GROUPS:
        return _service(update.message)
    return None


def _bot_moved(change: ChatMemberUpdated) -> BotMoved:
    standing, rights = standing_of(change.new_chat_member.to_dict())
    by = None if change.from_user.id == ANONYMOUS_ADMIN else change.from_user.id
    return BotMoved(seen_chat(change.chat), standing, rights, by)


def _person_moved(change: ChatMemberUpdated) -> PersonMoved | None:
    user = change.new_chat_member.user
    if user.is_bot:
        return None
    was_in, is_in = _is_in(change.old_chat_member), _is_in(change.new_chat_member)
    by = None if change.from_user.id in {ANONYMOUS_ADMIN, user.id} else change.from_user.id
    name = clean_name(user.full_name)
    return PersonMoved(seen_chat(change.chat), user.id, name, user.language_code, was_in, is_in, by)


def _service(message: Message) -> Happened | None:
    chat, thread = seen_chat(message.chat), message.message_thread_id
    if message.migrate_to_chat_id is not None:
        return ChatMigrated(chat.id, message.migrate_to_chat_id)
    if message.migrate_from_chat_id is not None:
        return ChatMigrated(message.migrate_from_chat_id, chat.id)
    if message.left_chat_member is not None and not message.left_chat_member.is_bot:
        gone = message.left_chat_member
        name, by = clean_name(gone.full_name), message.from_user.id if message.from_user else None
        return PersonMoved(chat, gone.id, name, gone.language_code, was_in=True, is_in=False, by=by, by_message=True)
    if message.new_chat_title is not None:
        return ChatChanged(chat)
    if message.forum_topic_closed is not None:
        return TopicChanged(chat, thread, TopicChange.CLOSED)
    if message.forum_topic_created is not None or message.forum_topic_reopened is not None:
        name = message.forum_topic_created.name if message.forum_topic_created else ""
        return TopicChanged(chat, thread, TopicChange.OPENED, name)
    if message.forum_topic_edited is not None:
        return TopicChanged(chat, thread, TopicChange.RENAMED, message.forum_topic_edited.name or "")
    return None


def seen_chat(chat: Chat) -> SeenChat:
    """A chat as a value."""
    title = clean_name(chat.title or "?", MOST_TITLE)
    return SeenChat(chat.id, title, bool(chat.is_forum), chat.type == ChatType.SUPERGROUP)


def _is_in(member: ChatMember) -> bool:
    return standing_of(member.to_dict())[0] is not Standing.OUT


class HappeningHandler(BaseHandler[Update, Any, None]):
    """Passes on updates that tell of one kind of happening."""

    def __init__(self, kind: type[Any], callback: Callable[[Update, Any], Awaitable[None]]) -> None:
        super().__init__(callback)  # type: ignore[arg-type]  # it is a coroutine function
        self._kind = kind

    def check_update(self, update: object) -> bool:
        """Whether this is the kind; asked by python-telegram-bot."""
        return isinstance(update, Update) and isinstance(happening_of(update), self._kind)
