"""Buttons of quiet hours, silence, and lead times of one's own."""

from dataclasses import dataclass

from domain.buttons.coding import Action, coded


@coded("zqh")
@dataclass(frozen=True)
class AskQuiet(Action):
    """From when shall nothing make a sound?"""


@coded("zqf")
@dataclass(frozen=True)
class QuietFrom(Action):
    """From so many minutes after midnight; until when?"""

    begin: int


@coded("zqu")
@dataclass(frozen=True)
class QuietUntil(Action):
    """Quiet hours from and until so many minutes after midnight."""

    begin: int
    end: int


@coded("zqx")
@dataclass(frozen=True)
class NoQuiet(Action):
    """No quiet hours."""


@coded("zqs")
@dataclass(frozen=True)
class AskSilence(Action):
    """How long shall no reminder come?"""


@coded("zqs1")
@dataclass(frozen=True)
class SilentFor(Action):
    """So many days."""

    days: int


@coded("zqs2")
@dataclass(frozen=True)
class AskSilentUntil(Action):
    """Until which date?"""


@coded("zqs3")
@dataclass(frozen=True)
class SilentUntil(Action):
    """Until this day begins; its number as in `date.toordinal`."""

    day: int


@coded("zqs4")
@dataclass(frozen=True)
class SpeakAgain(Action):
    """End the silence."""


@coded("zql")
@dataclass(frozen=True)
class AskOwnLead(Action):
    """Which other lead time?"""
