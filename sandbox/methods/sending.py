"""What all sends have in common: text with entities, place, reply, rights, the stored message."""

from sandbox import happenings
from sandbox.entities import EntityError, Formatted, format_text, is_blank, utf16_length
from sandbox.errors import ApiError, bad_request
from sandbox.methods.request import Request
from sandbox.objects import user_json
from sandbox.state import Chat, Json, Message, StoredFile

MOST_TEXT = 4096
MOST_CAPTION = 1024
_PERMISSION_OF = {
    "text": ("can_send_messages", "text messages"),
    "photo": ("can_send_photos", "photos"),
    "video": ("can_send_videos", "videos"),
    "audio": ("can_send_audios", "music"),
    "document": ("can_send_documents", "documents"),
    "voice": ("can_send_voice_notes", "voice notes"),
    "video_note": ("can_send_video_notes", "video notes"),
    "poll": ("can_send_polls", "polls"),
    "sticker": ("can_send_other_messages", "stickers"),
    "animation": ("can_send_other_messages", "animations"),
}


def formatted(request: Request, text: str, parse_mode: object, entities: list[Json] | None) -> Formatted:
    """Return a text as Telegram stores it; a link to an account that exists becomes a mention."""
    try:
        read = format_text(text, str(parse_mode) if parse_mode else None, entities or ())
    except EntityError as error:
        raise ApiError(400, str(error)) from None
    return Formatted(read.text, [_mention(request, entity) for entity in read.entities])


def _mention(request: Request, entity: Json) -> Json:
    url = str(entity.get("url", ""))
    if entity["type"] != "text_link" or not url.startswith("tg://user?id="):
        return entity
    user = request.telegram.users.get(int(url.removeprefix("tg://user?id=") or 0))
    if user is None:
        return entity
    place = {"offset": entity["offset"], "length": entity["length"]}
    return {"type": "text_mention", **place, "user": user_json(user)}


def text_content(request: Request) -> Json:
    """Return the content of a text message, or refuse it."""
    read = formatted(request, request.text("text"), request.get("parse_mode"), request.get("entities"))
    text, entities = read.text, read.entities
    if is_blank(text):
        raise bad_request("message text is empty")
    if utf16_length(text) > MOST_TEXT:
        raise bad_request("message is too long")
    content: Json = {"text": text}
    if entities:
        content["entities"] = entities
    options = request.get("link_preview_options")
    if options and any(entity["type"] in {"url", "text_link"} for entity in entities):
        content["link_preview_options"] = options
    return content


def caption_content(request: Request, params: Json) -> Json:
    """Return the caption of a file as fields of its message; empty without a caption."""
    source = str(params.get("caption") or "")
    read = formatted(request, source, params.get("parse_mode"), params.get("caption_entities"))
    text, entities = read.text, read.entities
    if utf16_length(text) > MOST_CAPTION:
        raise bad_request("message caption is too long")
    content: Json = {"caption": text} if text else {}
    if entities:
        content["caption_entities"] = entities
    if params.get("show_caption_above_media") and text:
        content["show_caption_above_media"] = True
    return content


def find_file(request: Request, value: object, kind: str) -> StoredFile:
    """Return the file that a parameter means: an upload (attach://name) or a file_id."""
    named = str(value)
    if named.startswith("attach://"):
        upload = request.uploads.get(named.removeprefix("attach://"))
        if upload is None:
            raise bad_request(f"there is no {kind} in the request")
        if not upload.data:
            raise bad_request("file must be non-empty")
        return request.telegram.files.store(upload, kind)
    stored = request.telegram.files.by_id.get(named)
    if stored is None or stored.gone:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if stored.kind != kind:
        raise bad_request(f"can't use file of type {stored.kind.title()} as {kind.title()}")
    return stored


def thread_of(request: Request, chat: Chat) -> int | None:
    """Return the topic to post in, or refuse when it is gone or closed."""
    wanted = request.number("message_thread_id")
    if chat.kind == "private" or not (wanted or chat.is_forum):
        return None
    topic = chat.topics.get(wanted) if wanted else None
    if wanted and topic is None:  # also for 1: the general topic is meant by leaving the number out
        raise bad_request("message thread not found")
    is_closed = chat.general_closed if topic is None else topic.is_closed
    if is_closed and not request.has_right(chat, "can_manage_topics"):
        raise bad_request("TOPIC_CLOSED")
    return None if topic is None else topic.id


def reply_of(request: Request, chat: Chat) -> Message | None:
    """Return the message to reply to; a missing one is refused unless the bot allows sending without it."""
    reply: Json = request.get("reply_parameters") or {}
    wanted = reply.get("message_id") or request.get("reply_to_message_id")
    if wanted is None:
        return None
    message = chat.messages.get(int(wanted))
    if message is not None and not message.deleted:
        return message
    if reply.get("allow_sending_without_reply") or request.flag("allow_sending_without_reply"):
        return None
    raise bad_request("message to be replied not found")


def check_may_send(request: Request, chat: Chat, kind: str) -> None:
    """Refuse when the bot may not send this kind of message here."""
    if chat.kind == "private":
        return
    if chat.kind == "channel":
        if not request.has_right(chat, "can_post_messages"):
            raise bad_request("need administrator rights in the channel chat")
        return
    member = request.me(chat)
    if member.is_admin:
        return
    right, things = _PERMISSION_OF.get(kind, ("can_send_other_messages", "messages"))
    rights = member.rights if member.status == "restricted" else chat.permissions
    if not rights.get(right, True) or not rights.get("can_send_messages", True):
        raise bad_request(f"not enough rights to send {things} to the chat")


def deliver(request: Request, chat: Chat, content: Json, *, extra: Json | None = None) -> Message:
    """Post a message of the bot with the place, reply and keyboard that the call names."""
    check_may_send(request, chat, next(iter(content)))
    reply_to = reply_of(request, chat)
    thread_id = thread_of(request, chat)
    if thread_id is None and reply_to is not None and chat.is_forum:
        thread_id = reply_to.thread_id
    extra = dict(extra or {})
    if request.flag("protect_content"):
        extra["has_protected_content"] = True
    channel = chat.kind == "channel"
    return happenings.post(
        request.telegram,
        chat,
        None if channel else request.bot.user,
        content,
        sender_chat=chat if channel else None,
        author=request.bot.user,
        thread_id=thread_id,
        reply_to=reply_to,
        reply_markup=request.get("reply_markup"),
        extra=extra,
        silent=request.flag("disable_notification"),
    )
