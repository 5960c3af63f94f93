"""Times as the public page says them: in the zone they are announced for, with its city, and in UTC."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_skeleton

from messages import dates
from messages.languages import Speaker, locale_of, speaker


@dataclass(frozen=True)
class When:
    """From when to when. `starts`, `ends`: for machines; `weekday`, `day`, `month`, `year`: one by one, in short.

    `in_utc` is empty where the zone is UTC."""

    starts: str
    ends: str
    weekday: str
    day: str
    month: str
    year: str
    date: str
    hours: str
    in_utc: str


def when(starts_at: datetime, ends_at: datetime, zone: str, language: str) -> When:
    """The words for an event from `starts_at` to `ends_at`, announced for `zone`."""
    starts, ends = starts_at.astimezone(ZoneInfo(zone)), ends_at.astimezone(ZoneInfo(zone))
    say, locale = speaker(language), locale_of(language)
    return When(
        starts=starts.isoformat(),
        ends=ends.isoformat(),
        weekday=format_skeleton("E", starts, locale=locale),
        day=str(starts.day),
        month=format_skeleton("MMM", starts, locale=locale),
        year=str(starts.year),
        date=format_date(starts, "full", locale=locale),
        hours=_hours(starts_at, ends_at, zone, say),
        in_utc=_in_utc(starts_at, ends_at, zone, say),
    )


def _hours(starts_at: datetime, ends_at: datetime, zone: str, say: Speaker) -> str:
    ends_same_day = dates.local_day(starts_at, zone) == dates.local_day(ends_at, zone)
    end = dates.clock if ends_same_day else dates.day_and_time
    return say.plain(
        "{start} to {end}, {city} time",
        start=dates.clock(starts_at, zone, say.language),
        end=end(ends_at, zone, say.language),
        city=dates.city(zone, say.language),
    )


def _in_utc(starts_at: datetime, ends_at: datetime, zone: str, say: Speaker) -> str:
    """The same in UTC, with the day where it is another one; nothing where the clocks show UTC anyway."""
    if starts_at.astimezone(ZoneInfo(zone)).utcoffset() == timedelta(0):
        return ""
    here, start_day, end_day = (
        dates.local_day(starts_at, zone),
        dates.local_day(starts_at, "UTC"),
        dates.local_day(ends_at, "UTC"),
    )
    start = dates.clock if start_day == here else dates.day_and_time
    end = dates.clock if end_day == start_day else dates.day_and_time
    return say.plain(
        "{start} to {end} UTC", start=start(starts_at, "UTC", say.language), end=end(ends_at, "UTC", say.language)
    )
