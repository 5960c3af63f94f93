"""What the page shows, as JSON: the people, their chats, a conversation, the calls of the bot."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import cast

from sandbox.entities import to_html
from sandbox.objects import rights_for
from sandbox.page.menus import commands_for
from sandbox.page.reading import ReadMarks
from sandbox.page.service_words import words
from sandbox.state import SPOKEN, TELEGRAM_ID, Call, Chat, Json, Member, Message, User
from sandbox.telegram import LocalTelegram

MOST_MESSAGES = 200
GENERAL = 1
"""How the page calls the general topic of a forum, which has no id of its own."""
COLOURS = 8
LANGUAGES = {"en": "EN", "de": "DE", "fr": "FR"}
FILES = ("document", "photo", "voice", "video", "audio", "animation", "sticker", "video_note")
BUTTON_KINDS = {
    "callback_data": "callback",
    "url": "url",
    "copy_text": "copy",
    "web_app": "app",
    "login_url": "login",
    "switch_inline_query": "inline",
    "switch_inline_query_current_chat": "inline",
    "switch_inline_query_chosen_chat": "inline",
    "pay": "pay",
    "callback_game": "game",
}


class Views:
    """Draws one local Telegram for the page; it changes nothing."""

    def __init__(self, telegram: LocalTelegram, read: ReadMarks) -> None:
        self.telegram = telegram
        self.read = read

    def state(self) -> Json:
        """The people with their chats, and the clock."""
        users = [user for user in self.telegram.users.values() if is_person(user)]
        people = [self._person(user) for user in users]
        return {"people": people, "clock": self._clock()}

    def _clock(self) -> Json:
        clock = self.telegram.clock
        return {"now": clock.now().isoformat(), "frozen": clock.is_frozen, "offset": clock.offset}

    def _person(self, user: User) -> Json:
        chats = [self._chat_line(user, chat) for chat in self.chats_of(user)]
        return {
            "id": user.id,
            "name": user.full_name,
            "first_name": user.first_name,
            "note": user.note,
            "language": LANGUAGES.get(user.language_code or "", (user.language_code or "").upper()),
            "zone": user.zone,
            "colour": user.id % COLOURS,
            "unread": sum(chat["unread"] for chat in chats),
            "chats": chats,
        }

    def chats_of(self, user: User) -> list[Chat]:
        """Return the chats a person sees: with the bot, those they are in, then those they could join."""
        groups = [chat for chat in self.telegram.chats.values() if not chat.deleted and not chat.migrated_to]
        mine = [chat for chat in groups if is_in(chat, user)]
        open_ = [chat for chat in groups if not is_in(chat, user) and (chat.username or links_of(chat))]
        return [self.telegram.private_chat(user), *mine, *open_]

    def find_chat(self, user: User, chat_id: int) -> Chat | None:
        """Return the chat this person knows by that id; a group that has moved on leads to its successor."""
        moved = self.telegram.chats.get(chat_id)
        wanted = moved.migrated_to.id if moved is not None and moved.migrated_to else chat_id
        return next((chat for chat in self.chats_of(user) if chat.id == wanted), None)

    def _chat_line(self, user: User, chat: Chat) -> Json:
        member = chat.kind == "private" or is_in(chat, user)
        last = next((m for m in reversed(chat.messages.values()) if not m.deleted), None) if member else None
        return {
            "id": chat.id,
            "title": self.title(chat),
            "kind": chat.kind,
            "member": member,
            "started": chat.kind != "private" or chat.started,
            "colour": (self.telegram.first_bot.id if chat.kind == "private" else abs(chat.id)) % COLOURS,
            "unread": self.read.unread(user, chat) if member else 0,
            "last": excerpt(last) if last else "",
            "last_at": iso(last.date) if last else None,
        }

    def title(self, chat: Chat) -> str:
        """Return what a person reads above the conversation."""
        return cast("str", chat.bot.user.full_name) if chat.kind == "private" else chat.name

    def talk(self, user: User, chat: Chat, topic: int | None) -> Json:
        """One conversation as this person sees it: the newest 200 messages, oldest first."""
        visible = self.telegram.as_person(user).inbox(chat)
        thread = None if topic == GENERAL else topic
        shown = [message for message in visible if topic is None or message.thread_id == thread]
        messages = [self._message(user, message) for message in shown[-MOST_MESSAGES:]]
        return {"chat": self._head(user, chat, visible) | {"pinned": pinned(chat, shown)}, "messages": messages}

    def _head(self, user: User, chat: Chat, messages: list[Message]) -> Json:
        member = chat.member(user.id)
        bot = chat.member(self.telegram.first_bot.id)
        admin = bool(member and member.is_admin)
        return {
            "id": chat.id,
            "title": self.title(chat),
            "kind": chat.kind,
            "note": self._note(chat),
            "bot": self.telegram.first_bot.username,
            "bot_id": self.telegram.first_bot.id,
            "started": chat.started,
            "blocked": chat.blocked,
            "member": chat.kind == "private" or is_in(chat, user),
            "admin": admin,
            "may_write": chat.kind != "channel" or admin,
            "forum": chat.is_forum,
            "rights": list(rights_for(chat)),
            "members": self._members(user, chat) if member and member.is_in else [],
            "by_request": not chat.username,
            "asked": user.id in chat.requests,
            "bot_member": bool(bot and bot.is_in),
            "bot_admin": bool(bot and bot.is_admin),
            "topics": topics_of(chat),
            "commands": commands_for(self.telegram.first_bot, chat, user),
            "keyboard": reply_keyboard(messages),
            "about": self._about(user, chat),
            "requests": self._requests(chat) if admin else [],
        }

    def _about(self, user: User, chat: Chat) -> str:
        """What stands in an empty chat: the bot's description in the person's language, or the group's."""
        if chat.kind != "private":
            return chat.description or ""
        descriptions = chat.bot.descriptions
        return str(descriptions.get(user.language_code) or descriptions.get("", ""))

    def _note(self, chat: Chat) -> str:
        if chat.kind == "private":
            return f"bot, @{self.telegram.first_bot.username}"
        count = sum(1 for member in chat.members.values() if member.is_in)
        word = "subscriber" if chat.kind == "channel" else "member"
        return f"{'channel' if chat.kind == 'channel' else 'group'}, {count} {word}{'' if count == 1 else 's'}"

    @staticmethod
    def _members(user: User, chat: Chat) -> list[Json]:
        """Everybody in the chat: the owner first, then admins, then the others, as they came."""
        inside = sorted((member for member in chat.members.values() if member.is_in), key=standing_order)
        return [member_line(member) | {"you": member.user is user} for member in inside]

    @staticmethod
    def _requests(chat: Chat) -> list[Json]:
        return [{"id": request.user.id, "name": request.user.full_name} for request in chat.requests.values()]

    def _message(self, user: User, message: Message) -> Json:
        return {
            "id": message.message_id,
            "from": author(message),
            "out": message.author is user and chat_speaks_for(message) is None,
            "topic": topic_name(message),
            "date": iso(message.date),
            "edited": iso(message.edit_date) if message.edit_date is not None else None,
            "service": words(message) if message.is_service else None,
            "html": to_html(message.text, message.entities),
            "times": [e.get("date_time_format", "") for e in message.entities if e["type"] == "date_time"],
            "language": None if message.sender is None or message.sender.is_bot else message.sender.language_code,
            "via": via(message),
            "file": file_of(message),
            "reply_to": quoted(message),
            "keyboard": [[button(value) for value in row] for row in message.keyboard],
        }

    def calls(self, newest: int = 400) -> Json:
        """The calls of the bot, oldest first."""
        return {"calls": [self.call_line(call) for call in list(self.telegram.calls)[-newest:]]}

    def call_line(self, call: Call) -> Json:
        """One line of the inspector."""
        return {
            "number": call.number,
            "method": call.method,
            "ok": call.ok,
            "status": call.status,
            "to": self._target(call.params.get("chat_id")),
            "ms": round(call.seconds * 1000, 1),
        }

    def call(self, number: int) -> Json | None:
        """One call with what was asked and what was answered; None when it is forgotten."""
        call = self._find_call(number)
        if call is None:
            return None
        return {
            **self.call_line(call),
            "at": call.at.isoformat(),
            "params": call.params,
            "result": call.result,
            "description": call.description,
        }

    def heard_call(self, event: Json) -> Json:
        """Return the event of a call with its line in it."""
        call = self._find_call(event["number"])
        return event | {"call": self.call_line(call)} if call else event

    def _find_call(self, number: int) -> Call | None:
        return next((call for call in reversed(self.telegram.calls) if call.number == number), None)

    def _target(self, chat_id: object) -> str | None:
        if not isinstance(chat_id, int | str) or not str(chat_id).lstrip("-").isdigit():
            return None if chat_id is None else str(chat_id)
        user, chat = self.telegram.users.get(int(chat_id)), self.telegram.chats.get(int(chat_id))
        return user.full_name if user else chat.name if chat else str(chat_id)


