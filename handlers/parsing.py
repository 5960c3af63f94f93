"""What did they type? Dates and numbers, read only where there is nothing to guess, otherwise refused with a reason."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.errors import (
    Ambiguous,
    ClocksSkip,
    DayMissing,
    NotInRange,
    NotReadable,
    NotThatTime,
    Past,
    TimeMissing,
    TooFarAhead,
)
from domain.times import Skipped, to_utc
from handlers.days import choose_days
from handlers.phrases import Number, Pair, Phrase, folded, hear, minutes
from messages.dates import city
from messages.languages import LANGUAGES

MOST_AHEAD = timedelta(days=731)
"""Nobody plans a session further ahead; a year mistyped is caught."""

HALF_A_DAY = 12 * 60


@dataclass(frozen=True)
class Moment:
    """A typed date and time: `wall` (naive) is what clocks show in the person's zone, `at` is the moment in UTC."""

    wall: datetime
    at: datetime


def read_moment(typed: str, now: datetime, zone: str, language: str) -> Moment:
    """The moment that was typed, for somebody in `zone`; `now` in UTC.

    English, German and French are understood whatever `language` is: that decides 03/04 and words with two meanings.
    Raises NotReadable, TooLong, or the kind of NotThatTime that says how the text was understood.
    """
    heard = hear(_without_city(folded(typed), zone), language)
    days = choose_days(heard, now.astimezone(ZoneInfo(zone)).date(), language)
    clocks = _choose_clocks(heard, days.left)
    if not days.found:
        raise DayMissing(_shown(clocks.found[0])) if clocks.sure else NotReadable("moment")
    if not clocks.found:
        raise TimeMissing(days.found[0]) if len(days.found) == 1 else NotReadable("moment")
    walls = sorted({_wall(day, clock) for day in days.found for clock in clocks.found})
    if len(walls) > 1 or not (days.sure and clocks.sure):
        raise _offer(walls, now, zone)
    return _checked(walls[0], now, zone)


def read_day(typed: str, today: date, language: str) -> date:
    """The one day that was typed, past or to come; raises NotReadable, TooLong."""
    try:
        heard = hear(folded(typed), language)
        days = choose_days(heard, today, language)
    except (NotReadable, NotThatTime) as error:
        raise NotReadable("day") from error
    has_time = heard.clocks or heard.midnights or heard.parts_of_day or days.left
    if has_time or len(days.found) != 1 or not days.sure:
        raise NotReadable("day")
    return days.found[0]


def read_number(typed: str, least: int, most: int) -> int:
    """A whole number of `least` to `most`, in plain digits; raises NotInRange."""
    digits = typed.strip() if len(typed) <= 64 else ""
    if not re.fullmatch(r"-?\d{1,15}", digits, re.ASCII) or not least <= int(digits) <= most:
        raise NotInRange(least, most)
    return int(digits)


@dataclass(frozen=True)
class _Clocks:
    """Times of day that may be meant, in minutes after the day's midnight, and whether that was said clearly."""

    found: tuple[int, ...]
    sure: bool


def _choose_clocks(heard: Phrase, left: Sequence[Number | Pair]) -> _Clocks:
    """The time of day; `left`: numbers that are not part of the day."""
    said = len(heard.clocks) + heard.midnights + len(left)
    if said > 1 or len(heard.parts_of_day) > 1:
        raise NotReadable("moment")
    if not said:
        return _Clocks((), sure=False)
    if heard.midnights:
        return _Clocks((0, 24 * 60), sure=False)  # the one before that day, or the one after it
    clocks = _Clocks(tuple(heard.clocks), sure=True) if heard.clocks else _Clocks(_bare(left[0]), sure=False)
    return _at_that_part(clocks, heard.parts_of_day[0]) if heard.parts_of_day else clocks


def _bare(left: Number | Pair) -> tuple[int, ...]:
    """What "7" or "16.30" may mean without a word that makes it a time: in the morning or in the evening."""
    hour, minute = (int(left.digits), "00") if isinstance(left, Number) else (left.first, left.second)
    if hour > 23 or len(minute) != 2:
        raise NotReadable("moment")
    first = minutes(hour, int(minute))
    return (first, first + HALF_A_DAY) if 0 < hour < 12 else (first,)


def _at_that_part(clocks: _Clocks, part: range) -> _Clocks:
    """With "evening" 7 is not 7 in the morning; that it is 19:00 has to be asked."""
    fitting = tuple(clock for clock in clocks.found if clock // 60 in part)
    if fitting:
        return _Clocks(fitting, clocks.sure)
    later = tuple(clock + HALF_A_DAY for clock in clocks.found if clock // 60 + 12 in part)
    return _Clocks(later or clocks.found, sure=False)


def _checked(wall: datetime, now: datetime, zone: str) -> Moment:
    """The moment, if it exists, lies ahead, and not too far."""
    at = to_utc(wall, zone)
    if isinstance(at, Skipped):
        there = ZoneInfo(zone)
        before, after = wall.replace(tzinfo=there).utcoffset(), wall.replace(tzinfo=there, fold=1).utcoffset()
        width = (after or timedelta()) - (before or timedelta())
        raise ClocksSkip(wall, at.next_time - width, at.next_time, zone)
    if at <= now:
        raise Past(at, zone)
    if at > now + MOST_AHEAD:
        raise TooFarAhead(at, zone)
    return Moment(wall, at)


def _offer(walls: Sequence[datetime], now: datetime, zone: str) -> NotThatTime:
    """The question which of them is meant; if none is possible, what is wrong with the last."""
    readings, wrong = list[datetime](), list[NotThatTime]()
    for wall in walls:
        try:
            readings.append(_checked(wall, now, zone).at)
        except NotThatTime as error:
            wrong.append(error)
    return Ambiguous(tuple(readings), zone) if readings else wrong[-1]


def _wall(day: date, clock: int) -> datetime:
    return datetime.combine(day, time()) + timedelta(minutes=clock)


def _shown(clock: int) -> time:
    return time(*divmod(clock, 60))


def _without_city(text: str, zone: str) -> str:
    """Without the "(Berlin)" at the end that our own texts have, if it is the city of the zone."""
    rest, opened, name = text.removesuffix(")").rpartition(" (")
    named = {folded(city(zone, language)) for language in LANGUAGES}
    return rest if opened and text.endswith(")") and name in named else text
