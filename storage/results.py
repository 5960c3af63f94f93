"""Interim results: drafts, submissions, what is published."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, and_, delete, func, or_, select, update
from sqlalchemy.sql.elements import ColumnElement

from domain.coauthors import CoauthorState
from domain.results import Accessible, FileKind, Result, ResultKind, ResultState
from storage.database import Tx
from storage.tables import coauthors, results

_COLUMNS = [results.c[name] for name in Result.__dataclass_fields__ if name != "coauthors"]


async def _all(tx: Tx, query: Select[*tuple[Any, ...]]) -> list[Result]:
    """The results of a query, each with those who are named on it: no right is asked about without them."""
    rows = (await tx.execute(query)).all()
    named = await _named_on(tx, [row.id for row in rows])
    return [_result(row, named.get(row.id, frozenset())) for row in rows]


async def _one(tx: Tx, query: Select[*tuple[Any, ...]]) -> Result | None:
    return next(iter(await _all(tx, query)), None)


def _result(row: Row[*tuple[Any, ...]], named: frozenset[int]) -> Result:
    values = dict(row._mapping)
    values["state"], values["kind"] = ResultState(values["state"]), ResultKind(values["kind"])
    values["accessible"] = Accessible(values["accessible"])
    values["file_kind"] = FileKind(values["file_kind"]) if values["file_kind"] else None
    return Result(**values, coauthors=named)


async def _named_on(tx: Tx, result_ids: Collection[int]) -> Mapping[int, frozenset[int]]:
    found: dict[int, set[int]] = {}
    if result_ids:
        named = coauthors.c.result_id.in_(result_ids) & (coauthors.c.state != CoauthorState.DECLINED.value)
        for row in await tx.execute(select(coauthors.c.result_id, coauthors.c.person_id).where(named)):
            found.setdefault(row.result_id, set()).add(row.person_id)
    return {result_id: frozenset(people) for result_id, people in found.items()}


async def get(tx: Tx, result_id: int) -> Result | None:
    """One result."""
    return await _one(tx, select(*_COLUMNS).where(results.c.id == result_id))


async def hold(tx: Tx, result_id: int) -> Result | None:
    """One result, kept from others until the end of the transaction: the first answer wins."""
    return await _one(tx, select(*_COLUMNS).where(results.c.id == result_id).with_for_update())


async def get_many(tx: Tx, result_ids: Collection[int]) -> dict[int, Result]:
    """Those of the results that exist, by id."""
    found = await _all(tx, select(*_COLUMNS).where(results.c.id.in_(result_ids)))
    return {result.id: result for result in found}


async def add_draft(tx: Tx, author_id: int, now: datetime, **others: object) -> int:
    """Store an empty draft, but for the columns in `others`; return its id."""
    values = {
        **others,
        "author_id": author_id,
        "title": "",
        "summary": "",
        "state": ResultState.DRAFT.value,
        "reason": "",
        "version": 0,
        "created_at": now,
    }
    return int((await tx.execute(results.insert().values(values).returning(results.c.id))).scalar_one())


async def change(tx: Tx, result_id: int, **values: object) -> None:
    """Set columns of one result."""
    await tx.execute(update(results).where(results.c.id == result_id).values(**values))


async def said_by(tx: Tx, author_id: int, message_id: int) -> tuple[int, str] | None:
    """Which result somebody handed in by this message, and the question that it answered."""
    query = select(results.c.id, results.c.said_by).where(results.c.author_id == author_id)
    for row in await tx.execute(query.order_by(results.c.id.desc())):
        if str(message_id) in (row.said_by or {}):
            return row.id, row.said_by[str(message_id)]
    return None


async def drop(tx: Tx, result_id: int) -> None:
    """Forget a draft for good."""
    await tx.execute(delete(results).where(results.c.id == result_id))


async def draft_of(tx: Tx, author_id: int) -> Result | None:
    """The newest draft that somebody has not handed in."""
    query = select(*_COLUMNS).where(results.c.author_id == author_id, results.c.state == ResultState.DRAFT.value)
    return await _one(tx, query.order_by(results.c.id.desc()).limit(1))


PUBLISHED = results.c.state == ResultState.PUBLISHED.value


async def published(tx: Tx, *, offset: int = 0, limit: int = 100) -> list[Result]:
    """What everybody may read, newest first."""
    query = select(*_COLUMNS).where(PUBLISHED).order_by(results.c.published_at.desc(), results.c.id.desc())
    return await _all(tx, query.offset(offset).limit(limit))


async def count_published(tx: Tx) -> int:
    """How many `published` there are in all."""
    return await _count(tx, PUBLISHED)


async def unpublished_of(tx: Tx, person_id: int, *, offset: int = 0, limit: int = 100) -> list[Result]:
    """What somebody wrote, alone or with others, and is on its way, newest first; without a title it is none yet."""
    query = select(*_COLUMNS).where(_on_their_way(person_id)).order_by(results.c.id.desc())
    return await _all(tx, query.offset(offset).limit(limit))


async def count_unpublished_of(tx: Tx, person_id: int) -> int:
    """How many `unpublished_of` there are in all."""
    return await _count(tx, _on_their_way(person_id))


async def submitted_to(tx: Tx, group_id: int, *, offset: int, limit: int) -> list[Result]:
    """What waits for an answer of a group's coordinators, the oldest first."""
    query = select(*_COLUMNS).where(_submitted_to(group_id)).order_by(results.c.submitted_at, results.c.id)
    return await _all(tx, query.offset(offset).limit(limit))


async def count_submitted_to(tx: Tx, group_id: int) -> int:
    """How many of these there are."""
    return await _count(tx, _submitted_to(group_id))


async def count_before(tx: Tx, result: Result) -> int:
    """How many wait longer than this one for the same answer: of the reviewers of its group, or of the organisers."""
    if result.state is ResultState.SUBMITTED:
        waits, since = _submitted_to(result.group_id or 0), results.c.submitted_at
    elif result.state is ResultState.ACCEPTED:
        waits, since = results.c.state == ResultState.ACCEPTED.value, results.c.decided_at
    else:
        return 0
    mine = select(since).where(results.c.id == result.id).scalar_subquery()
    return await _count(tx, waits & or_(since < mine, and_(since == mine, results.c.id < result.id)))


def _submitted_to(group_id: int) -> ColumnElement[bool]:
    return (results.c.group_id == group_id) & (results.c.state == ResultState.SUBMITTED.value)


def _on_their_way(person_id: int) -> ColumnElement[bool]:
    """Their own, and those they are named on and do not refuse, once these are handed in."""
    is_draft = results.c.state == ResultState.DRAFT.value
    said_no = coauthors.c.state == CoauthorState.DECLINED.value
    named_on = select(coauthors.c.result_id).where(coauthors.c.person_id == person_id, ~said_no)
    is_theirs = (results.c.author_id == person_id) | (results.c.id.in_(named_on) & ~is_draft)
    return is_theirs & ~PUBLISHED & (results.c.title != "")


async def _count(tx: Tx, which: ColumnElement[bool]) -> int:
    return await tx.scalar(select(func.count()).select_from(results).where(which)) or 0
