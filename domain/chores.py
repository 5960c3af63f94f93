"""Chores: what waits for the coordinators of a group, or for the organisers."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ChoreKind(StrEnum):
    """What is to be done."""

    COORDINATOR_WANTED = "coordinator_wanted"
    TALK_DECLINED = "talk_declined"
    TALK_UNCONFIRMED = "talk_unconfirmed"
    TALK_INCOMPLETE = "talk_incomplete"
    SLIDES_MISSING = "slides_missing"
    CHECK_MISSING = "check_missing"
    CHECK_FAILED = "check_failed"
    LINK_MISSING = "link_missing"
    MINUTES = "minutes"
    QUESTIONS_OPEN = "questions_open"


FOR_ORGANISERS = frozenset({ChoreKind.COORDINATOR_WANTED})
"""Chores that no coordinator can do."""

AFTERWARDS = frozenset({ChoreKind.QUESTIONS_OPEN})
"""Chores that begin when an event is over: they outlast what was to be done for it."""


@dataclass(frozen=True)
class Chore:
    """Something to be done. `key` names the fact it comes from: the same fact makes one chore.

    `event_id`, `person_id`: what and whom it is about. `done_by` None with a `done_at`: it settled itself.
    """

    id: int
    key: str
    kind: ChoreKind
    group_id: int
    event_id: int | None
    person_id: int | None
    created_at: datetime
    done_at: datetime | None = None
    done_by: int | None = None


@dataclass(frozen=True)
class TickedOff:
    """It is done."""


@dataclass(frozen=True)
class DoneBefore:
    """Somebody was faster; None: it settled itself."""

    by: int | None


TickOutcome = TickedOff | DoneBefore


def decide_tick(chore: Chore) -> TickOutcome:
    """Tick a chore off; the first counts."""
    return TickedOff() if chore.done_at is None else DoneBefore(chore.done_by)
