"""Broadcasts: who gets one, and whether it is already on its way."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

MOST_ALONE = 500
"""Above this many recipients a second organiser confirms."""


class Audience(StrEnum):
    """Whom a broadcast is for; GROUP and WEBINAR name their target."""

    EVERYBODY = "everybody"
    GROUP = "group"
    WEBINAR = "webinar"


class BroadcastState(StrEnum):
    """A draft is sent at most once."""

    DRAFT = "draft"
    SENDING = "sending"
    STOPPED = "stopped"
    DONE = "done"


@dataclass(frozen=True)
class Broadcast:
    """A message for many. `html` is already safe; `target_id` is 0 for everybody."""

    id: int
    author_id: int | None
    html: str
    audience: Audience
    target_id: int
    state: BroadcastState
    total: int
    started_at: datetime | None
    finished_at: datetime | None


@dataclass(frozen=True)
class Started:
    """On its way."""


@dataclass(frozen=True)
class AlreadyStarted:
    """Pressed twice, or by two organisers: one run."""


@dataclass(frozen=True)
class NobodyToReach:
    """The audience is empty."""


@dataclass(frozen=True)
class SecondOrganiserNeeded:
    """Too many people for one pair of eyes."""

    recipients: int


StartOutcome = Started | AlreadyStarted | NobodyToReach | SecondOrganiserNeeded


def decide_start(broadcast: Broadcast, recipients: int, confirmed_by: int) -> StartOutcome:
    """May it start now? `confirmed_by` is the organiser who pressed *Send*."""
    if broadcast.state is not BroadcastState.DRAFT:
        return AlreadyStarted()
    if recipients == 0:
        return NobodyToReach()
    if recipients > MOST_ALONE and confirmed_by == broadcast.author_id:
        return SecondOrganiserNeeded(recipients)
    return Started()


@dataclass(frozen=True)
class Progress:
    """How far a run is, in people."""

    total: int
    sent: int
    unreachable: int
    failed: int
    uncertain: int
    cancelled: int
    waiting: int

    @property
    def is_over(self) -> bool:
        """Whether every recipient has a final state."""
        return self.waiting == 0
