"""What the database says of results, in the words of the model; and what holds whatever the model says."""

import re
from collections import Counter
from typing import Any

from sqlalchemy import Select, select

from storage import tables
from tests.storage.review_model import Change, Piece

LEGAL = {
    ("draft", "submitted"),
    ("changes_asked", "submitted"),
    ("submitted", "changes_asked"),
    ("submitted", "accepted"),
    ("accepted", "published"),
    ("published", "withdrawn"),
}
REVIEWS = {"result_accepted", "result_changes_asked"}
DECISIONS = {*REVIEWS, "result_published", "result_withdrawn", "result_corrected", "correction_declined"}

_WHOLE = [
    tables.results, tables.result_versions, tables.corrections, tables.coauthors, tables.comments, tables.audit,
    tables.roles, tables.seats,
]  # fmt: skip
_OUTBOX = [tables.outbox.c[name] for name in ("key", "kind", "person_id", "refs", "state")]
QUERIES: dict[str, Select[*tuple[Any, ...]]] = {
    **{table.name: select(table).order_by(*table.primary_key) for table in _WHOLE},
    "cards": select(tables.cards.c.subject, tables.cards.c.chat_id).order_by(tables.cards.c.id),
    "outbox": select(*_OUTBOX).order_by(tables.outbox.c.id),
}
Rows = dict[str, list[Any]]


def kept(rows: Rows) -> Rows:
    """All but how far the messages are."""
    return {**rows, "outbox": [row[:-1] for row in rows["outbox"]]}


def pieces_in(rows: Rows) -> dict[int, Piece]:
    named: dict[int, dict[int, str]] = {row.id: {} for row in rows["results"]}
    for row in rows["coauthors"]:
        named[row.result_id][row.person_id] = row.state
    return {
        row.id: Piece(
            author=row.author_id,
            group=row.group_id,
            says={"title": row.title, "summary": row.summary},
            state=row.state,
            version=row.version,
            decided_by=row.decided_by,
            published_by=row.published_by,
            reason=row.reason,
            correction=row.correction,
            withdrawal=row.withdrawal,
            named=named[row.id],
            said_by={int(message): what for message, what in (row.said_by or {}).items()},
        )
        for row in rows["results"]
    }


def changes_in(rows: Rows) -> dict[int, Change]:
    return {
        row.id: Change(
            piece=row.result_id,
            person=row.person_id,
            base=row.base,
            says={"title": row.title, "summary": row.summary},
            sentence=row.sentence,
            state=row.state,
            decided_by=row.decided_by,
        )
        for row in rows["corrections"]
    }


def versions_in(rows: Rows) -> list[tuple[Any, ...]]:
    return sorted(
        (row.result_id, row.version, row.title, row.summary, row.by, row.at) for row in rows["result_versions"]
    )


def told_in(rows: Rows) -> Counter[tuple[int, str]]:
    """Who is told what, each by a message of its own."""
    about = {row.id: row.result_id for row in rows["comments"]}
    told: Counter[tuple[int, str]] = Counter()
    for row in rows["outbox"]:
        match row.kind:
            case "review":
                told[row.person_id, f"{row.refs['state']} {row.refs['result_id']} v{row.refs['version']}"] += 1
            case "coauthor":
                told[row.person_id, f"coauthor {row.refs['result_id']}"] += 1
            case "comment":
                told[row.person_id, f"comment {about[row.refs['comment_id']]}"] += 1
    return told


def words_in(text: str) -> set[str]:
    """What people typed."""
    return set(re.findall(r"no\d+\.", text))


# --- What holds whatever the model says -----------------------------------------------------------


def every_step_is_legal(noted: list[Any]) -> None:
    """From state to state, each beginning where the one before ended."""
    states: dict[str, str] = {}
    for row in noted:
        if row.action.startswith("result_") and row.after and "state" in row.after:
            before, after = row.before["state"], row.after["state"]
            assert before == states.get(row.subject, "draft")
            assert (before, after) in LEGAL
            states[row.subject] = after


def nobody_decides_on_their_own(row: Any, before: Rows) -> None:
    """Whoever decided had the right when they did, and had not written it."""
    if row.action not in DECISIONS:
        return
    (result,) = (one for one in before["results"] if row.subject == f"result:{one.id}")
    named = {c.person_id for c in before["coauthors"] if c.result_id == result.id and c.state != "declined"}
    assert row.actor_id not in {result.author_id, *named}
    held = {(one.role, one.group_id) for one in before["roles"] if one.person_id == row.actor_id}
    of_group = {("coordinator", result.group_id)} if row.action in REVIEWS else set()
    assert held & {("organiser", None), ("owner", None), *of_group}
