from dataclasses import replace

import pytest

from domain.comments import MOST_COMMENTS, Added, Closed, CommentOutcome, Side, TooMany, decide_comment
from domain.results import ResultState
from tests.domain.test_results import AUTHOR, COAUTHOR, COORDINATOR, DRAFT, RESULT, WITHDRAWN


@pytest.mark.parametrize(
    ("person", "so_far", "outcome"),
    [
        (AUTHOR, 0, Added(Side.AUTHORS)),
        (COAUTHOR, 0, Added(Side.AUTHORS)),
        (COORDINATOR, MOST_COMMENTS - 1, Added(Side.REVIEWERS)),
        (COORDINATOR, MOST_COMMENTS, TooMany()),
    ],
)
def test_both_sides_speak_up_to_a_limit(person: int, so_far: int, outcome: CommentOutcome) -> None:
    assert decide_comment(RESULT, person, so_far) == outcome


@pytest.mark.parametrize("state", list(ResultState))
def test_nothing_is_said_about_drafts_and_what_is_withdrawn(state: ResultState) -> None:
    outcome = decide_comment(replace(RESULT, state=state), COORDINATOR, 0)

    assert outcome == (Closed() if state in {DRAFT, WITHDRAWN} else Added(Side.REVIEWERS))
