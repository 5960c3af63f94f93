"""Quiet hours by the clock of a place, and what becomes of a message in them and in silence."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.deliveries import KINDS, Lane
from domain.quiet import (
    CONCERNS,
    DAY,
    AtOnce,
    Concern,
    Manner,
    Notice,
    QuietHours,
    Silently,
    Unwanted,
    WaitUntil,
    Wishes,
    beginning_of,
    decide_manner,
)

BERLIN, OTTAWA, ACCRA, JAKARTA = "Europe/Berlin", "America/Toronto", "Africa/Accra", "Asia/Jakarta"
NIGHT = QuietHours(22 * 60, 7 * 60)
NOON = QuietHours(12 * 60, 14 * 60)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc, arg-type]


@pytest.mark.parametrize(
    ("hours", "zone", "now", "until"),
    [
        (NIGHT, BERLIN, utc(2022, 3, 21, 20, 59), None),  # 21:59
        (NIGHT, BERLIN, utc(2022, 3, 21, 21), utc(2022, 3, 22, 6)),  # 22:00
        (NIGHT, BERLIN, utc(2022, 3, 21, 23, 30), utc(2022, 3, 22, 6)),  # 00:30, begun the day before
        (NIGHT, BERLIN, utc(2022, 3, 22, 5, 59, 59), utc(2022, 3, 22, 6)),
        (NIGHT, BERLIN, utc(2022, 3, 22, 6), None),  # 07:00: over
        (NOON, BERLIN, utc(2022, 3, 22, 10, 59), None),
        (NOON, BERLIN, utc(2022, 3, 22, 11), utc(2022, 3, 22, 13)),
        (NOON, BERLIN, utc(2022, 3, 22, 13), None),
        (NIGHT, OTTAWA, utc(2022, 3, 22, 2), utc(2022, 3, 22, 11)),  # 22:00 the evening before, UTC-4
        (NIGHT, ACCRA, utc(2022, 3, 22, 6, 59), utc(2022, 3, 22, 7)),
        (NIGHT, JAKARTA, utc(2022, 3, 21, 15), utc(2022, 3, 22)),  # 22:00, UTC+7
        (NIGHT, JAKARTA, utc(2022, 3, 22), None),  # 07:00
    ],
)
def test_quiet_hours_end_when_clocks_there_say_so(
    hours: QuietHours, zone: str, now: datetime, until: datetime | None
) -> None:
    assert hours.until(now, zone) == until


@pytest.mark.parametrize(
    ("hours", "now", "until"),
    [
        # 27 March 2022: 02:00 becomes 03:00, the night has 8 hours.
        (NIGHT, utc(2022, 3, 26, 21), utc(2022, 3, 27, 5)),
        (NIGHT, utc(2022, 3, 27, 5), None),
        (QuietHours(22 * 60, 150), utc(2022, 3, 27, 0, 59), utc(2022, 3, 27, 1)),  # until 02:30, which is not: 03:00
        (QuietHours(22 * 60, 150), utc(2022, 3, 27, 1), None),
        (QuietHours(150, 7 * 60), utc(2022, 3, 27, 0, 59), None),  # from 02:30: from 03:00
        (QuietHours(150, 7 * 60), utc(2022, 3, 27, 1), utc(2022, 3, 27, 5)),
        (QuietHours(120, 180), utc(2022, 3, 27, 1), None),  # all of it is left out
        # 30 October 2022: 03:00 becomes 02:00, the night has 10 hours.
        (NIGHT, utc(2022, 10, 29, 20), utc(2022, 10, 30, 6)),
        (QuietHours(22 * 60, 150), utc(2022, 10, 30, 0, 29), utc(2022, 10, 30, 0, 30)),  # 02:30 for the first time
        (QuietHours(22 * 60, 150), utc(2022, 10, 30, 1, 15), None),  # 02:15 for the second time
    ],
)
def test_nights_with_23_and_25_hours(hours: QuietHours, now: datetime, until: datetime | None) -> None:
    assert hours.until(now, BERLIN) == until


half_hours = st.integers(0, 47).map(lambda n: n * 30)


@given(
    half_hours,
    half_hours,
    st.sampled_from([BERLIN, OTTAWA, ACCRA, JAKARTA, "Australia/Lord_Howe", "Asia/Kathmandu"]),
    st.datetimes(datetime(2021, 1, 1), datetime(2026, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - Hypothesis asks for naive limits
)
def test_whoever_waits_waits_less_than_two_days_and_is_not_quiet_when_it_ends(
    begin: int, end: int, zone: str, now: datetime
) -> None:
    hours = QuietHours(begin, end)

    until = hours.until(now, zone)

    assert until is None or now < until < now + timedelta(days=2)
    assert until is None or begin == end or hours.until(until, zone) is None


@given(half_hours, st.integers(1, 47).map(lambda n: n * 30), st.integers(0, DAY - 1))
def test_without_a_change_of_the_clocks_it_is_quiet_exactly_between_the_two_times(
    begin: int, length: int, at: int
) -> None:
    hours = QuietHours(begin, (begin + length) % DAY)
    now = datetime(2022, 6, 15, tzinfo=ZoneInfo(JAKARTA)) + timedelta(minutes=at)

    assert (hours.until(now.astimezone(UTC), JAKARTA) is not None) is ((at - begin) % DAY < length)


NOW = utc(2022, 3, 22, 3)
"""04:00 in Berlin."""

ENDS = utc(2022, 3, 22, 6)
"""07:00 in Berlin."""

LATER = NOW + timedelta(days=3)


@pytest.mark.parametrize(
    ("notice", "manner"),
    [
        (Notice(Concern.REMINDER, Lane.NORMAL, LATER), WaitUntil(ENDS)),
        (Notice(Concern.REMINDER, Lane.URGENT, ENDS + timedelta(minutes=1)), WaitUntil(ENDS)),
        (Notice(Concern.REMINDER, Lane.NORMAL, ENDS), Silently()),
        (Notice(Concern.REMINDER, Lane.NORMAL, ENDS - timedelta(minutes=1)), Silently()),
        (Notice(Concern.NEWS, Lane.URGENT, LATER), Silently()),
        (Notice(Concern.ANNOUNCEMENT, Lane.BULK, LATER), Silently()),
        (Notice(Concern.PERSONAL, Lane.NORMAL, LATER), Silently()),
        (Notice(Concern.PERSONAL, Lane.INTERACTIVE), AtOnce()),
    ],
)
def test_in_quiet_hours_reminders_wait_where_that_is_not_too_late_and_nothing_sounds(
    notice: Notice, manner: Manner
) -> None:
    assert decide_manner(notice, Wishes(BERLIN, NIGHT), NOW) == manner
    assert decide_manner(notice, Wishes(BERLIN, NOON), NOW) == AtOnce()
    assert decide_manner(notice, Wishes(BERLIN), NOW) == AtOnce()


@pytest.mark.parametrize(
    ("notice", "manner"),
    [
        (Notice(Concern.REMINDER, Lane.NORMAL, LATER + timedelta(days=1)), Unwanted()),
        (Notice(Concern.ANNOUNCEMENT, Lane.BULK, LATER + timedelta(days=1)), Unwanted()),
        (Notice(Concern.NEWS, Lane.URGENT, LATER + timedelta(minutes=1)), WaitUntil(LATER)),
        (Notice(Concern.PERSONAL, Lane.NORMAL, LATER), Silently()),
        (Notice(Concern.PERSONAL, Lane.INTERACTIVE), AtOnce()),
    ],
)
def test_in_silence_only_news_are_kept(notice: Notice, manner: Manner) -> None:
    wishes = Wishes(BERLIN, silent_until=LATER)

    assert decide_manner(notice, wishes, NOW) == manner
    assert decide_manner(notice, wishes, LATER) == AtOnce()


def test_a_day_begins_when_clocks_there_say_so() -> None:
    assert beginning_of(date(2022, 3, 27), BERLIN) == utc(2022, 3, 26, 23)
    assert beginning_of(date(2022, 3, 28), BERLIN) == utc(2022, 3, 27, 22)


def test_every_kind_that_quiet_knows_exists() -> None:
    assert set(CONCERNS) <= set(KINDS)
