"""How a feature says what can be asked of it."""

from dataclasses import dataclass
from enum import Enum
from typing import Any

from domain.buttons.coding import Action
from domain.permissions import Permission
from handlers.requests import (
    Again,
    ButtonHandler,
    EditHandler,
    FileHandler,
    FollowUpHandler,
    Handler,
    HappeningHandler,
    LateEditHandler,
    TextHandler,
)


class Where(Enum):
    """Where a command counts. Elsewhere in a linked group it leads to the private chat."""

    PRIVATE = "private"
    BOTH = "both"
    GROUP = "group"


@dataclass(frozen=True)
class Command:
    """`/name`. `menu`: its English text in the command menu (None: not listed).

    The permission opens the command where the actor may do it to anything at all; what it is done to is
    checked again where that object is loaded. `unlinked`: counts also in groups that are not linked yet, and from
    an anonymous administrator. `added_with`: also what comes along when somebody adds the bot by a link with a
    payload (Telegram says `/start PAYLOAD` in the group then).
    """

    name: str
    handler: Handler
    permission: Permission
    menu: str | None = None
    where: Where = Where.PRIVATE
    unlinked: bool = False
    added_with: bool = False


@dataclass(frozen=True)
class ButtonPress:
    """A button with this kind of action. `in_groups`: it also stands on cards that a whole group sees."""

    action: type[Action]
    handler: ButtonHandler[Any]
    permission: Permission
    in_groups: bool = False


@dataclass(frozen=True)
class DialogInput:
    """What is typed or sent while this dialog is open. At steps not in `file_steps`, a file is kindly refused.

    `again` puts the open question once more: below what was wrong with the answer, and after a button that is old.
    `edited`: an earlier answer was edited in the chat; the dialog keeps as "answers" which message gave which.
    `edited_late`: a message was edited while this dialog was not open, or not any more about what it said.
    """

    dialog: str
    text: TextHandler
    permission: Permission
    again: Again
    file: FileHandler | None = None
    file_steps: frozenset[str] = frozenset()
    edited: EditHandler | None = None
    edited_late: LateEditHandler | None = None


@dataclass(frozen=True)
class FollowUp:
    """What takes up Telegram's answer to a call that was owed with `follow`: nobody asks, nobody is answered."""

    action: type[Action]
    handler: FollowUpHandler[Any]


@dataclass(frozen=True)
class Happening:
    """Something that happened in a chat: one of the classes in `domain.happenings`."""

    kind: type[Any]
    handler: HappeningHandler[Any]


Route = Command | ButtonPress | DialogInput | FollowUp | Happening


def marked(text: str) -> str:
    """Mark a text for the catalogues that is translated later (`menu` of a command)."""
    return text
