"""Buttons of one's own data."""

from dataclasses import dataclass

from domain.buttons.coding import Action, coded


@coded("yd")
@dataclass(frozen=True)
class TakeOwnData(Action):
    """A copy of everything stored about the person."""


@coded("ye")
@dataclass(frozen=True)
class AskErase(Action):
    """The first of two steps."""


@coded("yx")
@dataclass(frozen=True)
class Erase(Action):
    """The second: everything about the person goes."""
