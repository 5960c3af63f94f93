"""Our messages as parameters of Bot API methods."""

from typing import Any, assert_never

from domain.buttons.coding import encode
from messages.markup import AnyButton, Button, CopyButton, LinkButton, Message, ShareButton


def keyboard(message: Message) -> dict[str, Any]:
    """The `reply_markup` of a message; an empty one takes buttons away."""
    return {"inline_keyboard": [[_button(button) for button in row] for row in message.buttons]}


def _button(button: AnyButton) -> dict[str, Any]:
    match button:
        case Button(label=label, action=action):
            return {"text": label, "callback_data": encode(action)}
        case LinkButton(label=label, url=url):
            return {"text": label, "url": url}
        case ShareButton(label=label, query=query):
            return {"text": label, "switch_inline_query": query}
        case CopyButton(label=label, text=text):
            return {"text": label, "copy_text": {"text": text}}
        case _:
            assert_never(button)


def send(message: Message) -> tuple[str, dict[str, Any]]:
    """Method and parameters that send a message, without the chat."""
    markup = {"reply_markup": keyboard(message)} if message.buttons else {}
    if message.attachment is not None:  # the file itself goes beside the parameters: `Api.call`
        return "sendDocument", {"caption": message.text, "parse_mode": "HTML", **markup}
    if message.document is not None:
        return "sendDocument", {"document": message.document, "caption": message.text, "parse_mode": "HTML", **markup}
    if message.photo is not None:
        return "sendPhoto", {"photo": message.photo, "caption": message.text, "parse_mode": "HTML", **markup}
    return "sendMessage", {**_text(message), **markup}


def edit(message: Message, message_id: int) -> tuple[str, dict[str, Any]]:
    """Method and parameters that put a message in the place of another; a text may become a file, not the reverse."""
    file = message.document or message.photo
    if file is not None:
        kind = "document" if message.document else "photo"
        media = {"type": kind, "media": file, "caption": message.text, "parse_mode": "HTML"}
        return "editMessageMedia", {"message_id": message_id, "media": media, "reply_markup": keyboard(message)}
    return "editMessageText", {"message_id": message_id, **_in_place(message)}


def edit_inline(message: Message, inline_message_id: str) -> tuple[str, dict[str, Any]]:
    """The same for a message that somebody sent by way of the bot, into a chat that it does not know."""
    return "editMessageText", {"inline_message_id": inline_message_id, **_in_place(message)}


def content(message: Message) -> dict[str, Any]:
    """What an offered result says once it is chosen."""
    text = _text(message)
    return {"message_text": text.pop("text"), **text}


def _in_place(message: Message) -> dict[str, Any]:
    return {**_text(message), "reply_markup": keyboard(message)}


def _text(message: Message) -> dict[str, Any]:
    return {"text": message.text, "parse_mode": "HTML", "link_preview_options": {"is_disabled": True}}
