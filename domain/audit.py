"""The audit as it is read: who did what to which object, and what was different afterwards."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

State = Mapping[str, object]


@dataclass(frozen=True)
class Noted:
    """A row of the audit. `actor_id` None: it happened by itself; `subject`: such as "group:3"."""

    id: int
    at: datetime
    actor_id: int | None
    action: str
    subject: str
    before: State | None
    after: State | None


@dataclass(frozen=True)
class Change:
    """One thing that is different; None: there was nothing, or is nothing any more."""

    name: str
    before: object
    after: object


@dataclass(frozen=True)
class Deed:
    """A row with names. `by_itself`: nobody did it; `who` is "" for somebody who is not known any more."""

    at: datetime
    by_itself: bool
    who: str
    action: str
    what: str
    group_code: str
    changes: tuple[Change, ...]


def list_changes(before: State | None, after: State | None) -> tuple[Change, ...]:
    """What differs, by name; what is within something has both names: "titles de"."""
    old, new = dict(_flat(before or {})), dict(_flat(after or {}))
    names = sorted(old.keys() | new.keys())
    return tuple(Change(name, old.get(name), new.get(name)) for name in names if old.get(name) != new.get(name))


def _flat(state: State) -> Iterator[tuple[str, object]]:
    for name, value in state.items():
        if isinstance(value, Mapping):
            yield from ((f"{name} {inner}", nested) for inner, nested in value.items())
        else:
            yield name, value
