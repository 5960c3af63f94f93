"""Everything that is stored about a person, as rows that can be taken away."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, CompoundSelect, Table, func, or_, select
from sqlalchemy.sql.elements import ColumnElement

from domain.results import EVER_PUBLIC
from storage.database import Tx
from storage.tables import (
    agenda,
    answers,
    applications,
    audit,
    broadcasts,
    chat_members,
    chores,
    coauthors,
    comments,
    consents,
    corrections,
    dialogs,
    feedback,
    feeds,
    inbox,
    invites,
    join_requests,
    leads,
    minutes,
    outbox,
    people,
    polls,
    questions,
    registrations,
    removals,
    result_versions,
    results,
    roles,
    rounds,
    seats,
    series,
    subscriptions,
    talks,
    votes,
    web_links,
    web_sessions,
)


@dataclass(frozen=True)
class Part:
    """What one table holds about a person: the rows in which `person` names them."""

    person: Column[int] | Column[int | None]
    hidden: frozenset[str] = frozenset()

    @property
    def table(self) -> Table:
        """The table."""
        assert isinstance(self.person.table, Table)  # noqa: S101 - columns of `storage.tables` only
        return self.person.table

    @property
    def columns(self) -> list[Column[object]]:
        """What is taken away: no hashes of tokens, nothing that names somebody else."""
        return [c for c in self.table.columns if c.name not in self.hidden and (c is self.person or not _is_person(c))]


def _is_person(column: Column[object]) -> bool:
    return any(key.column is people.c.id for key in column.foreign_keys)


_INSIDE = frozenset(
    {"payload", "refs", "key", "owner", "lease_until", "attempt", "follow", "card_id", "policy", "lane"}
)

PARTS: tuple[Part, ...] = (
    Part(people.c.id),
    Part(leads.c.person_id),
    Part(consents.c.person_id),
    Part(feeds.c.person_id, frozenset({"token_hash"})),
    Part(roles.c.person_id),
    Part(seats.c.person_id),
    Part(applications.c.person_id),
    Part(removals.c.person_id),
    Part(subscriptions.c.person_id),
    Part(registrations.c.person_id),
    Part(answers.c.person_id),
    Part(votes.c.person_id),
    Part(agenda.c.person_id),
    Part(minutes.c.author_id),
    Part(talks.c.person_id),
    Part(chores.c.person_id),
    Part(questions.c.person_id),
    Part(feedback.c.person_id),
    Part(results.c.author_id),
    Part(result_versions.c.by),
    Part(coauthors.c.person_id),
    Part(comments.c.person_id),
    Part(corrections.c.person_id),
    Part(rounds.c.created_by),
    Part(broadcasts.c.author_id),
    Part(polls.c.created_by),
    Part(series.c.created_by),
    Part(invites.c.created_by, frozenset({"token_hash"})),
    Part(join_requests.c.person_id),
    Part(chat_members.c.person_id),
    Part(dialogs.c.person_id),
    Part(audit.c.actor_id),
    Part(outbox.c.person_id, _INSIDE),
    Part(web_links.c.person_id, frozenset({"token_hash"})),
    Part(web_sessions.c.person_id, frozenset({"token_hash"})),
    Part(inbox.c.lane),
)
"""Every table that knows people, but cards and erasures, which only say where something stands."""


async def collect(tx: Tx, person_id: int) -> dict[str, list[dict[str, object]]]:
    """Every row about a person, by the name of its table; moments as ISO 8601 in UTC."""
    return {part.table.name: await _rows(tx, part, person_id) for part in PARTS}


async def count(tx: Tx, person_id: int) -> int:
    """How many rows `collect` finds."""
    counts = [
        await tx.scalar(select(func.count()).select_from(part.table).where(part.person == person_id)) for part in PARTS
    ]
    return sum(int(one or 0) for one in counts)


async def count_published(tx: Tx, person_id: int) -> int:
    """How many results of theirs everybody can read, or could: those stay, without the name."""
    published = (results.c.author_id == person_id, results.c.state.in_([state.value for state in EVER_PUBLIC]))
    return await tx.scalar(select(func.count()).select_from(results).where(*published)) or 0


async def _rows(tx: Tx, part: Part, person_id: int) -> list[dict[str, object]]:
    found = await tx.execute(select(*part.columns).where(part.person == person_id).order_by(*part.table.primary_key))
    return [_plain(dict(row._mapping)) for row in found]


def _plain(row: Mapping[str, object]) -> dict[str, object]:
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in row.items()}


# --- What others see of it --------------------------------------------------------------------


async def shown_subjects(tx: Tx, person_id: int) -> list[str]:
    """The subjects of cards, shown to others, of what belongs to a person."""
    owned: tuple[tuple[str, Column[int], ColumnElement[bool]], ...] = (
        ("application", applications.c.id, applications.c.person_id == person_id),
        ("removal", removals.c.id, removals.c.person_id == person_id),
        ("talk", talks.c.id, talks.c.person_id == person_id),
        ("result", results.c.id, or_(results.c.author_id == person_id, results.c.id.in_(_named_on(person_id)))),
        ("correction", corrections.c.id, corrections.c.person_id == person_id),
        ("chore", chores.c.id, or_(chores.c.person_id == person_id, chores.c.done_by == person_id)),
    )
    subjects: list[str] = []
    for word, number, mine in owned:
        subjects += [f"{word}:{found}" for found in (await tx.execute(select(number).where(mine))).scalars()]
    return subjects


def _named_on(person_id: int) -> CompoundSelect[int]:
    """SELECT of the ids of results whose cards say their name: as a co-author, or beside what they said."""
    named = select(coauthors.c.result_id).where(coauthors.c.person_id == person_id)
    return named.union(select(comments.c.result_id).where(comments.c.person_id == person_id))
