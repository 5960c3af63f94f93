"""What a service message says: one line in the middle of a conversation."""

from collections.abc import Callable
from typing import Any

from sandbox.state import Json, Message


def words(message: Message) -> str:
    """Return the sentence of a service message; an unknown kind is named, so that it can be seen."""
    who = message.sender.full_name if message.sender is not None else message.chat.name
    for field, sentence in SENTENCES.items():
        if field in message.content:
            return sentence(who, message.content[field])
    return f"{who}: {', '.join(message.content) or 'an empty message'}"


def _names(users: list[Json]) -> str:
    return ", ".join(" ".join(filter(None, (user["first_name"], user.get("last_name")))) for user in users)


def _joined(who: str, users: list[Json]) -> str:
    names = _names(users)
    return f"{names} joined" if names == who else f"{who} added {names}"


def _left(who: str, user: Json) -> str:
    name = _names([user])
    return f"{name} left" if name == who else f"{who} removed {name}"


def _pinned(who: str, message: Json) -> str:
    text = " ".join(str(message.get("text", message.get("caption", "a message"))).split())
    return f"{who} pinned “{text[:40]}{'…' if len(text) > 40 else ''}”"


SENTENCES: dict[str, Callable[[str, Any], str]] = {
    "new_chat_members": _joined,
    "left_chat_member": _left,
    "pinned_message": _pinned,
    "new_chat_title": lambda who, title: f"{who} renamed the chat to “{title}”",
    "new_chat_photo": lambda who, _: f"{who} changed the picture of the chat",
    "delete_chat_photo": lambda who, _: f"{who} removed the picture of the chat",
    "group_chat_created": lambda who, _: f"{who} created the group",
    "supergroup_chat_created": lambda who, _: f"{who} created the group",
    "channel_chat_created": lambda who, _: f"{who} created the channel",
    "migrate_to_chat_id": lambda _who, _id: "This group became a supergroup",
    "migrate_from_chat_id": lambda _who, _id: "This group became a supergroup",
    "forum_topic_created": lambda who, topic: f"{who} opened the topic “{topic['name']}”",
    "forum_topic_edited": lambda who, topic: f"{who} renamed the topic to “{topic.get('name', '…')}”",
    "forum_topic_closed": lambda who, _: f"{who} closed the topic",
    "forum_topic_reopened": lambda who, _: f"{who} opened the topic again",
    "message_auto_delete_timer_changed": lambda who, _: f"{who} changed how long messages are kept",
    "write_access_allowed": lambda _who, _: "The bot may write to you",
}
