"""Our messages as parameters of Bot API methods."""

from typing import Any

from domain.buttons.coding import encode
from messages.markup import Button, Message


def keyboard(message: Message) -> dict[str, Any]:
    """The `reply_markup` of a message; an empty one takes buttons away."""
    return {"inline_keyboard": [[_button(button) for button in row] for row in message.buttons]}


def _button(button: Any) -> dict[str, str]:
    if isinstance(button, Button):
        return {"text": button.label, "callback_data": encode(button.action)}
    return {"text": button.label, "url": button.url}


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
    """Method and parameters that put a message in the place of another."""
    parameters = {"message_id": message_id, **_text(message), "reply_markup": keyboard(message)}
    return "editMessageText", parameters


def _text(message: Message) -> dict[str, Any]:
    return {"text": message.text, "parse_mode": "HTML", "link_preview_options": {"is_disabled": True}}
