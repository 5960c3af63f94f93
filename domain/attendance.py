"""Who was at a session: set from what people had said, corrected by those who run it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.events import Event, EventState
from domain.groups import Group
from domain.sessions import Answer, Said


class Presence(StrEnum):
    """Whether somebody was there."""

    THERE = "1"
    AWAY = "0"


@dataclass(frozen=True)
class Attendee:
    """Somebody invited. `is_noted` False: taken from what they had said."""

    person_id: int
    name: str
    was_there: bool
    is_noted: bool


@dataclass(frozen=True)
class Sheet:
    """Who was there, by name; one page of them where they can be changed."""

    session: Event
    group: Group
    attendees: tuple[Attendee, ...]
    page: int
    has_minutes: bool

    @property
    def is_saved(self) -> bool:
        """Whether it was noted about everybody."""
        return all(one.is_noted for one in self.attendees)


def has_begun(session: Event, now: datetime) -> bool:
    """Whether anybody can have been there."""
    return session.state is EventState.ANNOUNCED and session.starts_at <= now


def attendees(names: Mapping[int, str], noted: Mapping[int, bool], said: Mapping[int, Said]) -> tuple[Attendee, ...]:
    """Everybody invited by name, whether noted or guessed: whoever had said yes was there. `names` by person id."""
    found = (
        Attendee(person, name, noted.get(person, said.get(person, Said()).answer is Answer.YES), person in noted)
        for person, name in names.items()
    )
    return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.person_id)))
