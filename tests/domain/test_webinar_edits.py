"""Making and changing webinars: the questions, what the answers make, and what has to be there to announce one."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain import event_json
from domain.events import Event, EventState, LinkPolicy
from domain.webinar_edits import (
    MOST_LANGUAGES,
    SPOKEN,
    Announced,
    Answer,
    Edit,
    Incomplete,
    decide_announce,
    edited,
    find_missing,
    first_open,
    from_json,
    may_finish,
    may_remove,
    new_draft,
    postponed,
    read_speakers,
    to_json,
    toggled,
    with_answer,
)
from domain.webinar_parts import (
    ABSTRACTS,
    LANGUAGE_OF,
    REQUIRED,
    TITLES,
    Part,
    Phase,
    Step,
    is_worst_day,
    may_skip,
    parts_of,
    phase_of,
    plan_steps,
)
from messages.languages import LANGUAGES, speaker
from messages.webinar_details import labels
from messages.webinar_questions import part_labels

NOW = datetime(2022, 3, 14, 12, 3, 20, tzinfo=UTC)
AT = datetime(2022, 3, 22, 15, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)

WEBINAR = Event(
    id=7,
    group_id=3,
    slug="havens",
    titles={"en": "Cities", "de": "Städte"},
    abstracts={"en": "About cities.", "de": "Über Städte."},
    speakers=("Institute",),
    languages=("en",),
    starts_at=AT,
    minutes=60,
    zone="Europe/Berlin",
    link="https://meet.example.org/1",
    link_policy=LinkPolicy.GUARDED,
    state=EventState.ANNOUNCED,
    revision=2,
    sequence=5,
    moderator_id=11,
    backstage_link="https://meet.example.org/back",
    capacity=80,
    registers=True,
    recording_link="https://video.example.org/1",
)
DRAFT = replace(WEBINAR, state=EventState.DRAFT)


# --- The questions ----------------------------------------------------------------------------


def test_every_language_of_the_bot_is_asked_for_once_and_everything_has_a_name() -> None:
    assert [LANGUAGE_OF[step] for step in TITLES] == list(LANGUAGES)
    assert [LANGUAGE_OF[step] for step in ABSTRACTS] == list(LANGUAGES)
    assert set(labels(speaker("en"))) == set(Step) - {Step.WHAT, Step.CLOCK, Step.PREVIEW}
    assert set(part_labels(Phase.DRAFT, speaker("en"))) == set(Part)


@pytest.mark.parametrize("part", list(Part))
def test_every_part_ends_with_the_preview(part: Part) -> None:
    steps = plan_steps(part)

    assert steps[-1] is Step.PREVIEW
    assert (steps[0] is Step.WHAT) is (part is not Part.ALL)
    assert len(set(steps)) == len(steps)


@pytest.mark.parametrize(
    ("event", "now", "phase"),
    [
        (DRAFT, AT + DAY, Phase.DRAFT),
        (WEBINAR, AT - DAY, Phase.AHEAD),
        (WEBINAR, AT + 59 * MINUTE, Phase.AHEAD),
        (WEBINAR, AT + 60 * MINUTE, Phase.OVER),
        (replace(WEBINAR, state=EventState.CANCELLED), AT - DAY, Phase.CANCELLED),
    ],
)
def test_where_a_webinar_is(event: Event, now: datetime, phase: Phase) -> None:
    assert phase_of(event, now) is phase


def test_what_can_be_changed_depends_on_where_it_is() -> None:
    cancelled = replace(WEBINAR, state=EventState.CANCELLED)

    assert set(Part) - set(parts_of(DRAFT, NOW)) == {Part.RECORDING}
    assert set(Part) - set(parts_of(WEBINAR, NOW)) == {Part.RECORDING}
    assert parts_of(WEBINAR, AT + DAY) == (
        Part.TITLE,
        Part.ABSTRACT,
        Part.LANGUAGES,
        Part.SPEAKERS,
        Part.RECORDING,
    )
    assert parts_of(cancelled, NOW) == ()


@pytest.mark.parametrize(
    ("event", "now", "is_one"),
    [
        (WEBINAR, AT - DAY - MINUTE, False),
        (WEBINAR, AT - DAY, True),
        (WEBINAR, AT + 59 * MINUTE, True),
        (WEBINAR, AT + 60 * MINUTE, False),
        (DRAFT, AT - HOUR, False),
        (replace(WEBINAR, state=EventState.CANCELLED), AT - HOUR, False),
    ],
)
def test_the_worst_day_is_the_one_before_the_start_and_until_the_end(event: Event, now: datetime, is_one: bool) -> None:
    assert is_worst_day(event, now) is is_one


@pytest.mark.parametrize(
    ("step", "part", "phase", "may"),
    [
        (Step.TITLE_EN, Part.ALL, Phase.DRAFT, True),
        (Step.DAY, Part.ALL, Phase.DRAFT, True),
        (Step.CLOCK, Part.ALL, Phase.DRAFT, False),
        (Step.LANGUAGES, Part.ALL, Phase.DRAFT, False),
        (Step.PREVIEW, Part.ALL, Phase.DRAFT, False),
        (Step.TITLE_EN, Part.TITLE, Phase.AHEAD, True),
        (Step.CAPACITY, Part.SEATS, Phase.AHEAD, True),
        (Step.DAY, Part.MOVE, Phase.AHEAD, False),
        (Step.LINK, Part.LINK, Phase.AHEAD, False),
        (Step.RECORDING, Part.RECORDING, Phase.OVER, False),
    ],
)
def test_what_may_be_skipped(step: Step, part: Part, phase: Phase, may: bool) -> None:
    assert may_skip(step, part, phase) is may


@pytest.mark.parametrize(
    ("step", "phase", "may"),
    [
        (Step.TITLE_EN, Phase.AHEAD, False),
        (Step.TITLE_EN, Phase.DRAFT, True),
        (Step.TITLE_FR, Phase.DRAFT, False),
        (Step.ABSTRACT_DE, Phase.OVER, False),
        (Step.LINK, Phase.AHEAD, True),
        (Step.SPEAKERS, Phase.AHEAD, True),
        (Step.MODERATOR, Phase.AHEAD, True),
        (Step.CAPACITY, Phase.AHEAD, True),
        (Step.MINUTES, Phase.AHEAD, False),
        (Step.LANGUAGES, Phase.AHEAD, False),
    ],
)
def test_only_what_is_there_and_not_needed_may_be_removed(step: Step, phase: Phase, may: bool) -> None:
    assert may_remove(step, WEBINAR, phase) is may


# --- Answers ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("step", "answer", "changed"),
    [
        (Step.TITLE_FR, "Villes", {"titles": {"en": "Cities", "de": "Städte", "fr": "Villes"}}),
        (Step.TITLE_DE, None, {"titles": {"en": "Cities"}}),
        (Step.ABSTRACT_EN, "New.", {"abstracts": {"de": "Über Städte.", "en": "New."}}),
        (Step.LANGUAGES, ["de", "fr"], {"languages": ("de", "fr")}),
        (Step.SPEAKERS, [], {"speakers": ()}),
        (Step.MODERATOR, None, {"moderator_id": None}),
        (Step.DAY, "2022-04-01", {}),
        (Step.CLOCK, "2022-04-01T10:00:00+00:00", {"starts_at": datetime(2022, 4, 1, 10, tzinfo=UTC)}),
        (Step.MINUTES, 90, {"minutes": 90}),
        (Step.LINK, None, {"link": None}),
        (Step.AUDIENCE, "public", {"link_policy": LinkPolicy.PUBLIC}),
        (Step.BACKSTAGE, "https://b.example.org", {"backstage_link": "https://b.example.org"}),
        (Step.CAPACITY, None, {"capacity": None}),
        (Step.REGISTERS, False, {"registers": False}),
        (Step.RECORDING, "https://r.example.org", {"recording_link": "https://r.example.org"}),
    ],
)
def test_an_answer_changes_one_thing(step: Step, answer: Answer, changed: dict[str, object]) -> None:
    assert with_answer(WEBINAR, step, answer) == replace(WEBINAR, **changed)  # type: ignore[arg-type]


def test_cancelling_changes_the_state_and_answers_add_up() -> None:
    cancel = Edit(3, 7, Part.CANCEL)
    move = Edit(3, 7, Part.MOVE, answers={Step.DAY: "2022-04-01", Step.CLOCK: "2022-04-01T10:00:00+00:00"})

    assert edited(WEBINAR, cancel) == replace(WEBINAR, state=EventState.CANCELLED)
    assert edited(WEBINAR, move) == replace(WEBINAR, starts_at=datetime(2022, 4, 1, 10, tzinfo=UTC))


@pytest.mark.parametrize("part", [None, *Part])
def test_an_edit_survives_as_json(part: Part | None) -> None:
    answers: dict[Step, Answer] = {Step.LANGUAGES: ["en", "de"], Step.REGISTERS: True, Step.LINK: None}
    edit = Edit(3, 7, part, event_json.to_json(WEBINAR), answers, "de")

    assert from_json(json.loads(json.dumps(to_json(edit)))) == edit


@pytest.mark.parametrize(
    ("chosen", "code", "then"),
    [
        (("en",), "de", ("en", "de")),
        (("en", "de"), "en", ("de",)),
        (("en",), "en", ("en",)),
        (SPOKEN[:MOST_LANGUAGES], "it", SPOKEN[:MOST_LANGUAGES]),
    ],
)
def test_a_language_is_switched_and_one_always_stays(chosen: tuple[str, ...], code: str, then: tuple[str, ...]) -> None:
    assert toggled(chosen, code) == then


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("Institute of Examples", ["Institute of Examples"]),
        ("Institute,  Berlin\nCity of Sample\n\n", ["Institute, Berlin", "City of Sample"]),
        ("A; B ;", ["A", "B"]),
        (" \n;", []),
    ],
)
def test_organisations_are_named_one_on_each_line(typed: str, names: list[str]) -> None:
    assert read_speakers(typed) == names


# --- Announcing -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("draft", "missing"),
    [
        (DRAFT, ()),
        (replace(DRAFT, titles={"de": "Städte"}), (Step.TITLE_EN,)),
        (replace(DRAFT, titles={"en": "Cities", "fr": "Villes"}), (Step.TITLE_DE,)),
        (replace(DRAFT, abstracts={}), (Step.ABSTRACT_EN, Step.ABSTRACT_DE)),
        (replace(DRAFT, starts_at=NOW), (Step.DAY,)),
        (replace(DRAFT, titles={"en": ""}), (Step.TITLE_EN, Step.TITLE_DE)),
        (new_draft(3, "token", NOW, "Europe/Berlin"), REQUIRED),
    ],
)
def test_a_draft_is_announced_only_when_it_is_complete(draft: Event, missing: tuple[Step, ...]) -> None:
    outcome = decide_announce(draft, NOW)

    assert find_missing(draft, NOW) == missing
    assert outcome == (Incomplete(missing) if missing else Announced(replace(draft, state=EventState.ANNOUNCED)))


@pytest.mark.parametrize(
    ("draft", "step"),
    [
        (new_draft(3, "token", NOW, "Europe/Berlin"), Step.TITLE_EN),
        (replace(DRAFT, abstracts={"en": "About."}), Step.ABSTRACT_DE),
        (replace(DRAFT, starts_at=NOW - DAY), Step.DAY),
        (DRAFT, Step.PREVIEW),
    ],
)
def test_a_draft_goes_on_at_the_first_question_that_is_open(draft: Event, step: Step) -> None:
    assert first_open(draft, NOW) is step


@pytest.mark.parametrize(
    ("draft", "part", "step", "may"),
    [
        (DRAFT, Part.ALL, Step.MINUTES, True),
        (DRAFT, Part.ALL, Step.TITLE_EN, True),
        (DRAFT, Part.ALL, Step.PREVIEW, False),
        (DRAFT, Part.ALL, Step.CLOCK, False),  # the day may be another one already
        (DRAFT, Part.TITLE, Step.TITLE_EN, False),
        (replace(DRAFT, abstracts={}), Part.ALL, Step.SPEAKERS, False),
        (replace(DRAFT, starts_at=NOW), Part.ALL, Step.MODERATOR, False),
        (replace(DRAFT, abstracts={}), Part.ALL, Step.MINUTES, True),  # the preview says what is missing
    ],
)
def test_once_all_that_is_required_is_there_the_rest_may_stay(draft: Event, part: Part, step: Step, may: bool) -> None:
    assert may_finish(Edit(3, part=part), draft, step, NOW) is may


@pytest.mark.parametrize(
    ("now", "minutes", "then"),
    [
        (AT - HOUR, 15, AT + 15 * MINUTE),
        (AT + 14 * MINUTE, 15, AT + 15 * MINUTE),
        (AT + 15 * MINUTE, 15, AT + 30 * MINUTE),
        (AT + 22 * MINUTE, 15, AT + 40 * MINUTE),
        (AT + 22 * MINUTE, 30, AT + 30 * MINUTE),
        (AT + 58 * MINUTE, 30, AT + 90 * MINUTE),
    ],
)
def test_it_is_postponed_from_its_start_or_else_from_now_in_full_five_minutes(
    now: datetime, minutes: int, then: datetime
) -> None:
    assert postponed(WEBINAR, minutes, now) == then


# --- As JSON ----------------------------------------------------------------------------------


def test_an_event_survives_as_json_also_from_a_program_that_knew_less() -> None:
    written = json.loads(json.dumps(event_json.to_json(WEBINAR)))
    older = {name: value for name, value in written.items() if name not in {"capacity", "registers"}}

    assert event_json.from_json(written) == WEBINAR
    assert event_json.from_json({**older, "from_the_future": 1}) == replace(WEBINAR, capacity=None, registers=False)


def test_the_audit_keeps_what_differs_and_no_person() -> None:
    before, after = event_json.difference(WEBINAR, replace(WEBINAR, capacity=40, moderator_id=12, sequence=6))

    same = {"starts_at": AT.isoformat(), "minutes": 60, "state": "announced"}
    assert (before, after) == ({**same, "capacity": 80}, {**same, "capacity": 40})
    assert "moderator_id" not in event_json.kept(WEBINAR)
