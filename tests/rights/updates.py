"""What is asked, as the update that Telegram makes of it."""

from dataclasses import dataclass
from typing import Any

from domain.buttons import coding
from domain.buttons.coding import Action
from tests.rights import scene
from tests.rights.page import Way

BOT = {"id": 4242, "is_bot": True, "first_name": "Prework", "username": "prework_bot"}


@dataclass(frozen=True)
class File:
    """A document sent."""

    name: str = "paper.pdf"


Ask = Action | str | File | bytes
"""A button, a command or typed text, a file; bytes are callback data that no button carries."""

CHATS = {
    Way.OWN_CHAT: scene.OWN_CHAT,
    Way.OTHER_CHAT: scene.OTHER_CHAT,
    Way.LOOSE_CHAT: scene.LOOSE_CHAT,
    Way.ANONYMOUS: scene.OWN_CHAT,
    Way.CHANNEL: scene.OWN_CHAT,
    Way.LINKED_CHANNEL: scene.OWN_CHAT,
    Way.FORWARDED_CHAT: scene.OWN_CHAT,
    Way.EDITED_CHAT: scene.OWN_CHAT,
    Way.VIA_BOT_CHAT: scene.OWN_CHAT,
    Way.BOT: scene.OWN_CHAT,
    Way.LATE: scene.OWN_CHAT,
}
"""The ways that lead through a group chat; all others are private."""

MESSAGE = 500
"""The message whose button is pressed."""

_GROUP_BOT = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
_CHANNEL_BOT = {"id": 136817688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"}
_TELEGRAM = {"id": 777000, "is_bot": False, "first_name": "Telegram"}
_CHANNEL = {"id": scene.CHANNEL, "type": "channel", "title": "News"}
_FORWARD = {"type": "hidden_user", "date": 1, "sender_user_name": "Somebody"}


def update_of(person: int, way: Way, ask: Ask) -> dict[str, Any]:
    """The update that Telegram makes of it."""
    if isinstance(ask, Action | bytes):
        return {"update_id": 1, "callback_query": _query(person, way, ask)}
    kind = "edited_message" if way in {Way.EDITED, Way.EDITED_CHAT} else "message"
    return {"update_id": 1, kind: {**_message(person, way, ask), **_special(way)}}


def _query(person: int, way: Way, ask: Action | bytes) -> dict[str, Any]:
    data = coding.encode(ask) if isinstance(ask, Action) else ask.decode()
    query = {"id": "1", "from": _user(person, is_bot=way is Way.BOT), "chat_instance": "1", "data": data}
    if way is Way.INLINE:
        return {**query, "inline_message_id": "abc"}
    card = {"message_id": MESSAGE, "date": 1, "chat": _chat(person, way), "from": BOT, "text": "A card"}
    return {**query, "message": card}


def _message(person: int, way: Way, ask: str | File) -> dict[str, Any]:
    late = 86_400 + 60 if way is Way.LATE else 0
    message = {"message_id": 600, "date": int(scene.NOW.timestamp()) - late, "chat": _chat(person, way)}
    message["from"] = _user(person, is_bot=way is Way.BOT)
    if isinstance(ask, File):
        return {**message, "document": {"file_id": "f", "file_unique_id": "u", "file_name": ask.name, "file_size": 9}}
    if not ask.startswith("/"):
        return {**message, "text": ask}
    length = len(ask.split()[0])
    return {**message, "text": ask, "entities": [{"type": "bot_command", "offset": 0, "length": length}]}


def _special(way: Way) -> dict[str, Any]:
    match way:
        case Way.ANONYMOUS:
            return {"from": _GROUP_BOT, "sender_chat": {"id": scene.OWN_CHAT, "type": "supergroup", "title": "Own"}}
        case Way.CHANNEL | Way.CHANNEL_PRIVATE:
            return {"from": _CHANNEL_BOT, "sender_chat": _CHANNEL}
        case Way.LINKED_CHANNEL:
            return {"from": _TELEGRAM, "sender_chat": _CHANNEL, "is_automatic_forward": True}
        case Way.FORWARDED | Way.FORWARDED_CHAT:
            return {"forward_origin": _FORWARD}
        case Way.EDITED | Way.EDITED_CHAT:
            return {"edit_date": int(scene.NOW.timestamp())}
        case Way.VIA_BOT | Way.VIA_BOT_CHAT:
            return {"via_bot": {"id": 4243, "is_bot": True, "first_name": "Other", "username": "other_bot"}}
        case _:
            return {}


def _user(person: int, *, is_bot: bool) -> dict[str, Any]:
    return {"id": person, "is_bot": is_bot, "first_name": _name(person), "language_code": "en"}


def _name(person: int) -> str:
    return next((role.value.title() for role, known in scene.PEOPLE.items() if known == person), "Stranger")


def _chat(person: int, way: Way) -> dict[str, Any]:
    if way in CHATS:
        return {"id": CHATS[way], "type": "supergroup", "title": "A chat"}
    return {"id": person, "type": "private", "first_name": _name(person)}
