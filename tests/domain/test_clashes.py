"""Nobody is asked to be in two sessions at once without being told."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.clashes import Meeting, find_clashes


def meeting(event_id: int, begins: str, minutes: int, *people: int) -> Meeting:
    starts_at = datetime.fromisoformat(f"2022-03-{begins}").replace(tzinfo=UTC)
    return Meeting(event_id, starts_at, minutes, frozenset(people))


OURS = meeting(1, "22 15:00", 60, 10, 11, 12)


@pytest.mark.parametrize(
    ("others", "clashes"),
    [
        ([], {}),
        ([meeting(2, "22 15:00", 60, 10, 20)], {2: (10,)}),
        ([meeting(2, "22 15:00", 60, 12, 10)], {2: (10, 12)}),
        ([meeting(2, "22 15:00", 60, 20, 21)], {}),
        ([meeting(2, "22 15:00", 60)], {}),
        ([meeting(2, "22 15:59", 60, 10)], {2: (10,)}),
        ([meeting(2, "22 16:00", 60, 10)], {}),
        ([meeting(2, "22 14:00", 60, 10)], {}),
        ([meeting(2, "22 14:01", 60, 10)], {2: (10,)}),
        ([meeting(2, "22 15:20", 10, 10)], {2: (10,)}),
        ([meeting(2, "21 23:00", 24 * 60, 10)], {2: (10,)}),
        ([meeting(2, "23 15:00", 60, 10)], {}),
        ([meeting(1, "22 15:00", 60, 10)], {}),
        (
            [meeting(4, "22 15:30", 60, 10), meeting(3, "22 14:30", 60, 11), meeting(2, "22 15:30", 60, 12, 11)],
            {3: (11,), 2: (11, 12), 4: (10,)},
        ),
    ],
)
def test_who_would_have_to_be_in_two_places(others: list[Meeting], clashes: dict[int, tuple[int, ...]]) -> None:
    found = find_clashes(OURS, others)

    assert list(found.items()) == list(clashes.items())


MEETINGS = st.builds(
    lambda event_id, hour, minutes, people: meeting(event_id, f"22 {hour:02}:00", minutes, *people),
    st.integers(1, 99),
    st.integers(0, 23),
    st.integers(1, 240),
    st.sets(st.integers(1, 5)),
)


@given(MEETINGS, MEETINGS)
def test_a_clash_is_one_for_both(one: Meeting, other: Meeting) -> None:
    assert list(find_clashes(one, [other]).values()) == list(find_clashes(other, [one]).values())
