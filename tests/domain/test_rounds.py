from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.rounds import Round, call_due, choose_round

MADE = datetime(2022, 3, 1, 12, tzinfo=UTC)
DUE = datetime(2022, 4, 1, 12, tzinfo=UTC)
ROUND = Round(1, {"en": "First results"}, None, DUE, MADE, None, None)


def day(number: int, hour: int = 12) -> datetime:
    return datetime(2022, 3, number, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "reminded_at", "due"),
    [
        (day(2), None, None),
        (day(3), None, day(3)),
        (day(4), None, day(3)),
        (day(6), None, None),  # more than two days late
        (day(4), day(3), None),
        (day(10), day(3), day(10)),
        (day(31, 11), day(24), None),
        (day(31), day(24), day(31)),
        (DUE + timedelta(seconds=1), day(24), None),
    ],
)
def test_reminders_are_due_a_day_before_and_each_week_before_that(
    now: datetime, reminded_at: datetime | None, due: datetime | None
) -> None:
    assert call_due(replace(ROUND, reminded_at=reminded_at), now) == due


@given(st.lists(st.integers(min_value=1, max_value=36 * 60), max_size=60))
def test_however_often_the_clock_ticks_each_reminder_comes_once(steps: list[int]) -> None:
    now, one, fired = MADE, ROUND, []
    for minutes in steps:
        now += timedelta(minutes=minutes)
        moment = call_due(one, now)
        if moment is not None:
            fired.append(moment)
            one = replace(one, reminded_at=now)

    assert fired == sorted(set(fired))
    assert {(DUE - moment).days % 7 for moment in fired} <= {1}


@pytest.mark.parametrize(
    ("rounds", "chosen"),
    [
        ([ROUND], 1),
        ([ROUND, replace(ROUND, id=2, due_at=day(20))], 2),
        ([ROUND, replace(ROUND, id=2, due_at=day(20), group_id=4)], 1),
        ([ROUND, replace(ROUND, id=2, due_at=day(20), group_id=3)], 2),
        ([replace(ROUND, closed_at=day(2))], None),
        ([replace(ROUND, due_at=day(9))], None),
        ([replace(ROUND, created_at=day(11))], None),
        ([], None),
    ],
)
def test_a_result_belongs_to_the_open_round_of_its_group_that_ends_first(
    rounds: list[Round], chosen: int | None
) -> None:
    found = choose_round(rounds, 3, day(10))

    assert (found.id if found else None) == chosen
