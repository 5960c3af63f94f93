"""Occasions: the moments around an event at which something is due; what, and how long before, is data."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from domain.events import LINK_OPENS, Event, EventKind


class Purpose(StrEnum):
    """What is due."""

    REMINDER = "reminder"
    ASK = "ask"  # who has not said whether they will be there
    LINK = "link"  # the join link opens
    ATTENDANCE = "attendance"  # the session is over: who was there?
    MINUTES = "minutes"  # they are missing
    MINUTES_AGAIN = "minutes_again"  # they are still missing
    TALK_CONFIRM = "talk_confirm"  # will they speak?
    TALK_DETAILS = "talk_details"  # title, abstract, biography, recording
    TALK_SLIDES = "talk_slides"
    TALK_CHECK = "talk_check"  # camera, microphone, screen
    TALK_BACKSTAGE = "talk_backstage"  # where presenters meet before the others come
    TALK_THANKS = "talk_thanks"
    QUESTIONS = "questions"  # what is still open when the webinar is over
    FEEDBACK = "feedback"  # how useful was it?
    SUMMARY = "summary"  # what came of the webinar
    TALK_SILENT = "talk_silent"  # what presenters have not answered goes to the coordinators; derived: domain.talks


@dataclass(frozen=True)
class Timing:
    """When something is due: so many minutes before the start of this kind of event (negative: after it).

    `from_end`: before its end instead.
    """

    kind: EventKind
    minutes: int
    from_end: bool = False


_DAY = 24 * 60

TIMINGS: Mapping[Purpose, Timing] = {
    Purpose.ASK: Timing(EventKind.SESSION, 2880),
    Purpose.LINK: Timing(EventKind.SESSION, int(LINK_OPENS.total_seconds()) // 60),
    Purpose.ATTENDANCE: Timing(EventKind.SESSION, 0, from_end=True),
    Purpose.MINUTES: Timing(EventKind.SESSION, -_DAY, from_end=True),
    Purpose.MINUTES_AGAIN: Timing(EventKind.SESSION, -3 * _DAY, from_end=True),
    Purpose.TALK_CONFIRM: Timing(EventKind.WEBINAR, 14 * _DAY),
    Purpose.TALK_DETAILS: Timing(EventKind.WEBINAR, 7 * _DAY),
    Purpose.TALK_SLIDES: Timing(EventKind.WEBINAR, 3 * _DAY),
    Purpose.TALK_CHECK: Timing(EventKind.WEBINAR, _DAY),
    Purpose.TALK_BACKSTAGE: Timing(EventKind.WEBINAR, 30),
    Purpose.TALK_THANKS: Timing(EventKind.WEBINAR, -_DAY),
    Purpose.QUESTIONS: Timing(EventKind.WEBINAR, 0, from_end=True),
    Purpose.FEEDBACK: Timing(EventKind.WEBINAR, -15, from_end=True),
    Purpose.SUMMARY: Timing(EventKind.WEBINAR, -_DAY, from_end=True),
}
"""The defaults of everything that has one moment; organisers may choose others. Reminders have each reader's own."""


@dataclass(frozen=True)
class Planned:
    """One moment of an event: `lead` minutes ahead of its start."""

    lead: int
    due_at: datetime
    purpose: Purpose = Purpose.REMINDER


@dataclass(frozen=True)
class Occasion:
    """A planned moment as stored, for one revision of one event."""

    id: int
    event_id: int
    revision: int
    purpose: Purpose
    lead: int
    due_at: datetime


def plan_reminders(starts_at: datetime, now: datetime, leads: Iterable[int]) -> list[Planned]:
    """Every lead that still lies ahead, earliest first. A lead already past is not made up for."""
    planned = [Planned(lead, starts_at - timedelta(minutes=lead)) for lead in set(leads)]
    return sorted((p for p in planned if p.due_at > now), key=lambda p: p.due_at)


def plan_timings(event: Event, now: datetime, chosen: Mapping[Purpose, int]) -> list[Planned]:
    """What else is due around this event and still lies ahead; `chosen` minutes override the defaults."""
    planned = []
    for purpose, timing in TIMINGS.items():
        if timing.kind is event.kind:
            lead = chosen.get(purpose, timing.minutes) - (event.minutes if timing.from_end else 0)
            planned.append(Planned(lead, event.starts_at - timedelta(minutes=lead), purpose))
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
    ordered = sorted(due, key=lambda o: (o.due_at, o.id))
    return [Firing(one, tuple(sorted(o.lead for o in ordered if _comes_instead(o, one)))) for one in ordered]


def _comes_instead(other: Occasion, one: Occasion) -> bool:
    same = (other.event_id, other.revision, other.purpose) == (one.event_id, one.revision, one.purpose)
    return same and other.lead < one.lead
