"""Erasing a person: who may go, how far it is, and by what a restored backup knows them again."""

import hashlib
from collections.abc import Set
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

PATIENCE = timedelta(minutes=1)
"""How long an erasure waits for answers that are still on their way to the person."""


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
    """Somebody is being erased. `name`: by which messages of others may still name them."""

    id: int
    person_id: int
    name: str
    language: str
    state: ErasureState
    asked_at: datetime


@dataclass(frozen=True)
class Erasable:
    """They may go."""


@dataclass(frozen=True)
class LastOwner:
    """Without them nobody could give roles any more: somebody else has to become an owner first."""


EraseOutcome = Erasable | LastOwner


def decide_erase(person_id: int, *, is_owner: bool, owners: Set[int]) -> EraseOutcome:
    """May somebody be erased? `owners`: all that the bot has met."""
    return LastOwner() if is_owner and not owners - {person_id} else Erasable()


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
