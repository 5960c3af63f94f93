"""Rounds: the deadlines, and who owes something when one comes near."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, and_, exists, func, or_, select, update
from sqlalchemy.sql.elements import ColumnElement

from domain.permissions import Role
from domain.results import ResultState
from domain.rounds import Round
from storage.database import Tx
from storage.people import reachable
from storage.tables import people, results, roles, rounds

_COLUMNS = [rounds.c[name] for name in Round.__dataclass_fields__]


def _round(row: Row[*tuple[Any, ...]]) -> Round:
    return Round(**row._mapping)


async def get(tx: Tx, round_id: int) -> Round | None:
    """One round."""
    row = (await tx.execute(select(*_COLUMNS).where(rounds.c.id == round_id))).one_or_none()
    return _round(row) if row else None


async def get_many(tx: Tx, round_ids: Collection[int]) -> dict[int, Round]:
    """Those of the rounds that exist, by id."""
    rows = await tx.execute(select(*_COLUMNS).where(rounds.c.id.in_(round_ids)))
    return {row.id: _round(row) for row in rows}


async def open_at(tx: Tx, now: datetime) -> list[Round]:
    """Those that still go on, the first to end first."""
    going_on = rounds.c.closed_at.is_(None) & (rounds.c.due_at >= now)
    return [_round(row) for row in await tx.execute(select(*_COLUMNS).where(going_on).order_by(rounds.c.due_at))]


async def get_page(tx: Tx, offset: int, limit: int) -> list[Round]:
    """Some of all rounds, the last to end first."""
    query = select(*_COLUMNS).order_by(rounds.c.due_at.desc(), rounds.c.id.desc()).offset(offset).limit(limit)
    return [_round(row) for row in await tx.execute(query)]


async def count(tx: Tx) -> int:
    """How many rounds there are in all."""
    return await tx.scalar(select(func.count()).select_from(rounds)) or 0


async def add(
    tx: Tx, titles: dict[str, str], group_id: int | None, due_at: datetime, created_by: int, now: datetime
) -> int:
    """Store a round; returns its id."""
    values = {"titles": titles, "group_id": group_id, "due_at": due_at, "created_by": created_by, "created_at": now}
    return int((await tx.execute(rounds.insert().values(values).returning(rounds.c.id))).scalar_one())


async def change(tx: Tx, round_id: int, **values: object) -> None:
    """Set columns of one round."""
    await tx.execute(update(rounds).where(rounds.c.id == round_id).values(**values))


async def count_results(tx: Tx, round_id: int) -> int:
    """How many results were handed in for it."""
    return await tx.scalar(select(func.count()).select_from(results).where(results.c.round_id == round_id)) or 0


def owing(one: Round) -> Select[int]:
    """SELECT of the ids of those who owe something and can be written to.

    The coordinators of groups that have handed in nothing for this round, and whoever has written on a draft.
    """
    handed_in = exists().where(
        results.c.group_id == roles.c.group_id,
        results.c.round_id == one.id,
        results.c.state != ResultState.DRAFT.value,
    )
    coordinators = select(roles.c.person_id).where(
        roles.c.role == Role.COORDINATOR.value, ~handed_in, _is_for(one, roles.c.group_id)
    )
    return reachable().where(or_(people.c.id.in_(coordinators), people.c.id.in_(drafting(one))))


def drafting(one: Round) -> Select[int | None]:
    """SELECT of the ids of those who have begun something for this round and not handed it in."""
    begun = and_(results.c.state == ResultState.DRAFT.value, results.c.title != "")
    return select(results.c.author_id).where(begun, _is_for(one, results.c.group_id))


async def which_of(tx: Tx, select_ids: Select[Any], person_ids: Collection[int]) -> set[int]:
    """Those of these people whom a SELECT of ids finds."""
    column = select_ids.selected_columns[0]
    return set((await tx.execute(select_ids.where(column.in_(person_ids)))).scalars())


def _is_for(one: Round, group: Any) -> ColumnElement[bool]:
    if one.group_id is None:
        found: ColumnElement[bool] = group.is_not(None)
        return found
    only: ColumnElement[bool] = group == one.group_id
    return only
