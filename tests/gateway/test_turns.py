"""Whose turn it is: lanes, pauses, and how the pace comes back after one."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from domain.deliveries import Candidate, Delivery, Lane, NotSent, Policy, Result, Sent, TooMany, Unauthorized
from gateway.turns import Turns
from sandbox.clock import WallClock
from tests.chat.world import TestClock

START = datetime(2022, 3, 14, 12, tzinfo=UTC)


@pytest.fixture
def clock() -> TestClock:
    return TestClock(WallClock(start=START, frozen=True))


@pytest.fixture
def turns(clock: TestClock) -> Turns:
    return Turns(clock, 28.0)


def candidate(number: int, lane: Lane = Lane.NORMAL, **values: Any) -> Candidate:
    standard: dict[str, Any] = {"kind": "decision", "method": "sendMessage", "chat_id": number, "not_before": START}
    return Candidate(id=number, lane=lane, **(standard | values))


def delivery(chat_id: int | None) -> Delivery:
    return Delivery(
        id=1,
        key="k",
        kind="decision",
        lane=Lane.NORMAL,
        policy=Policy.AT_LEAST_ONCE,
        method="sendMessage",
        chat_id=chat_id,
        person_id=chat_id,
        payload={},
        refs={},
        card_id=None,
        event_id=None,
        revision=None,
        broadcast_id=None,
        follow=None,
        expires_at=None,
        attempt=1,
    )


def chosen(turns: Turns, *candidates: Candidate, most: int = 100) -> list[int]:
    return [c.id for c in turns.choose(turns.in_order(candidates), most)]


def over_time(turns: Turns, clock: TestClock, candidates: list[Candidate], seconds: float) -> dict[int, float]:
    """When each candidate went, in seconds from now; candidates that had their turn are not offered again."""
    began, went = clock.monotonic(), dict[int, float]()
    while clock.monotonic() - began < seconds:
        rest = [c for c in candidates if c.id not in went]
        for number in chosen(turns, *rest):
            went[number] = round(clock.monotonic() - began, 2)
        clock.pass_by(0.05)
    return went


def refuse(turns: Turns, chat_id: int | None, result: Result) -> None:
    one = delivery(chat_id)
    turns.started(one)
    turns.ended(one, result)


def test_answers_go_first_and_bulk_last(turns: Turns) -> None:
    lanes = [Lane.BULK, Lane.NORMAL, Lane.URGENT, Lane.INTERACTIVE]
    ordered = turns.in_order([candidate(number, lane) for number, lane in enumerate(lanes, 1)])

    assert [c.id for c in ordered] == [4, 3, 2, 1]


def test_what_waits_moves_up_a_lane_a_minute_but_never_to_the_answers(turns: Turns) -> None:
    ordered = turns.in_order(
        [
            candidate(1, Lane.INTERACTIVE),
            candidate(2, Lane.URGENT),
            candidate(3, Lane.NORMAL),
            candidate(4, Lane.BULK, not_before=START - timedelta(seconds=61)),
            candidate(5, Lane.BULK, not_before=START - timedelta(hours=5)),
        ]
    )

    assert [c.id for c in ordered] == [1, 5, 2, 4, 3]


def test_one_call_at_a_time_for_a_chat_and_in_order(turns: Turns, clock: TestClock) -> None:
    first, second, other = candidate(1, chat_id=7), candidate(2, chat_id=7), candidate(3, chat_id=8)

    begin = over_time(turns, clock, [first, other], 0.1)
    turns.started(delivery(7))
    while_busy = over_time(turns, clock, [second], 2)
    turns.ended(delivery(7), Sent(77))

    assert begin == {1: 0.0, 3: 0.05}
    assert while_busy == {}
    assert chosen(turns, second) == [2]


def test_calls_that_send_nothing_wait_for_nobody(turns: Turns) -> None:
    toasts = [candidate(n, Lane.INTERACTIVE, method="answerCallbackQuery", chat_id=None) for n in range(1, 60)]

    assert len(chosen(turns, *toasts)) == 59


def test_a_429_for_a_person_stops_everything_but_answers_which_probe_once_a_second(
    turns: Turns, clock: TestClock
) -> None:
    refuse(turns, 7, TooMany(10))
    lanes = [Lane.URGENT, Lane.NORMAL, Lane.BULK]
    others = [candidate(n, lane) for n, lane in enumerate(lanes, 11)]
    answers = [candidate(n, Lane.INTERACTIVE) for n in range(21, 25)]

    went = over_time(turns, clock, others + answers, 9.9)
    after = over_time(turns, clock, others, 3)

    assert sorted(went) == [21, 22, 23, 24]
    moments = sorted(went.values())
    assert all(0.99 <= later - earlier <= 1.1 for earlier, later in pairwise(moments))
    assert sorted(after) == [11, 12, 13]
    assert all(0.0 <= moment <= 1.0 for moment in after.values())


def test_a_429_for_a_person_does_not_stop_groups(turns: Turns) -> None:
    refuse(turns, 7, TooMany(10))

    assert chosen(turns, candidate(1, chat_id=-5)) == [1]


def test_a_429_for_a_group_stops_that_group_only(turns: Turns, clock: TestClock) -> None:
    refuse(turns, -5, TooMany(10))
    waiting = [candidate(1, chat_id=-5), candidate(2, chat_id=-6), candidate(3, Lane.INTERACTIVE, chat_id=-5)]

    went = over_time(turns, clock, [*waiting, candidate(4, chat_id=8)], 12)

    assert went[2] < 0.2
    assert went[4] < 0.2
    assert 10.1 <= went[3] <= 10.7
    assert went[1] >= went[3]


def test_a_refused_token_stops_everything_for_half_a_minute(turns: Turns, clock: TestClock) -> None:
    refuse(turns, 7, Unauthorized("Unauthorized"))
    waiting = [candidate(1, Lane.INTERACTIVE), candidate(2, chat_id=-5), candidate(3, method="getMe", chat_id=None)]

    went = over_time(turns, clock, waiting, 31)

    assert sorted(went) == [1, 2, 3]
    assert all(30.0 <= moment <= 30.2 for moment in went.values())


def test_the_longer_of_two_pauses_counts(turns: Turns, clock: TestClock) -> None:
    refuse(turns, 7, TooMany(20))
    refuse(turns, 8, TooMany(2))

    assert 20.0 <= over_time(turns, clock, [candidate(1)], 25)[1] <= 20.6


def test_other_failures_pause_nothing(turns: Turns) -> None:
    refuse(turns, 7, NotSent("no connection"))

    assert turns.pauses() == {}
    assert chosen(turns, candidate(1)) == [1]


def test_after_a_pause_full_speed_comes_back_in_steps(turns: Turns, clock: TestClock) -> None:
    refuse(turns, 7, TooMany(10))
    clock.pass_by(10.6)

    went = over_time(turns, clock, [candidate(n) for n in range(1, 800)], 40)

    in_steps = [sum(1 for moment in went.values() if step * 5 <= moment < step * 5 + 5) for step in range(8)]
    assert [count / 5 for count in in_steps[:5]] == pytest.approx([5, 10, 15, 20, 25], abs=1)
    assert all(26 <= count / 5 <= 29 for count in in_steps[5:7])


def test_the_wait_is_until_the_first_of_them_may_go(turns: Turns, clock: TestClock) -> None:
    assert turns.wait_for([]) is None
    assert turns.wait_for([candidate(1)]) == 0.0
    turns.started(delivery(1))
    assert turns.wait_for([candidate(1)]) is None
    refuse(turns, -5, TooMany(10))
    assert turns.wait_for([candidate(1, chat_id=-5)]) == pytest.approx(10.3, abs=0.3)


def test_chats_with_a_long_queue_or_a_pause_are_not_read_further(turns: Turns) -> None:
    refuse(turns, -5, TooMany(10))
    many = [candidate(n, chat_id=7) for n in range(1, 11)]

    assert turns.crowded([*many, candidate(50, chat_id=8)]) == {7, -5}


def test_edits_of_shared_cards_are_paced_although_nobody_knows_their_chat(turns: Turns, clock: TestClock) -> None:
    shared = [candidate(n, Lane.BULK, method="editMessageText", chat_id=None) for n in range(1, 201)]

    went = over_time(turns, clock, shared, 5.0)

    assert 28 * 4 <= len(went) <= 28 * 5 + 1


def test_a_pause_of_private_chats_holds_the_edits_of_shared_cards_back(turns: Turns, clock: TestClock) -> None:
    refuse(turns, None, TooMany(3.0))

    went = over_time(turns, clock, [candidate(1, Lane.BULK, method="editMessageText", chat_id=None)], 5.0)

    assert 3.0 <= went[1] <= 4.0
