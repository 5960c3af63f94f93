"""Buttons of applications: asking, and answering."""

from dataclasses import dataclass

from domain.buttons.coding import Action, coded


@coded("gj")
@dataclass(frozen=True)
class AskToJoin(Action):
    """Begin an application."""

    group_id: int


@coded("gw")
@dataclass(frozen=True)
class Withdraw(Action):
    """Withdraw an application."""

    application_id: int


@coded("aa")
@dataclass(frozen=True)
class Accept(Action):
    """Accept an application."""

    application_id: int


@coded("ad")
@dataclass(frozen=True)
class Decline(Action):
    """Decline an application."""

    application_id: int
