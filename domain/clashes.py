"""Sessions at the same time that the same people are to attend."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol


class Timed(Protocol):
    """Something that begins and ends."""

    @property
    def starts_at(self) -> datetime:
        """When it begins."""

    @property
    def ends_at(self) -> datetime:
        """When it is over."""


@dataclass(frozen=True)
class Meeting:
    """An event (its id), when it is, and who is to attend."""

    event_id: int
    starts_at: datetime
    minutes: int
    people: frozenset[int]

    @property
    def ends_at(self) -> datetime:
        """When it is over."""
        return self.starts_at + timedelta(minutes=self.minutes)


def find_clashes(meeting: Meeting, others: Iterable[Meeting]) -> dict[int, tuple[int, ...]]:
    """People (ids in order) who would have to be in two places, by the id of the other event; earliest event first.

    An event does not clash with itself.
    """
    found = {
        other.event_id: tuple(sorted(meeting.people & other.people))
        for other in sorted(others, key=lambda other: (other.starts_at, other.event_id))
        if other.event_id != meeting.event_id and overlap(meeting, other)
    }
    return {event_id: people for event_id, people in found.items() if people}


def overlap(one: Timed, other: Timed) -> bool:
    """Whether one begins before the other is over; when it is over is soon enough."""
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at
