from dataclasses import replace
from datetime import UTC, datetime

import pytest

from domain.permissions import Actor, Permission, Target, can
from domain.results import FileKind, Result, ResultState, permission_to_read
from domain.reviews import (
    AlreadyPublished,
    AlreadyReviewed,
    AlreadyWithdrawn,
    Circle,
    NotAccepted,
    NotPublic,
    Published,
    PublishOutcome,
    Review,
    Reviewed,
    ReviewOutcome,
    Superseded,
    Tier,
    Withdrawn,
    WithdrawOutcome,
    choose_circle,
    decide_publish,
    decide_review,
    decide_withdraw,
)
from domain.submissions import (
    Incomplete,
    NotADraft,
    Stays,
    Step,
    SubmitOutcome,
    Submitted,
    decide_edit,
    decide_submit,
    first_open_step,
    has_answer,
    plan_steps,
    step_after,
    step_before,
)

AUTHOR, MEMBER, COORDINATOR, STRANGER_COORDINATOR, ORGANISER, PUBLIC, COAUTHOR = range(1, 8)
DRAFT, SUBMITTED, CHANGES_ASKED, ACCEPTED, PUBLISHED, WITHDRAWN = ResultState

RESULT = Result(
    id=5,
    group_id=3,
    author_id=AUTHOR,
    title="A title",
    summary="A summary.",
    link=None,
    file_id=None,
    file_name=None,
    file_kind=None,
    state=SUBMITTED,
    reason="",
    version=2,
    decided_by=7,
    submitted_at=datetime(2022, 3, 1, tzinfo=UTC),
    published_by=8,
    published_at=None,
    coauthors=frozenset({COAUTHOR}),
)

ACTORS = {
    AUTHOR: Actor(AUTHOR, member_of=frozenset({3})),
    MEMBER: Actor(MEMBER, member_of=frozenset({3})),
    COORDINATOR: Actor(COORDINATOR, coordinates=frozenset({3}), member_of=frozenset({3})),
    STRANGER_COORDINATOR: Actor(STRANGER_COORDINATOR, coordinates=frozenset({4}), member_of=frozenset({4})),
    ORGANISER: Actor(ORGANISER, is_organiser=True),
    PUBLIC: Actor(PUBLIC),
    COAUTHOR: Actor(COAUTHOR, coordinates=frozenset({3}), member_of=frozenset({3}), is_organiser=True),
}


@pytest.mark.parametrize(
    ("state", "version", "said", "outcome"),
    [
        (SUBMITTED, 2, Review.ACCEPT, Reviewed(ACCEPTED)),
        (SUBMITTED, 2, Review.ASK_CHANGES, Reviewed(CHANGES_ASKED)),
        (SUBMITTED, 1, Review.ACCEPT, Superseded(2)),
        (SUBMITTED, 3, Review.ACCEPT, Superseded(2)),
        (ACCEPTED, 1, Review.ASK_CHANGES, Superseded(2)),
        (ACCEPTED, 2, Review.ACCEPT, AlreadyReviewed(ACCEPTED, 7)),
        (ACCEPTED, 2, Review.ASK_CHANGES, AlreadyReviewed(ACCEPTED, 7)),
        (CHANGES_ASKED, 2, Review.ACCEPT, AlreadyReviewed(CHANGES_ASKED, 7)),
        (PUBLISHED, 2, Review.ASK_CHANGES, AlreadyReviewed(PUBLISHED, 7)),
    ],
)
def test_the_first_answer_to_the_newest_version_counts(
    state: ResultState, version: int, said: Review, outcome: ReviewOutcome
) -> None:
    assert decide_review(replace(RESULT, state=state), said, version) == outcome


@pytest.mark.parametrize(
    ("state", "version", "outcome"),
    [
        (DRAFT, 2, NotAccepted()),
        (SUBMITTED, 2, NotAccepted()),
        (CHANGES_ASKED, 2, NotAccepted()),
        (ACCEPTED, 2, Published()),
        (ACCEPTED, 1, Superseded(2)),
        (PUBLISHED, 2, AlreadyPublished(8)),
        (WITHDRAWN, 2, AlreadyWithdrawn()),
    ],
)
def test_only_what_was_accepted_is_published(state: ResultState, version: int, outcome: PublishOutcome) -> None:
    assert decide_publish(replace(RESULT, state=state), version) == outcome


@pytest.mark.parametrize(
    ("state", "version", "outcome"),
    [
        (PUBLISHED, 2, Withdrawn()),
        (PUBLISHED, 1, Superseded(2)),
        (WITHDRAWN, 2, AlreadyWithdrawn()),
        (WITHDRAWN, 1, AlreadyWithdrawn()),
        *((state, 2, NotPublic()) for state in (DRAFT, SUBMITTED, CHANGES_ASKED, ACCEPTED)),
    ],
)
def test_only_what_is_public_is_withdrawn(state: ResultState, version: int, outcome: WithdrawOutcome) -> None:
    assert decide_withdraw(replace(RESULT, state=state), version) == outcome


@pytest.mark.parametrize(
    ("result", "outcome"),
    [
        (replace(RESULT, state=DRAFT, version=0), Submitted(1)),
        (replace(RESULT, state=CHANGES_ASKED), Submitted(3)),
        (replace(RESULT, state=SUBMITTED), NotADraft()),
        (replace(RESULT, state=ACCEPTED), NotADraft()),
        (replace(RESULT, state=PUBLISHED), NotADraft()),
        (replace(RESULT, state=DRAFT, group_id=None), Incomplete(Step.GROUP)),
        (replace(RESULT, state=DRAFT, title=""), Incomplete(Step.TITLE)),
        (replace(RESULT, state=DRAFT, summary=""), Incomplete(Step.SUMMARY)),
    ],
)
def test_a_complete_draft_is_handed_in_as_the_next_version(result: Result, outcome: SubmitOutcome) -> None:
    assert decide_submit(result) == outcome


