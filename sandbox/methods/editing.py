"""Changing what was sent: text, caption, file, buttons."""

from sandbox import happenings
from sandbox.errors import bad_request
from sandbox.methods.media import media_content
from sandbox.methods.request import Method, Request
from sandbox.methods.sending import caption_content, text_content
from sandbox.objects import message_json
from sandbox.state import Json, Message

_SAME = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)
_CAPTION_FIELDS = ("caption", "caption_entities", "show_caption_above_media")


def _editable(request: Request) -> Message:
    inline_id = request.get("inline_message_id")
    if inline_id is not None:
        message = request.bot.inline_messages.get(str(inline_id))
        if message is None or message.deleted:
            raise bad_request("MESSAGE_ID_INVALID")
        return message
    chat = request.chat()
    message = request.message(chat, "message to edit not found")
    if chat.kind == "channel":
        request.need_right(chat, "can_edit_messages", "message can't be edited")
    elif message.author is not request.bot.user:
        raise bad_request("message can't be edited")
    if message.is_service or "forward_origin" in message.extra:
        raise bad_request("message can't be edited")
    return message


def _markup(request: Request) -> Json | None:
    markup: Json | None = request.get("reply_markup")
    if markup is None:
        return None
    if "inline_keyboard" not in markup:
        raise bad_request("inline keyboard expected")
    return markup if markup["inline_keyboard"] else None


def _apply(request: Request, message: Message, content: Json) -> Json | bool:
    markup = _markup(request)
    before = message.reply_markup if message.keyboard else None
    if content == message.content and markup == before:
        raise bad_request(_SAME)
    happenings.edit(request.telegram, message, content, markup)
    return True if request.get("inline_message_id") is not None else message_json(message)


def edit_text(request: Request) -> Json | bool:
    """Text; without a keyboard in the call the old one goes."""
    message = _editable(request)
    if "text" not in message.content:
        raise bad_request("there is no text in the message to edit")
    return _apply(request, message, text_content(request))


def edit_caption(request: Request) -> Json | bool:
    """Caption of a file."""
    message = _editable(request)
    if message.content.keys() & {"text", "location", "contact", "venue", "dice", "poll", "sticker"}:
        raise bad_request("there is no caption in the message to edit")
    kept = {name: value for name, value in message.content.items() if name not in _CAPTION_FIELDS}
    return _apply(request, message, kept | caption_content(request, request.params))


def edit_media(request: Request) -> Json | bool:
    """File and caption."""
    message = _editable(request)
    if message.content.keys() & {"location", "contact", "venue", "dice", "poll", "sticker"}:
        raise bad_request("there is no media in the message to edit")
    return _apply(request, message, media_content(request, request.get("media")))


def edit_markup(request: Request) -> Json | bool:
    """Buttons only."""
    message = _editable(request)
    return _apply(request, message, message.content)


METHODS: dict[str, Method] = {
    "editMessageText": edit_text,
    "editMessageCaption": edit_caption,
    "editMessageMedia": edit_media,
    "editMessageReplyMarkup": edit_markup,
}
