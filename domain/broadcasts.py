"""Broadcasts: who gets one, and whether it is already on its way."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

MOST_ALONE = 500
"""Above this many recipients a second organiser confirms."""

SHOW_EVERY = timedelta(seconds=3)
"""How often the progress of a run is told: each time is a call that the run itself could have used."""


class Audience(StrEnum):
    """Whom a broadcast is for; GROUP and WEBINAR name their target."""

    EVERYBODY = "everybody"
    GROUP = "group"
    WEBINAR = "webinar"


class BroadcastState(StrEnum):
    """A draft is sent at most once. ASKED: frozen until a second organiser confirms or somebody withdraws it.

    PAUSED: whoever sends it has lost the right to; an owner decides.
    """

    DRAFT = "draft"
    ASKED = "asked"
    SENDING = "sending"
    PAUSED = "paused"
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
    started_by: int | None
    shown_at: datetime | None
    finished_at: datetime | None

    @property
    def was_withdrawn(self) -> bool:
        """Whether it was given up before anything went out."""
        return self.state is BroadcastState.STOPPED and self.started_at is None

    def is_to_be_shown(self, now: datetime) -> bool:
        """Whether its progress may be told again."""
        return self.shown_at is None or now >= self.shown_at + SHOW_EVERY


@dataclass(frozen=True)
class Started:
    """On its way."""

    recipients: int


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


@dataclass(frozen=True)
class NobodyToConfirm:
    """Too many people for one pair of eyes, and there is no second pair."""


@dataclass(frozen=True)
class NumberChanged:
    """The number on the button is no longer true: it is to be seen before it counts."""

    recipients: int


StartOutcome = Started | AlreadyStarted | NobodyToReach | SecondOrganiserNeeded | NobodyToConfirm | NumberChanged


def decide_start(
    broadcast: Broadcast, *, shown: int, recipients: int, confirmed_by: int, other_organisers: int
) -> StartOutcome:
    """May it start now?

    `shown` is the number on the button, `recipients` the true one; `confirmed_by` is the organiser who pressed it.
    """
    if broadcast.state not in (BroadcastState.DRAFT, BroadcastState.ASKED):
        return AlreadyStarted()
    if recipients == 0:
        return NobodyToReach()
    if recipients != shown:
        return NumberChanged(recipients)
    if recipients > MOST_ALONE and confirmed_by == broadcast.author_id:
        return SecondOrganiserNeeded(recipients) if other_organisers else NobodyToConfirm()
    return Started(recipients)


class Fate(StrEnum):
    """What became of one recipient's message."""

    SENT = "sent"
    UNREACHABLE = "unreachable"  # blocked the bot, or never pressed Start
    FAILED = "failed"
    UNCERTAIN = "uncertain"  # it may have arrived
    CANCELLED = "cancelled"  # the run or the person stopped it
    WAITING = "waiting"


@dataclass(frozen=True)
class Progress:
    """How far a run is, in people."""

    counts: Mapping[Fate, int]

    def __getitem__(self, fate: Fate) -> int:
        """How many people this became of."""
        return self.counts.get(fate, 0)

    @property
    def total(self) -> int:
        """Everybody it is for."""
        return sum(self.counts.values())

    @property
    def settled(self) -> int:
        """Those whose message has its final state."""
        return self.total - self[Fate.WAITING]
