from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.groups import Application, ApplicationState, Group, NotMember, Roster
from domain.members import JustAccepted, Removal, Removed, RemoveOutcome, Silence, decide_remove, silence_of
from domain.people import Person
from domain.undo import UNDO_WITHIN, Stands, Undone, UndoOutcome, decide_undo_answer, decide_undo_removal

NOW = datetime(2022, 3, 14, 12, tzinfo=UTC)
TODAY = date(2022, 3, 14)
ANNA, BEN, CLEO = 1, 2, 3
CARLA, DAN = 9, 10
IN_TIME, LATE = NOW + UNDO_WITHIN - timedelta(microseconds=1), NOW + UNDO_WITHIN

OPEN, WAITING, ACCEPTED, DECLINED, WITHDRAWN, CLOSED = ApplicationState


def group(most: int = 2, closes_on: date | None = None) -> Group:
    return Group(1, "PWG 1", {"en": "A title"}, {"en": "A theme"}, 1, most, None, closes_on)


def application(state: ApplicationState) -> Application:
    return Application(5, 1, ANNA, "", "", state, CARLA, NOW, undo_until=LATE)


def roster(members: set[int] | None = None, waiting: tuple[int, ...] = (), asking: set[int] | None = None) -> Roster:
    return Roster(frozenset(members or ()), waiting, frozenset(asking or ()), frozenset({CARLA, DAN}))


ANSWERS: list[tuple[str, ApplicationState, Roster, UndoOutcome]] = [
    ("a seat that nobody waits for", ACCEPTED, roster({ANNA, BEN}), Undone()),
    ("somebody waits because the seat is taken", ACCEPTED, roster({ANNA, BEN}, (CLEO,)), Stands()),
    ("they have left again", ACCEPTED, roster({BEN}), Stands()),
    ("a place in the queue", WAITING, roster({BEN}, (ANNA, CLEO)), Undone()),
    ("a no", DECLINED, roster(), Undone()),
    ("they have asked once more", DECLINED, roster(asking={ANNA}), Stands()),
    ("they have got a seat otherwise", DECLINED, roster({ANNA}), Stands()),
    ("taken back before", OPEN, roster(asking={ANNA}), Stands()),
    ("withdrawn meanwhile", WITHDRAWN, roster(), Stands()),
    ("closed meanwhile", CLOSED, roster(), Stands()),
]


@pytest.mark.parametrize(("why", "state", "around", "expected"), ANSWERS, ids=[a[0] for a in ANSWERS])
def test_taking_an_answer_back(why: str, state: ApplicationState, around: Roster, expected: UndoOutcome) -> None:
    assert decide_undo_answer(group(), around, application(state), CARLA, IN_TIME, TODAY) == expected


@pytest.mark.parametrize("state", [ACCEPTED, WAITING, DECLINED])
def test_an_answer_stands_after_a_minute_for_others_when_settled_and_when_the_group_is_over(
    state: ApplicationState,
) -> None:
    around = {ACCEPTED: roster({ANNA}), WAITING: roster({BEN}, (ANNA,)), DECLINED: roster()}[state]
    answered = application(state)
    over = group(closes_on=date(2022, 3, 13))

    assert decide_undo_answer(group(), around, answered, CARLA, IN_TIME, TODAY) == Undone()
    assert decide_undo_answer(group(), around, answered, CARLA, LATE, TODAY) == Stands()
    assert decide_undo_answer(group(), around, answered, DAN, IN_TIME, TODAY) == Stands()
    assert decide_undo_answer(group(), around, replace(answered, undo_until=None), CARLA, NOW, TODAY) == Stands()
    assert decide_undo_answer(over, around, answered, CARLA, IN_TIME, TODAY) == Stands()


REMOVED = Removal(7, 1, ANNA, NOW - timedelta(days=30), 2, "", CARLA, NOW, LATE)

REMOVALS: list[tuple[str, Roster, UndoOutcome]] = [
    ("the seat is free", roster({BEN}), Undone()),
    ("it is kept back from those who wait", roster({BEN}, (CLEO,)), Undone()),
    ("somebody sits there", roster({BEN, CLEO}), Stands()),
    ("they have asked anew", roster({BEN}, asking={ANNA}), Stands()),
    ("they wait for a seat again", roster({BEN}, (ANNA,)), Stands()),
    ("they have a seat again", roster({ANNA}), Stands()),
]


@pytest.mark.parametrize(("why", "around", "expected"), REMOVALS, ids=[r[0] for r in REMOVALS])
def test_taking_a_removal_back(why: str, around: Roster, expected: UndoOutcome) -> None:
    assert decide_undo_removal(group(), around, REMOVED, CARLA, IN_TIME) == expected


def test_a_removal_stands_after_a_minute_and_for_others() -> None:
    around = roster({BEN})

    assert decide_undo_removal(group(), around, REMOVED, CARLA, LATE) == Stands()
    assert decide_undo_removal(group(), around, REMOVED, DAN, IN_TIME) == Stands()
    assert decide_undo_removal(group(), around, replace(REMOVED, undo_until=None), CARLA, IN_TIME) == Stands()


def test_in_a_group_over_its_quota_as_many_as_before_are_right() -> None:
    removed = replace(REMOVED, taken=4)

    assert decide_undo_removal(group(2), roster({BEN, CLEO, 4}), removed, CARLA, IN_TIME) == Undone()
    assert decide_undo_removal(group(2), roster({BEN, CLEO, 4, 5}), removed, CARLA, IN_TIME) == Stands()


@pytest.mark.parametrize(
    ("around", "accepted_until", "expected"),
    [
        (roster({ANNA}), None, Removed()),
        (roster({ANNA}), NOW, Removed()),
        (roster({ANNA}), NOW + timedelta(seconds=1), JustAccepted()),
        (roster({BEN}), None, NotMember()),
        (roster({BEN}, (ANNA,)), None, NotMember()),
    ],
)
def test_removing(around: Roster, accepted_until: datetime | None, expected: RemoveOutcome) -> None:
    assert decide_remove(around, ANNA, accepted_until, NOW) == expected


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        (Person(1, "Anna", "en", started_at=NOW), None),
        (Person(1, "Anna", "en"), (Silence.NEVER_STARTED, None)),
        (Person(1, "Anna", "en", started_at=NOW, blocked_at=NOW), (Silence.BLOCKED, NOW)),
        (Person(1, "Anna", "en", started_at=NOW, stopped_at=NOW), (Silence.STOPPED, NOW)),
        (Person(1, "Anna", "en", started_at=NOW, blocked_at=LATE, stopped_at=NOW), (Silence.BLOCKED, LATE)),
    ],
)
def test_why_somebody_hears_nothing(person: Person, expected: tuple[Silence, datetime | None] | None) -> None:
    assert silence_of(person) == expected
