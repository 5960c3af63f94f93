"""When the clocks of a zone change, as the yearly rule that calendar programs read: "the last Sunday in March"."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

YEARLY = 2
"""Clocks go forward once a year and back once; any other number is no rule that calendar programs know."""


@dataclass(frozen=True)
class Change:
    """One change of the clocks. `at`: the local time (naive) that they showed; offsets from UTC before and after."""

    at: datetime
    before: timedelta
    after: timedelta
    name: str

    @property
    def is_forward(self) -> bool:
        """Whether summer time begins."""
        return self.after > self.before


@dataclass(frozen=True)
class Rule:
    """A change that comes back every year. `first`: that of the first year. `week`: 1 to 4 from the start of its
    month on, -1 the last."""

    first: Change
    week: int


@dataclass(frozen=True)
class Clocks:
    """What the clocks of a zone show: always the same (`offset`, with its name), or by two yearly rules."""

    offset: timedelta
    name: str
    rules: tuple[Rule, ...] = ()


@lru_cache(256)  # the same few zones stand in every calendar
def clocks_of(zone: str, first_year: int, last_year: int) -> Clocks | None:
    """The clocks of an IANA zone in these years; None where no rule holds in all of them."""
    place = ZoneInfo(zone)
    start = datetime(first_year, 1, 1, tzinfo=UTC).astimezone(place)
    clocks = Clocks(start.utcoffset() or timedelta(), start.tzname() or zone)
    years = [[c for c in _changes(place, year) if c.at.year == year] for year in range(first_year, last_year + 1)]
    if not any(years):
        return clocks
    if any(len(changes) != YEARLY for changes in years):
        return None
    rules = [_rule(same) for same in zip(*years, strict=True)]
    found = tuple(rule for rule in rules if rule is not None)
    return Clocks(clocks.offset, clocks.name, found) if len(found) == YEARLY else None


def _changes(place: ZoneInfo, year: int) -> Iterator[Change]:
    """Every change from a day before this year begins until a day after it ends, in UTC."""
    day = timedelta(days=1)
    moment, end = datetime(year, 1, 1, tzinfo=UTC) - day, datetime(year + 1, 1, 1, tzinfo=UTC) + day
    while moment < end:
        if _offset(place, moment) != _offset(place, moment + day):
            yield _change_within(place, moment, moment + day)
        moment += day


def _change_within(place: ZoneInfo, low: datetime, high: datetime) -> Change:
    """The change between two moments a day apart, to the second."""
    before, after = _offset(place, low), _offset(place, high)
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) // 2
        middle = middle.replace(microsecond=0)
        low, high = (middle, high) if _offset(place, middle) == before else (low, middle)
    return Change((high + before).replace(tzinfo=None), before, after, high.astimezone(place).tzname() or str(place))


def _offset(place: ZoneInfo, moment: datetime) -> timedelta:
    return moment.astimezone(place).utcoffset() or timedelta()


def _rule(changes: tuple[Change, ...]) -> Rule | None:
    """What the changes of several years, one of each, have in common."""
    first = changes[0]
    if any(_kind(change) != _kind(first) for change in changes):
        return None
    weeks = set.intersection(*(_weeks(change.at) for change in changes))
    return Rule(first, min(weeks)) if weeks else None  # the last week, if it may be that


def _kind(change: Change) -> tuple[object, ...]:
    return (change.at.month, change.at.weekday(), change.at.time(), change.before, change.after)


def _weeks(at: datetime) -> set[int]:
    """By which names this day of its month goes: the third Sunday may be the last, too."""
    days = monthrange(at.year, at.month)[1]
    number = (at.day - 1) // 7 + 1
    return ({number} if number <= 4 else set()) | ({-1} if at.day + 7 > days else set())
