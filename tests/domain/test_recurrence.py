"""Series keep their local time and their days: over both changes of the clocks, month ends and leap days."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.recurrence import MOST_TIMES, InGap, Missing, NoSuchDate, Occurrence, Rule, Series, occurrences
from messages.places import WELL_KNOWN

BERLIN = "Europe/Berlin"


def wall(text: str) -> datetime:
    """What a clock on the wall shows: without a zone."""
    return datetime.fromisoformat(text)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def series(
    first: str,
    rule: Rule,
    times: int | None = None,
    until: str | None = None,
    without: tuple[str, ...] = (),
    zone: str = BERLIN,
) -> Series:
    return Series(
        wall(first),
        zone,
        rule,
        times,
        date.fromisoformat(until) if until else None,
        frozenset(date.fromisoformat(day) for day in without),
    )


def shown(planned: tuple[Occurrence | Missing, ...]) -> list[str]:
    """Such as "1: 03-22", "2: gap 03-27", "no 02-31"."""
    return [
        f"no {one.month:02}-{one.day:02}"
        if isinstance(one, NoSuchDate)
        else f"{one.number}: {'gap ' if isinstance(one, InGap) else ''}{one.wall:%m-%d}"
        for one in planned
    ]


# --- Which days -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("planned", "days"),
    [
        (series("2022-03-22 16:00", Rule.ONCE), ["1: 03-22"]),
        (series("2022-03-22 16:00", Rule.ONCE, times=5), ["1: 03-22"]),
        (series("2022-03-22 16:00", Rule.WEEKLY, times=3), ["1: 03-22", "2: 03-29", "3: 04-05"]),
        (series("2022-03-22 16:00", Rule.EVERY_TWO_WEEKS, times=3), ["1: 03-22", "2: 04-05", "3: 04-19"]),
        (series("2022-12-27 16:00", Rule.WEEKLY, times=2), ["1: 12-27", "2: 01-03"]),
        (series("2024-02-22 16:00", Rule.WEEKLY, times=3), ["1: 02-22", "2: 02-29", "3: 03-07"]),
        # the end
        (series("2022-03-22 16:00", Rule.WEEKLY, until="2022-04-05"), ["1: 03-22", "2: 03-29", "3: 04-05"]),
        (series("2022-03-22 16:00", Rule.WEEKLY, until="2022-04-04"), ["1: 03-22", "2: 03-29"]),
        (series("2022-03-22 16:00", Rule.WEEKLY, times=2, until="2022-12-31"), ["1: 03-22", "2: 03-29"]),
        (series("2022-03-22 16:00", Rule.WEEKLY, times=9, until="2022-03-31"), ["1: 03-22", "2: 03-29"]),
        (series("2022-03-22 16:00", Rule.WEEKLY, until="2022-03-21"), []),
        (series("2022-03-22 16:00", Rule.WEEKLY, times=0), []),
        # exceptions count
        (
            series("2022-03-22 16:00", Rule.WEEKLY, times=3, without=("2022-03-29",)),
            ["1: 03-22", "3: 04-05"],
        ),
        (series("2022-03-22 16:00", Rule.WEEKLY, times=2, without=("2022-03-22", "2022-03-29")), []),
        (series("2022-03-22 16:00", Rule.WEEKLY, times=1, without=("2022-03-23",)), ["1: 03-22"]),
        # the same weekday of each month
        (
            series("2022-03-08 16:00", Rule.MONTHLY_BY_WEEKDAY, times=4),
            ["1: 03-08", "2: 04-12", "3: 05-10", "4: 06-14"],
        ),
        (series("2022-02-01 16:00", Rule.MONTHLY_BY_WEEKDAY, times=3), ["1: 02-01", "2: 03-01", "3: 04-05"]),
        (series("2022-02-22 16:00", Rule.MONTHLY_BY_WEEKDAY, times=3), ["1: 02-22", "2: 03-22", "3: 04-26"]),
        (
            series("2022-03-29 16:00", Rule.MONTHLY_BY_WEEKDAY, times=4),  # a fifth Tuesday: the last
            ["1: 03-29", "2: 04-26", "3: 05-31", "4: 06-28"],
        ),
        (series("2022-12-13 16:00", Rule.MONTHLY_BY_WEEKDAY, times=2), ["1: 12-13", "2: 01-10"]),
        # the same date of each month
        (series("2022-11-30 16:00", Rule.MONTHLY_BY_DATE, times=2), ["1: 11-30", "2: 12-30"]),
        (
            series("2022-01-31 16:00", Rule.MONTHLY_BY_DATE, times=4),
            ["1: 01-31", "no 02-31", "2: 03-31", "no 04-31", "3: 05-31", "no 06-31", "4: 07-31"],
        ),
        (series("2023-12-29 16:00", Rule.MONTHLY_BY_DATE, times=3), ["1: 12-29", "2: 01-29", "3: 02-29"]),
        (series("2022-12-29 16:00", Rule.MONTHLY_BY_DATE, times=3), ["1: 12-29", "2: 01-29", "no 02-29", "3: 03-29"]),
        (series("2022-01-30 16:00", Rule.MONTHLY_BY_DATE, until="2022-02-28"), ["1: 01-30", "no 02-30"]),
        (series("2022-01-30 16:00", Rule.MONTHLY_BY_DATE, until="2022-02-27"), ["1: 01-30"]),
        (
            series("2022-01-31 16:00", Rule.MONTHLY_BY_DATE, times=3, without=("2022-03-31",)),
            ["1: 01-31", "no 02-31", "no 04-31", "3: 05-31"],
        ),
    ],
)
def test_the_days_of_a_series(planned: Series, days: list[str]) -> None:
    assert shown(occurrences(planned)) == days


@pytest.mark.parametrize("rule", [rule for rule in Rule if rule is not Rule.ONCE])
@pytest.mark.parametrize(("times", "until"), [(None, None), (10**9, None), (None, "2999-12-31"), (53, "2999-12-31")])
def test_nothing_is_planned_without_an_end(rule: Rule, times: int | None, until: str | None) -> None:
    planned = occurrences(series("2022-01-31 16:00", rule, times, until))

    assert [one.number for one in planned if isinstance(one, Occurrence)] == list(range(1, MOST_TIMES + 1))


# --- Clocks that change -----------------------------------------------------------------------


def test_the_local_time_stays_when_clocks_are_put_forward() -> None:
    planned = occurrences(series("2022-03-22 16:00", Rule.WEEKLY, times=2))

    assert planned == (
        Occurrence(1, wall("2022-03-22 16:00"), utc("2022-03-22 15:00")),
        Occurrence(2, wall("2022-03-29 16:00"), utc("2022-03-29 14:00")),
    )


def test_the_local_time_stays_when_clocks_are_put_back() -> None:
    planned = occurrences(series("2022-10-25 16:00", Rule.WEEKLY, times=2))

    assert planned == (
        Occurrence(1, wall("2022-10-25 16:00"), utc("2022-10-25 14:00")),
        Occurrence(2, wall("2022-11-01 16:00"), utc("2022-11-01 15:00")),
    )


def test_a_time_that_clocks_skip_is_missing_and_keeps_its_number() -> None:
    planned = occurrences(series("2022-03-20 02:30", Rule.WEEKLY, times=3))

    assert planned == (
        Occurrence(1, wall("2022-03-20 02:30"), utc("2022-03-20 01:30")),
        InGap(2, wall("2022-03-27 02:30"), wall("2022-03-27 03:00")),
        Occurrence(3, wall("2022-04-03 02:30"), utc("2022-04-03 00:30")),
    )


def test_a_time_that_clocks_show_twice_is_the_first() -> None:
    planned = occurrences(series("2022-10-23 02:30", Rule.WEEKLY, times=3))

    assert [one.at for one in planned if isinstance(one, Occurrence)] == [
        utc("2022-10-23 00:30"),
        utc("2022-10-30 00:30"),
        utc("2022-11-06 01:30"),
    ]


def test_a_gap_that_is_left_out_is_not_missing() -> None:
    planned = occurrences(series("2022-03-20 02:30", Rule.WEEKLY, times=3, without=("2022-03-27",)))

    assert shown(planned) == ["1: 03-20", "3: 04-03"]


def test_a_day_that_a_country_skipped_is_missing() -> None:
    """Samoa went over the date line: there was no 30 December 2011 in Apia."""
    planned = occurrences(series("2011-12-23 16:00", Rule.WEEKLY, times=3, zone="Pacific/Apia"))

    assert shown(planned) == ["1: 12-23", "2: gap 12-30", "3: 01-06"]


BEGIN, END = utc("2024-01-01 00:00"), utc("2041-01-01 00:00")
WEEK, SECOND = timedelta(weeks=1), timedelta(seconds=1)
PROBES = [BEGIN + timedelta(days=5 * n) for n in range((END - BEGIN).days // 5 + 1)]
"""No zone changes its clocks twice within five days."""


def offset(moment: datetime, there: ZoneInfo) -> timedelta:
    shift = moment.astimezone(there).utcoffset()
    assert shift is not None
    return shift


def turning_point(low: datetime, high: datetime, there: ZoneInfo) -> datetime:
    """The moment of the only change of the clocks between two moments."""
    old = offset(low, there)
    while high - low > SECOND:
        middle = low + (high - low) // 2
        low, high = (middle, high) if offset(middle, there) == old else (low, middle)
    return high.replace(microsecond=0)


def changes(zone: str) -> tuple[tuple[datetime, timedelta, timedelta], ...]:
    """Moments at which the clocks of a zone change, with the offsets before and after."""
    there = ZoneInfo(zone)
    offsets = [(probe, offset(probe, there)) for probe in PROBES]
    return tuple(
        (turning_point(low, high, there), before, after)
        for (low, before), (high, after) in pairwise(offsets)
        if before != after
    )


def test_in_every_zone_each_local_day_of_a_series_comes_once_or_is_missing() -> None:
    """Series that begin a week before each change of the clocks from 2024 to 2040, at the times that change."""
    checked = set()
    zones = sorted(available_timezones())
    for zone in zones:
        clock_changes = changes(zone)
        if clock_changes in checked:  # the same rules under another name
            continue
        checked.add(clock_changes)
        for change, before, after in clock_changes:
            for local in times_around(change, before, after):
                planned = occurrences(Series(local - WEEK, zone, Rule.WEEKLY, times=3))
                assert planned == expected(local, zone), (zone, local)

    assert set(WELL_KNOWN) <= set(zones)
    assert len(checked) > 30


def times_around(change: datetime, before: timedelta, after: timedelta) -> list[datetime]:
    """Local times around a change: before, at both of its ends, between them, and after."""
    ends = sorted([(change + before).replace(tzinfo=None), (change + after).replace(tzinfo=None)])
    middle = ends[0] + (ends[1] - ends[0]) / 2
    return [ends[0] - SECOND, ends[0], middle, ends[1] - SECOND, ends[1], ends[1] + timedelta(hours=1)]


def expected(local: datetime, zone: str) -> tuple[Occurrence | InGap, ...]:
    """Week by week by another way: the first moment that shows the local time, by trying every offset there is."""
    there = ZoneInfo(zone)
    planned: list[Occurrence | InGap] = []
    for number, day in enumerate((local - WEEK, local, local + WEEK), start=1):
        near = (day.replace(tzinfo=UTC) - timedelta(days=1), day.replace(tzinfo=UTC) + timedelta(days=1))
        offsets = [offset(moment, there) for moment in near]
        moments = sorted({day.replace(tzinfo=UTC) - shift for shift in offsets})
        fitting = [at for at in moments if at.astimezone(there).replace(tzinfo=None) == day]
        if fitting:
            planned.append(Occurrence(number, day, fitting[0]))
        else:
            goes_on = turning_point(*near, there).astimezone(there).replace(tzinfo=None)
            planned.append(InGap(number, day, goes_on))
    return tuple(planned)


# --- What holds for all -----------------------------------------------------------------------


@given(
    st.datetimes(wall("2024-01-01 00:00"), wall("2037-12-31 00:00")),
    st.sampled_from(sorted(WELL_KNOWN)),
    st.sampled_from(Rule),
    st.integers(0, 60),
    st.frozensets(st.integers(0, 60), max_size=5),
)
def test_numbers_and_days_rise_and_the_clock_on_the_wall_stays(
    first: datetime, zone: str, rule: Rule, times: int, weeks_out: frozenset[int]
) -> None:
    without = frozenset(first.date() + n * WEEK for n in weeks_out)

    planned = occurrences(Series(first, zone, rule, times, exceptions=without))

    sessions = [one for one in planned if not isinstance(one, NoSuchDate)]
    assert all(one.number < other.number and one.wall < other.wall for one, other in pairwise(sessions))
    assert {one.wall.time() for one in sessions} <= {first.time()}
    assert not without & {one.wall.date() for one in sessions}
    assert len(sessions) <= min(times, MOST_TIMES)
    moments = [one for one in sessions if isinstance(one, Occurrence)]
    assert [one.wall for one in moments] == [one.at.astimezone(ZoneInfo(zone)).replace(tzinfo=None) for one in moments]
