"""Slots across zones: few at a bad hour, in turn; and the slot that most can come to."""

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cache, cmp_to_key
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.slots import Hour, Search, Slot, Vote, carried, decide_winner, grade, rank_slots

BERLIN, VANCOUVER, JAKARTA, ACCRA, MANILA = 1, 2, 3, 4, 5
ZONES = {
    BERLIN: "Europe/Berlin",
    VANCOUVER: "America/Vancouver",
    JAKARTA: "Asia/Jakarta",
    ACCRA: "Africa/Accra",
    MANILA: "Asia/Manila",
}
NOW = datetime(2022, 3, 1, 9, tzinfo=UTC)
WEEKDAYS = range(5)
YES, IF_NEED, NO = Vote.YES, Vote.IF_NEED, Vote.NO


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def search(
    first: str,
    last: str,
    zones: Mapping[int, str] = ZONES,
    burden: Mapping[int, int] | None = None,
    minutes: int = 60,
    weekdays: range = WEEKDAYS,
) -> Search:
    days = date.fromisoformat(first), date.fromisoformat(last)
    return Search(zones, burden or {}, minutes, *days, weekdays, "Europe/Berlin")


# --- One person, one time ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("begins", "minutes", "hour"),
    [  # in UTC, one hour behind Berlin
        ("2022-03-22 06:00", 60, Hour.INSIDE),
        ("2022-03-22 05:59", 60, Hour.OUTSIDE),
        ("2022-03-22 05:00", 60, Hour.OUTSIDE),
        ("2022-03-22 04:59", 60, Hour.ASLEEP),
        ("2022-03-22 20:00", 60, Hour.INSIDE),
        ("2022-03-22 20:01", 60, Hour.OUTSIDE),
        ("2022-03-22 22:00", 60, Hour.OUTSIDE),
        ("2022-03-22 22:01", 60, Hour.ASLEEP),
        ("2022-03-22 23:00", 60, Hour.ASLEEP),
        ("2022-03-22 06:00", 15 * 60, Hour.INSIDE),
        ("2022-03-22 06:00", 15 * 60 + 1, Hour.OUTSIDE),
        ("2022-03-22 06:00", 24 * 60, Hour.ASLEEP),
        # a week later Berlin is two hours ahead
        ("2022-03-29 05:00", 60, Hour.INSIDE),
        ("2022-03-29 20:00", 60, Hour.OUTSIDE),
    ],
)
def test_how_good_an_hour_is_by_the_clock_on_the_wall(begins: str, minutes: int, hour: Hour) -> None:
    assert grade(utc(begins), minutes, "Europe/Berlin") is hour


# --- Five cities ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "last", "best"),
    [
        # both continents on winter time: somebody has to sit late; Vancouver at 23:00
        ("2022-03-07", "2022-03-07", Slot(utc("2022-03-07 07:00"), (VANCOUVER,), ())),
        # Vancouver has changed its clocks, Berlin has not: 06:00 there
        ("2022-03-22", "2022-03-22", Slot(utc("2022-03-22 13:00"), (VANCOUVER,), ())),
        # both have
        ("2022-03-29", "2022-03-29", Slot(utc("2022-03-29 13:00"), (VANCOUVER,), ())),
        # Berlin has changed its clocks back, Vancouver has not
        ("2022-11-01", "2022-11-01", Slot(utc("2022-11-01 13:00"), (VANCOUVER,), ())),
        ("2022-11-08", "2022-11-08", Slot(utc("2022-11-08 07:00"), (VANCOUVER,), ())),
    ],
)
def test_the_best_slot_for_five_cities(first: str, last: str, best: Slot) -> None:
    assert rank_slots(search(first, last), NOW, most=1) == (best,)


def test_who_carried_more_is_spared() -> None:
    """At 14:00 UTC it is 07:00 in Vancouver and 22:00 in Manila."""
    slots = rank_slots(search("2022-03-29", "2022-03-29", burden={VANCOUVER: 1}), NOW, most=1)

    assert slots == (Slot(utc("2022-03-29 14:00"), (MANILA,), ()),)


def test_without_anybody_far_away_nobody_is_outside() -> None:
    near = {BERLIN: ZONES[BERLIN], ACCRA: ZONES[ACCRA]}

    slots = rank_slots(search("2022-03-29", "2022-03-29", zones=near), NOW, most=2)

    assert slots == (Slot(utc("2022-03-29 07:00"), (), ()), Slot(utc("2022-03-29 07:30"), (), ()))


def test_each_day_comes_once_before_any_comes_twice() -> None:
    slots = rank_slots(search("2022-03-28", "2022-03-30"), NOW, most=5)

    assert [f"{slot.at:%d %H:%M}" for slot in slots] == ["28 13:00", "29 13:00", "30 13:00", "28 14:00", "29 14:00"]


