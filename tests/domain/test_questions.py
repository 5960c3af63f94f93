"""Questions to the speakers: who may ask, who counts, what becomes of them; tables of cases."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.events import Event, EventKind, EventState, LinkPolicy
from domain.occasions import Purpose
from domain.permissions import Actor, Permission
from domain.questions import (
    MOST_OPEN,
    AskOutcome,
    Closed,
    Cluster,
    MayAsk,
    Question,
    QuestionState,
    Settled,
    SettledBefore,
    SettleOutcome,
    StandsFor,
    TooMany,
    can_merge,
    can_reopen,
    decide_ask,
    decide_settle,
    is_held,
    is_time_for_presenters,
    may,
)

START = datetime(2022, 3, 29, 14, tzinfo=UTC)
END = START + timedelta(minutes=60)
SECOND = timedelta(seconds=1)
GROUP, ME, OTHER = 10, 1, 2

EVENT = Event(
    5, GROUP, "ukraine", {}, {}, (), (), START, 60, "Europe/Berlin", None, LinkPolicy.PUBLIC, EventState.ANNOUNCED, 1
)
CANCELLED = replace(EVENT, state=EventState.CANCELLED)
QUESTION = Question(7, 5, ME, "Why?", QuestionState.OPEN, None, 3, START)
ANSWERED = replace(QUESTION, state=QuestionState.ANSWERED, settled_at=END)


@pytest.mark.parametrize(
    ("event", "now", "open_ones", "outcome"),
    [
        (EVENT, START - timedelta(days=30), 0, MayAsk()),
        (EVENT, START, 4, MayAsk()),
        (EVENT, END - SECOND, 0, MayAsk()),
        (EVENT, END, 0, Closed()),
        (EVENT, START, MOST_OPEN, TooMany(MOST_OPEN)),
        (EVENT, END, MOST_OPEN, Closed()),
        (CANCELLED, START, 0, Closed()),
        (replace(EVENT, state=EventState.DRAFT), START, 0, Closed()),
        (replace(EVENT, kind=EventKind.SESSION), START, 0, Closed()),
    ],
)
def test_questions_are_taken_until_the_end_and_so_many_of_one_person(
    event: Event, now: datetime, open_ones: int, outcome: AskOutcome
) -> None:
    assert decide_ask(event, open_ones, now) == outcome


def test_what_is_open_is_answered_in_writing_once_the_webinar_has_taken_place() -> None:
    assert [is_held(EVENT, now) for now in (END - SECOND, END)] == [False, True]
    assert not is_held(CANCELLED, END)


@pytest.mark.parametrize(
    ("event", "now", "shown"),
    [
        (EVENT, START - timedelta(minutes=30, seconds=1), False),
        (EVENT, START - timedelta(minutes=30), True),
        (EVENT, END - SECOND, True),
        (EVENT, END, False),
        (CANCELLED, START, False),
    ],
)
def test_presenters_read_along_from_backstage_until_the_end(event: Event, now: datetime, shown: bool) -> None:
    assert is_time_for_presenters(event, now, {}) is shown


def test_presenters_meet_earlier_where_the_organisers_say_so() -> None:
    assert is_time_for_presenters(EVENT, START - timedelta(minutes=45), {Purpose.TALK_BACKSTAGE: 45})


@pytest.mark.parametrize(
    ("actor", "permission", "moderator_id", "allowed"),
    [
        (Actor(ME), Permission.MODERATE_QUESTIONS, None, False),
        (Actor(ME), Permission.MODERATE_QUESTIONS, OTHER, False),
        (Actor(ME), Permission.MODERATE_QUESTIONS, ME, True),
        (Actor(ME), Permission.SEE_QUESTIONS, ME, True),
        (Actor(ME, coordinates=frozenset({GROUP})), Permission.MODERATE_QUESTIONS, OTHER, True),
        (Actor(ME, coordinates=frozenset({GROUP + 1})), Permission.MODERATE_QUESTIONS, None, False),
        (Actor(ME, presents=frozenset({EVENT.id})), Permission.SEE_QUESTIONS, None, True),
        (Actor(ME, presents=frozenset({EVENT.id})), Permission.MODERATE_QUESTIONS, None, False),
        (Actor(ME, is_organiser=True), Permission.MODERATE_QUESTIONS, None, True),
        (Actor(ME, member_of=frozenset({GROUP})), Permission.SEE_QUESTIONS, None, False),
    ],
)
def test_whoever_runs_the_group_or_is_named_moderates_and_presenters_read(
    actor: Actor, permission: Permission, moderator_id: int | None, allowed: bool
) -> None:
    assert may(actor, permission, replace(EVENT, moderator_id=moderator_id)) is allowed


@pytest.mark.parametrize(
    ("asked_by", "askers", "ids"),
    [
        ([ME], 1, (ME,)),
        ([ME, OTHER, ME], 2, (ME, OTHER)),
        ([None], 1, ()),
        ([OTHER, None, None, ME], 4, (OTHER, ME)),
    ],
)
def test_whoever_asks_the_same_twice_is_one_and_the_forgotten_still_count(
    asked_by: list[int | None], askers: int, ids: tuple[int, ...]
) -> None:
    head, *same = [replace(QUESTION, id=n, person_id=person) for n, person in enumerate(asked_by)]
    cluster = Cluster(head, tuple(same))

    assert (cluster.askers, cluster.asker_ids) == (askers, ids)


@pytest.mark.parametrize(
    ("question", "outcome"),
    [
        (QUESTION, Settled()),
        (ANSWERED, SettledBefore(QuestionState.ANSWERED)),
        (replace(QUESTION, state=QuestionState.DROPPED), SettledBefore(QuestionState.DROPPED)),
        (replace(QUESTION, merged_into=8), StandsFor(8)),
        (replace(ANSWERED, merged_into=8), SettledBefore(QuestionState.ANSWERED)),
    ],
)
def test_the_first_verdict_counts(question: Question, outcome: SettleOutcome) -> None:
    assert decide_settle(question) == outcome


@pytest.mark.parametrize(
    ("question", "can"),
    [
        (QUESTION, False),
        (ANSWERED, True),
        (replace(ANSWERED, answer="Because."), False),
        (replace(ANSWERED, merged_into=8), False),
        (replace(QUESTION, state=QuestionState.DROPPED), True),
    ],
)
def test_a_verdict_is_taken_back_unless_an_answer_was_sent(question: Question, can: bool) -> None:
    assert can_reopen(question) is can


@pytest.mark.parametrize(
    ("into", "can"),
    [
        (replace(QUESTION, id=8), True),
        (QUESTION, False),
        (replace(QUESTION, id=8, event_id=6), False),
        (replace(ANSWERED, id=8), False),
        (replace(QUESTION, id=8, merged_into=7), False),
    ],
)
def test_two_open_questions_of_one_webinar_count_as_one(into: Question, can: bool) -> None:
    assert can_merge(QUESTION, into) is can
    assert can_merge(into, QUESTION) is can
