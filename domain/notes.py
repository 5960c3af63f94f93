"""The texts that organisers write for the public page: how long each may be, and whose words count when two write."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from domain.pages import Note, one_line, readable

MOST: Mapping[Note, int] = {
    Note.NAME: 80,
    Note.ABOUT: 1_500,
    Note.CONTACT: 1_500,
    Note.PRIVACY: 20_000,
    Note.IMPRINT: 5_000,
}
"""Characters that each may have, in each language."""


@dataclass(frozen=True)
class Written:
    """It becomes the text of the page; an empty one takes it off."""

    text: str


@dataclass(frozen=True)
class Unchanged:
    """It stands there like this already."""


@dataclass(frozen=True)
class NoteTooLong:
    """It has `length` characters, of `most`."""

    length: int
    most: int


@dataclass(frozen=True)
class Overtaken:
    """Somebody has written another text since: `standing` is on the page now."""

    standing: str


NoteOutcome = Written | Unchanged | NoteTooLong | Overtaken


def decide_note(note: Note, standing: str, typed: str, seen: str) -> NoteOutcome:
    """What becomes of a typed text. `seen`: the mark of the text that whoever typed had before them."""
    text = cleaned(note, typed)
    if len(text) > MOST[note]:
        return NoteTooLong(len(text), MOST[note])
    if text == standing:
        return Unchanged()
    return Written(text) if seen == mark_of(standing) else Overtaken(standing)


def cleaned(note: Note, typed: str) -> str:
    """A typed text as the page can show it: a name in one line, others with their lines."""
    return one_line(typed.strip()) if note is Note.NAME else readable(typed).strip()


def mark_of(text: str) -> str:
    """Tells one text from another."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]