def test_only_the_weekdays_that_are_allowed() -> None:
    weekend = rank_slots(search("2022-03-21", "2022-04-03", weekdays=range(5, 7)), NOW, most=9)

    assert sorted({slot.at.date().isoformat() for slot in weekend}) == [
        "2022-03-26",
        "2022-03-27",
        "2022-04-02",
        "2022-04-03",
    ]


def test_nothing_that_is_past() -> None:
    slots = rank_slots(search("2022-02-28", "2022-03-01"), NOW, most=999)

    assert min(slot.at for slot in slots) == NOW + timedelta(minutes=30)
    assert len(slots) == 27  # of the rest of that day in Berlin


@pytest.mark.parametrize(("first", "last", "most"), [("2022-03-29", "2022-03-28", 4), ("2022-03-29", "2022-03-30", 0)])
def test_where_nothing_is_asked_nothing_is_found(first: str, last: str, most: int) -> None:
    assert rank_slots(search(first, last), NOW, most) == ()


def test_the_night_on_which_clocks_are_put_forward_has_no_half_past_two() -> None:
    slots = rank_slots(search("2022-03-27", "2022-03-27", weekdays=range(7)), NOW, most=99)

    assert len(slots) == 46
    assert len({slot.at for slot in slots}) == 46


# --- In turn ----------------------------------------------------------------------------------


def ten_sessions(zones: Mapping[int, str]) -> list[Slot]:
    """Week by week the best slot, each time with what everybody has carried so far."""
    held: list[Slot] = []
    for week in range(10):
        first = date(2022, 5, 2) + timedelta(weeks=week)
        burden = carried([(slot.at, 60) for slot in held], zones)
        wanted = Search(zones, burden, 60, first, first + timedelta(days=4), WEEKDAYS, "Europe/Berlin")
        held.extend(rank_slots(wanted, NOW, most=1))
    return held


def test_in_ten_sessions_nobody_carries_twice_before_all_who_can_have_carried_once() -> None:
    """With eight hours between them, always one of three sits at 23:00, and it can be any of them."""
    thirds = {7: "Etc/GMT+8", 8: "Etc/GMT", 9: "Etc/GMT-8"}

    turns = [slot.outside for slot in ten_sessions(thirds)]

    assert [len(turn) for turn in turns] == [1] * 10
    for begin in range(0, 9, 3):
        assert sorted(turns[begin : begin + 3]) == [(7,), (8,), (9,)]


def test_in_ten_sessions_of_five_cities_the_two_at_the_edges_take_turns() -> None:
    turns = [slot.outside for slot in ten_sessions(ZONES)]

    assert turns == [(VANCOUVER,), (MANILA,)] * 5


def test_who_carried_most_is_spared_first_also_beside_somebody_who_carried_nothing() -> None:
    pairs = {1: "Etc/GMT+8", 2: "Etc/GMT+8", 3: "Etc/GMT", 4: "Etc/GMT", 5: "Etc/GMT-8", 6: "Etc/GMT-8"}
    burden = {1: 0, 2: 3, 3: 1, 4: 1, 5: 2, 6: 2}

    slots = rank_slots(search("2022-05-02", "2022-05-06", zones=pairs, burden=burden), NOW, most=1)

    assert [slot.outside for slot in slots] == [(3, 4)]


def test_what_was_carried_is_counted_by_everybodys_own_clock() -> None:
    sessions = [(utc("2022-03-29 13:00"), 60), (utc("2022-03-29 14:00"), 60), (utc("2022-03-30 13:00"), 90)]

    assert carried(sessions, ZONES) == {BERLIN: 0, VANCOUVER: 2, JAKARTA: 0, ACCRA: 0, MANILA: 2}


# --- The order, found by another way ----------------------------------------------------------


@cache
def quarter_by_quarter(at: datetime, minutes: int, zone: str) -> Hour:
    hours = {(at + timedelta(minutes=n)).astimezone(ZoneInfo(zone)).hour for n in range(0, minutes, 15)}
    if hours & set(range(6)):
        return Hour.ASLEEP
    return Hour.INSIDE if hours <= set(range(7, 22)) else Hour.OUTSIDE


def every_slot(wanted: Search) -> list[Slot]:
    """All slots of the days, by walking through UTC and looking at the clock in the zone of the search."""
    there = ZoneInfo(wanted.zone)
    found: dict[datetime, Slot] = {}
    at = datetime.combine(wanted.first, datetime.min.time(), UTC) - timedelta(days=1)
    while at.date() <= wanted.last + timedelta(days=1):
        wall = at.astimezone(there).replace(tzinfo=None)
        if wanted.first <= wall.date() <= wanted.last and wall.weekday() in wanted.weekdays and wall.minute in {0, 30}:
            grades = {person: quarter_by_quarter(at, wanted.minutes, zone) for person, zone in wanted.zones.items()}
            outside = tuple(person for person in sorted(grades) if grades[person] is not Hour.INSIDE)
            asleep = tuple(person for person in outside if grades[person] is Hour.ASLEEP)
            found.setdefault(wall, Slot(at, outside, asleep))
        at += timedelta(minutes=15)
    return list(found.values())


