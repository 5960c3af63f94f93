"""What answers make of a group, and what the audit keeps of it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.group_editing import (
    BLANK,
    Answer,
    Part,
    Step,
    changed,
    closed,
    difference,
    is_in_order,
    plan_steps,
    seen,
    value_of,
)
from domain.groups import Group

TODAY = date(2022, 3, 14)
GROUP = Group(
    7,
    "PWG 3",
    {"en": "Climate", "de": "Klima"},
    {"en": "A theme."},
    7,
    10,
    opens_on=date(2022, 1, 1),
    closes_on=date(2022, 12, 31),
)


@pytest.mark.parametrize("part", list(Part))
def test_every_part_ends_with_the_preview_and_asks_nothing_twice(part: Part) -> None:
    steps = plan_steps(part)

    assert steps[-1] is Step.PREVIEW
    assert len(set(steps)) == len(steps) >= 2


def test_a_new_group_is_asked_for_everything_a_group_needs() -> None:
    assert set(plan_steps(Part.NEW)) == set(Step)


ANSWERS: list[tuple[Step, Answer, dict[str, object]]] = [
    (Step.CODE, "PWG 4", {"code": "PWG 4"}),
    (Step.TITLE, "Klimawandel", {"titles": {"en": "Climate", "de": "Klimawandel"}}),
    (Step.THEME, "Ein Thema.", {"themes": {"en": "A theme.", "de": "Ein Thema."}}),
    (Step.LEAST, 5, {"least_members": 5}),
    (Step.MOST, 12, {"most_members": 12}),
    (Step.OPENS, "2022-02-01", {"opens_on": date(2022, 2, 1)}),
    (Step.OPENS, None, {"opens_on": None}),
    (Step.CLOSES, "2023-05-31", {"closes_on": date(2023, 5, 31)}),
    (Step.CLOSES, None, {"closes_on": None}),
    (Step.NAMES, False, {"shows_members": False}),
    (Step.PREVIEW, None, {}),
]


@pytest.mark.parametrize(("step", "given", "fields"), ANSWERS)
def test_an_answer_changes_its_own_part_and_no_other(step: Step, given: Answer, fields: dict[str, object]) -> None:
    after = changed(GROUP, {step: given}, "de")

    assert after == replace(GROUP, **fields)  # type: ignore[arg-type]
    assert value_of(after, step, "de") == given


def test_all_answers_make_a_group() -> None:
    answers = {step: given for step, given, _ in ANSWERS}

    made = changed(BLANK, answers, "en")

    assert made == Group(0, "PWG 4", {"en": "Klimawandel"}, {"en": "Ein Thema."}, 5, 12, shows_members=False)


@pytest.mark.parametrize(
    ("opens", "closes", "in_order"),
    [
        (None, None, True),
        (TODAY, None, True),
        (None, TODAY, True),
        (TODAY, TODAY, True),
        (TODAY, TODAY - timedelta(days=1), False),
    ],
)
def test_a_group_opens_before_it_closes(opens: date | None, closes: date | None, in_order: bool) -> None:
    assert is_in_order(replace(GROUP, opens_on=opens, closes_on=closes)) is in_order


def test_the_audit_keeps_what_differs_and_nothing_else() -> None:
    new = replace(GROUP, most_members=12, closes_on=None)

    assert difference(GROUP, new) == (
        {"members": [7, 10], "closes_on": "2022-12-31"},
        {"members": [7, 12], "closes_on": None},
    )
    assert difference(GROUP, GROUP) == ({}, {})
    assert set(seen(GROUP)) == {"code", "titles", "themes", "members", "opens_on", "closes_on", "shows_members"}


@pytest.mark.parametrize("opens", [None, date(2022, 1, 1), TODAY, TODAY + timedelta(days=30)])
def test_a_group_that_is_closed_has_ended_and_its_dates_are_in_order(opens: date | None) -> None:
    over = closed(replace(GROUP, opens_on=opens), TODAY)

    assert over.has_ended_on(TODAY)
    assert not over.is_open_on(TODAY)
    assert is_in_order(over)
