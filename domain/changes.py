"""What a change of an event means to those who know it: what is news, and what is none."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.events import Event, EventState


@dataclass(frozen=True)
class Known:
    """What people know of an event, as far as they are told when it changes."""

    starts_at: datetime
    minutes: int
    titles: Mapping[str, str]
    link: str | None
    state: EventState


def known_of(event: Event) -> Known:
    """What people know who have seen the event as it is."""
    return Known(event.starts_at, event.minutes, event.titles, event.link, event.state)


@dataclass(frozen=True)
class Cancelled:
    """It does not take place; `was_at`: when it was to start."""

    was_at: datetime


@dataclass(frozen=True)
class Moved:
    """It starts at another time."""

    before: datetime
    now: datetime


@dataclass(frozen=True)
class Resized:
    """It is longer or shorter, in minutes."""

    before: int
    now: int


@dataclass(frozen=True)
class Renamed:
    """It has another title, by language."""

    before: Mapping[str, str]
    now: Mapping[str, str]


@dataclass(frozen=True)
class Relinked:
    """It has another join link than before."""


Difference = Cancelled | Moved | Resized | Renamed | Relinked


News = tuple[Event, tuple[Difference, ...]]
"""An event as it is, and what about it is news to somebody."""


def differences(before: Known, now: Known) -> tuple[Difference, ...]:
    """What is news to somebody who knows `before`; a first link is none: it opens when it is time, wherever it is."""
    if now.state is not EventState.ANNOUNCED:
        return (Cancelled(before.starts_at),) if before.state is EventState.ANNOUNCED else ()
    found: list[Difference] = []
    if before.starts_at != now.starts_at:
        found.append(Moved(before.starts_at, now.starts_at))
    if before.minutes != now.minutes:
        found.append(Resized(before.minutes, now.minutes))
    if before.titles != now.titles:
        found.append(Renamed(before.titles, now.titles))
    if before.link is not None and before.link != now.link:
        found.append(Relinked())
    return tuple(found)


def seen_of(event: Event) -> dict[str, object]:
    """What people are told of when it changes, as JSON; read back by `known_from`."""
    known = known_of(event)
    return {
        "starts_at": known.starts_at.isoformat(),
        "minutes": known.minutes,
        "titles": dict(known.titles),
        "link": known.link,
        "state": known.state.value,
    }


def known_from(seen: Mapping[str, object]) -> Known:
    """What `seen_of` wrote down."""
    titles, link = seen["titles"], seen["link"]
    return Known(
        starts_at=datetime.fromisoformat(str(seen["starts_at"])),
        minutes=int(str(seen["minutes"])),
        titles={str(k): str(v) for k, v in titles.items()} if isinstance(titles, Mapping) else {},
        link=str(link) if link is not None else None,
        state=EventState(str(seen["state"])),
    )
