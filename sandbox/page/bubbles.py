"""What the page shows of a message, as JSON: who says it and where, its text, file, quote and buttons."""

from collections.abc import Iterable
from datetime import UTC, datetime

from sandbox.entities import to_html
from sandbox.page.service_words import words
from sandbox.state import SPOKEN, Chat, Json, Message, User

COLOURS = 8
FILES = ("document", "photo", "voice", "video", "audio", "animation", "sticker", "video_note")
BUTTON_KINDS = {
    "callback_data": "callback",
    "url": "url",
    "copy_text": "copy",
    "web_app": "app",
    "login_url": "login",
    "switch_inline_query": "inline",
    "switch_inline_query_current_chat": "inline here",
    "switch_inline_query_chosen_chat": "inline",
    "pay": "pay",
    "callback_game": "game",
}


def bubble(user: User, message: Message) -> Json:
    """Return a message as this person sees it."""
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


def chat_speaks_for(message: Message) -> Chat | None:
    """Return the channel in whose name a message is; an anonymous admin's message is still theirs."""
    return message.sender_chat if message.sender_chat is not None and message.sender_chat.kind == "channel" else None


def topic_name(message: Message) -> str | None:
    """Return the topic a message is in; None outside of forums."""
    if not message.chat.is_forum:
        return None
    topic = message.chat.topics.get(message.thread_id or 0)
    return topic.name if topic else "General"


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


def iso(timestamp: int) -> str:
    """Return Unix seconds as the page reads them."""
    return datetime.fromtimestamp(timestamp, UTC).isoformat()
