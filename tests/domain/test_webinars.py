"""Following: the narrowest choice wins."""

import pytest

from domain.webinars import Following

WEBINAR, GROUP = 1, 10


@pytest.mark.parametrize(
    ("following", "follows"),
    [
        (Following(), False),
        (Following(everything=True), True),
        (Following(groups=frozenset({GROUP})), True),
        (Following(groups=frozenset({GROUP + 1})), False),
        (Following(webinars=frozenset({WEBINAR})), True),
        (Following(webinars=frozenset({WEBINAR + 1})), False),
        (Following(everything=True, not_these=frozenset({WEBINAR})), False),
        (Following(groups=frozenset({GROUP}), not_these=frozenset({WEBINAR})), False),
        (Following(everything=True, not_these=frozenset({WEBINAR + 1})), True),
    ],
)
def test_the_narrowest_choice_wins(following: Following, follows: bool) -> None:
    assert following.follows(WEBINAR, GROUP) is follows
