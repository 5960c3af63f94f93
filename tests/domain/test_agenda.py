"""The agenda of a session: what may be proposed, taken, dropped, and in which order it stands."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.agenda import (
    MOST_OPEN,
    Over,
    Point,
    PointState,
    Proposed,
    ProposeOutcome,
    Settled,
    SettledBefore,
    SettleOutcome,
    TooMany,
    decide_propose,
    decide_settle,
    moved,
)
from domain.events import Event, EventKind, EventState, LinkPolicy

AT = datetime(2022, 3, 22, 15, tzinfo=UTC)
LAST_MOMENT = AT + timedelta(minutes=60) - timedelta(microseconds=1)
SESSION = Event(
    1, 1, "s", {}, {}, (), (), AT, 60, "Europe/Berlin", None, LinkPolicy.GUARDED, EventState.ANNOUNCED, 1,
    EventKind.SESSION,
)  # fmt: skip
CANCELLED = replace(SESSION, state=EventState.CANCELLED)
PROPOSED, TAKEN, DROPPED = PointState.PROPOSED, PointState.TAKEN, PointState.DROPPED


def point(number: int, state: PointState = TAKEN, place: int = 0) -> Point:
    return Point(number, SESSION.id, 7, f"Point {number}", state, place, AT)


@pytest.mark.parametrize(
    ("session", "count", "now", "outcome"),
    [
        (SESSION, 0, AT, Proposed()),
        (SESSION, MOST_OPEN - 1, LAST_MOMENT, Proposed()),
        (SESSION, MOST_OPEN, AT, TooMany(10)),
        (SESSION, 0, AT + timedelta(hours=1), Over()),
        (CANCELLED, 0, AT - timedelta(days=1), Over()),
    ],
)
def test_points_are_proposed_until_the_end_and_not_too_many(
    session: Event, count: int, now: datetime, outcome: ProposeOutcome
) -> None:
    assert decide_propose(session, count, now) == outcome


@pytest.mark.parametrize(
    ("before", "wanted", "outcome"),
    [
        (PROPOSED, TAKEN, Settled(TAKEN)),
        (PROPOSED, DROPPED, Settled(DROPPED)),
        (TAKEN, DROPPED, Settled(DROPPED)),
        (TAKEN, TAKEN, SettledBefore(TAKEN)),
        (DROPPED, TAKEN, SettledBefore(DROPPED)),
        (DROPPED, DROPPED, SettledBefore(DROPPED)),
    ],
)
def test_the_first_decision_counts_but_what_is_taken_can_be_dropped(
    before: PointState, wanted: PointState, outcome: SettleOutcome
) -> None:
    assert decide_settle(SESSION, point(1, before), wanted, AT) == outcome
    assert decide_settle(CANCELLED, point(1, before), wanted, AT) == Over()
    assert decide_settle(SESSION, point(1, before), wanted, AT + timedelta(hours=1)) == Over()


@pytest.mark.parametrize(
    ("which", "by", "order"),
    [
        (1, 1, (2, 1, 3)),
        (1, -1, (1, 2, 3)),
        (3, -1, (1, 3, 2)),
        (3, 1, (1, 2, 3)),
        (1, 99, (2, 3, 1)),
        (3, -99, (3, 1, 2)),
        (4, -1, (1, 2, 3)),
    ],
)
def test_a_point_moves_among_those_taken_and_stops_at_the_ends(which: int, by: int, order: tuple[int, ...]) -> None:
    points = [point(3, place=9), point(1, place=2), point(4, PROPOSED, place=0), point(2, place=5)]

    assert moved(points, which, by) == order
