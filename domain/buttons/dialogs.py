"""The buttons that all dialogs share."""

from dataclasses import dataclass

from domain.buttons.coding import Action, coded


@coded("c")
@dataclass(frozen=True)
class Cancel(Action):
    """Leave the dialog; its draft is kept."""


@coded("b")
@dataclass(frozen=True)
class Back(Action):
    """One question back. `revision` is that of the dialog."""

    revision: int


@coded("as")
@dataclass(frozen=True)
class Skip(Action):
    """Skip an optional question. `revision` is that of the dialog."""

    revision: int


@coded("ah")
@dataclass(frozen=True)
class HandIn(Action):
    """Hand in what the dialog has gathered. `revision` is that of the dialog."""

    revision: int
