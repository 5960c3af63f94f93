"""Finding a time: the days, the questions, the slots proposed so far."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.finding import (
    MOST_SLOTS,
    Days,
    Finding,
    Offer,
    Step,
    from_json,
    span,
    to_json,
    toggled,
    with_more,
)
from domain.slots import Slot

MONDAY, SUNDAY = date(2022, 3, 14), date(2022, 3, 20)
AT = datetime(2022, 3, 21, 14, tzinfo=UTC)
SLOTS = tuple(Slot(AT + timedelta(days=n), (n,), ()) for n in range(10))


@pytest.mark.parametrize(
    ("days", "today", "expected"),
    [
        (Days.THIS_WEEK, MONDAY, (MONDAY, SUNDAY)),
        (Days.THIS_WEEK, SUNDAY, (SUNDAY, SUNDAY)),
        (Days.TWO_WEEKS, MONDAY, (date(2022, 3, 21), date(2022, 4, 3))),
        (Days.TWO_WEEKS, SUNDAY, (date(2022, 3, 21), date(2022, 4, 3))),
        (Days.RANGE, MONDAY, None),
    ],
)
def test_weeks_begin_on_monday(days: Days, today: date, expected: tuple[date, date] | None) -> None:
    assert span(days, today) == expected


def test_first_and_last_day_are_asked_for_only_where_other_days_are_wanted() -> None:
    usual, other = Finding(1), Finding(1, days=Days.RANGE)

    assert usual.steps == (Step.TITLE, Step.MINUTES, Step.DAYS, Step.WEEKDAYS, Step.SLOTS)
    assert other.steps == tuple(Step)
    assert usual.step_after(Step.DAYS, 1) is Step.WEEKDAYS
    assert other.step_after(Step.DAYS, 1) is Step.FIRST
    assert usual.step_after(Step.TITLE, -1) is Step.TITLE
    assert usual.step_after(Step.LAST, 1) is Step.MINUTES  # a step it has no more


def test_more_slots_come_behind_the_others_once_each_and_not_without_end() -> None:
    some = with_more(Finding(1), SLOTS[2:4])

    more = with_more(toggled(some, 0), SLOTS)

    assert [offer.slot for offer in more.offers] == [*SLOTS[2:4], *SLOTS[:2], *SLOTS[4:8]]
    assert [offer.is_out for offer in more.offers] == [True] + [False] * 7
    assert len(more.offers) == MOST_SLOTS
    assert more.chosen == (SLOTS[3], *SLOTS[:2], *SLOTS[4:8])
    assert toggled(more, 0).offers[0] == Offer(SLOTS[2])


def test_a_search_survives_as_json() -> None:
    full = Finding(
        group_id=3,
        title="How to go on",
        minutes=90,
        days=Days.RANGE,
        first=MONDAY,
        last=SUNDAY,
        weekdays=frozenset({0, 6}),
        offers=(Offer(Slot(AT, (1, 2), (2,)), is_out=True), Offer(SLOTS[1])),
    )

    for finding in (full, Finding(1), replace(full, offers=())):
        assert from_json(json.loads(json.dumps(to_json(finding)))) == finding
