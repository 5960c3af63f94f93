"""The buttons of the organisers' weekly summary."""

from dataclasses import dataclass

from domain.buttons.coding import Action, coded


@coded("odw")
@dataclass(frozen=True)
class WantDigest(Action):
    """Get the weekly summary (1) or not (0)."""

    wanted: int


@coded("ods")
@dataclass(frozen=True)
class StopDigest(Action):
    """No more weekly summaries: stands below each of them."""
