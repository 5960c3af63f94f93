"""Members of a group: removing them, and whether the bot can write to them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.groups import NotMember, Roster
from domain.people import Person

MOST_REASON = 300
"""Limit of the reason for a no or a removal, in UTF-16 units as Telegram counts."""


@dataclass(frozen=True)
class Removal:
    """Somebody who runs a group took a member's seat back. `taken`: seats taken before; `seated_at`: since when.

    Before `undo_until`, whoever did it may take it back; only then the seat goes to whoever waits.
    """

    id: int
    group_id: int
    person_id: int
    seated_at: datetime
    taken: int
    reason: str
    removed_by: int | None
    removed_at: datetime
    undo_until: datetime | None


@dataclass(frozen=True)
class Removed:
    """The seat is free."""


@dataclass(frozen=True)
class JustAccepted:
    """Their acceptance can still be taken back, and they have not been told of it: that comes first."""


RemoveOutcome = Removed | NotMember | JustAccepted


def decide_remove(roster: Roster, person_id: int, accepted_until: datetime | None, now: datetime) -> RemoveOutcome:
    """Take a member's seat back. `accepted_until`: until when their acceptance can be undone, if it can."""
    if person_id not in roster.members:
        return NotMember()
    if accepted_until is not None and now < accepted_until:
        return JustAccepted()
    return Removed()


class Silence(StrEnum):
    """Why somebody hears nothing from the bot."""

    NEVER_STARTED = "never pressed Start"
    BLOCKED = "blocked the bot"
    STOPPED = "stopped messages"


def silence_of(person: Person) -> tuple[Silence, datetime | None] | None:
    """Why the bot cannot or must not write to somebody, and since when; None: it can."""
    if person.blocked_at is not None:
        return Silence.BLOCKED, person.blocked_at
    if person.started_at is None:
        return Silence.NEVER_STARTED, None
    if person.stopped_at is not None:
        return Silence.STOPPED, person.stopped_at
    return None
