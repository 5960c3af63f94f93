"""When the weekly summary is due."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.digest import Week, is_new, is_to_be_sent, week_of

BERLIN = "Europe/Berlin"
W11, W12 = datetime(2022, 3, 14, 8, tzinfo=UTC), datetime(2022, 3, 21, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "week"),
    [
        (W11 - timedelta(seconds=1), Week("2022-W10", datetime(2022, 3, 7, 8, tzinfo=UTC))),
        (W11, Week("2022-W11", W11)),
        (W12 - timedelta(seconds=1), Week("2022-W11", W11)),
        (W12, Week("2022-W12", W12)),
        # The clocks go forward on Sunday: 9 in the morning comes an hour earlier.
        (datetime(2022, 3, 28, 7, tzinfo=UTC), Week("2022-W13", datetime(2022, 3, 28, 7, tzinfo=UTC))),
        # The Monday of the last week of 2020 begins a week of 2020 also when it is read in January.
        (datetime(2021, 1, 3, 12, tzinfo=UTC), Week("2020-W53", datetime(2020, 12, 28, 8, tzinfo=UTC))),
        (datetime(2021, 1, 4, 8, tzinfo=UTC), Week("2021-W01", datetime(2021, 1, 4, 8, tzinfo=UTC))),
    ],
)
def test_a_week_begins_on_monday_at_nine_where_the_process_is(now: datetime, week: Week) -> None:
    assert week_of(now, BERLIN) == week


def test_far_in_the_east_it_is_monday_earlier() -> None:
    assert week_of(datetime(2022, 3, 13, 20, tzinfo=UTC), "Pacific/Auckland").name == "2022-W11"
    assert week_of(datetime(2022, 3, 13, 20, tzinfo=UTC), BERLIN).name == "2022-W10"


@pytest.mark.parametrize(
    ("last", "new"),
    [(None, True), ("2022-W10", True), ("2022-W11", False), ("2022-W12", False), ("2021-W52", True)],
)
def test_a_week_counts_once_also_when_the_clock_is_put_back(last: str | None, new: bool) -> None:
    assert is_new(Week("2022-W11", W11), last) is new


@pytest.mark.parametrize(
    ("last", "late", "sent"),
    [
        ("2022-W10", timedelta(0), True),
        ("2022-W10", timedelta(days=2), True),
        ("2022-W10", timedelta(days=2, seconds=1), False),
        (None, timedelta(0), False),
    ],
)
def test_it_is_sent_unless_it_is_very_late_or_the_bot_has_just_begun(
    last: str | None, late: timedelta, sent: bool
) -> None:
    assert is_to_be_sent(Week("2022-W11", W11), last, W11 + late) is sent
