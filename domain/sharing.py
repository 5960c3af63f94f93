"""Sharing: which webinars a few typed words mean, and how a shared card is told from others."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from domain.events import Event, EventKind, EventState

MOST_OFFERED = 20
"""So many webinars are offered at once; more come when somebody scrolls on."""

MOST_OFFSET = 100_000

_ONE = re.compile(r"w_([0-9]{1,15})")


def query_for(event_id: int) -> str:
    """The query that finds exactly one webinar."""
    return f"w_{event_id}"


@dataclass(frozen=True)
class Shown:
    """What an offered card showed: the webinar, in which state (its `sequence`), in which language."""

    event_id: int
    sequence: int
    language: str

    def __str__(self) -> str:
        """As Telegram's id of a result (at most 64 bytes), read again by `read_shown`."""
        return f"{self.event_id}:{self.sequence}:{self.language}"


_SHOWN = re.compile(r"([0-9]{1,15}):([0-9]{1,15}):([a-z]{2,8})")


def read_shown(result_id: str) -> Shown | None:
    """What the chosen result showed; None for an id that is not ours."""
    found = _SHOWN.fullmatch(result_id)
    return Shown(int(found[1]), int(found[2]), found[3]) if found else None


def read_offset(offset: str) -> int:
    """Where the next page begins, as we said it ourselves; 0 for anything else."""
    ours = offset.isascii() and offset.isdecimal() and len(offset) <= 6
    return min(int(offset), MOST_OFFSET) if ours else 0


def find(webinars: Iterable[Event], codes: Mapping[int, str], query: str, now: datetime) -> list[Event]:
    """The announced webinars that a query means, by `codes` of their groups: those to come first, soonest first.

    Then, only where something is typed, those that have begun, newest first. Each typed word must stand in a title, an
    abstract or the group's code, in any language, with accents or without.
    """
    public = [event for event in webinars if event.kind is EventKind.WEBINAR and event.state is EventState.ANNOUNCED]
    named = _ONE.fullmatch(query.strip().lower())
    if named:
        return [event for event in public if event.id == int(named[1])]
    words = _plain(query).split()
    found = [event for event in public if _says_all(event, codes.get(event.group_id, ""), words)]
    ahead = sorted((e for e in found if e.starts_at > now), key=lambda e: (e.starts_at, e.id))
    begun = sorted((e for e in found if e.starts_at <= now), key=lambda e: (e.starts_at, e.id), reverse=True)
    return ahead + (begun if words else [])


def _says_all(event: Event, code: str, words: Sequence[str]) -> bool:
    if not words:
        return True
    said = _searched(" ".join([code, code.replace(" ", ""), *event.titles.values(), *event.abstracts.values()]))
    return all(word in said for word in words)


@lru_cache(1024)  # each letter that anybody types looks through the same few texts
def _searched(said: str) -> str:
    return _plain(said)


def _plain(text: str) -> str:
    """In small letters and without accents: "Klimaflüchtlinge" is found by "klimafluchtlinge"."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in apart if not unicodedata.combining(c))
