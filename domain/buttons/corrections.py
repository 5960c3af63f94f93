"""Buttons of corrections of published results."""

from dataclasses import dataclass

from domain.buttons.coding import Action, coded
from domain.results import Accessible


@coded("rt")
@dataclass(frozen=True)
class CorrectResult(Action):
    """Correct what is public, or propose a correction."""

    result_id: int


@coded("rtx")
@dataclass(frozen=True)
class DropCorrectedFile(Action):
    """Correct it to have no file or link. `revision` is that of the dialog."""

    revision: int


@coded("rta")
@dataclass(frozen=True)
class ChooseCorrectedAccessible(Action):
    """Whether everybody can read the file as corrected. `revision` is that of the dialog."""

    accessible: Accessible
    revision: int


@coded("rty")
@dataclass(frozen=True)
class ApproveCorrection(Action):
    """Publish the correction that somebody proposed."""

    correction_id: int


@coded("rtn")
@dataclass(frozen=True)
class DeclineCorrection(Action):
    """Leave the result as it is."""

    correction_id: int


@coded("rtf")
@dataclass(frozen=True)
class ShowCorrectionFile(Action):
    """The file of a proposed correction."""

    correction_id: int
