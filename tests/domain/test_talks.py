"""The runway of a talk: what is due when, what is asked, and what becomes a chore."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.events import Event, EventKind, EventState, LinkPolicy
from domain.occasions import Planned, Purpose
from domain.talks import (
    Confirmed,
    Declined,
    Over,
    Step,
    Talk,
    TalkState,
    choose_leads,
    decide_confirm,
    decide_decline,
    find_deadlines,
    find_due,
    find_late,
    find_open,
    plan_runway,
)

START = datetime(2022, 3, 29, 14, tzinfo=UTC)
DAY = 24 * 60
LEADS = choose_leads({})

EVENT = Event(
    1, 10, "ukraine", {}, {}, (), (), START, 60, "Europe/Berlin", None, LinkPolicy.PUBLIC, EventState.ANNOUNCED, 1
)
TALK = Talk(5, 1, 30, TalkState.ASKED, "", "", "", None, None, None, None, 7, START)
DONE = replace(
    TALK,
    state=TalkState.CONFIRMED,
    title="A",
    abstract="B",
    bio="C",
    recording=False,
    slides_id="file",
    checked_at=START,
)


def before(days: float) -> datetime:
    return START - timedelta(days=days)


def test_silence_becomes_a_chore_a_day_before_the_next_step_or_with_it() -> None:
    assert find_deadlines(LEADS) == {
        Step.CONFIRM: 8 * DAY,
        Step.DETAILS: 4 * DAY,
        Step.SLIDES: 2 * DAY,
        Step.CHECK: 30,
    }


def test_other_lead_times_move_the_deadlines_with_them() -> None:
    leads = choose_leads({Purpose.TALK_SLIDES: 30 * DAY, Purpose.TALK_CHECK: 20, Purpose.TALK_BACKSTAGE: 30})

    assert find_deadlines(leads) == {
        Step.CONFIRM: 8 * DAY,
        Step.DETAILS: 30 + DAY,
        Step.SLIDES: 15 * DAY,
        Step.CHECK: 0,
    }


@pytest.mark.parametrize(
    ("days", "due"),
    [
        (15, ()),
        (14, (Step.CONFIRM,)),
        (7, (Step.CONFIRM, Step.DETAILS)),
        (2.9, (Step.CONFIRM, Step.DETAILS, Step.SLIDES)),
        (0.5, (Step.CONFIRM, Step.DETAILS, Step.SLIDES, Step.CHECK)),
        (0, ()),
        (-1, ()),
    ],
)
def test_steps_become_due_one_after_the_other_until_it_begins(days: float, due: tuple[Step, ...]) -> None:
    assert find_due(EVENT, before(days), LEADS) == due
    assert find_due(replace(EVENT, state=EventState.CANCELLED), before(days), LEADS) == ()
    assert find_due(replace(EVENT, kind=EventKind.SESSION), before(days), LEADS) == ()


@pytest.mark.parametrize(
    ("talk", "asked"),
    [
        (TALK, tuple(Step)),
        (DONE, ()),
        (replace(DONE, recording=None), (Step.DETAILS,)),
        (replace(DONE, bio=""), ()),
        (replace(DONE, slides_id=None), (Step.SLIDES,)),
        (replace(DONE, checked_at=None), (Step.CHECK,)),
        (replace(TALK, state=TalkState.DECLINED), ()),
    ],
)
def test_what_is_undone_is_asked_all_at_once(talk: Talk, asked: tuple[Step, ...]) -> None:
    assert find_open(talk, tuple(Step)) == asked


@pytest.mark.parametrize(
    ("lead", "late"),
    [
        (8 * DAY, (Step.CONFIRM,)),
        (4 * DAY, (Step.CONFIRM, Step.DETAILS)),
        (2 * DAY, (Step.CONFIRM, Step.DETAILS, Step.SLIDES)),
        (30, tuple(Step)),
    ],
)
def test_what_is_silent_at_a_deadline_is_late(lead: int, late: tuple[Step, ...]) -> None:
    assert find_late(TALK, lead, LEADS) == late
    assert find_late(DONE, lead, LEADS) == ()
    assert find_late(replace(TALK, state=TalkState.DECLINED), lead, LEADS) == ()


def deadlines(*leads: int) -> list[Planned]:
    return [Planned(lead, START - timedelta(minutes=lead), Purpose.TALK_SILENT) for lead in leads]


@pytest.mark.parametrize(
    ("days", "planned"),
    [
        (20, deadlines(8 * DAY, 4 * DAY, 2 * DAY, 30)),
        (10, [Planned(14 * DAY, before(10), Purpose.TALK_CONFIRM), *deadlines(8 * DAY, 4 * DAY, 2 * DAY, 30)]),
        (3, [Planned(3 * DAY, before(3), Purpose.TALK_SLIDES), *deadlines(2 * DAY, 30)]),
        (0.01, [Planned(DAY, before(0.01), Purpose.TALK_CHECK)]),
        (0, []),
    ],
)
def test_of_what_is_past_when_it_is_planned_one_moment_asks_for_everything(days: float, planned: list[Planned]) -> None:
    assert plan_runway(EventKind.WEBINAR, START, before(days), {}) == planned
    assert plan_runway(EventKind.SESSION, START, before(days), {}) == []


def test_the_answer_may_change_until_it_begins() -> None:
    declined, cancelled = replace(TALK, state=TalkState.DECLINED), replace(EVENT, state=EventState.CANCELLED)

    assert decide_confirm(TALK, EVENT, before(1)) == decide_confirm(DONE, EVENT, before(1)) == Confirmed()
    assert decide_decline(TALK, EVENT, before(1)) == decide_decline(DONE, EVENT, before(1)) == Declined()
    for talk, event, now in ((declined, EVENT, before(1)), (TALK, cancelled, before(1)), (TALK, EVENT, START)):
        assert decide_confirm(talk, event, now) == decide_decline(talk, event, now) == Over()
