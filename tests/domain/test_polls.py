"""Polls about a time: which votes count, which slot wins, who sees what."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.polls import (
    CloseOutcome,
    NobodyCan,
    NoneAhead,
    Poll,
    PollOver,
    PollSlot,
    PollState,
    SlotPast,
    Voted,
    VoteOutcome,
    Winner,
    decide_close,
    decide_vote,
    show_slots,
)
from domain.slots import Vote

NOW = datetime(2022, 3, 14, 12, tzinfo=UTC)
POLL = Poll(1, 2, "", "Europe/Berlin", 60, PollState.OPEN, None, 3, NOW)
ANNA, BEN, CARLA = 1, 2, 3
YES, IF_NEED, NO = Vote.YES, Vote.IF_NEED, Vote.NO


def slot(number: int, place: int, hours: float, outside: tuple[int, ...] = ()) -> PollSlot:
    return PollSlot(number, POLL.id, place, NOW + timedelta(hours=hours), outside)


FIRST, SECOND, PAST = slot(7, 1, 24), slot(5, 2, 48), slot(6, 3, 0)


@pytest.mark.parametrize(
    ("state", "chosen", "outcome"),
    [
        (PollState.OPEN, FIRST, Voted(IF_NEED)),
        (PollState.OPEN, PAST, SlotPast()),
        (PollState.OPEN, slot(8, 4, 1 / 3600), Voted(IF_NEED)),
        (PollState.CLOSED, FIRST, PollOver()),
        (PollState.DROPPED, PAST, PollOver()),
    ],
)
def test_a_vote_counts_while_the_poll_is_open_and_the_time_ahead(
    state: PollState, chosen: PollSlot, outcome: VoteOutcome
) -> None:
    assert decide_vote(replace(POLL, state=state), chosen, IF_NEED, NOW) == outcome


@pytest.mark.parametrize(
    ("ballot", "outcome"),
    [
        ({7: {ANNA: YES}, 5: {ANNA: YES, BEN: YES}}, Winner(SECOND)),
        ({7: {ANNA: YES}, 5: {BEN: YES}}, Winner(FIRST)),
        ({7: {ANNA: YES}, 5: {BEN: YES, ANNA: IF_NEED}}, Winner(SECOND)),
        ({5: {BEN: IF_NEED}}, Winner(SECOND)),
        ({6: {ANNA: YES, BEN: YES, CARLA: YES}, 5: {BEN: IF_NEED}}, Winner(SECOND)),
        ({7: {ANNA: NO}, 6: {BEN: YES}}, NobodyCan()),
        ({}, NobodyCan()),
    ],
)
def test_the_time_that_suits_most_wins_and_of_equals_the_fairest(
    ballot: dict[int, dict[int, Vote]], outcome: CloseOutcome
) -> None:
    assert decide_close(POLL, [SECOND, PAST, FIRST], ballot, NOW) == outcome


def test_nothing_wins_when_every_time_is_past_or_the_poll_is_over() -> None:
    ballot = {6: {ANNA: YES}, 7: {ANNA: YES}}

    assert decide_close(POLL, [PAST], ballot, NOW) == NoneAhead()
    assert decide_close(replace(POLL, state=PollState.CLOSED), [FIRST], ballot, NOW) == PollOver()
    assert decide_close(replace(POLL, state=PollState.DROPPED), [PAST], ballot, NOW) == PollOver()


def test_a_reader_sees_names_where_they_are_shown_and_not_their_own_burden() -> None:
    slots = [slot(5, 2, 48, (ANNA, CARLA)), slot(7, 1, 24, (BEN,))]
    ballot = {5: {ANNA: YES, BEN: YES, CARLA: NO}}
    names = {ANNA: "Anna", BEN: "Ben", CARLA: "Carla"}

    first, second = show_slots(slots, ballot, names, ANNA)
    _, nameless = show_slots(slots, ballot, {}, None)

    assert (first.slot.id, first.counts, first.outside, first.mine) == (7, {YES: 0, IF_NEED: 0, NO: 0}, ("Ben",), None)
    assert (second.counts, second.mine) == ({YES: 2, IF_NEED: 0, NO: 1}, YES)
    assert second.names == {YES: ("Anna", "Ben"), IF_NEED: (), NO: ("Carla",)}
    assert (second.outside, second.burdened) == (("Carla",), 1)
    assert (nameless.names, nameless.outside, nameless.burdened, nameless.mine) == (
        {YES: (), IF_NEED: (), NO: ()}, (), 2, None,
    )  # fmt: skip
