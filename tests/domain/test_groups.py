from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.groups import (
    MOST_OPEN_APPLICATIONS,
    MOST_OPEN_IN_GROUP,
    AlreadyAsked,
    AlreadyDecided,
    AlreadyMember,
    Application,
    ApplicationState,
    Asked,
    AskOutcome,
    Coordinates,
    Crowded,
    DecideOutcome,
    Declined,
    Group,
    GroupClosed,
    LeaveOutcome,
    Left,
    NotMember,
    Roster,
    Seated,
    TooManyOpen,
    Waiting,
    Waitlisted,
    Withdrawn,
    WithdrawOutcome,
    choose_deciders,
    decide_accept,
    decide_ask,
    decide_decline,
    decide_leave,
    decide_promotions,
    decide_withdraw,
    state_after,
)

TODAY, OVER, OPENING = date(2022, 3, 14), date(2022, 3, 13), date(2022, 3, 15)
ANNA, BEN, CLEO, DORA = 1, 2, 3, 4
CARLA = 9

OPEN, WAITING, ACCEPTED, DECLINED, WITHDRAWN, CLOSED = ApplicationState


def group(most: int = 2, opens_on: date | None = None, closes_on: date | None = None) -> Group:
    return Group(1, "PWG 1", {"en": "A title"}, {"en": "A theme"}, 1, most, opens_on, closes_on)


def application(state: ApplicationState = OPEN, person_id: int = ANNA) -> Application:
    decided_by = None if state in {OPEN, WITHDRAWN, CLOSED} else CARLA
    return Application(5, 1, person_id, "", "", state, decided_by, datetime(2022, 3, 1, tzinfo=UTC))


def roster(members: set[int] | None = None, waiting: tuple[int, ...] = ()) -> Roster:
    return Roster(frozenset(members or ()), waiting, coordinators=frozenset({CARLA}))


def asked_by(count: int) -> Roster:
    """Around a group that so many others have asked to join."""
    return replace(roster(), asking=frozenset(range(1000, 1000 + count)))


ASKED = replace(roster(), asking=frozenset({ANNA}))

ASKING: list[tuple[str, Group, Roster, int, int, AskOutcome]] = [
    ("nothing speaks against it", group(), roster(), ANNA, 0, Asked()),
    ("a full group can be asked too: there is a waiting list", group(1), roster({BEN}), ANNA, 0, Asked()),
    ("a member is in", group(), roster({ANNA}), ANNA, 0, AlreadyMember()),
    ("a coordinator is in without a seat", group(), roster(), CARLA, 0, Coordinates()),
    ("a coordinator with a seat can give it back", group(), roster({CARLA}), CARLA, 0, AlreadyMember()),
    ("who has asked waits for an answer", group(), ASKED, ANNA, 1, AlreadyAsked()),
    ("who waits has a place", group(1), roster({BEN}, (CLEO, ANNA)), ANNA, 1, Waiting(2)),
    ("a group that is over takes nobody", group(closes_on=OVER), roster(), ANNA, 0, GroupClosed()),
    ("the last day counts", group(closes_on=TODAY), roster(), ANNA, 0, Asked()),
    ("a group that has not begun says when", group(opens_on=OPENING), roster(), ANNA, 0, GroupClosed(OPENING)),
    ("the first day counts", group(opens_on=TODAY), roster(), ANNA, 0, Asked()),
    ("a member of a group that is over stays one", group(closes_on=OVER), roster({ANNA}), ANNA, 0, AlreadyMember()),
    ("the last application allowed", group(), roster(), ANNA, MOST_OPEN_APPLICATIONS - 1, Asked()),
    ("one too many", group(), roster(), ANNA, MOST_OPEN_APPLICATIONS, TooManyOpen(MOST_OPEN_APPLICATIONS)),
    ("the last one a group takes at a time", group(), asked_by(MOST_OPEN_IN_GROUP - 1), ANNA, 0, Asked()),
    ("too many have asked", group(), asked_by(MOST_OPEN_IN_GROUP), ANNA, 0, Crowded()),
]  # fmt: skip


