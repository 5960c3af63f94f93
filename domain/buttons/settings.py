"""Buttons of the settings."""

from dataclasses import dataclass

from domain.buttons.coding import Action, coded


@coded("sl")
@dataclass(frozen=True)
class AskLanguage(Action):
    """Which language?"""


@coded("sl1")
@dataclass(frozen=True)
class SetLanguage(Action):
    """Speak this language from now on."""

    language: str


@coded("sz")
@dataclass(frozen=True)
class AskZone(Action):
    """Where are you?"""


@coded("sz1")
@dataclass(frozen=True)
class SetZone(Action):
    """Show times of this zone (IANA name)."""

    zone: str


@coded("sr")
@dataclass(frozen=True)
class AskLeads(Action):
    """When to remind?"""


@coded("sr1")
@dataclass(frozen=True)
class ToggleLead(Action):
    """Remind, or no longer remind, this many minutes ahead."""

    minutes: int
