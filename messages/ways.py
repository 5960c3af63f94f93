"""What many screens have below their text: buttons side by side, and the way home."""

from collections.abc import Sequence

from domain.buttons.screens import Open, Page
from messages.languages import Speaker
from messages.markup import Button, Row


def in_rows(buttons: Sequence[Button], wide: int) -> list[Row]:
    """Buttons side by side, so many in a row."""
    return [tuple(buttons[at : at + wide]) for at in range(0, len(buttons), wide)]


def in_pairs(buttons: Sequence[Button]) -> list[Row]:
    """Two buttons side by side."""
    return in_rows(buttons, 2)


def home(say: Speaker) -> Button:
    """To the first screen."""
    return Button(say.plain("Home"), Open(Page.HOME))
