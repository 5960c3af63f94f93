"""Minutes of a session: a text or a file; each new version takes the place of the one before."""

from dataclasses import dataclass
from datetime import datetime

from domain.events import Event
from domain.groups import Group

MOST_TEXT = 3500
"""In UTF-16 units: with heading and buttons it fits into one message."""


@dataclass(frozen=True)
class Minutes:
    """The newest version; `version` from 1. `file_id` is Telegram's; with a file the text is empty."""

    event_id: int
    author_id: int | None
    text: str
    file_id: str | None
    file_name: str | None
    version: int
    written_at: datetime


@dataclass(frozen=True)
class Saved:
    """They count from now on, as this version."""

    version: int


@dataclass(frozen=True)
class Overtaken:
    """Somebody else has saved this version since the writing began."""

    version: int


SaveOutcome = Saved | Overtaken


def decide_save(current: int, seen: int) -> SaveOutcome:
    """Whether a text may take the place of version `current` (0: none) that was begun when `seen` was the newest."""
    return Saved(current + 1) if current == seen else Overtaken(current)


@dataclass(frozen=True)
class Draft:
    """Minutes on their way: what was sent so far, and the version that was the newest then."""

    session_id: int
    seen: int
    text: str = ""
    file_id: str | None = None
    file_name: str | None = None


@dataclass(frozen=True)
class Shown:
    """Minutes with what they are about, and who wrote them (None: not known any more)."""

    session: Event
    group: Group
    minutes: Minutes
    author: str | None
