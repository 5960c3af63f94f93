"""Quiet: when somebody wants no sound or no reminders at all, and what becomes of a message then."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from domain.deliveries import Lane
from domain.times import Skipped, to_utc

DAY = 24 * 60

STEP = 30
"""Quiet hours begin and end on half hours."""

LEAST_LEAD, MOST_LEAD = 1, 30 * DAY
"""Limits of a lead time of one's own, in minutes."""

MOST_LEADS = 12
"""Lead times one person may have."""

MOST_SILENT = 366
"""Days of silence at most; who wants more says /stop."""


class Concern(StrEnum):
    """What a message is to its reader."""

    REMINDER = "reminder"  # due by the clock alone: it can wait, as long as it is worth something
    NEWS = "news"  # of something they count on: a new time, cancelled
    ANNOUNCEMENT = "announcement"  # said to many
    PERSONAL = "personal"  # their own requests, roles, tasks


CONCERNS: Mapping[str, Concern] = {
    "reminder": Concern.REMINDER,
    "ask": Concern.REMINDER,
    "feedback": Concern.REMINDER,
    "round": Concern.REMINDER,
    "change": Concern.NEWS,
    "session_change": Concern.NEWS,
    "broadcast": Concern.ANNOUNCEMENT,
    "digest": Concern.ANNOUNCEMENT,
}
"""By the kind of the delivery; all other kinds are personal."""


@dataclass(frozen=True)
class QuietHours:
    """Every day from `begin` to `end`, both in minutes after midnight; over midnight where `begin` is the later."""

    begin: int
    end: int

    def until(self, now: datetime, zone: str) -> datetime | None:
        """When the quiet hours that `now` falls into end; None outside them.

        A time that a night leaves out is the end of the gap; one that comes twice is the first of the two.
        """
        today = now.astimezone(ZoneInfo(zone)).date()
        for day in (today - timedelta(days=1), today):
            last_day = day + timedelta(days=1) if self.end <= self.begin else day
            begins, ends = _moment(day, self.begin, zone), _moment(last_day, self.end, zone)
            if begins <= now < ends:
                return ends
        return None


def beginning_of(day: date, zone: str) -> datetime:
    """The first moment of a day in a zone."""
    return _moment(day, 0, zone)


def _moment(day: date, minutes: int, zone: str) -> datetime:
    wall = datetime.combine(day, time()) + timedelta(minutes=minutes)
    found = to_utc(wall, zone)
    # What a gap leaves out is over when the gap is: there the offset after it holds.
    return _after(found.next_time, zone) if isinstance(found, Skipped) else found


def _after(wall: datetime, zone: str) -> datetime:
    return wall.replace(tzinfo=ZoneInfo(zone), fold=1).astimezone(UTC)


@dataclass(frozen=True)
class Wishes:
    """When somebody wants to be left in peace."""

    zone: str
    hours: QuietHours | None = None
    silent_until: datetime | None = None


@dataclass(frozen=True)
class Notice:
    """What matters of a message here. `deadline`: when it is worth nothing any more."""

    concern: Concern
    lane: Lane
    deadline: datetime | None = None


@dataclass(frozen=True)
class AtOnce:
    """As always."""


@dataclass(frozen=True)
class Silently:
    """Now, but without a sound."""


@dataclass(frozen=True)
class WaitUntil:
    """Not before this moment, then to be decided anew; what has expired by then is not sent."""

    moment: datetime


@dataclass(frozen=True)
class Unwanted:
    """Not at all."""


Manner = AtOnce | Silently | WaitUntil | Unwanted


def decide_manner(notice: Notice, wishes: Wishes, now: datetime) -> Manner:
    """How a message that is due reaches somebody now. Answers to what they did themselves always come at once."""
    if notice.lane is Lane.INTERACTIVE:
        return AtOnce()
    if wishes.silent_until is not None and now < wishes.silent_until:
        return _in_silence(notice.concern, wishes.silent_until)
    quiet_until = wishes.hours.until(now, wishes.zone) if wishes.hours else None
    if quiet_until is None:
        return AtOnce()
    waits = notice.concern is Concern.REMINDER and (notice.deadline is None or quiet_until < notice.deadline)
    return WaitUntil(quiet_until) if waits else Silently()


def _in_silence(concern: Concern, ends: datetime) -> Manner:
    """News wait for the end, where they are worth something then; reminders and announcements are let go."""
    match concern:
        case Concern.NEWS:
            return WaitUntil(ends)
        case Concern.PERSONAL:
            return Silently()
        case Concern.REMINDER | Concern.ANNOUNCEMENT:
            return Unwanted()
