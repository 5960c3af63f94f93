"""Lengths of time as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import NotReadable
from handlers.durations import read_length

HOUR, DAY = 60, 24 * 60


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("45 minutes", 45),
        ("45 min", 45),
        ("90min", 90),
        ("1 hour", HOUR),
        ("one hour before", HOUR),
        ("an hour and a half", 90),
        ("Half an hour", 30),
        ("a quarter of an hour", 15),
        ("1 hour 30 minutes", 90),
        ("1 hour, 30 minutes", 90),
        ("1h30", 90),
        ("1 h 30", 90),
        ("1:30", 90),
        ("1.5 hours", 90),
        ("2 days and 3 hours", 2 * DAY + 3 * HOUR),
        ("a week", 7 * DAY),
        ("2d", 2 * DAY),
        ("3 Stunden", 3 * HOUR),
        ("3 Std", 3 * HOUR),
        ("eine Stunde vorher", HOUR),
        ("anderthalb Stunden", 90),
        ("1,5 Stunden", 90),
        ("eine halbe Stunde", 30),
        ("Viertelstunde", 15),
        ("eine Dreiviertelstunde", 45),
        ("fünfzehn Minuten", 15),
        ("zwei Tage und zwölf Stunden", 2 * DAY + 12 * HOUR),
        ("1 Woche", 7 * DAY),
        ("2 jours", 2 * DAY),
        ("2 jours avant", 2 * DAY),
        ("deux heures et 5 minutes", 125),
        ("une heure et demie", 90),
        ("une demi-heure", 30),
        ("un quart d'heure", 15),
        ("trois quarts d'heure", 45),
        ("une semaine", 7 * DAY),
    ],
)
def test_a_length_is_read_in_three_languages(typed: str, minutes: int) -> None:
    assert read_length(typed) == minutes


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "soon",
        "45",
        "minutes",
        "-5 minutes",
        "0 minutes",
        "0 h",
        "3 hours 2 days",
        "2 hours 3 hours",
        "1.333 hours",
        "1 hour 30",
        "two and a half",
        "half",
        "tomorrow",
        "22.03.2022",
        "1e3 minutes",
        "٤٥ minutes",
        "12345678901 minutes",
        "1 hour; DROP TABLE",
        "x" * 65,
    ],
)
def test_what_is_no_length_is_refused(typed: str) -> None:
    with pytest.raises(NotReadable) as refused:
        read_length(typed)

    assert refused.value.expected == "lead"


@given(st.text(max_size=70))
def test_whatever_is_typed_is_read_or_refused(typed: str) -> None:
    try:
        minutes = read_length(typed)
    except NotReadable:
        return

    assert minutes > 0


@given(st.integers(1, 60), st.integers(0, 23), st.integers(0, 59))
def test_days_hours_and_minutes_add_up(days: int, hours: int, minutes: int) -> None:
    parts = [f"{days} days", f"{hours} hours" * bool(hours), f"{minutes} minutes" * bool(minutes)]

    assert read_length(" ".join(parts)) == days * DAY + hours * HOUR + minutes
