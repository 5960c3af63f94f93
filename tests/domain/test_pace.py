"""The pace: near the cap on average, never a burst beyond it."""

import random
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from domain.pace import CATCH_UP, GROUP_MOST, GROUP_SECONDS, ON_THE_WAY, SPARE, ChatPace, Pace
from sandbox.limits import Limits, Traffic

RATES = st.one_of(st.integers(1, 200).map(float), st.floats(0.5, 200))


def most_in_a_second(moments: Sequence[float]) -> int:
    """The most of these moments that lie in any one second, its end excluded."""
    most, first = 0, 0
    for last, moment in enumerate(moments):
        while moments[first] <= moment - 1.0 + 1e-9:
            first += 1
        most = max(most, last - first + 1)
    return most


def run(pace: Pace, until: float, delays: Sequence[float]) -> list[float]:
    """Call as soon as there is a slot, each time late by the next of `delays`; the moments of the calls."""
    now = pace.started
    calls: list[float] = []
    for number in range(100_000):
        slot = pace.next_slot(now)
        now = max(now, slot) + delays[number % len(delays)]
        if now >= until:
            return calls
        while pace.next_slot(now) > now:
            now = pace.next_slot(now)
        pace.take(now)
        calls.append(now)
    raise AssertionError("more calls than any rate allows")


@settings(max_examples=60, deadline=None)
@given(RATES, st.lists(st.floats(0.0, 3.0), min_size=1, max_size=20))
@example(28.0, [0.0])
@example(30.0, [0.0] * 40 + [3.0])
@example(1.0, [0.4, 0.0])
def test_no_second_holds_more_than_two_calls_beyond_the_rate(rate: float, delays: list[float]) -> None:
    calls = run(Pace(rate, 100.0), 112.0, delays)

    assert most_in_a_second(calls) <= rate + SPARE


@settings(max_examples=40, deadline=None)
@given(st.floats(5, 200), st.lists(st.floats(0.0, 0.002), min_size=1, max_size=20))
@example(28.0, [0.0])
@example(30.0, [0.0])
def test_over_a_minute_the_rate_is_kept_within_one_percent(rate: float, delays: list[float]) -> None:
    calls = run(Pace(rate, 100.0), 160.0, delays)

    assert 0.99 * rate * 60 - 1 <= len(calls) <= 1.01 * rate * 60 + 1


def test_there_is_no_burst_at_the_start() -> None:
    assert run(Pace(10.0, 0.0), 0.95, [0.0]) == pytest.approx([n / 10 for n in range(10)])


def test_a_moment_of_lateness_is_made_up_for() -> None:
    pace = Pace(100.0, 0.0)
    run(pace, 0.999, [0.0])

    late = run_from(pace, 1.03, 2.0)

    assert len([call for call in late if call < 1.035]) == 4  # the slots at 1.00, 1.01, 1.02 and 1.03
    assert len(late) == 100


def test_idle_time_is_not_saved_up_for_a_burst() -> None:
    pace = Pace(28.0, 0.0)
    run(pace, 1.0, [0.0])

    calls = run_from(pace, 20.0, 23.0)

    assert [later - earlier for earlier, later in pairwise(calls)] == pytest.approx([1 / 28] * (len(calls) - 1))


def test_calls_that_take_longer_to_connect_at_first_arrive_within_the_limit_of_telegram() -> None:
    pace = Pace(28.0, 0.0)
    run(pace, 1.0, [0.0])

    calls = run_from(pace, 20.0, 23.0)

    arrivals = sorted(call + (0.06 if call < 20.5 else 0.0) for call in calls)
    assert most_in_a_second(arrivals) <= 30


def test_calls_count_for_their_second_when_they_leave() -> None:
    pace = Pace(28.0, 0.0)
    pace.take(0.0)

    pace.left(1, 0.09)  # the first one was long in the making
    calls = [0.09, *run_from(pace, 0.09, 2.0)]

    assert most_in_a_second(calls) <= 30


def test_neither_a_slow_disk_nor_jitter_on_the_way_provokes_a_429() -> None:
    arrivals = [moment for seed in range(10) for moment in shaken(random.Random(seed), 60.0, begin=100.0 * seed)]

    assert len(arrivals) / 600 > 0.97 * 28
    assert most_in_a_second(arrivals) <= 30


def shaken(rng: random.Random, seconds: float, begin: float) -> list[float]:
    """When calls arrive that leave some milliseconds after they are chosen, one turn in twenty up to 0.1 s after."""
    pace, now, arrivals = Pace(28.0, begin), begin, []
    while now < begin + seconds:
        now = max(now, pace.next_slot(now))
        calls = 0
        while pace.next_slot(now) <= now:
            pace.take(now)
            calls += 1
        now += rng.uniform(0.02, 0.1) if rng.random() < 0.05 else rng.uniform(0.002, 0.006)
        pace.left(calls, now)
        arrivals += [now + rng.uniform(0, 0.03) for _ in range(calls)]
    return sorted(arrivals)


