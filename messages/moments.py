"""How a typed date and time was understood, when it cannot be taken, and how to send it instead."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from babel.lists import format_list

from domain.errors import (
    Ambiguous,
    ClocksSkip,
    DayMissing,
    NoSuchClock,
    NoSuchDay,
    NotThatTime,
    OtherWeekday,
    Past,
    TimeMissing,
    TooFarAhead,
)
from messages import dates
from messages.languages import locale_of, speaker

EXAMPLE = "22.03.2022 16:00"
"""A form that everybody reads alike; dots are day first in every language (`handlers.days`)."""


def said(error: NotThatTime, language: str) -> str:
    """The reading, what is wrong with it, and what to send; without markup."""
    return f"{_reading(error, language)} {_instead(error, language)}"


def _reading(error: NotThatTime, language: str) -> str:
    say = speaker(language)
    match error:
        case Past(at=at, zone=zone):
            return say.plain("I read this as {when}, and that is past.", when=dates.in_zone(at, zone, language))
        case TooFarAhead(at=at, zone=zone):
            when = dates.in_zone(at, zone, language)
            return say.plain("I read this as {when}, and that is more than two years ahead.", when=when)
        case Ambiguous(readings=readings, zone=zone):
            return _which(readings, zone, language)
        case ClocksSkip():
            return _skipped(error, language)
        case DayMissing(clock=clock):
            return say.plain("I read the time {clock}, but on which day?", clock=f"{clock:%H:%M}")
        case TimeMissing(day=day):
            return say.plain("I read this as {day}, but at what time?", day=dates.day(day, language))
        case NoSuchDay(day=day, month=month, year=year):
            return say.plain("No calendar has the day {day}.", day=f"{day:02}.{month:02}.{year}")
        case NoSuchClock(hour=hour, minute=minute):
            typed = f"{hour:02}:{minute:02}"
            return say.plain("No clock shows {clock}: times go from 00:00 to 23:59.", clock=typed)
        case OtherWeekday(weekday=weekday, day=day):
            named, shown = dates.weekday(weekday, language), dates.day(day, language)
            return say.plain("{weekday} does not fit: I read the date as {day}.", weekday=named, day=shown)
        case _:
            raise error


def _which(readings: Sequence[datetime], zone: str, language: str) -> str:
    say = speaker(language)
    shown = [dates.in_zone(at, zone, language) for at in readings]
    if len(shown) == 1:
        return say.plain("Do you mean {when}?", when=shown[0])
    choice = format_list(shown, style="or", locale=locale_of(language))
    return say.plain("This can mean {choice}.", choice=choice)


def _skipped(error: ClocksSkip, language: str) -> str:
    return speaker(language).plain(
        "On {day} clocks in {city} go from {gap_from} to {gap_to}: {clock} does not exist then.",
        day=dates.day(error.wall.date(), language),
        city=dates.city(error.zone, language),
        gap_from=f"{error.gap_from:%H:%M}",
        gap_to=f"{error.gap_to:%H:%M}",
        clock=f"{error.wall:%H:%M}",
    )


def _instead(error: NotThatTime, language: str) -> str:
    say = speaker(language)
    match error:
        case Ambiguous(readings=(at, *_), zone=zone):
            example = f"{at.astimezone(ZoneInfo(zone)):%d.%m.%Y %H:%M}"
        case ClocksSkip(gap_to=gap_to):
            example = f"{gap_to:%d.%m.%Y %H:%M}"
        case TimeMissing(day=day):
            example = f"{day:%d.%m.%Y} 16:00"
        case _:
            example = EXAMPLE
    return say.plain("Send it like {example}. Your draft is safe.", example=example)
