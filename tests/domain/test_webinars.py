"""Following: the narrowest choice wins."""

import pytest

from domain.webinars import Following, language_of, number_of

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
        (Following(languages=frozenset({"de"})), True),
        (Following(languages=frozenset({"fr"})), False),
        (Following(languages=frozenset({"de"}), not_these=frozenset({WEBINAR})), False),
    ],
)
def test_the_narrowest_choice_wins(following: Following, follows: bool) -> None:
    assert following.follows(WEBINAR, GROUP, ("en", "de")) is follows


@pytest.mark.parametrize(("code", "number"), [("de", 482), ("en", 527), ("fr", 567), ("gsw", 21776), ("pt-BR", 929)])
def test_a_language_has_a_number_and_a_number_its_language(code: str, number: int) -> None:
    assert number_of(code) == number
    assert language_of(number) == code.partition("-")[0]


@pytest.mark.parametrize("code", ["", "-", "e n", "c3", "日本"])
def test_what_is_no_code_of_a_language_has_no_number_and_is_followed_by_nobody(code: str) -> None:
    assert number_of(code) == 0
    assert language_of(0) == ""
    assert not Following(languages=frozenset({"en"})).follows(WEBINAR, GROUP, (code,))


def test_a_region_does_not_matter() -> None:
    assert Following(languages=frozenset({"pt"})).follows(WEBINAR, GROUP, ("pt-BR",))


@pytest.mark.parametrize(
    ("following", "is_nothing"),
    [
        (Following(), True),
        (Following(not_these=frozenset({WEBINAR})), True),
        (Following(everything=True), False),
        (Following(groups=frozenset({GROUP})), False),
        (Following(languages=frozenset({"en"})), False),
        (Following(webinars=frozenset({WEBINAR})), False),
    ],
)
def test_whether_there_is_anything_to_be_reminded_of(following: Following, is_nothing: bool) -> None:
    assert following.is_nothing is is_nothing