def chat_speaks_for(message: Message) -> Chat | None:
    """Return the channel in whose name a message is; an anonymous admin's message is still theirs."""
    return message.sender_chat if message.sender_chat is not None and message.sender_chat.kind == "channel" else None


def standing_order(member: Member) -> int:
    """Where a member stands in the list of members."""
    return {"creator": 0, "administrator": 1}.get(member.status, 2)


def member_line(member: Member) -> Json:
    """One line of the list of members."""
    return {
        "id": member.user.id,
        "name": member.user.full_name,
        "colour": member.user.id % COLOURS,
        "bot": member.user.is_bot,
        "status": member.status,
        "rights": [name for name, granted in member.rights.items() if granted],
    }


def topics_of(chat: Chat) -> list[Json]:
    """Return the topics of a forum, the general one first."""
    if not chat.is_forum:
        return []
    general = {"id": GENERAL, "name": "General", "closed": chat.general_closed}
    return [general, *({"id": t.id, "name": t.name, "closed": t.is_closed} for t in chat.topics.values())]


def topic_name(message: Message) -> str | None:
    """Return the topic a message is in; None outside of forums."""
    if not message.chat.is_forum:
        return None
    topic = message.chat.topics.get(message.thread_id or 0)
    return topic.name if topic else "General"