def compare(one: Slot, other: Slot, burden: Mapping[int, int]) -> int:
    """Below zero if `one` is better."""
    if len(one.outside) != len(other.outside):
        return len(one.outside) - len(other.outside)
    if len(one.asleep) != len(other.asleep):
        return len(one.asleep) - len(other.asleep)
    ours, theirs = (Counter(burden.get(person, 0) for person in slot.outside) for slot in (one, other))
    for times in sorted(set(ours) | set(theirs), reverse=True):
        if ours[times] != theirs[times]:
            return ours[times] - theirs[times]
    return -1 if one.at < other.at else 1


PEOPLE = st.dictionaries(st.integers(1, 9), st.sampled_from([*ZONES.values(), "Asia/Kathmandu", "Africa/Cairo"]))
DAYS = st.sampled_from([date(2022, 3, 12), date(2022, 3, 26), date(2022, 10, 29), date(2023, 4, 27), date(2022, 6, 1)])


@settings(deadline=None)
@given(
    PEOPLE,
    st.dictionaries(st.integers(1, 9), st.integers(0, 3)),
    st.sampled_from([15, 30, 45, 60, 90, 180, 600]),
    DAYS,
    st.integers(0, 2),
    st.frozensets(st.integers(0, 6), min_size=3),
    st.sampled_from(["Europe/Berlin", "America/Vancouver", "Asia/Kathmandu", "Africa/Cairo"]),
    st.integers(0, 20),
)
def test_the_ranking_is_that_of_comparing_every_slot_with_every_other(
    zones: dict[int, str],
    burden: dict[int, int],
    minutes: int,
    first: date,
    more_days: int,
    weekdays: frozenset[int],
    zone: str,
    most: int,
) -> None:
    wanted = Search(zones, burden, minutes, first, first + timedelta(days=more_days), weekdays, zone)

    ranked = rank_slots(wanted, NOW, most)

    def compared(one: Slot, other: Slot) -> int:
        return compare(one, other, burden)

    best = sorted(every_slot(wanted), key=cmp_to_key(compared))
    day_of = {slot.at: slot.at.astimezone(ZoneInfo(zone)).date() for slot in best}
    expected: list[Slot] = []
    while best and len(expected) < most:
        days = set[date]()
        for slot in list(best):
            if day_of[slot.at] not in days:
                days.add(day_of[slot.at])
                expected.append(slot)
                best.remove(slot)
    assert ranked == tuple(expected[:most])


# --- Votes ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("votes", "winner"),
    [
        ({}, None),
        ({7: {}}, None),
        ({7: {1: NO}, 8: {2: NO}}, None),
        ({7: {1: NO}, 8: {2: IF_NEED}}, 8),
        ({7: {1: YES}, 8: {1: YES, 2: YES}}, 8),
        ({7: {1: YES, 2: IF_NEED}, 8: {1: YES, 2: YES, 3: NO, 4: NO}}, 8),
        ({7: {1: IF_NEED, 2: IF_NEED, 3: IF_NEED}, 8: {1: YES}}, 8),
        ({7: {1: YES}, 8: {1: YES, 2: IF_NEED}}, 8),
        ({8: {1: YES, 2: IF_NEED}, 7: {2: YES, 1: IF_NEED}}, 8),
        ({7: {2: YES}, 8: {1: YES}, 9: {1: YES}}, 7),
        ({9: {1: YES}, 8: {2: YES}, 7: {3: YES}}, 9),
    ],
)
def test_most_yes_then_most_if_need_be_then_the_first(votes: dict[int, dict[int, Vote]], winner: int | None) -> None:
    assert decide_winner(votes) == winner


@given(
    st.lists(st.integers(1, 9), unique=True).flatmap(
        lambda ids: st.fixed_dictionaries(
            {slot: st.dictionaries(st.integers(1, 6), st.sampled_from(Vote)) for slot in ids}
        )
    )
)
def test_no_slot_has_more_support_than_the_winner(votes: dict[int, dict[int, Vote]]) -> None:
    winner = decide_winner(votes)

    support = {slot: (list(of.values()).count(YES), list(of.values()).count(IF_NEED)) for slot, of in votes.items()}
    best = max(support.values(), default=(0, 0))
    assert winner == (None if best == (0, 0) else next(slot for slot, of in support.items() if of == best))
