"""People: names fit to show, and who can be written to."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.people import Person, clean_name

NOW = datetime(2022, 3, 14, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("Anna", "Anna"),
        ("  Anna \t Berg\n", "Anna Berg"),
        ("Zoë 王 Ñandú", "Zoë 王 Ñandú"),
        ("O'Brien <b>", "O'Brien <b>"),
        ("admin\u202eanna", "adminanna"),
        ("\u2066Anna\u2069", "Anna"),
        ("A\x00n\x1bn\x7fa", "Anna"),
        ("", "?"),
        ("\u200f\u202e", "?"),
        ("x" * 65, "x" * 64),
        ("x" * 63 + " y", "x" * 63),
    ],
)
def test_names_are_cleaned_for_display(raw: str, shown: str) -> None:
    assert clean_name(raw) == shown


@given(st.text())
def test_no_name_is_empty_long_or_invisible(raw: str) -> None:
    name = clean_name(raw)

    assert 1 <= len(name) <= 64
    assert name.isprintable()
    assert name == name.strip()
    assert clean_name(name) == name


@pytest.mark.parametrize(
    ("started_at", "blocked_at", "can_be"),
    [(None, None, False), (NOW, None, True), (NOW, NOW, False), (None, NOW, False)],
)
def test_only_who_pressed_start_and_has_not_blocked_can_be_written_to(
    started_at: datetime | None, blocked_at: datetime | None, can_be: bool
) -> None:
    person = Person(1, "Anna", "en", started_at=started_at, blocked_at=blocked_at)

    assert person.can_be_written_to is can_be
