"""The audit, newest first, and the names of the objects it speaks of."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, String, cast, func, literal, or_, select
from sqlalchemy.sql.elements import ColumnElement

from domain.audit import Noted
from storage.database import Tx
from storage.tables import (
    applications,
    audit,
    chats,
    chores,
    events,
    groups,
    invites,
    people,
    polls,
    questions,
    removals,
    results,
    talks,
)

_EVENTS = select(events.c.id, events.c.group_id, events.c.titles)

_OBJECTS: Mapping[str, Select[*tuple[Any, ...]]] = {
    "group": select(groups.c.id, groups.c.id, groups.c.code),
    "webinar": _EVENTS,
    "session": _EVENTS,
    "event": _EVENTS,
    "application": select(applications.c.id, applications.c.group_id, people.c.name).join(
        people, people.c.id == applications.c.person_id
    ),
    "removal": select(removals.c.id, removals.c.group_id, people.c.name).join(
        people, people.c.id == removals.c.person_id
    ),
    "result": select(results.c.id, results.c.group_id, results.c.title),
    "chore": select(chores.c.id, chores.c.group_id, literal("")),
    "invite": select(invites.c.id, invites.c.group_id, literal("")),
    "poll": select(polls.c.id, polls.c.group_id, polls.c.title),
    "question": select(questions.c.id, events.c.group_id, events.c.titles).join(
        events, events.c.id == questions.c.event_id
    ),
    "talk": select(talks.c.id, events.c.group_id, people.c.name)
    .join(events, events.c.id == talks.c.event_id)
    .join(people, people.c.id == talks.c.person_id),
    "chat": select(chats.c.id, literal(None), chats.c.title),
    "person": select(people.c.id, literal(None), people.c.name),
}
"""(id, group id or None, name or names by language) of what the word before the colon of a subject means."""


@dataclass(frozen=True)
class Named:
    """An object: what it is called, in one language or in several, and the group it belongs to."""

    name: str | Mapping[str, str]
    group_id: int | None


async def get_page(tx: Tx, group_id: int | None, offset: int, limit: int) -> list[Noted]:
    """Some rows, newest first; with a group, only what was done in it."""
    columns = [audit.c[name] for name in Noted.__dataclass_fields__]
    query = select(*columns).where(_concerns(group_id)).order_by(audit.c.id.desc())
    return [Noted(**row._mapping) for row in await tx.execute(query.offset(offset).limit(limit))]


async def count(tx: Tx, group_id: int | None) -> int:
    """How many rows `get_page` has in all."""
    return await tx.scalar(select(func.count()).select_from(audit).where(_concerns(group_id))) or 0


async def get_named(tx: Tx, subjects: Iterable[str]) -> dict[str, Named]:
    """What these subjects are called; those that are gone, or have no name, are left out."""
    wanted: dict[str, set[int]] = {}
    for subject in subjects:
        word, _, number = subject.partition(":")
        if word in _OBJECTS and number.lstrip("-").isdecimal():
            wanted.setdefault(word, set()).add(int(number))
    named: dict[str, Named] = {}
    for word, ids in wanted.items():
        query = _OBJECTS[word]
        rows = await tx.execute(query.where(query.selected_columns[0].in_(ids)))
        named |= {f"{word}:{number}": Named(name, group_id) for number, group_id, name in rows}
    return named


def _concerns(group_id: int | None) -> ColumnElement[bool]:
    if group_id is None:
        return literal(True)
    of_group = [
        audit.c.subject.in_(_subjects(word, query, group_id))
        for word, query in _OBJECTS.items()
        if word not in {"chat", "person"}
    ]
    # What is done to a person, such as giving a role, may name the group in what changed.
    said = [state["group_id"].as_integer() == group_id for state in (audit.c.before, audit.c.after)]
    return or_(*of_group, *said)


def _subjects(word: str, query: Select[*tuple[Any, ...]], group_id: int) -> Select[str]:
    number, group, _ = query.selected_columns
    return query.where(group == group_id).with_only_columns(literal(f"{word}:") + cast(number, String))
