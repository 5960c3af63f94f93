"""Looking for a card to share: which webinars a few words mean, in which order."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.events import Event, EventKind, EventState
from domain.sharing import Shown, find, query_for, read_offset, read_shown
from tests.domain.test_registering import AT, WEBINAR

NOW = AT - timedelta(days=7)
CODES = {1: "PWG 3", 2: "PWG 12"}


def webinar(number: int, days: int, english: str, german: str = "", group: int = 1, **values: object) -> Event:
    titles = {"en": english, "de": german or english}
    event = replace(WEBINAR, id=number, group_id=group, titles=titles, starts_at=NOW + timedelta(days=days))
    return replace(event, **values)  # type: ignore[arg-type]


HAVENS = webinar(7, 7, "Cities as climate havens?", "Städte als Zufluchtsorte?")
RELOCATION = webinar(8, 3, "Planned relocation", abstracts={"fr": "Le climat et l’été"})
CARE = webinar(9, 14, "Ethical recruitment in care", group=2)
FLOODS = webinar(10, -20, "Climate and floods")
FIRES = webinar(11, -10, "Climate and fires")
SECRET = webinar(12, 5, "Climate, not announced", state=EventState.DRAFT)
CALLED_OFF = webinar(13, 5, "Climate, cancelled", state=EventState.CANCELLED)
MEETING = webinar(14, 5, "Climate, a session", kind=EventKind.SESSION)
ALL = [HAVENS, RELOCATION, CARE, FLOODS, FIRES, SECRET, CALLED_OFF, MEETING]


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("", [8, 7, 9]),
        ("   ", [8, 7, 9]),
        ("climate", [7, 11, 10]),
        ("CLIMATE  and", [11, 10]),
        ("clim", [8, 7, 11, 10]),
        ("stadte", [7]),
        ("Städte", [7]),
        ("ete", [8]),
        ("pwg3", [8, 7, 11, 10]),
        ("pwg 12 care", [9]),
        ("w_7", [7]),
        (" W_11 ", [11]),
        ("w_12", []),
        ("w_13", []),
        ("w_14", []),
        ("w_99999", []),
        ("session", []),
        ("nothing like it", []),
    ],
)
def test_what_is_found(query: str, ids: list[int]) -> None:
    assert [event.id for event in find(ALL, CODES, query, NOW)] == ids


def test_the_query_of_a_button_finds_exactly_its_webinar() -> None:
    assert [find(ALL, CODES, query_for(event.id), NOW) for event in (HAVENS, FIRES)] == [[HAVENS], [FIRES]]


def test_what_was_shown_is_told_again_by_the_id_of_the_result() -> None:
    shown = Shown(event_id=2**40, sequence=12_345, language="de")

    assert read_shown(str(shown)) == shown
    assert len(str(shown).encode()) <= 64


@pytest.mark.parametrize(
    "other", ["", "7", "7:3", "7:3:de:1", "-7:3:de", "7:3:DE", "7:٣:de", f"{10**16}:1:de", "7:3:de\n"]
)
def test_another_result_than_ours_is_none(other: str) -> None:
    assert read_shown(other) is None


@pytest.mark.parametrize(
    ("offset", "begin"), [("", 0), ("20", 20), ("x", 0), ("-20", 0), ("٢", 0), ("9999999", 0), ("999999", 100_000)]
)
def test_the_next_page_begins_where_we_said(offset: str, begin: int) -> None:
    assert read_offset(offset) == begin


@given(st.text(max_size=256))
def test_whatever_is_typed_finds_only_what_is_public(query: str) -> None:
    assert {event.id for event in find(ALL, CODES, query, NOW)} <= {7, 8, 9, 10, 11}
