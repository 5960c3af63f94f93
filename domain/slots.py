"""When to meet across time zones: as few as possible at a bad hour, and not always the same people."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum, StrEnum
from functools import cache
from zoneinfo import ZoneInfo

from domain.times import Skipped, to_utc

DAY_BEGINS, DAY_ENDS = 7, 22
"""Between these hours, by their own clocks, people can be asked to meet."""

NIGHT_ENDS = 6
"""From midnight until then people sleep; that counts more than a late evening."""

STEP = timedelta(minutes=30)

MOST_DAYS = 42
"""So many days are looked at; a longer search would hold everybody else up."""


class Hour(Enum):
    """How good a time is by somebody's own clock."""

    INSIDE = 0
    OUTSIDE = 1
    ASLEEP = 2


@dataclass(frozen=True)
class Search:
    """What is looked for: `minutes` on the hour or half hour, on `weekdays` (Monday is 0) of `first` to `last`.

    Days and hours are those of `zone`, where the meeting is announced for. `zones`: of each person who is to come.
    `burden`: how many sessions each had to attend outside their day so far (`carried`).
    """

    zones: Mapping[int, str]
    burden: Mapping[int, int]
    minutes: int
    first: date
    last: date
    weekdays: Collection[int]
    zone: str


@dataclass(frozen=True)
class Slot:
    """A proposal; `outside` and `asleep` name the people (ids in order) for whom it is no good time.

    Who would be asleep is also outside.
    """

    at: datetime
    outside: tuple[int, ...]
    asleep: tuple[int, ...]


def rank_slots(search: Search, now: datetime, most: int) -> tuple[Slot, ...]:
    """At most so many slots after `now`, best first: the best of each day, then the second best of each, and so on.

    Better is: fewer people outside, then fewer asleep, then people who carried less so far, then earlier.
    """
    slots = sorted(
        (_slot(at, search) for at in _candidates(search) if at > now),
        key=lambda slot: _cost(slot, search.burden),
    )
    there, of_that_day = ZoneInfo(search.zone), dict[date, int]()
    rounds: list[tuple[int, Slot]] = []
    for slot in slots:
        day = slot.at.astimezone(there).date()
        of_that_day[day] = of_that_day.get(day, 0) + 1
        rounds.append((of_that_day[day], slot))
    return tuple(slot for _, slot in sorted(rounds, key=lambda one: one[0])[:most])


def grade(at: datetime, minutes: int, zone: str) -> Hour:
    """How good a session then is for somebody in `zone`."""
    there = _clocks_of(zone)
    begin, last = at.astimezone(there), (at + timedelta(minutes=minutes - 1)).astimezone(there)
    if begin.date() != last.date() or min(begin.hour, last.hour) < NIGHT_ENDS:
        return Hour.ASLEEP
    return Hour.INSIDE if begin.hour >= DAY_BEGINS and last.hour < DAY_ENDS else Hour.OUTSIDE


@cache
def _clocks_of(zone: str) -> ZoneInfo:
    """ZoneInfo itself keeps eight: with more zones in turn, each question would read a file."""
    return ZoneInfo(zone)


def carried(sessions: Iterable[tuple[datetime, int]], zones: Mapping[int, str]) -> dict[int, int]:
    """How often each person had to attend outside their day; sessions as (start in UTC, minutes)."""
    held = list(sessions)
    return {
        person: sum(grade(at, minutes, zone) is not Hour.INSIDE for at, minutes in held)
        for person, zone in zones.items()
    }


def _candidates(search: Search) -> Iterator[datetime]:
    for n in range(min((search.last - search.first).days + 1, MOST_DAYS)):
        day = search.first + timedelta(days=n)
        if day.weekday() in search.weekdays:
            for step in range(48):
                at = to_utc(datetime.combine(day, time()) + step * STEP, search.zone)
                if not isinstance(at, Skipped):
                    yield at


def _slot(at: datetime, search: Search) -> Slot:
    grades = {zone: grade(at, search.minutes, zone) for zone in set(search.zones.values())}
    outside = sorted(person for person, zone in search.zones.items() if grades[zone] is not Hour.INSIDE)
    asleep = (person for person in outside if grades[search.zones[person]] is Hour.ASLEEP)
    return Slot(at.astimezone(UTC), tuple(outside), tuple(asleep))


def _cost(slot: Slot, burden: Mapping[int, int]) -> tuple[int, int, list[int], datetime]:
    """The heaviest burden among those outside counts first: nobody's turn comes again before everybody's has."""
    burdens = sorted((burden.get(person, 0) for person in slot.outside), reverse=True)
    return len(slot.outside), len(slot.asleep), burdens, slot.at


class Vote(StrEnum):
    """Somebody's answer to a slot."""

    YES = "yes"
    IF_NEED = "if_need"
    NO = "no"


def decide_winner(votes: Mapping[int, Mapping[int, Vote]]) -> int | None:
    """The slot with the most yes, then the most "if need be", then the first; None if nobody can come to any.

    `votes` by slot and person; the slots in the order of their ranking.
    """

    def support(slot_id: int) -> tuple[int, int]:
        answers = list(votes[slot_id].values())
        return answers.count(Vote.YES), answers.count(Vote.IF_NEED)

    best = max(votes, key=support, default=None)  # the first of several that are equal
    return best if best is not None and any(support(best)) else None
