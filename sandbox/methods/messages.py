"""Texts, copies, forwards, deletions, pins and reactions."""

from sandbox import happenings
from sandbox.errors import bad_request
from sandbox.methods.request import Method, Request
from sandbox.methods.sending import caption_content, deliver, text_content
from sandbox.objects import chat_json, message_json, user_json
from sandbox.state import Chat, Json, Message

DELETABLE_SECONDS = 48 * 3600


def send_message(request: Request) -> Json:
    """Text."""
    chat = request.chat()
    return message_json(deliver(request, chat, text_content(request)))


def _copied_content(request: Request, original: Message) -> Json:
    content = dict(original.content)
    if request.get("caption") is not None and "text" not in content:
        for name in ("caption", "caption_entities", "show_caption_above_media"):
            content.pop(name, None)
        content |= caption_content(request, request.params)
    return content


def _source(request: Request, words: str) -> Message:
    source = request.chat("from_chat_id")
    message = request.message(source, words)
    if message.is_service:
        raise bad_request(words.replace(" not found", "").replace("message to ", "the message can't be ") + "d")
    return message


def copy_message(request: Request) -> Json:
    """Copy without a link to the original."""
    chat = request.chat()
    original = _source(request, "message to copy not found")
    return {"message_id": deliver(request, chat, _copied_content(request, original)).message_id}


def _each_source(request: Request) -> list[Message]:
    source = request.chat("from_chat_id")
    wanted = [int(number) for number in request.get("message_ids", [])]
    if wanted != sorted(set(wanted)):
        raise bad_request("message identifiers must be in a strictly increasing order")
    found = [source.messages.get(number) for number in wanted]
    usable = [message for message in found if message and not message.deleted and not message.is_service]
    if not usable:
        raise bad_request("there are no messages to forward")
    return usable


def copy_messages(request: Request) -> list[Json]:
    """Copy several; what is missing is left out."""
    chat = request.chat()
    albums: dict[str, str] = {}
    results = []
    for original in _each_source(request):
        content = dict(original.content)
        if request.flag("remove_caption"):
            content.pop("caption", None)
            content.pop("caption_entities", None)
        message = deliver(request, chat, content, extra=_album_extra(request, original, albums))
        results.append({"message_id": message.message_id})
    return results


def _album_extra(request: Request, original: Message, albums: dict[str, str]) -> Json:
    if original.album is None:
        return {}
    if original.album not in albums:
        albums[original.album] = str(request.telegram.number("album", 13_900_000_000_000_001))
    return {"media_group_id": albums[original.album]}


def origin_of(message: Message) -> Json:
    """MessageOrigin of a message that is forwarded."""
    if "forward_origin" in message.extra:
        known: Json = message.extra["forward_origin"]
        return known
    if message.sender_chat is not None and message.chat.kind == "channel":
        chat = chat_json(message.chat)
        return {"type": "channel", "chat": chat, "message_id": message.message_id, "date": message.date}
    if message.sender_chat is not None:
        return {"type": "chat", "sender_chat": chat_json(message.sender_chat), "date": message.date}
    if message.sender is None:
        return {"type": "hidden_user", "sender_user_name": "Somebody", "date": message.date}
    return {"type": "user", "sender_user": user_json(message.sender), "date": message.date}


def _forward(request: Request, chat: Chat, original: Message, albums: dict[str, str]) -> Message:
    if original.chat.protect_content or original.extra.get("has_protected_content"):
        raise bad_request("message can't be forwarded")
    extra = {"forward_origin": origin_of(original)} | _album_extra(request, original, albums)
    return deliver(request, chat, dict(original.content), extra=extra)


def forward_message(request: Request) -> Json:
    """Forward with its origin."""
    chat = request.chat()
    return message_json(_forward(request, chat, _source(request, "message to forward not found"), {}))


def forward_messages(request: Request) -> list[Json]:
    """Forward several; what is missing is left out."""
    chat, albums = request.chat(), dict[str, str]()
    messages = [_forward(request, chat, original, albums) for original in _each_source(request)]
    return [{"message_id": message.message_id} for message in messages]


def _may_delete(request: Request, message: Message) -> bool:
    """core.telegram.org/bots/api#deletemessage: own ones for 48 hours, those of others as administrator."""
    if message.chat.kind != "private" and request.has_right(message.chat, "can_delete_messages"):
        return True
    is_own = message.author is request.bot.user
    is_young = request.telegram.clock.timestamp - message.date < DELETABLE_SECONDS
    if message.chat.kind == "private":
        return is_young
    return is_own and is_young and not message.is_service


def delete_message(request: Request) -> bool:
    """Delete one."""
    message = request.message(request.chat(), "message to delete not found")
    if not _may_delete(request, message):
        raise bad_request("message can't be deleted for everyone")
    happenings.delete(request.telegram, message)
    return True


def delete_messages(request: Request) -> bool:
    """Delete several; what is missing is passed over."""
    chat = request.chat()
    found = [chat.messages.get(int(number)) for number in request.get("message_ids", [])]
    messages = [message for message in found if message is not None and not message.deleted]
    if not all(_may_delete(request, message) for message in messages):
        raise bad_request("message can't be deleted for everyone")
    for message in messages:
        happenings.delete(request.telegram, message)
    return True


def _need_pin_right(request: Request, chat: Chat) -> None:
    right = "can_edit_messages" if chat.kind == "channel" else "can_pin_messages"
    request.need_right(chat, right, "not enough rights to manage pinned messages in the chat")


def pin_message(request: Request) -> bool:
    """Pin, with the service message."""
    chat = request.chat()
    _need_pin_right(request, chat)
    happenings.pin(request.telegram, request.message(chat, "message to pin not found"), request.bot.user)
    return True


def unpin_message(request: Request) -> bool:
    """Unpin one, without a number the newest."""
    chat = request.chat()
    _need_pin_right(request, chat)
    wanted = request.number("message_id") or (chat.pinned[-1] if chat.pinned else 0)
    if wanted not in chat.pinned:
        raise bad_request("message to unpin not found")
    chat.pinned.remove(wanted)
    request.telegram.events.tell("chat", chat=chat.id)
    return True


def unpin_all_messages(request: Request) -> bool:
    """Unpin everything."""
    chat = request.chat()
    _need_pin_right(request, chat)
    chat.pinned.clear()
    request.telegram.events.tell("chat", chat=chat.id)
    return True


def send_chat_action(request: Request) -> bool:
    """Show "typing …"."""
    chat = request.chat()
    request.telegram.events.tell("typing", chat=chat.id, action=request.text("action"))
    return True


def set_message_reaction(request: Request) -> bool:
    """React; a bot has one reaction per message."""
    message = request.message(request.chat(), "message to react not found")
    reactions = request.get("reaction") or []
    if len(reactions) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    message.reactions[request.bot.id] = reactions
    return True


METHODS: dict[str, Method] = {
    "sendMessage": send_message,
    "copyMessage": copy_message,
    "copyMessages": copy_messages,
    "forwardMessage": forward_message,
    "forwardMessages": forward_messages,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
    "pinChatMessage": pin_message,
    "unpinChatMessage": unpin_message,
    "unpinAllChatMessages": unpin_all_messages,
    "sendChatAction": send_chat_action,
    "setMessageReaction": set_message_reaction,
}
