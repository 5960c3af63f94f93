"""Buttons of finding a time."""

from dataclasses import dataclass

from domain.buttons.coding import Action, coded


@coded("fn")
@dataclass(frozen=True)
class FindTime(Action):
    """Begin to look for a time for a group."""

    group_id: int


@coded("fx")
@dataclass(frozen=True)
class ChooseTime(Action):
    """An answer by button; what the number means depends on the question.

    `revision` is that of the dialog: the question cannot be another than the one the button stands on.
    """

    revision: int
    number: int


@coded("fw")
@dataclass(frozen=True)
class TurnDays(Action):
    """Other days at the questions for a day, in weeks from the first that can be chosen."""

    revision: int
    week: int


@coded("fm")
@dataclass(frozen=True)
class MoreTimes(Action):
    """Propose more slots."""

    revision: int
