"""Buttons of the audit and of what failed."""

from dataclasses import dataclass

from domain.buttons.coding import Action, coded


@coded("oal")
@dataclass(frozen=True)
class ListDeeds(Action):
    """A page of the audit, counted from 0; `group_id` 0: of all groups."""

    page: int
    group_id: int


@coded("oag")
@dataclass(frozen=True)
class ChooseAuditGroup(Action):
    """Which group's audit? A page of the groups, counted from 0."""

    page: int


@coded("old")
@dataclass(frozen=True)
class ListDeadLetters(Action):
    """A page of the updates that could not be handled, counted from 0."""

    page: int


@coded("olr")
@dataclass(frozen=True)
class RetryLetter(Action):
    """Handle a dead letter once more."""

    letter_id: int


@coded("olf")
@dataclass(frozen=True)
class ListUndelivered(Action):
    """A page of the messages that did not arrive, counted from 0."""

    page: int


@coded("olq")
@dataclass(frozen=True)
class AskResend(Action):
    """Send a message again that may have arrived? `ending`: how it stood when it was listed."""

    delivery_id: int
    ending: int


@coded("ols")
@dataclass(frozen=True)
class Resend(Action):
    """Send a message again that ended like this."""

    delivery_id: int
    ending: int
