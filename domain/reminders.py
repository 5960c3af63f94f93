"""When reminders are due."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Planned:
    """One moment before an event: `lead` minutes ahead of its start."""

    lead: int
    due_at: datetime


@dataclass(frozen=True)
class Occasion:
    """A planned moment as stored, for one revision of one event."""

    id: int
    event_id: int
    revision: int
    lead: int
    due_at: datetime


def plan_reminders(starts_at: datetime, now: datetime, leads: Iterable[int]) -> list[Planned]:
    """Every lead that still lies ahead, earliest first. A lead already past is not made up for."""
    planned = [Planned(lead, starts_at - timedelta(minutes=lead)) for lead in set(leads)]
    return sorted((p for p in planned if p.due_at > now), key=lambda p: p.due_at)


@dataclass(frozen=True)
class Firing:
    """An occasion to fire, and the smaller leads of the same event that are overdue with it.

    Whoever has one of `instead` gets that reminder only: two at once would say the same.
    """

    occasion: Occasion
    instead: tuple[int, ...]


def plan_firing(due: Iterable[Occasion]) -> list[Firing]:
    """Order occasions that are due together (after down time, several of one event may be)."""
    occasions = sorted(due, key=lambda o: (o.due_at, o.id))
    return [
        Firing(
            occasion,
            tuple(
                sorted(
                    other.lead
                    for other in occasions
                    if (other.event_id, other.revision) == (occasion.event_id, occasion.revision)
                    and other.lead < occasion.lead
                )
            ),
        )
        for occasion in occasions
    ]
