"""Buttons with which one registers for a webinar, and of those who run it."""

from dataclasses import dataclass

from domain.buttons.coding import Action, coded


@coded("er")
@dataclass(frozen=True)
class Register(Action):
    """Take a place, or wait for one."""

    webinar_id: int


@coded("et")
@dataclass(frozen=True)
class TakeBack(Action):
    """Give the place back, or stop waiting."""

    webinar_id: int


@coded("ex")
@dataclass(frozen=True)
class ExportRegistrations(Action):
    """Who is registered, as a file."""

    webinar_id: int
