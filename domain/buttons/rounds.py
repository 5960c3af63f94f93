"""Buttons of the rounds: the deadlines for results."""

from dataclasses import dataclass

from domain.buttons.coding import Action, coded


@coded("dll")
@dataclass(frozen=True)
class ListRounds(Action):
    """A page of the rounds, counted from 0."""

    page: int


@coded("dls")
@dataclass(frozen=True)
class ShowRound(Action):
    """One round."""

    round_id: int


@coded("dln")
@dataclass(frozen=True)
class NewRound(Action):
    """A new round."""


@coded("dlg")
@dataclass(frozen=True)
class ChooseRoundGroup(Action):
    """For whom the round is: a group, or 0 for all. `revision` is that of the dialog."""

    group_id: int
    revision: int


@coded("dlm")
@dataclass(frozen=True)
class MoveRound(Action):
    """Another date: it is typed next."""

    round_id: int


@coded("dlc")
@dataclass(frozen=True)
class CloseRound(Action):
    """No more reminders. `sure` 0: ask first."""

    round_id: int
    sure: int
