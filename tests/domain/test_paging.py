"""Which part of a list one message shows."""

import pytest

from domain.paging import ListPage, page_at

ENTRIES = ["a", "b", "c", "d", "e", "f", "g"]


@pytest.mark.parametrize(
    ("wished", "number", "shown"),
    [
        (0, 0, ["a", "b", "c"]),
        (1, 1, ["d", "e", "f"]),
        (2, 2, ["g"]),
        (3, 2, ["g"]),
        (2**63 - 1, 2, ["g"]),
        (-1, 0, ["a", "b", "c"]),
    ],
)
def test_a_page_past_the_end_is_the_last(wished: int, number: int, shown: list[str]) -> None:
    page = page_at(wished, len(ENTRIES), 3)

    assert page == ListPage(number, of=3, limit=3)
    assert page.offset == number * 3
    assert ENTRIES[page.part] == shown


@pytest.mark.parametrize(("count", "pages"), [(0, 1), (1, 1), (3, 1), (4, 2), (6, 2), (7, 3)])
def test_a_list_has_as_many_pages_as_it_takes_and_at_least_one(count: int, pages: int) -> None:
    assert page_at(0, count, 3).of == pages
