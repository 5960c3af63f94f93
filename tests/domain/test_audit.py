"""What is said of a state before and after."""

from datetime import UTC, datetime

import pytest

from domain.audit import Change, State, list_changes
from domain.letters import DeadLetter


@pytest.mark.parametrize(
    ("before", "after", "changes"),
    [
        (None, None, ()),
        ({"state": "open"}, {"state": "open"}, ()),
        ({"state": "open"}, {"state": "accepted"}, (Change("state", "open", "accepted"),)),
        (None, {"state": "open"}, (Change("state", None, "open"),)),
        ({"uses_left": 3}, None, (Change("uses_left", 3, None),)),
        (
            {"titles": {"en": "A", "de": "B"}, "members": [7, 10]},
            {"titles": {"en": "A", "de": "C"}, "members": [7, 12]},
            (Change("members", [7, 10], [7, 12]), Change("titles de", "B", "C")),
        ),
    ],
)
def test_what_differs_is_listed_by_name(before: State | None, after: State | None, changes: tuple[Change, ...]) -> None:
    assert list_changes(before, after) == changes


@pytest.mark.parametrize(
    ("error", "reference"), [("a1b2c3d4: RuntimeError('x: y')", "a1b2c3d4"), ("given up", "given up"), ("", "")]
)
def test_the_reference_of_a_dead_letter_stands_before_its_error(error: str, reference: str) -> None:
    assert DeadLetter(1, 5, datetime(2022, 3, 14, tzinfo=UTC), error).reference == reference
