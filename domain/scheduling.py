"""Scheduling sessions: which questions are asked, and what the answers make."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from domain.dialogs import step_after
from domain.events import Event
from domain.groups import Group
from domain.recurrence import Missing, Occurrence, Rule, Series, occurrences

MOST_TITLE = 150
"""In UTF-16 units."""

LEAST_MINUTES, MOST_MINUTES = 10, 480


class Step(StrEnum):
    """The questions, in order; TIMES only where there is a repetition."""

    TITLE = "title"
    DAY = "day"
    CLOCK = "clock"
    MINUTES = "minutes"
    REPEAT = "repeat"
    TIMES = "times"
    LINK = "link"
    PREVIEW = "preview"


@dataclass(frozen=True)
class Draft:
    """What has been answered so far. `day` and `clock` are local to whoever plans; `left_out`: days of the series."""

    group_id: int
    title: str = ""
    day: date | None = None
    clock: time | None = None
    minutes: int = 60
    rule: Rule = Rule.ONCE
    times: int | None = None
    until: date | None = None
    link: str | None = None
    left_out: frozenset[date] = frozenset()

    @property
    def steps(self) -> tuple[Step, ...]:
        """The questions for this draft."""
        return tuple(step for step in Step if step is not Step.TIMES or self.rule is not Rule.ONCE)

    def step_after(self, step: str, by: int) -> Step:
        """So many questions on or back."""
        return step_after(self.steps, step, by)


def to_json(draft: Draft) -> dict[str, object]:
    """The draft as a dialog keeps it."""
    return {
        "group_id": draft.group_id,
        "title": draft.title,
        "day": draft.day.isoformat() if draft.day else None,
        "clock": draft.clock.isoformat("minutes") if draft.clock else None,
        "minutes": draft.minutes,
        "rule": draft.rule.value,
        "times": draft.times,
        "until": draft.until.isoformat() if draft.until else None,
        "link": draft.link,
        "left_out": sorted(day.isoformat() for day in draft.left_out),
    }


def from_json(data: Mapping[str, object]) -> Draft:
    """Read back what `to_json` wrote."""
    left_out = data["left_out"]
    return Draft(
        group_id=int(str(data["group_id"])),
        title=str(data["title"]),
        day=_day(data["day"]),
        clock=time.fromisoformat(str(data["clock"])) if data["clock"] else None,
        minutes=int(str(data["minutes"])),
        rule=Rule(str(data["rule"])),
        times=int(str(data["times"])) if data["times"] else None,
        until=_day(data["until"]),
        link=str(data["link"]) if data["link"] else None,
        left_out=frozenset(date.fromisoformat(str(d)) for d in left_out) if isinstance(left_out, list) else frozenset(),
    )


def _day(value: object) -> date | None:
    return date.fromisoformat(str(value)) if value else None


def series_of(draft: Draft, zone: str) -> Series | None:
    """The series that a draft describes; None while the day or the time is missing."""
    if draft.day is None or draft.clock is None:
        return None
    first = datetime.combine(draft.day, draft.clock)
    return Series(first, zone, draft.rule, draft.times, draft.until)


@dataclass(frozen=True)
class Dates:
    """The days of a draft: all of them in order, and those that take place."""

    all: tuple[Occurrence | Missing, ...]
    taking_place: tuple[Occurrence, ...]


def plan_dates(draft: Draft, zone: str) -> Dates:
    """Every date of a draft; left out are those the planner took out, and those that no clock shows."""
    series = series_of(draft, zone)
    found: Sequence[Occurrence | Missing] = occurrences(series) if series else ()
    kept = [one for one in found if isinstance(one, Occurrence) and one.wall.date() not in draft.left_out]
    return Dates(tuple(found), tuple(kept))


# --- The preview ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Clash:
    """Another session at that time, and how many people would have to be at both."""

    session: Event
    group_code: str
    people: int


@dataclass(frozen=True)
class Line:
    """One date of the preview."""

    date: Occurrence | Missing
    is_left_out: bool
    clashes: tuple[Clash, ...]


@dataclass(frozen=True)
class Preview:
    """What is saved if the planner says so. `takes_place`: how many sessions that makes."""

    group: Group
    draft: Draft
    lines: tuple[Line, ...]
    takes_place: int