@pytest.mark.parametrize(
    ("why", "asked", "around", "person", "open_ones", "expected"), ASKING, ids=[a[0] for a in ASKING]
)
def test_asking_to_join(
    why: str, asked: Group, around: Roster, person: int, open_ones: int, expected: AskOutcome
) -> None:
    assert decide_ask(asked, around, person, TODAY, open_ones) == expected


ACCEPTING: list[tuple[str, int, Roster, ApplicationState, DecideOutcome]] = [
    ("a free seat", 2, roster({BEN}), OPEN, Seated()),
    ("the last seat is taken", 2, roster({BEN, CLEO}), OPEN, Waitlisted(1)),
    ("behind those who wait", 2, roster({BEN, CLEO}, (DORA,)), OPEN, Waitlisted(2)),
    ("a seat that is free for somebody who waits is not taken away", 2, roster({BEN}, (DORA,)), OPEN, Waitlisted(2)),
    ("a quota that was lowered below the members", 1, roster({BEN, CLEO}), OPEN, Waitlisted(1)),
    ("accepted before", 2, roster(), ACCEPTED, AlreadyDecided(ACCEPTED, CARLA)),
    ("queued before", 2, roster({BEN, CLEO}, (ANNA,)), WAITING, AlreadyDecided(WAITING, CARLA)),
    ("declined before", 2, roster(), DECLINED, AlreadyDecided(DECLINED, CARLA)),
    ("withdrawn", 2, roster(), WITHDRAWN, AlreadyDecided(WITHDRAWN, None)),
    ("a seat that is kept back", 2, replace(roster({BEN}), kept=1), OPEN, Waitlisted(1)),
    ("closed with the group", 2, roster(), CLOSED, AlreadyDecided(CLOSED, None)),
    ("who has got a seat otherwise takes no second one", 2, roster({ANNA, BEN}), OPEN, Seated()),
]


@pytest.mark.parametrize(("why", "most", "around", "state", "expected"), ACCEPTING, ids=[a[0] for a in ACCEPTING])
def test_accepting(why: str, most: int, around: Roster, state: ApplicationState, expected: DecideOutcome) -> None:
    assert decide_accept(group(most), around, application(state), TODAY) == expected


def test_a_group_that_is_over_seats_nobody_but_one_not_begun_yet_does() -> None:
    assert decide_accept(group(closes_on=OVER), roster(), application(), TODAY) == GroupClosed()
    assert decide_accept(group(opens_on=date(2022, 3, 15)), roster(), application(), TODAY) == Seated()


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (OPEN, Declined()),
        (WAITING, AlreadyDecided(WAITING, CARLA)),
        (ACCEPTED, AlreadyDecided(ACCEPTED, CARLA)),
        (DECLINED, AlreadyDecided(DECLINED, CARLA)),
        (WITHDRAWN, AlreadyDecided(WITHDRAWN, None)),
        (CLOSED, AlreadyDecided(CLOSED, None)),
    ],
)
def test_declining(state: ApplicationState, expected: DecideOutcome) -> None:
    assert decide_decline(application(state)) == expected


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (OPEN, Withdrawn()),
        (WAITING, Withdrawn()),
        (ACCEPTED, AlreadyDecided(ACCEPTED, CARLA)),
        (DECLINED, AlreadyDecided(DECLINED, CARLA)),
        (WITHDRAWN, AlreadyDecided(WITHDRAWN, None)),
        (CLOSED, AlreadyDecided(CLOSED, None)),
    ],
)
def test_withdrawing(state: ApplicationState, expected: WithdrawOutcome) -> None:
    assert decide_withdraw(application(state)) == expected


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        (Seated(), ACCEPTED),
        (Waitlisted(3), WAITING),
        (Declined(), DECLINED),
        (GroupClosed(), CLOSED),
        (AlreadyDecided(WITHDRAWN, None), WITHDRAWN),
    ],
)
def test_the_state_that_an_answer_leads_to(outcome: DecideOutcome, expected: ApplicationState) -> None:
    assert state_after(outcome) == expected


