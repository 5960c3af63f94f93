"""Buttons of calendars: one entry as a file, and one's own address."""

from dataclasses import dataclass

from domain.buttons.coding import Action, coded


@coded("cw")
@dataclass(frozen=True)
class WebinarFile(Action):
    """A webinar as a file for one's calendar."""

    webinar_id: int


@coded("cs")
@dataclass(frozen=True)
class SessionFile(Action):
    """A session as a file for one's calendar."""

    session_id: int


@coded("cn")
@dataclass(frozen=True)
class NewAddress(Action):
    """A new address for one's calendar; the one before ends."""


@coded("ce")
@dataclass(frozen=True)
class EndAddress(Action):
    """No address any more."""