def run_from(pace: Pace, begin: float, until: float) -> list[float]:
    """Go on after a sleep until `begin`."""
    now, calls = begin, []
    while now < until:
        now = max(now, pace.next_slot(now))
        if pace.next_slot(now) > now:
            continue
        if now < until:
            pace.take(now)
            calls.append(now)
    return calls


def test_asking_takes_nothing() -> None:
    pace = Pace(10.0, 0.0)

    assert [pace.next_slot(0.0) for _ in range(3)] == [0.0, 0.0, 0.0]


def test_a_slower_rate_holds_from_now_on() -> None:
    pace = Pace(30.0, 0.0)
    run(pace, 1.0, [0.0])

    pace.slow_to(5.0, 1.0)

    assert run(pace, 1.0, [0.0]) == []
    assert len(run_from(pace, 2.0, 4.0)) <= 2 * 5 + CATCH_UP * 5 + 1


def sends_to(chat_id: int, seconds: float, *, burst: bool) -> list[float]:
    """Send to one chat as fast as its pace allows."""
    pace, now, sent = ChatPace(), 0.0, []
    while (now := pace.ready_at(chat_id, now, burst=burst)) < seconds:
        pace.took(chat_id, now)
        sent.append(now)
    return sent


def test_a_private_chat_gets_one_message_a_second() -> None:
    assert sends_to(7, 5.0, burst=False) == [0.0, 1.0, 2.0, 3.0, 4.0]


def test_answers_may_come_three_at_once_and_then_one_a_second() -> None:
    assert sends_to(7, 4.0, burst=True) == pytest.approx([0.0, 0.0, 0.0, 1.3, 2.3, 3.3])


@pytest.mark.parametrize("burst", [True, False])
def test_a_group_gets_eighteen_a_minute(burst: bool) -> None:
    sent = sends_to(-7, 200.0, burst=burst)

    assert sent == [minute * GROUP_SECONDS for minute in range(4) for _ in range(GROUP_MOST)]


@given(st.lists(st.tuples(st.sampled_from([7, 8, -7]), st.floats(0, 5), st.booleans()), max_size=120))
def test_chats_do_not_wait_for_each_other_and_none_exceeds_its_limit(
    wishes: list[tuple[int, float, bool]],
) -> None:
    together, alone = ChatPace(), {chat: ChatPace() for chat in (7, 8, -7)}
    now = 0.0
    for chat, pause, burst in wishes:
        now += pause
        ready = together.ready_at(chat, now, burst=burst)

        assert ready == alone[chat].ready_at(chat, now, burst=burst)
        if ready <= now:
            together.took(chat, now)
            alone[chat].took(chat, now)


def test_what_no_limit_concerns_any_more_is_forgotten() -> None:
    pace = ChatPace()
    for chat in range(1, 1001):
        pace.took(chat, 0.0)
    pace.took(5, 30.0)

    pace.forget_before(GROUP_SECONDS)

    assert list(pace._recent) == [5]


# --- On the way to Telegram -------------------------------------------------------------------


def refused(wishes: Sequence[tuple[float, float, bool]]) -> int:
    """How many calls Telegram refuses; a wish is a pause before, a time on the way, and whether it may burst."""
    pace, now, arrivals = ChatPace(), 100.0, []
    for pause, on_the_way, burst in wishes:
        now = pace.ready_at(7, now + pause, burst=burst)
        pace.took(7, now)
        arrivals.append(now + on_the_way)
        now = max(now, arrivals[-1])  # one call at a time: the next is chosen when this one is over
    moments = iter(arrivals)
    traffic = Traffic(Limits(), lambda: next(moments))
    return sum(traffic.take(7) is not None for _ in arrivals)


@settings(max_examples=500, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 1.5), st.floats(0, ON_THE_WAY), st.booleans()), max_size=30))
@example([(0.0, 0.3, True), (0.0, 0.0, True), (0.0, 0.0, True), (0.0, 0.0, True)])
@example([(0.0, 0.3, False), (0.0, 0.0, False)])
def test_calls_that_take_different_times_on_the_way_are_all_taken(wishes: list[tuple[float, float, bool]]) -> None:
    assert refused(wishes) == 0


def test_what_somebody_pressed_quickly_does_not_provoke_a_429() -> None:
    pauses = [0.0, 0.341, 0.351, 0.254, 0.3, 0.4, 0.4]

    assert refused([(pause, 0.0, True) for pause in pauses]) == 0
    assert refused([(pause, late, True) for pause, late in zip(pauses, [0.3, *[0.0] * 6], strict=True)]) == 0
