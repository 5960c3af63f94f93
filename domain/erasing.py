"""Erasing a person: who may go, how far it is, and by what a restored backup knows them again."""

import hashlib
import re
from collections.abc import Collection, Set
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from html import unescape

from domain.permissions import Actor

LAST_WORD = "erasure"
"""The kind of the delivery that says what became of it."""

PATIENCE = timedelta(minutes=1)
"""How long an erasure waits for answers that are still on their way to the person."""

LINGER = timedelta(minutes=1)
"""So long after somebody was erased their number is kept: what Telegram still tells of them goes, too."""

LONGEST = timedelta(days=1)
"""After that time what is on its way and names them is not waited for any more, but cancelled."""


class ErasureState(StrEnum):
    """How far it is; each step is done once the one before is saved."""

    ASKED = "asked"
    ERASED = "erased"  # out of every table; messages of others may still name them
    WIPED = "wiped"  # out of those, too; the log of the database still knows
    TOLD = "told"  # out of the log; the last word to them is on its way
    CLEARED = "cleared"  # nothing of them in the tables, not even to whom the last word went
    DONE = "done"


@dataclass(frozen=True)
class Erasure:
    """Somebody is being erased.

    `name`: by which messages of others may still name them, a line for each that they had. `language`: of the last
    word; None where nothing can be said to them. `on_request`: organisers do it for them. `erased_at`: when they went
    out of every table.
    """

    id: int
    person_id: int
    name: str
    language: str | None
    state: ErasureState
    asked_at: datetime
    on_request: bool = False
    erased_at: datetime | None = None

    @property
    def names(self) -> frozenset[str]:
        """Every name they had."""
        return frozenset(self.name.splitlines())

    def is_older_than(self, age: timedelta, now: datetime) -> bool:
        """Whether they have been out of every table for so long."""
        return self.erased_at is not None and now >= self.erased_at + age


@dataclass(frozen=True)
class Erasable:
    """They may go."""


@dataclass(frozen=True)
class LastOwner:
    """Without them nobody could give roles any more: somebody else has to become an owner first."""


@dataclass(frozen=True)
class ForOwners:
    """An owner is erased by themselves or by another owner."""


@dataclass(frozen=True)
class Oneself:
    """Whoever erases themselves is asked elsewhere, and told more."""


@dataclass(frozen=True)
class UnderWay:
    """It has been asked for, and is about to be done."""


EraseOutcome = Erasable | LastOwner
OrderOutcome = EraseOutcome | ForOwners | Oneself | UnderWay


def decide_erase(person_id: int, *, is_owner: bool, owners: Set[int]) -> EraseOutcome:
    """May somebody be erased? `owners`: all that the bot has met."""
    return LastOwner() if is_owner and not owners - {person_id} else Erasable()


def decide_order(person: Actor, by: Actor, owners: Set[int], state: ErasureState | None) -> OrderOutcome:
    """May somebody be erased on the word of somebody else? `state`: of an erasure of theirs that is under way."""
    if person.person_id == by.person_id:
        return Oneself()
    if state is ErasureState.ASKED:
        return UnderWay()
    if person.is_owner and not by.is_owner:
        return ForOwners()
    return decide_erase(person.person_id, is_owner=person.is_owner, owners=owners)


def hash_of(person_id: int, salt: str) -> str:
    """What the list of erased people holds instead of the number."""
    return hashlib.sha256(f"{salt}:{person_id}".encode()).hexdigest()


def without(value: object, person_id: int, pseudonym: int) -> object:
    """A JSON value with the pseudonym wherever the person's number stood, as a number or within a text."""
    match value:
        case bool():
            return value
        case int():
            return pseudonym if value == person_id else value
        case str():
            parts = value.split(":")  # "person:5", as objects are called
            return ":".join(str(pseudonym) if part == str(person_id) else part for part in parts)
        case dict():
            return {key: without(inner, person_id, pseudonym) for key, inner in value.items()}
        case list():
            return [without(inner, person_id, pseudonym) for inner in value]
        case _:
            return value


def is_named(value: object, person_id: int, names: Collection[str]) -> bool:
    """Whether a JSON value says the number, or one of the names as words of their own; texts may be HTML.

    Somebody may be called "A", or "?": neither is meant by every text in which there is one.
    """
    match value:
        case bool() | None:
            return False
        case int():
            return value == person_id
        case str():
            return _says(value, person_id, names)
        case dict():
            return any(is_named(part, person_id, names) for pair in value.items() for part in pair)
        case list():
            return any(is_named(inner, person_id, names) for inner in value)
        case _:
            return False


def _says(text: str, person_id: int, names: Collection[str]) -> bool:
    words = "|".join(re.escape(name) for name in names if any(c.isalnum() for c in name))
    said = rf"(?<!\w)(?:{words})(?!\w)" if words else r"(?!)"
    return bool(re.search(rf"(?<!\d){person_id}(?!\d)|{said}", unescape(text)))
