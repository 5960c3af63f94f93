"""What a webinar and a session share: a time with its zone, a state, a revision."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

LINK_OPENS = timedelta(minutes=15)
"""A guarded join link is shown from this long before the start."""


class EventKind(StrEnum):
    """A webinar is open to all; a session is for a group and its guests."""

    WEBINAR = "webinar"
    SESSION = "session"


class EventState(StrEnum):
    """Where an event stands; whether it is past follows from its time."""

    DRAFT = "draft"
    ANNOUNCED = "announced"
    CANCELLED = "cancelled"


class LinkPolicy(StrEnum):
    """Who sees the join link, and when."""

    PUBLIC = "public"
    GUARDED = "guarded"


@dataclass(frozen=True)
class Event:
    """A webinar or a session. `titles` and `abstracts` by language code; `zone` is where it is announced for.

    `revision` is raised by a new time, duration or state, `sequence` by every change. `capacity`: most people, None
    for as many as come. `registers`: whether one registers for it.
    """

    id: int
    group_id: int
    slug: str
    titles: Mapping[str, str]
    abstracts: Mapping[str, str]
    speakers: tuple[str, ...]
    languages: tuple[str, ...]
    starts_at: datetime
    minutes: int
    zone: str
    link: str | None
    link_policy: LinkPolicy
    state: EventState
    revision: int
    kind: EventKind = EventKind.WEBINAR
    sequence: int = 0
    series_id: int | None = None
    moderator_id: int | None = None
    backstage_link: str | None = None
    capacity: int | None = None
    registers: bool = False
    recording_link: str | None = None

    @property
    def ends_at(self) -> datetime:
        """When it is over."""
        return self.starts_at + timedelta(minutes=self.minutes)

    def is_to_start(self, now: datetime) -> bool:
        """Whether it takes place and has not begun: whoever is reminded of it then is not late."""
        return self.state is EventState.ANNOUNCED and now < self.starts_at

    def link_at(self, now: datetime) -> str | None:
        """The join link, if it may be shown now; never that of a cancelled event."""
        if self.state is not EventState.ANNOUNCED or now > self.ends_at:
            return None
        if self.link_policy is LinkPolicy.GUARDED and now < self.starts_at - LINK_OPENS:
            return None
        return self.link


@dataclass(frozen=True)
class Changed:
    """The event takes place otherwise: what is due around it is planned anew."""

    revision: int


@dataclass(frozen=True)
class Corrected:
    """Only words or links are new: the time stands, and so does what is due. Who is told: `domain.changes`."""

    revision: int


def decide_change(old: Event, new: Event) -> Changed | Corrected:
    """Start, duration and state raise the revision and plan anew; everything else does not."""
    if (old.starts_at, old.minutes, old.state) == (new.starts_at, new.minutes, new.state):
        return Corrected(old.revision)
    return Changed(old.revision + 1)
