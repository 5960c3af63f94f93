"""Registering for a webinar, decided: places, the waiting list, the link."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.events import Event, EventState, LinkPolicy
from domain.registering import (
    AlreadyThere,
    Booking,
    NotOpen,
    NotThere,
    Queued,
    Registered,
    RegisterOutcome,
    Registration,
    Withdrawn,
    WithdrawOutcome,
    count_moving_up,
    decide_register,
    decide_withdraw,
    link_for,
    public_link,
)

AT = datetime(2022, 3, 22, 15, tzinfo=UTC)
LONG_BEFORE = AT - timedelta(days=7)
LINK = "https://meet.example.org/1"
WEBINAR = Event(
    id=7,
    group_id=1,
    slug="havens",
    titles={"en": "Cities as climate havens?"},
    abstracts={},
    speakers=(),
    languages=("en",),
    starts_at=AT,
    minutes=60,
    zone="Europe/Berlin",
    link=LINK,
    link_policy=LinkPolicy.GUARDED,
    state=EventState.ANNOUNCED,
    revision=1,
    capacity=5,
    registers=True,
)
OPEN_TO_ALL = replace(WEBINAR, registers=False)
ENDLESS = replace(WEBINAR, capacity=None)
MINE, WAITS, GONE = Registration.REGISTERED, Registration.WAITING, Registration.WITHDRAWN


@pytest.mark.parametrize(
    ("webinar", "booking", "now", "outcome"),
    [
        (WEBINAR, Booking(), LONG_BEFORE, Registered()),
        (WEBINAR, Booking(taken=4), LONG_BEFORE, Registered()),
        (WEBINAR, Booking(taken=5), LONG_BEFORE, Queued(1)),
        (WEBINAR, Booking(taken=5, waiting=3), LONG_BEFORE, Queued(4)),
        (WEBINAR, Booking(taken=4, waiting=1), LONG_BEFORE, Queued(2)),
        (WEBINAR, Booking(taken=4, mine=GONE), LONG_BEFORE, Registered()),
        (WEBINAR, Booking(taken=5, mine=MINE), LONG_BEFORE, AlreadyThere()),
        (WEBINAR, Booking(taken=5, waiting=1, mine=WAITS, position=1), LONG_BEFORE, AlreadyThere()),
        (ENDLESS, Booking(taken=100_000), LONG_BEFORE, Registered()),
        (replace(WEBINAR, capacity=0), Booking(), LONG_BEFORE, Queued(1)),
        (WEBINAR, Booking(), AT + timedelta(minutes=59), Registered()),
        (WEBINAR, Booking(), AT + timedelta(minutes=60), NotOpen()),
        (OPEN_TO_ALL, Booking(), LONG_BEFORE, NotOpen()),
        (replace(WEBINAR, state=EventState.CANCELLED), Booking(), LONG_BEFORE, NotOpen()),
        (replace(WEBINAR, state=EventState.DRAFT), Booking(), LONG_BEFORE, NotOpen()),
    ],
)
def test_registering(webinar: Event, booking: Booking, now: datetime, outcome: RegisterOutcome) -> None:
    assert decide_register(webinar, booking, now) == outcome


@pytest.mark.parametrize(
    ("mine", "outcome"), [(MINE, Withdrawn()), (WAITS, Withdrawn()), (GONE, NotThere()), (None, NotThere())]
)
def test_taking_it_back(mine: Registration | None, outcome: WithdrawOutcome) -> None:
    assert decide_withdraw(Booking(taken=1, waiting=1, mine=mine)) == outcome


@pytest.mark.parametrize(
    ("webinar", "taken", "waiting", "move_up"),
    [
        (WEBINAR, 5, 3, 0),
        (WEBINAR, 4, 3, 1),
        (WEBINAR, 0, 3, 3),
        (WEBINAR, 7, 3, 0),
        (ENDLESS, 7, 3, 3),
        (OPEN_TO_ALL, 7, 3, 3),
    ],
)
def test_so_many_of_those_who_wait_move_up(webinar: Event, taken: int, waiting: int, move_up: int) -> None:
    assert count_moving_up(webinar, Booking(taken, waiting)) == move_up


PUBLIC = replace(OPEN_TO_ALL, link_policy=LinkPolicy.PUBLIC)
JUST_BEFORE = AT - timedelta(minutes=15)
TOO_EARLY = JUST_BEFORE - timedelta(seconds=1)
OVER = AT + timedelta(minutes=60, seconds=1)


@pytest.mark.parametrize(
    ("webinar", "now", "for_expected", "for_others"),
    [
        (PUBLIC, LONG_BEFORE, LINK, LINK),
        (PUBLIC, OVER, None, None),
        (OPEN_TO_ALL, TOO_EARLY, None, None),
        (OPEN_TO_ALL, JUST_BEFORE, LINK, LINK),
        (WEBINAR, TOO_EARLY, None, None),
        (WEBINAR, JUST_BEFORE, LINK, None),
        (WEBINAR, OVER, None, None),
        (replace(WEBINAR, link_policy=LinkPolicy.PUBLIC), LONG_BEFORE, LINK, None),
        (replace(WEBINAR, state=EventState.CANCELLED), JUST_BEFORE, None, None),
    ],
)
def test_who_has_the_join_link_and_when(
    webinar: Event, now: datetime, for_expected: str | None, for_others: str | None
) -> None:
    is_public = webinar.link_policy is LinkPolicy.PUBLIC and not webinar.registers

    assert link_for(webinar, now, is_expected=True) == for_expected
    assert link_for(webinar, now, is_expected=False) == for_others
    assert public_link(webinar, now) == (for_others if is_public else None)
