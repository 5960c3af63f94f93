"""Dates and times as people read them: in their zone, with its city, in their language."""

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_skeleton, get_day_names, get_timezone_location
from babel.lists import format_list
from babel.units import format_unit

from domain.places import SharedZone
from messages.languages import locale_of
from messages.markup import Html, render


@lru_cache(4096)  # the same few moments are said to many readers
def day_and_time(moment: datetime, zone: str, language: str) -> str:
    """Such as "Tue, 22 Mar 2022, 16:00"."""
    return f"{day(moment.astimezone(ZoneInfo(zone)).date(), language)}, {clock(moment, zone, language)}"


@lru_cache(4096)
def day(local: date, language: str) -> str:
    """Such as "Tue, 22 Mar 2022"."""
    return format_skeleton("yMMMEd", local, locale=locale_of(language))


@lru_cache(4096)
def short_day(local: date, language: str) -> str:
    """Such as "Tue, 22 Mar": for buttons, where the year is clear."""
    return format_skeleton("MMMEd", local, locale=locale_of(language))


def local_day(moment: datetime, zone: str) -> date:
    """The day on which it is, there."""
    return moment.astimezone(ZoneInfo(zone)).date()


def weekday(number: int, language: str) -> str:
    """Such as "Tuesday"; Monday is 0."""
    named: str = get_day_names("wide", "stand-alone", locale_of(language))[number]
    return named


@lru_cache(4096)
def clock(moment: datetime, zone: str, language: str) -> str:
    """Such as "16:00"."""
    return format_skeleton("Hm", moment.astimezone(ZoneInfo(zone)), locale=locale_of(language))


def wall_clock(minutes: int, language: str) -> str:
    """Minutes after midnight as clocks show them, such as "07:30"."""
    return format_skeleton("Hm", time(*divmod(minutes, 60)), locale=locale_of(language))


@lru_cache(4096)
def city(zone: str, language: str) -> str:
    """The city that names a zone: "Berlin", in German "Kalkutta"."""
    named = get_timezone_location(zone, locale=locale_of(language), return_city=True)
    return named.rpartition("/")[2]  # "Argentina/Buenos Aires"


def in_zone(moment: datetime, zone: str, language: str) -> str:
    """Such as "Tue, 22 Mar 2022, 16:00 (Berlin)"; where many read it, each in their own time."""
    if isinstance(zone, SharedZone):
        return for_everybody(moment, zone, language)
    return _named(moment, zone, language)


def in_list(moment: datetime, zone: str, language: str) -> str:
    """Without the city, which `all_times` says once above the list; where many read it, each in their own time."""
    if isinstance(zone, SharedZone):
        return for_everybody(moment, zone, language)
    return day_and_time(moment, zone, language)


def _named(moment: datetime, zone: str, language: str) -> str:
    return f"{day_and_time(moment, zone, language)} ({city(zone, language)})"


def for_everybody(moment: datetime, zone: str, language: str) -> Html:
    """For groups and channels: each reader's client shows its own time; others see the one with the city."""
    fallback = _named(moment, zone, language)
    tag = '<tg-time unix="{unix}" format="wDt">{fallback}</tg-time>'
    return render(tag, unix=int(moment.timestamp()), fallback=fallback)


def duration(length: timedelta, language: str) -> str:
    """Such as "1 day and 2 hours", in at most two units, rounded up to whole minutes.

    Babel knows no cases: German texts have to put it where "2 Tage" is right ("Noch 2 Tage", not "In 2 Tagen").
    """
    minutes = max(1, -(-int(length.total_seconds()) // 60))
    days, rest = divmod(minutes, 24 * 60)
    hours, minutes = divmod(rest, 60)
    return _in_units(days, hours, 0 if days and hours else minutes, language)


def lead(minutes: int, language: str) -> str:
    """A lead time, such as "1 hour", in as many units as it takes: nothing is rounded."""
    days, rest = divmod(minutes, 24 * 60)
    return _in_units(days, *divmod(rest, 60), language)


def _in_units(days: int, hours: int, minutes: int, language: str) -> str:
    parts = [(days, "duration-day"), (hours, "duration-hour"), (minutes, "duration-minute")]
    said = [format_unit(n, unit, length="long", locale=locale_of(language)) for n, unit in parts if n]
    return format_list(said, locale=locale_of(language))
