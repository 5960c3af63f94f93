from dataclasses import replace

import pytest

from domain.coauthors import (
    AlreadyAnswered,
    Answered,
    AnswerOutcome,
    CoauthorState,
    can_be_answered,
    decide_answer,
)
from domain.results import ResultState
from tests.domain.test_results import DRAFT, RESULT, WITHDRAWN

ASKED, CONFIRMED, DECLINED = CoauthorState


@pytest.mark.parametrize(
    ("now", "said", "outcome"),
    [
        (ASKED, CONFIRMED, Answered(CONFIRMED)),
        (ASKED, DECLINED, Answered(DECLINED)),
        (CONFIRMED, DECLINED, Answered(DECLINED)),
        (CONFIRMED, CONFIRMED, AlreadyAnswered(CONFIRMED)),
        (DECLINED, CONFIRMED, AlreadyAnswered(DECLINED)),
        (DECLINED, DECLINED, AlreadyAnswered(DECLINED)),
    ],
)
def test_a_yes_can_be_taken_back_a_no_cannot(now: CoauthorState, said: CoauthorState, outcome: AnswerOutcome) -> None:
    assert decide_answer(now, said) == outcome


def test_nobody_is_asked_about_drafts_and_what_is_withdrawn() -> None:
    asked = {state for state in ResultState if can_be_answered(replace(RESULT, state=state))}

    assert set(ResultState) - asked == {DRAFT, WITHDRAWN}
