"""How a feature says what can be asked of it."""

from dataclasses import dataclass
from typing import Any

from domain.buttons.coding import Action
from domain.permissions import Permission
from handlers.requests import Again, ButtonHandler, FileHandler, Handler, TextHandler


@dataclass(frozen=True)
class Command:
    """`/name` in private. `menu`: its English text in the command menu (None: not listed).

    The permission opens the command where the actor may do it to anything at all; what it is done to is
    checked again where that object is loaded.
    """

    name: str
    handler: Handler
    permission: Permission
    menu: str | None = None


@dataclass(frozen=True)
class ButtonPress:
    """A button with this kind of action."""

    action: type[Action]
    handler: ButtonHandler[Any]
    permission: Permission


@dataclass(frozen=True)
class DialogInput:
    """What is typed or sent while this dialog is open. At steps not in `file_steps`, a file is kindly refused.

    `again` puts the open question once more: below what was wrong with the answer, and after a button that is old.
    """

    dialog: str
    text: TextHandler
    permission: Permission
    again: Again
    file: FileHandler | None = None
    file_steps: frozenset[str] = frozenset()


Route = Command | ButtonPress | DialogInput


def marked(text: str) -> str:
    """Mark a text for the catalogues that is translated later (`menu` of a command)."""
    return text
