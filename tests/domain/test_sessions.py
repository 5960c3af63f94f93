"""Sessions: answers, the join link, what is news, and what scheduling and changing make of the answers."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import scheduling, session_edits
from domain.changes import Cancelled, Difference, Moved, Relinked, Renamed, Resized, differences, known_of
from domain.events import Event, EventKind, EventState, LinkPolicy
from domain.recurrence import InGap, Occurrence, Rule
from domain.scheduling import Draft, Step, plan_dates
from domain.session_edits import Edit, Editor, EditStep, Part, edited
from domain.sessions import (
    Answer,
    Answered,
    CalledOff,
    LinkMissing,
    LinkOpen,
    LinkOpensAt,
    Said,
    TooLate,
    concerns_those_who_declined,
    count_turnout,
    decide_answer,
    decide_link,
    is_ahead,
)
from domain.times import Skipped

AT = datetime(2022, 3, 22, 15, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)

SESSION = Event(
    id=5,
    group_id=3,
    slug="session-5",
    titles={"en": "Planned relocation"},
    abstracts={},
    speakers=(),
    languages=(),
    starts_at=AT,
    minutes=60,
    zone="Europe/Berlin",
    link="https://meet.example.org/5",
    link_policy=LinkPolicy.GUARDED,
    state=EventState.ANNOUNCED,
    revision=1,
    kind=EventKind.SESSION,
)
CANCELLED = replace(SESSION, state=EventState.CANCELLED)


# --- Answers and the link ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("session", "now", "outcome"),
    [
        (SESSION, AT - HOUR, Answered(Answer.MAYBE)),
        (SESSION, AT + HOUR - MINUTE, Answered(Answer.MAYBE)),
        (SESSION, AT + HOUR, TooLate()),
        (CANCELLED, AT - HOUR, CalledOff()),
        (CANCELLED, AT + 2 * HOUR, CalledOff()),
    ],
)
def test_an_answer_counts_until_the_end_and_never_to_what_is_cancelled(
    session: Event, now: datetime, outcome: object
) -> None:
    assert decide_answer(session, Answer.MAYBE, now) == outcome


@pytest.mark.parametrize(
    ("session", "now", "outcome"),
    [
        (SESSION, AT - 16 * MINUTE, LinkOpensAt(AT - 15 * MINUTE)),
        (SESSION, AT - 15 * MINUTE, LinkOpen("https://meet.example.org/5")),
        (SESSION, AT + 59 * MINUTE, LinkOpen("https://meet.example.org/5")),
        (SESSION, AT + HOUR, TooLate()),
        (replace(SESSION, link=None), AT - MINUTE, LinkMissing()),
        (CANCELLED, AT - MINUTE, CalledOff()),
    ],
)
def test_the_link_opens_15_minutes_before_the_start_and_closes_at_the_end(
    session: Event, now: datetime, outcome: object
) -> None:
    assert decide_link(session, now) == outcome


@pytest.mark.parametrize(
    ("session", "now", "ahead"),
    [(SESSION, AT - HOUR, True), (SESSION, AT + HOUR, False), (CANCELLED, AT - HOUR, False)],
)
def test_what_is_over_or_cancelled_is_not_ahead(session: Event, now: datetime, ahead: bool) -> None:
    assert is_ahead(session, now) is ahead


def test_the_turnout_counts_everybody_and_names_those_it_may() -> None:
    said = {1: Said(Answer.YES), 2: Said(Answer.YES), 3: Said(Answer.NO), 4: Said(None, Answer.MAYBE)}

    turnout = count_turnout(said, invited=6, names={1: "Zoe", 2: "Anna", 4: "Carla"})

    assert turnout.counts == {Answer.YES: 2, Answer.MAYBE: 0, Answer.NO: 1}
    assert turnout.silent == 3
    assert turnout.names == {Answer.YES: ("Anna", "Zoe"), Answer.MAYBE: (), Answer.NO: ()}


# --- What is news -----------------------------------------------------------------------------

LATER = AT + timedelta(days=1)


@pytest.mark.parametrize(
    ("now", "news", "also_those_who_declined"),
    [
        (SESSION, (), False),
        (replace(SESSION, starts_at=LATER), (Moved(AT, LATER),), True),
        (replace(SESSION, minutes=90), (Resized(60, 90),), False),
        (replace(SESSION, titles={"en": "New"}), (Renamed(SESSION.titles, {"en": "New"}),), False),
        (replace(SESSION, link="https://other.example.org"), (Relinked(),), False),
        (replace(SESSION, link=None), (Relinked(),), False),
        (replace(SESSION, starts_at=LATER, minutes=90), (Moved(AT, LATER), Resized(60, 90)), True),
        (replace(CANCELLED, starts_at=LATER), (Cancelled(AT),), False),
        (replace(SESSION, state=EventState.DRAFT), (Cancelled(AT),), False),
        (replace(SESSION, revision=7, sequence=9, slug="else"), (), False),
    ],
)
def test_what_differs_from_what_people_know_is_news(
    now: Event, news: tuple[Difference, ...], also_those_who_declined: bool
) -> None:
    assert differences(known_of(SESSION), known_of(now)) == news
    assert concerns_those_who_declined(news) is also_those_who_declined


def test_a_first_link_and_a_second_cancellation_are_no_news() -> None:
    without_link = replace(SESSION, link=None)

    assert differences(known_of(without_link), known_of(SESSION)) == ()
    assert differences(known_of(CANCELLED), known_of(CANCELLED)) == ()


# --- Scheduling -------------------------------------------------------------------------------

DRAFT = Draft(3, day=date(2022, 3, 20), clock=time(2, 30), rule=Rule.WEEKLY, times=3)


def test_how_many_times_is_asked_only_of_what_repeats() -> None:
    once, weekly = Draft(3), Draft(3, rule=Rule.WEEKLY)

    assert Step.TIMES not in once.steps
    assert weekly.steps == tuple(Step)
    assert (once.step_after("repeat", 1), weekly.step_after("repeat", 1)) == (Step.LINK, Step.TIMES)
    assert (once.step_after("title", -1), once.step_after("preview", 1)) == (Step.TITLE, Step.PREVIEW)


def test_dates_of_a_draft_without_those_that_are_left_out_or_do_not_exist() -> None:
    dates = plan_dates(replace(DRAFT, left_out=frozenset({date(2022, 3, 20)})), "Europe/Berlin")

    assert [type(one) for one in dates.all] == [Occurrence, InGap, Occurrence]
    assert [one.wall for one in dates.taking_place] == [datetime.combine(date(2022, 4, 3), time(2, 30))]


def test_a_draft_without_a_time_has_no_dates() -> None:
    assert plan_dates(Draft(3, day=date(2022, 3, 20)), "Europe/Berlin") == scheduling.Dates((), ())


DAYS = st.dates(date(2022, 1, 1), date(2024, 12, 31))
CLOCKS = st.times().map(lambda t: t.replace(second=0, microsecond=0))


@given(
    st.builds(
        Draft,
        group_id=st.integers(1, 2**52),
        title=st.text(max_size=20),
        day=st.none() | DAYS,
        clock=st.none() | CLOCKS,
        minutes=st.integers(10, 480),
        rule=st.sampled_from(Rule),
        times=st.none() | st.integers(2, 52),
        until=st.none() | DAYS,
        link=st.none() | st.just("https://meet.example.org"),
        left_out=st.frozensets(DAYS, max_size=3),
    )
)
def test_a_draft_survives_being_kept(draft: Draft) -> None:
    assert scheduling.from_json(scheduling.to_json(draft)) == draft


# --- Changing ---------------------------------------------------------------------------------

EDIT = Edit(5, {5: 0}, {})
EDITOR = Editor({"en": "New"}, "Europe/Berlin")


@pytest.mark.parametrize(
    ("part", "alone", "in_a_series"),
    [
        (Part.MOVE, "what day clock preview", "what day clock scope preview"),
        (Part.LENGTH, "what minutes preview", "what minutes scope preview"),
        (Part.TITLE, "what title preview", "what title scope preview"),
        (Part.LINK, "what link preview", "what link scope preview"),
        (Part.CANCEL, "what preview", "what scope preview"),
    ],
)
def test_only_what_matters_is_asked(part: Part, alone: str, in_a_series: str) -> None:
    edit = replace(EDIT, part=part)

    assert " ".join(edit.steps) == alone
    assert " ".join(replace(edit, sequences={5: 0, 6: 0}).steps) == in_a_series
    assert edit.step_after("what", 1) is edit.steps[1]
    assert edit.step_after("preview", 1) is EditStep.PREVIEW


@pytest.mark.parametrize(
    ("edit", "after"),
    [
        (replace(EDIT, part=Part.LENGTH, minutes=90), replace(SESSION, minutes=90)),
        (replace(EDIT, part=Part.TITLE), replace(SESSION, titles={"en": "New"})),
        (replace(EDIT, part=Part.LINK, link=None), replace(SESSION, link=None)),
        (replace(EDIT, part=Part.CANCEL), CANCELLED),
        (EDIT, SESSION),
        (
            replace(EDIT, part=Part.MOVE, day=date(2022, 3, 29), clock=time(16)),
            replace(SESSION, starts_at=datetime(2022, 3, 29, 14, tzinfo=UTC)),
        ),
    ],
)
def test_an_edit_changes_what_it_is_about(edit: Edit, after: Event) -> None:
    assert edited(edit, SESSION, SESSION, EDITOR) == after


def test_a_series_that_moves_keeps_its_local_time_over_the_change_of_clocks() -> None:
    """Tuesdays at 16:00 in Berlin become Wednesdays at 17:30, on both sides of 27 March; the editor is in Ottawa."""
    move = replace(EDIT, part=Part.MOVE, day=date(2022, 3, 23), clock=time(12, 30), following=True)
    in_summer = replace(SESSION, id=6, starts_at=datetime(2022, 3, 29, 14, tzinfo=UTC))
    ottawa = Editor({}, "America/Toronto")

    first, second = (edited(move, SESSION, one, ottawa) for one in (SESSION, in_summer))

    assert first == replace(SESSION, starts_at=datetime(2022, 3, 23, 16, 30, tzinfo=UTC))
    assert second == replace(in_summer, starts_at=datetime(2022, 3, 30, 15, 30, tzinfo=UTC))


def test_a_session_is_not_moved_to_a_time_that_clocks_skip() -> None:
    move = replace(EDIT, part=Part.MOVE, day=date(2022, 3, 20), clock=time(2, 30), following=True)
    a_week_later = replace(SESSION, id=6, starts_at=datetime(2022, 3, 29, 14, tzinfo=UTC))

    assert edited(move, SESSION, a_week_later, EDITOR) == Skipped(datetime.combine(date(2022, 3, 27), time(3)))


@given(
    st.builds(
        Edit,
        session_id=st.integers(1, 2**52),
        sequences=st.dictionaries(st.integers(1, 99), st.integers(0, 99), max_size=4),
        seen=st.just({"minutes": 60}),
        part=st.none() | st.sampled_from(Part),
        day=st.none() | DAYS,
        clock=st.none() | CLOCKS,
        minutes=st.none() | st.integers(10, 480),
        title=st.text(max_size=20),
        link=st.none() | st.just("https://meet.example.org"),
        following=st.booleans(),
    )
)
def test_an_edit_survives_being_kept(edit: Edit) -> None:
    assert session_edits.from_json(session_edits.to_json(edit)) == edit
