"""Feedback: what is asked next, when, and whose slides are passed on; tables of cases."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.events import Event, EventKind, EventState, LinkPolicy
from domain.feedback import Feedback, Part, Wish, has_recording, may_pass_on, takes_feedback
from domain.occasions import Planned, Purpose, plan_timings
from domain.talks import Talk, TalkState

START = datetime(2022, 3, 29, 14, tzinfo=UTC)
END = START + timedelta(minutes=60)
EVENT = Event(
    5, 10, "ukraine", {}, {}, (), (), START, 60, "Europe/Berlin", None, LinkPolicy.PUBLIC, EventState.ANNOUNCED, 1
)
TALK = Talk(1, 5, 30, TalkState.CONFIRMED, "", "", "", True, "file", "slides.pdf", None, 7, START)


@pytest.mark.parametrize(
    ("given", "part"),
    [
        (Feedback(), Part.RATING),
        (Feedback(wants_recording=True), Part.RATING),
        (Feedback(wish=Wish.MORE), Part.RATING),
        (Feedback(rating=1), Part.WISH),
        (Feedback(rating=5, wish=Wish.NOTHING), Part.THANKS),
    ],
)
def test_the_first_question_without_an_answer_is_asked(given: Feedback, part: Part) -> None:
    assert given.part is part


@pytest.mark.parametrize(
    ("event", "now", "takes"),
    [
        (EVENT, END - timedelta(seconds=1), False),
        (EVENT, END, True),
        (EVENT, END + timedelta(days=365), True),
        (replace(EVENT, state=EventState.CANCELLED), END, False),
        (replace(EVENT, state=EventState.DRAFT), END, False),
        (replace(EVENT, kind=EventKind.SESSION), END, False),
    ],
)
def test_something_is_said_about_webinars_that_have_taken_place(event: Event, now: datetime, takes: bool) -> None:
    assert takes_feedback(event, now) is takes


@pytest.mark.parametrize(
    ("talk", "passed_on"),
    [
        (TALK, True),
        (replace(TALK, recording=None), True),
        (replace(TALK, recording=False), False),
        (replace(TALK, slides_id=None), False),
        (replace(TALK, state=TalkState.DECLINED), False),
        (replace(TALK, state=TalkState.ASKED), True),
    ],
)
def test_slides_are_passed_on_unless_their_presenter_said_no(talk: Talk, passed_on: bool) -> None:
    assert may_pass_on(talk) is passed_on


@pytest.mark.parametrize(
    ("link", "state", "is_there"),
    [
        ("https://video.example.org/1", EventState.ANNOUNCED, True),
        ("https://video.example.org/1", EventState.CANCELLED, False),
        ("", EventState.ANNOUNCED, False),
        (None, EventState.ANNOUNCED, False),
    ],
)
def test_a_recording_is_there_where_it_is_linked_and_the_webinar_not_cancelled(
    link: str | None, state: EventState, is_there: bool
) -> None:
    assert has_recording(replace(EVENT, recording_link=link, state=state)) is is_there


def test_what_comes_after_a_webinar_counts_from_its_end() -> None:
    afterwards = {Purpose.QUESTIONS, Purpose.FEEDBACK, Purpose.SUMMARY}

    planned = [one for one in plan_timings(EVENT, START, {}) if one.purpose in afterwards]

    assert planned == [
        Planned(-60, END, Purpose.QUESTIONS),
        Planned(-75, END + timedelta(minutes=15), Purpose.FEEDBACK),
        Planned(-60 - 1440, END + timedelta(days=1), Purpose.SUMMARY),
    ]


def test_nothing_of_it_is_planned_for_a_session() -> None:
    session = replace(EVENT, kind=EventKind.SESSION)

    planned = {one.purpose for one in plan_timings(session, START, {})}

    assert planned.isdisjoint({Purpose.QUESTIONS, Purpose.FEEDBACK, Purpose.SUMMARY})
