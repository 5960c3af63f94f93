"""An event as JSON: as dialogs keep the one that somebody is changing, and the audit what became of it."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any

from domain.events import Event, EventKind, EventState, LinkPolicy

_READ: Mapping[str, Any] = {
    "starts_at": datetime.fromisoformat,
    "speakers": tuple,
    "languages": tuple,
    "link_policy": LinkPolicy,
    "state": EventState,
    "kind": EventKind,
}
"""What is another type in JSON, and how it is read."""

_UNNOTED = frozenset({"id", "kind", "slug", "group_id", "sequence", "moderator_id"})
"""What the audit does not keep: what never changes, and who somebody is: they may want to be forgotten."""


def to_json(event: Event) -> dict[str, Any]:
    """Every field, by name."""
    return {field.name: _written(getattr(event, field.name)) for field in fields(event)}


def _written(value: Any) -> Any:
    match value:
        case datetime():
            return value.isoformat()
        case Mapping():
            return dict(value)
        case tuple():
            return list(value)
        case EventKind() | EventState() | LinkPolicy():
            return value.value
        case _:
            return value


def from_json(data: Mapping[str, Any]) -> Event:
    """What `to_json` wrote, also where it was an older program: fields it did not know have their default."""
    known = {field.name: data[field.name] for field in fields(Event) if field.name in data}
    return Event(**{name: _READ[name](value) if name in _READ else value for name, value in known.items()})


def kept(event: Event) -> dict[str, Any]:
    """What the audit keeps of an event."""
    return {name: value for name, value in to_json(event).items() if name not in _UNNOTED}


def difference(old: Event, new: Event) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the audit keeps of a change: the fields that differ, before and after; and always time, length and state."""
    before, after = kept(old), kept(new)
    always = {"starts_at", "minutes", "state"}
    names = [name for name in after if name in always or before[name] != after[name]]
    return {name: before[name] for name in names}, {name: after[name] for name in names}
