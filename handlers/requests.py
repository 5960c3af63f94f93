"""What a person asked, free of Telegram's types, and what is answered."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from domain.buttons.coding import Action
from domain.dialogs import Dialog
from messages.markup import Html, Message
from services.work import Background, Work

A = TypeVar("A", bound=Action)


@dataclass(frozen=True)
class CommandRequest:
    """A command; `payload` is everything after it, line breaks kept."""

    payload: str


@dataclass(frozen=True)
class ButtonRequest(Generic[A]):
    """A pressed button."""

    action: A


@dataclass(frozen=True)
class TextRequest:
    """Text typed in a dialog. `html` is the same with the person's own formatting, made safe."""

    text: str
    html: Html
    dialog: Dialog
    message_id: int = 0


@dataclass(frozen=True)
class EditRequest:
    """A message that answered the question `step` of the open dialog, edited since."""

    text: str
    step: str
    dialog: Dialog


@dataclass(frozen=True)
class LateEditRequest:
    """A message edited that answers no question of an open dialog."""

    text: str
    message_id: int


@dataclass(frozen=True)
class FileRequest:
    """A file sent in a dialog. Telegram keeps it, as a photo or as a document; `size` in bytes."""

    file_id: str
    name: str
    size: int
    dialog: Dialog
    is_photo: bool = False


@dataclass(frozen=True)
class InlineRequest:
    """What somebody typed after the bot's name in any chat. `offset`: where the wanted page begins, as we said it."""

    words: str
    offset: str


@dataclass(frozen=True)
class Reply:
    """The answer. All of it goes out after the effect is saved.

    `toast` is shown over the screen (`alert`: must be tapped away). `to_private`: a pressed button leads to the
    private chat, with this start payload. `edit` takes the place of the
    message whose button was pressed. `message` is new. `step` is the next question of a dialog: it
    replaces its card in place, or comes fresh below what the person typed or below `message`, and the old one
    loses its buttons. `subject`: what `edit` or `message` is the card of; it edits itself from then on.
    """

    toast: str = ""
    alert: bool = False
    to_private: str = ""
    edit: Message | None = None
    message: Message | None = None
    step: Message | None = None
    subject: str = ""


@dataclass(frozen=True)
class Answer(Generic[A]):
    """What Telegram said to a call that was owed with `follow`: its result, or why it is refused for good."""

    action: A
    chat_id: int | None
    is_done: bool
    message_id: int | None = None
    value: Any = None
    reason: str = ""


Handler = Callable[[CommandRequest, Work], Awaitable[Reply]]
ButtonHandler = Callable[[ButtonRequest[A], Work], Awaitable[Reply]]
TextHandler = Callable[[TextRequest, Work], Awaitable[Reply]]
Again = Callable[[Dialog, Work], Awaitable[Message]]
"""The question a dialog is at, put once more."""

FileHandler = Callable[[FileRequest, Work], Awaitable[Reply]]
EditHandler = Callable[[EditRequest, Work], Awaitable[Reply]]
LateEditHandler = Callable[[LateEditRequest, Work], Awaitable[Reply | None]]
"""None: the message was none of this dialog's."""

FollowUpHandler = Callable[[Answer[A], Background], Awaitable[None]]
H = TypeVar("H")
HappeningHandler = Callable[[H, Background], Awaitable[None]]
