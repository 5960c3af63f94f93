"""Interim results: drafts, submissions, what is published."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, func, select, update
from sqlalchemy.sql.elements import ColumnElement

from domain.results import FileKind, Result, ResultState
from storage.database import Tx
from storage.tables import results

_COLUMNS = [results.c[name] for name in Result.__dataclass_fields__]


def _result(row: Row[*tuple[Any, ...]]) -> Result:
    values = dict(row._mapping)
    values["state"] = ResultState(values["state"])
    values["file_kind"] = FileKind(values["file_kind"]) if values["file_kind"] else None
    return Result(**values)


async def get(tx: Tx, result_id: int) -> Result | None:
    """One result."""
    row = (await tx.execute(select(*_COLUMNS).where(results.c.id == result_id))).one_or_none()
    return _result(row) if row else None


async def hold(tx: Tx, result_id: int) -> Result | None:
    """One result, kept from others until the end of the transaction: the first answer wins."""
    row = (await tx.execute(select(*_COLUMNS).where(results.c.id == result_id).with_for_update())).one_or_none()
    return _result(row) if row else None


async def get_many(tx: Tx, result_ids: Collection[int]) -> dict[int, Result]:
    """Those of the results that exist, by id."""
    rows = await tx.execute(select(*_COLUMNS).where(results.c.id.in_(result_ids)))
    return {row.id: _result(row) for row in rows}


async def add_draft(tx: Tx, author_id: int, now: datetime) -> int:
    """Store an empty draft; return its id."""
    values = {
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


async def drop(tx: Tx, result_id: int) -> None:
    """Forget a draft for good."""
    await tx.execute(delete(results).where(results.c.id == result_id))


async def draft_of(tx: Tx, author_id: int) -> Result | None:
    """The newest draft that somebody has not handed in."""
    query = select(*_COLUMNS).where(results.c.author_id == author_id, results.c.state == ResultState.DRAFT.value)
    row = (await tx.execute(query.order_by(results.c.id.desc()).limit(1))).one_or_none()
    return _result(row) if row else None


PUBLISHED = results.c.state == ResultState.PUBLISHED.value


async def published(tx: Tx, *, offset: int = 0, limit: int = 100) -> list[Result]:
    """What everybody may read, newest first."""
    query = select(*_COLUMNS).where(PUBLISHED).order_by(results.c.published_at.desc(), results.c.id.desc())
    return [_result(row) for row in await tx.execute(query.offset(offset).limit(limit))]


async def count_published(tx: Tx) -> int:
    """How many `published` there are in all."""
    return await _count(tx, PUBLISHED)


async def unpublished_of(tx: Tx, author_id: int, *, offset: int = 0, limit: int = 100) -> list[Result]:
    """Somebody's own results on their way, newest first; a draft without a title is none yet."""
    query = select(*_COLUMNS).where(_on_their_way(author_id)).order_by(results.c.id.desc())
    return [_result(row) for row in await tx.execute(query.offset(offset).limit(limit))]


async def count_unpublished_of(tx: Tx, author_id: int) -> int:
    """How many `unpublished_of` there are in all."""
    return await _count(tx, _on_their_way(author_id))


async def submitted_to(tx: Tx, group_id: int, *, offset: int, limit: int) -> list[Result]:
    """What waits for an answer of a group's coordinators, the oldest first."""
    query = select(*_COLUMNS).where(_submitted_to(group_id)).order_by(results.c.submitted_at, results.c.id)
    return [_result(row) for row in await tx.execute(query.offset(offset).limit(limit))]


async def count_submitted_to(tx: Tx, group_id: int) -> int:
    """How many of these there are."""
    return await _count(tx, _submitted_to(group_id))


def _submitted_to(group_id: int) -> ColumnElement[bool]:
    return (results.c.group_id == group_id) & (results.c.state == ResultState.SUBMITTED.value)


def _on_their_way(author_id: int) -> ColumnElement[bool]:
    return (results.c.author_id == author_id) & ~PUBLISHED & (results.c.title != "")


async def _count(tx: Tx, which: ColumnElement[bool]) -> int:
    return await tx.scalar(select(func.count()).select_from(results).where(which)) or 0
