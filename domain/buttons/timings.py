"""Buttons of timings."""

from dataclasses import dataclass

from domain.buttons.coding import Action, coded
from domain.occasions import Purpose


@coded("nt")
@dataclass(frozen=True)
class ShowTiming(Action):
    """Choose when something is due."""

    purpose: Purpose


@coded("nc")
@dataclass(frozen=True)
class ChooseTiming(Action):
    """So many minutes before the event; negative: after it."""

    purpose: Purpose
    minutes: int
