"""The organisers' weekly summary: when it is due, and what counts as news in it."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.times import Skipped, to_utc

AT = time(9)
"""On Mondays, where the process is."""

STILL_WORTH_IT = timedelta(days=2)
"""After down time, a summary older than this is left out."""

SCOPE = "digest"
"""Whether somebody wants it is kept among the things they follow; unless they said no, they do."""


@dataclass(frozen=True)
class Week:
    """An ISO week, such as "2022-W12"; names sort by time. Its summary is due at `due_at` (UTC)."""

    name: str
    due_at: datetime


def week_of(now: datetime, zone: str) -> Week:
    """The latest week whose summary is due by now."""
    local = now.astimezone(ZoneInfo(zone))
    monday = local.date() - timedelta(days=local.weekday())
    due_at = _due(datetime.combine(monday, AT), zone)
    if due_at > now:
        monday -= timedelta(days=7)
        due_at = _due(datetime.combine(monday, AT), zone)
    year, week, _ = monday.isocalendar()
    return Week(f"{year}-W{week:02d}", due_at)


def _due(wall: datetime, zone: str) -> datetime:
    moment = to_utc(wall, zone)
    return _due(moment.next_time, zone) if isinstance(moment, Skipped) else moment


def is_new(week: Week, last: str | None) -> bool:
    """Whether the week is to be noted. `last`: the newest week noted; a clock put back changes nothing."""
    return last is None or week.name > last


def is_to_be_sent(week: Week, last: str | None, now: datetime) -> bool:
    """Whether a new week brings a summary: not the one in which the bot began, and not when it is very late."""
    return last is not None and now - week.due_at <= STILL_WORTH_IT


@dataclass(frozen=True)
class News:
    """What is new about a group since the last summary."""

    members: int = 0
    requests: int = 0
    webinars: int = 0
    sessions: int = 0
    results: int = 0