@pytest.mark.parametrize(
    ("state", "outcome"),
    [
        (DRAFT, Stays()),
        (SUBMITTED, Submitted(3)),
        (CHANGES_ASKED, Stays()),
        (ACCEPTED, Stays()),
        (PUBLISHED, Stays()),
        (WITHDRAWN, Stays()),
    ],
)
def test_F5_an_edited_message_changes_what_waits_for_an_answer(state: ResultState, outcome: Submitted | Stays) -> None:
    assert decide_edit(replace(RESULT, state=state)) == outcome


@pytest.mark.parametrize(
    ("result", "step"),
    [
        (replace(RESULT, group_id=None, title="", summary=""), Step.GROUP),
        (replace(RESULT, title="", summary=""), Step.KIND),
        (replace(RESULT, summary=""), Step.SUMMARY),
        (RESULT, Step.FILE),
        (replace(RESULT, link="https://example.org"), Step.PREVIEW),
        (replace(RESULT, file_id="x", file_kind=FileKind.PHOTO), Step.PREVIEW),
    ],
)
def test_a_draft_goes_on_where_something_is_missing(result: Result, step: Step) -> None:
    assert first_open_step(result) is step


@pytest.mark.parametrize(
    ("result", "answered"),
    [
        (replace(RESULT, group_id=None, title="", summary=""), set()),
        (replace(RESULT, title="", summary=""), {Step.GROUP}),
        (replace(RESULT, summary=""), {Step.GROUP, Step.KIND, Step.LANGUAGE, Step.TITLE}),
        (
            replace(RESULT, link="https://example.org"),
            {*Step} - {Step.RESUME, Step.ACCESSIBLE, Step.COAUTHORS, Step.PREVIEW},
        ),
    ],
)
def test_only_an_answer_that_was_given_can_be_kept(result: Result, answered: set[Step]) -> None:
    assert {step for step in Step if has_answer(result, step)} == answered


@pytest.mark.parametrize(
    ("state", "groups", "link", "has_others", "left_out"),
    [
        (DRAFT, 1, None, False, {Step.GROUP, Step.ACCESSIBLE, Step.COAUTHORS}),
        (DRAFT, 2, None, False, {Step.ACCESSIBLE, Step.COAUTHORS}),
        (DRAFT, 2, "https://example.org", True, set()),
        (CHANGES_ASKED, 2, "https://example.org", True, {Step.GROUP}),
    ],
)
def test_only_what_there_is_a_choice_about_is_asked(
    state: ResultState, groups: int, link: str | None, has_others: bool, left_out: set[Step]
) -> None:
    steps = plan_steps(replace(RESULT, state=state, link=link), groups, has_others=has_others)

    assert steps == tuple(step for step in Step if step not in {Step.RESUME, *left_out})


def test_a_question_that_is_not_asked_any_more_leads_to_the_next() -> None:
    steps = (Step.KIND, Step.FILE, Step.PREVIEW)

    assert step_after(steps, Step.FILE) is Step.PREVIEW
    assert step_after(steps, Step.ACCESSIBLE) is Step.PREVIEW
    assert step_after(steps, Step.PREVIEW) is Step.PREVIEW
    assert step_before(steps, Step.COAUTHORS) is Step.FILE
    assert step_before(steps, Step.KIND) is None


@pytest.mark.parametrize(
    ("coordinators", "organisers", "owners", "circle"),
    [
        ([2, AUTHOR, 3], [4], [9], Circle(Tier.COORDINATORS, (2, 3))),
        ([AUTHOR, COAUTHOR], [4, 5], [9], Circle(Tier.ORGANISERS, (4, 5))),
        ([], [AUTHOR], [9], Circle(Tier.OWNERS, (9,))),
        ([AUTHOR], [], [AUTHOR], Circle(Tier.NOBODY, ())),
    ],
)
def test_the_nearest_people_but_those_who_wrote_it_are_asked(
    coordinators: list[int], organisers: list[int], owners: list[int], circle: Circle
) -> None:
    tiers = {Tier.COORDINATORS: coordinators, Tier.ORGANISERS: organisers, Tier.OWNERS: owners}

    assert choose_circle(tiers, RESULT) == circle


@pytest.mark.parametrize(
    ("state", "readers"),
    [
        (DRAFT, {AUTHOR}),
        (SUBMITTED, {AUTHOR, COORDINATOR, ORGANISER, COAUTHOR}),
        (CHANGES_ASKED, {AUTHOR, COORDINATOR, ORGANISER, COAUTHOR}),
        (ACCEPTED, {AUTHOR, MEMBER, COORDINATOR, ORGANISER, COAUTHOR}),
        (PUBLISHED, set(ACTORS)),
        (WITHDRAWN, set(ACTORS)),
    ],
)
def test_the_circle_of_readers_grows_with_the_state(state: ResultState, readers: set[int]) -> None:
    result = replace(RESULT, state=state)

    allowed = {
        person
        for person, actor in ACTORS.items()
        if can(actor, reading := permission_to_read(result, person), result.target_for(reading, person))
    }

    assert allowed == readers


@pytest.mark.parametrize("permission", [Permission.REVIEW_RESULT, Permission.PUBLISH_RESULT])
def test_nobody_decides_on_what_they_wrote(permission: Permission) -> None:
    everything = Actor(AUTHOR, is_owner=True, is_organiser=True, coordinates=frozenset({3}))

    assert can(everything, permission, Target(group_id=3, author_id=MEMBER))
    assert not can(everything, permission, RESULT.target)
