"""Buttons of planning sessions."""

from dataclasses import dataclass

from domain.buttons.coding import Action, coded


@coded("vn")
@dataclass(frozen=True)
class NewSession(Action):
    """Begin to plan a session of a group."""

    group_id: int


@coded("vx")
@dataclass(frozen=True)
class Choose(Action):
    """An answer by button in a dialog about sessions; what the number means depends on the question.

    `revision` is that of the dialog: the question cannot be another than the one the button stands on.
    """

    revision: int
    number: int


@coded("vw")
@dataclass(frozen=True)
class TurnWeek(Action):
    """Other days at the question for a day, in weeks from today."""

    revision: int
    week: int