LEAVING: list[tuple[str, int, Roster, LeaveOutcome]] = [
    ("nobody waits", 2, roster({ANNA, BEN}), Left(())),
    ("the first who waits moves up", 2, roster({ANNA, BEN}, (CLEO, DORA)), Left((CLEO,))),
    ("in a group with more members than seats nobody moves up", 1, roster({ANNA, BEN}, (CLEO,)), Left(())),
    ("seats that a higher quota left free are filled too", 3, roster({ANNA, BEN}, (CLEO, DORA)), Left((CLEO, DORA))),
    ("without a seat nothing happens", 2, roster({BEN}, (CLEO,)), NotMember()),
    ("who waits has no seat to leave", 1, roster({BEN}, (ANNA,)), NotMember()),
]


@pytest.mark.parametrize(("why", "most", "around", "expected"), LEAVING, ids=[a[0] for a in LEAVING])
def test_leaving(why: str, most: int, around: Roster, expected: LeaveOutcome) -> None:
    assert decide_leave(group(most), around, ANNA) == expected


@pytest.mark.parametrize(
    ("most", "around", "expected"),
    [
        (2, roster({ANNA, BEN}, (CLEO,)), ()),
        (3, roster({ANNA, BEN}, (CLEO, DORA)), (CLEO,)),
        (9, roster({ANNA, BEN}, (DORA, CLEO)), (DORA, CLEO)),
        (1, roster({ANNA, BEN}, (CLEO,)), ()),
        (2, roster({ANNA}), ()),
        (3, replace(roster({ANNA}, (CLEO, DORA)), kept=1), (CLEO,)),
        (1, replace(roster({ANNA}, (CLEO, DORA)), kept=1), ()),
    ],
)
def test_who_moves_up(most: int, around: Roster, expected: tuple[int, ...]) -> None:
    assert decide_promotions(group(most), around) == expected


@pytest.mark.parametrize(
    ("circles", "reachable", "expected"),
    [
        (((1, 2), (3,), (4,)), {1, 2, 3, 4}, (1, 2)),
        (((1, 2), (3,), (4,)), {2, 3, 4}, (2,)),
        (((1, 2), (3,), (4,)), {3, 4}, (3,)),
        (((), (3,), (4,)), {4}, (4,)),
        (((1,), (3,), (4,)), set(), ()),
    ],
)
def test_who_gets_the_card(
    circles: tuple[tuple[int, ...], ...], reachable: set[int], expected: tuple[int, ...]
) -> None:
    assert choose_deciders(circles, reachable) == expected


def after_accept(at: Group, around: Roster, person_id: int) -> Roster:
    """The roster after somebody who is not in it was accepted."""
    match decide_accept(at, around, application(person_id=person_id), TODAY):
        case Seated():
            return replace(around, members=around.members | {person_id})
        case Waitlisted(position=position):
            queued = replace(around, waiting=(*around.waiting, person_id))
            assert queued.waiting.index(person_id) + 1 == position
            return queued
        case other:
            raise AssertionError(other)


def after_leave(at: Group, around: Roster, person_id: int) -> Roster:
    match decide_leave(at, around, person_id):
        case Left(promoted=promoted):
            assert around.waiting[: len(promoted)] == promoted
            members = around.members - {person_id} | frozenset(promoted)
            return replace(around, members=members, waiting=around.waiting[len(promoted) :])
        case NotMember():
            waiting = tuple(other for other in around.waiting if other != person_id)
            return replace(around, waiting=waiting)


@given(most=st.integers(0, 6), steps=st.lists(st.tuples(st.booleans(), st.integers(1, 12)), max_size=60))
def test_seats_never_exceed_the_quota_and_the_queue_keeps_its_order(most: int, steps: list[tuple[bool, int]]) -> None:
    """People are accepted, leave or withdraw in any order; the earlier accepted is never behind the later."""
    at, around = group(most), Roster()
    accepted_in: list[int] = []

    for accepts, person_id in steps:
        known = person_id in around.members or person_id in around.waiting
        if accepts and not known:
            around = after_accept(at, around, person_id)
            accepted_in.append(person_id)
        elif not accepts and known:
            around = after_leave(at, around, person_id)
            accepted_in.remove(person_id)

        assert around.members == frozenset(accepted_in[:most])
        assert around.waiting == tuple(accepted_in[most:])