def pinned(chat: Chat, shown: Iterable[Message]) -> Json | None:
    """Return the newest pinned message among those shown."""
    ids = {message.message_id for message in shown}
    newest = next((number for number in reversed(chat.pinned) if number in ids), None)
    message = chat.messages.get(newest or 0)
    return None if message is None else {"id": message.message_id, "excerpt": excerpt(message)}


def is_person(user: User) -> bool:
    """Whether one can be this account on the page: bots and Telegram's own accounts are nobody's."""
    return not user.is_bot and user.id != TELEGRAM_ID


def is_in(chat: Chat, user: User) -> bool:
    """Whether a person belongs to a group or channel."""
    member = chat.member(user.id)
    return member is not None and member.is_in


def links_of(chat: Chat) -> list[str]:
    """Return the links by which people come in, those that ask first."""
    usable = [link for link in chat.links.values() if not link.is_revoked]
    return [link.link for link in sorted(usable, key=lambda link: not link.creates_join_request)]


def iso(timestamp: int) -> str:
    """Return Unix seconds as the page reads them."""
    return datetime.fromtimestamp(timestamp, UTC).isoformat()


def author(message: Message) -> Json:
    """Return who a message seems to come from: a person, a bot, or a chat that writes as itself."""
    if message.sender_chat is not None:
        return {"id": message.sender_chat.id, "name": message.sender_chat.name, "colour": 0, "bot": False}
    if message.sender is None:
        return {"id": message.chat.id, "name": message.chat.name, "colour": 0, "bot": False}
    sender = message.sender
    return {"id": sender.id, "name": sender.full_name, "colour": sender.id % COLOURS, "bot": sender.is_bot}


def excerpt(message: Message, length: int = 80) -> str:
    """Return one line for lists and quotes."""
    if message.is_service:
        return words(message)
    line = " ".join(message.text.split())
    return (line[: length - 1] + "…" if len(line) > length else line) or spoken_kind(message)


def spoken_kind(message: Message) -> str:
    """Return what was sent instead of text: "document", "photo", …"""
    return next((kind for kind in message.content if kind in SPOKEN), "message")


def quoted(message: Message) -> Json | None:
    """Return the message that this one answers, in one line."""
    replied = message.reply_to
    if replied is None or replied.deleted or replied.is_service:
        return None
    return {"id": replied.message_id, "name": author(replied)["name"], "excerpt": excerpt(replied, 60)}


def via(message: Message) -> str | None:
    """Return where a forwarded or inline message comes from."""
    if message.sender_chat is message.chat and message.chat.is_group:
        return "as the group"
    bot = message.extra.get("via_bot")
    if bot:
        return f"via @{bot['username']}"
    origin = message.extra.get("forward_origin")
    return f"Forwarded from {_origin_name(origin)}" if origin else None


def _origin_name(origin: Json) -> str:
    for field in ("sender_user", "sender_chat", "chat"):
        if field in origin:
            source = origin[field]
            return str(source.get("title") or source["first_name"])
    return str(origin.get("sender_user_name", "somebody"))


def file_of(message: Message) -> Json | None:
    """Return the file of a message, with the address from which this page can get it; other content by name."""
    kind = next((kind for kind in FILES if kind in message.content), None)
    if kind is None:
        return _other_content(message)
    value = message.content[kind][-1] if kind == "photo" else message.content[kind]
    name = value.get("file_name") or ("" if kind == "photo" else kind)
    address = f"/sandbox/files/{value['file_id']}"
    return {"kind": kind, "name": name, "size": value.get("file_size"), "url": address}


def _other_content(message: Message) -> Json | None:
    if message.is_service or "text" in message.content:
        return None
    return {"kind": spoken_kind(message), "name": spoken_kind(message), "size": None, "url": None}


def button(value: Json) -> Json:
    """Return one inline button; `value` is the address or the text to copy where the kind has one."""
    kind = next((said for field, said in BUTTON_KINDS.items() if field in value), "unknown")
    target = value.get("url") or value.get("copy_text", {}).get("text")
    return {"label": value["text"], "kind": kind, "value": target}


def reply_keyboard(messages: Iterable[Message]) -> list[list[str]]:
    """Return the labels of the keyboard that replaces the person's own, as the last message with one left it."""
    for message in reversed(list(messages)):
        markup = message.reply_markup or {}
        if "remove_keyboard" in markup:
            return []
        if "keyboard" in markup:
            return [[key if isinstance(key, str) else key["text"] for key in row] for row in markup["keyboard"]]
    return []
