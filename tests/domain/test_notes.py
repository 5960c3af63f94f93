"""Texts of the public page: how long they may be, and whose words count when two write."""

import pytest

from domain.notes import MOST, NoteOutcome, NoteTooLong, Overtaken, Unchanged, Written, cleaned, decide_note, mark_of
from domain.pages import Note

OLD, NEW = "Who we are.", "Who we are now."

CASES: dict[str, tuple[str, str, str, NoteOutcome]] = {
    # standing, typed, seen
    "the first text": ("", NEW, "", Written(NEW)),
    "another text": (OLD, NEW, OLD, Written(NEW)),
    "taken off": (OLD, " \n ", OLD, Written("")),
    "the same text": (OLD, f"  {OLD}\r\n", OLD, Unchanged()),
    "nothing where nothing is": ("", "  ", "", Unchanged()),
    "somebody was faster": (OLD, NEW, "", Overtaken(OLD)),
    "somebody has taken it off": ("", NEW, OLD, Overtaken("")),
    "two wrote the same": (NEW, NEW, OLD, Unchanged()),
    "as long as it may be": ("", "x" * MOST[Note.ABOUT], "", Written("x" * MOST[Note.ABOUT])),
    "too long": ("", "x" * (MOST[Note.ABOUT] + 1), "", NoteTooLong(MOST[Note.ABOUT] + 1, MOST[Note.ABOUT])),
    "too long, and somebody was faster": (OLD, "x" * 1501, "", NoteTooLong(1501, 1500)),
    "spaces do not count": ("", " " * 2000 + NEW, "", Written(NEW)),
}


@pytest.mark.parametrize("name", CASES)
def test_what_becomes_of_a_typed_text(name: str) -> None:
    standing, typed, seen, expected = CASES[name]

    assert decide_note(Note.ABOUT, standing, typed, mark_of(seen)) == expected


def test_a_name_is_one_line_and_a_text_keeps_its_lines() -> None:
    typed = " IMCB22\r\nbefore\x00 the conference\n\nMore "

    assert cleaned(Note.NAME, typed) == "IMCB22 before the conference  More"
    assert cleaned(Note.IMPRINT, typed) == "IMCB22\nbefore the conference\n\nMore"


def test_every_text_has_its_limit() -> None:
    assert MOST.keys() == set(Note)
