"""Buttons of polls about a time."""

from dataclasses import dataclass

from domain.buttons.coding import Action, coded
from domain.slots import Vote


@coded("fd")
@dataclass(frozen=True)
class ShowPoll(Action):
    """The card of one poll."""

    poll_id: int


@coded("fv")
@dataclass(frozen=True)
class VoteSlot(Action):
    """Say whether one could come then."""

    slot_id: int
    vote: Vote


@coded("fc")
@dataclass(frozen=True)
class ReviewPoll(Action):
    """Show which slot wins, before the poll is closed."""

    poll_id: int


@coded("fcy")
@dataclass(frozen=True)
class ClosePoll(Action):
    """Close the poll and schedule this slot; it is the winner that was shown."""

    poll_id: int
    slot_id: int


@coded("fq")
@dataclass(frozen=True)
class AskDropPoll(Action):
    """Drop the poll? Asks first."""

    poll_id: int


@coded("fqy")
@dataclass(frozen=True)
class DropPoll(Action):
    """Drop the poll; no session comes of it."""

    poll_id: int
