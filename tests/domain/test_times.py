"""Local times: each one that clocks show is one moment; one that they skip is refused with the next."""

from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.times import Skipped, to_utc

BERLIN = "Europe/Berlin"
BEGIN, END = datetime(2024, 1, 1, tzinfo=UTC), datetime(2031, 1, 1, tzinfo=UTC)
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)


def wall(text: str) -> datetime:
    """What a clock on the wall shows: without a zone."""
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("local", "moment"),
    [
        (wall("2022-03-26 02:30"), datetime(2022, 3, 26, 1, 30, tzinfo=UTC)),
        (wall("2022-03-27 01:59:59"), datetime(2022, 3, 27, 0, 59, 59, tzinfo=UTC)),
        (wall("2022-03-27 03:00"), datetime(2022, 3, 27, 1, 0, tzinfo=UTC)),
        (wall("2022-10-30 01:59:59"), datetime(2022, 10, 29, 23, 59, 59, tzinfo=UTC)),
        (wall("2022-10-30 02:00"), datetime(2022, 10, 30, 0, 0, tzinfo=UTC)),
        (wall("2022-10-30 02:30"), datetime(2022, 10, 30, 0, 30, tzinfo=UTC)),
        (wall("2022-10-30 03:00"), datetime(2022, 10, 30, 2, 0, tzinfo=UTC)),
    ],
)
def test_berlin_nights(local: datetime, moment: datetime) -> None:
    assert to_utc(local, BERLIN) == moment


@pytest.mark.parametrize("minute", [0, 1, 30, 59])
def test_the_hour_that_is_skipped_in_march_names_the_next_time(minute: int) -> None:
    assert to_utc(wall(f"2022-03-27 02:{minute:02}"), BERLIN) == Skipped(wall("2022-03-27 03:00"))


def test_a_day_that_a_country_skipped_names_the_day_after() -> None:
    """Samoa went over the date line: there was no 30 December 2011 in Apia."""
    assert to_utc(wall("2011-12-30 12:00"), "Pacific/Apia") == Skipped(wall("2011-12-31 00:00"))


@cache
def transitions(zone: str) -> list[tuple[datetime, timedelta, timedelta]]:
    """Moments at which the offset of a zone changes, with the offsets before and after."""
    there, found = ZoneInfo(zone), []
    # No zone changes its clocks twice within five days.
    days = [BEGIN + timedelta(days=n) for n in range(0, (END - BEGIN).days + 1, 5)]
    for before, after in pairwise(days):
        old, new = offset(before, there), offset(after, there)
        if old != new:
            low, high = before, after
            while high - low > SECOND:
                middle = low + (high - low) // 2
                low, high = (middle, high) if offset(middle, there) == old else (low, middle)
            found.append((high.replace(microsecond=0), old, new))
    return found


def offset(moment: datetime, there: ZoneInfo) -> timedelta:
    shift = moment.astimezone(there).utcoffset()
    assert shift is not None
    return shift


ZONES = sorted(zone for zone in available_timezones() if transitions(zone))


def shown(moment: datetime, zone: str) -> datetime:
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


@pytest.mark.parametrize("zone", ZONES)
def test_around_every_change_each_wall_time_is_its_first_moment_or_skipped(zone: str) -> None:
    for change, before, after in transitions(zone):
        gap = after - before
        first_new = (change + after).replace(tzinfo=None)
        first_old = (change + before).replace(tzinfo=None)
        walls = {first_old + shift for shift in around(abs(gap))} | {first_new + shift for shift in around(abs(gap))}
        for local in walls:
            outcome = to_utc(local, zone)
            if gap > timedelta(0) and first_old <= local < first_new:
                assert outcome == Skipped(first_new)
                continue
            moments = sorted({local.replace(tzinfo=UTC) - before, local.replace(tzinfo=UTC) - after})
            assert outcome == next(moment for moment in moments if shown(moment, zone) == local)


def around(width: timedelta) -> list[timedelta]:
    return [-width - SECOND, -width, -MINUTE, -SECOND, timedelta(0), SECOND, width / 2, width - SECOND, width, HOUR]


def test_enough_zones_change_their_clocks_for_this_to_mean_something() -> None:
    assert len(ZONES) > 150


@given(st.sampled_from(sorted(available_timezones())), st.datetimes(wall("2024-01-01 00:00"), wall("2030-12-31 00:00")))
def test_what_clocks_show_is_what_was_asked_for(zone: str, local: datetime) -> None:
    outcome = to_utc(local, zone)

    if isinstance(outcome, Skipped):
        assert outcome.next_time > local
    else:
        assert shown(outcome, zone) == local


def test_a_moment_within_a_second_stays_exact() -> None:
    assert to_utc(wall("2022-03-22 16:00:00.000005"), BERLIN) == datetime(2022, 3, 22, 15, 0, 0, 5, tzinfo=UTC)
