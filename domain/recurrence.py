"""Series of sessions: on which days they take place, at the same local time, and what the calendar leaves out."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import count

from domain.times import Skipped, to_utc

MOST_TIMES = 52
"""A weekly series of a year; nothing is planned further in one go."""


class Rule(StrEnum):
    """How a series goes on from its first day."""

    ONCE = "once"
    WEEKLY = "weekly"
    EVERY_TWO_WEEKS = "every_two_weeks"
    MONTHLY_BY_WEEKDAY = "monthly_by_weekday"
    """On the same Tuesday of each month: the first, second, third, fourth; from a fifth on, the last."""
    MONTHLY_BY_DATE = "monthly_by_date"


@dataclass(frozen=True)
class Series:
    """Sessions at one local time.

    `first` is naive, what clocks in `zone` show. It ends after `times` sessions or with the day `until`, whichever is
    earlier, and after `MOST_TIMES` in any case. `exceptions` are local days that are left out; they count and keep
    their number, so that leaving one out moves no other.
    """

    first: datetime
    zone: str
    rule: Rule
    times: int | None = None
    until: date | None = None
    exceptions: frozenset[date] = frozenset()


@dataclass(frozen=True)
class Occurrence:
    """One session: its `number` in the series from 1, what clocks show (naive), and the moment in UTC."""

    number: int
    wall: datetime
    at: datetime


@dataclass(frozen=True)
class InGap:
    """A session whose local time clocks skip on that day; it can be moved to `next_time` (naive)."""

    number: int
    wall: datetime
    next_time: datetime


@dataclass(frozen=True)
class NoSuchDate:
    """A month without that day; the series goes on after it, and it has no number."""

    year: int
    month: int
    day: int


Missing = InGap | NoSuchDate


def occurrences(series: Series) -> tuple[Occurrence | Missing, ...]:
    """All sessions in order, and in their places the ones that cannot be."""
    found: list[Occurrence | Missing] = []
    number = 0
    most = min(MOST_TIMES, MOST_TIMES if series.times is None else series.times)
    for day in _days(series):
        if number >= most or (series.until is not None and _end_of(day) > series.until):
            break
        if isinstance(day, NoSuchDate):
            found.append(day)
            continue
        number += 1
        if day not in series.exceptions:
            found.append(_on(day, number, series))
    return tuple(found)


def _on(day: date, number: int, series: Series) -> Occurrence | InGap:
    wall = datetime.combine(day, series.first.time())
    at = to_utc(wall, series.zone)
    return InGap(number, wall, at.next_time) if isinstance(at, Skipped) else Occurrence(number, wall, at)


def _days(series: Series) -> Iterator[date | NoSuchDate]:
    """The days of the rule, without end; a month that lacks its day in its place."""
    first = series.first.date()
    match series.rule:
        case Rule.ONCE:
            yield first
        case Rule.WEEKLY:
            yield from (first + timedelta(weeks=n) for n in count())
        case Rule.EVERY_TWO_WEEKS:
            yield from (first + timedelta(weeks=2 * n) for n in count())
        case Rule.MONTHLY_BY_WEEKDAY:
            yield from (_same_weekday(first, year, month) for year, month in _months(first))
        case Rule.MONTHLY_BY_DATE:
            yield from (_same_date(first, year, month) for year, month in _months(first))


def _months(first: date) -> Iterator[tuple[int, int]]:
    """(year, month) from that of `first` on."""
    for n in count(first.year * 12 + first.month - 1):
        yield n // 12, n % 12 + 1


def _same_weekday(first: date, year: int, month: int) -> date:
    """The same Tuesday of the month as `first` is of its own; a fifth means the last."""
    begin, length = monthrange(year, month)
    earliest = 1 + (first.weekday() - begin) % 7
    place = (first.day - 1) // 7
    last = (length - earliest) // 7
    return date(year, month, earliest + 7 * (min(place, last)))


def _same_date(first: date, year: int, month: int) -> date | NoSuchDate:
    if first.day > monthrange(year, month)[1]:
        return NoSuchDate(year, month, first.day)
    return date(year, month, first.day)


def _end_of(day: date | NoSuchDate) -> date:
    """The day; of a month without it, the last one."""
    return date(day.year, day.month, monthrange(day.year, day.month)[1]) if isinstance(day, NoSuchDate) else day
