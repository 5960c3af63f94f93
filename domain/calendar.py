"""What an entry of a calendar is, how long it stays, and what it may tell."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from domain.events import Event, EventKind, EventState
from domain.process import Process
from domain.registering import is_link_for_all

KEPT = timedelta(days=90)
"""So long an entry stays in a feed after its end, or after it was cancelled: programs that look rarely notice, too."""

USUAL_ALARM = 15
"""Minutes ahead of the start, for whoever has chosen no lead time."""

NEVER_CHANGED = datetime(1970, 1, 1, tzinfo=UTC)
"""For an event that was stored before changes were dated."""


@dataclass(frozen=True)
class Entry:
    """All that a calendar shows of an event; what is for some only has no field here.

    `page`: an address that opens the event in the bot. `link`: the join link where everybody may have it.
    `alarm`: minutes ahead of the start. `changed_at` rises with `sequence`.
    """

    uid: str
    sequence: int
    changed_at: datetime
    kind: EventKind
    titles: Mapping[str, str]
    abstracts: Mapping[str, str]
    speakers: tuple[str, ...]
    languages: tuple[str, ...]
    group_code: str
    starts_at: datetime
    ends_at: datetime
    zone: str
    is_cancelled: bool
    page: str
    link: str | None
    alarm: int = USUAL_ALARM


def entry_of(event: Event, group_code: str, process: Process, changed_at: datetime | None, alarm: int) -> Entry:
    """The entry of an event."""
    webinar = event.kind is EventKind.WEBINAR
    return Entry(
        # Neither title nor time: by this name a program knows it again after every change.
        uid=f"event-{event.id}@{process.bot_id}.prework",
        sequence=event.sequence,
        changed_at=changed_at or NEVER_CHANGED,
        kind=event.kind,
        titles=event.titles,
        abstracts=event.abstracts if webinar else {},
        speakers=event.speakers if webinar else (),
        languages=event.languages if webinar else (),
        group_code=group_code,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        zone=event.zone,
        is_cancelled=event.state is EventState.CANCELLED,
        page=process.start_link(f"{'w' if webinar else 's'}_{event.id}"),
        link=_link_for_everybody(event),
        alarm=alarm,
    )


def _link_for_everybody(event: Event) -> str | None:
    """The join link, if it may lie around in calendars for ever: a public one of a webinar without registration."""
    is_on = event.kind is EventKind.WEBINAR and event.state is EventState.ANNOUNCED
    return event.link if is_on and is_link_for_all(event) else None


def stays(event: Event, changed_at: datetime | None, now: datetime) -> bool:
    """Whether an event still stands in feeds; a draft never did."""
    match event.state:
        case EventState.DRAFT:
            return False
        case EventState.ANNOUNCED:
            return now < event.ends_at + KEPT
        case EventState.CANCELLED:
            return now < (changed_at or event.ends_at) + KEPT


def alarm_of(leads: Collection[int]) -> int:
    """When the calendar rings for somebody with these lead times, in minutes ahead: the shortest."""
    return min(leads, default=USUAL_ALARM)


def hash_of(token: str) -> str:
    """By what a feed is found: its token itself is never stored."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def slug_of(group_code: str) -> str:
    """How a group is called in addresses: "PWG 3" is pwg-3."""
    return "-".join("".join(c if c.isalnum() else " " for c in group_code.lower()).split())
