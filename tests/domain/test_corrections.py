from dataclasses import replace

import pytest

from domain.corrections import (
    AlreadyAnswered,
    AnswerOutcome,
    Corrected,
    Correction,
    CorrectionState,
    CorrectOutcome,
    Proposed,
    Step,
    Unchanged,
    decide_approve,
    decide_correct,
    plan_steps,
)
from domain.results import Accessible, Result, ResultState
from domain.reviews import AlreadyWithdrawn, NotPublic, Superseded
from tests.domain.test_results import ACCEPTED, CHANGES_ASKED, DRAFT, PUBLISHED, RESULT, SUBMITTED, WITHDRAWN

PUBLIC = replace(RESULT, state=PUBLISHED)

CORRECTION = Correction(
    id=1,
    result_id=RESULT.id,
    person_id=9,
    base=2,
    title="A better title",
    summary=RESULT.summary,
    link=None,
    file_id=None,
    file_name=None,
    file_kind=None,
    accessible=RESULT.accessible,
    sentence="The title was wrong.",
    state=CorrectionState.PROPOSED,
    decided_by=None,
)


@pytest.mark.parametrize(
    ("result", "correction", "outcome"),
    [
        (PUBLIC, CORRECTION, Corrected(3)),
        (PUBLIC, replace(CORRECTION, title=RESULT.title, accessible=Accessible.YES), Corrected(3)),
        (PUBLIC, replace(CORRECTION, title=RESULT.title), Unchanged()),
        (PUBLIC, replace(CORRECTION, sentence=""), Unchanged()),
        (PUBLIC, replace(CORRECTION, base=1), Superseded(2)),
        (replace(RESULT, state=WITHDRAWN), CORRECTION, AlreadyWithdrawn()),
        *((replace(RESULT, state=s), CORRECTION, NotPublic()) for s in (DRAFT, SUBMITTED, CHANGES_ASKED, ACCEPTED)),
    ],
)
def test_only_the_newest_public_version_is_corrected_and_only_to_something_else(
    result: Result, correction: Correction, outcome: CorrectOutcome
) -> None:
    proposed = Proposed() if isinstance(outcome, Corrected) else outcome

    assert decide_correct(result, correction, may_publish=True) == outcome
    assert decide_correct(result, correction, may_publish=False) == proposed
    assert decide_approve(result, correction) == outcome


@pytest.mark.parametrize("state", [CorrectionState.DRAFT, CorrectionState.APPLIED, CorrectionState.DECLINED])
def test_the_first_answer_to_a_proposal_counts(state: CorrectionState) -> None:
    answered: AnswerOutcome = AlreadyAnswered(state, 8)

    assert decide_approve(PUBLIC, replace(CORRECTION, state=state, decided_by=8)) == answered


def test_only_a_file_or_a_page_can_be_accessible() -> None:
    with_link = replace(CORRECTION, link="https://example.org")

    assert plan_steps(with_link) == tuple(Step)
    assert set(Step) - set(plan_steps(CORRECTION)) == {Step.ACCESSIBLE}


def test_every_state_of_a_result_is_decided_about() -> None:
    assert {DRAFT, SUBMITTED, CHANGES_ASKED, ACCEPTED, PUBLISHED, WITHDRAWN} == set(ResultState)
