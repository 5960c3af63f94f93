"""Chores as rows: one for each fact, whatever happens how often."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select, update

from domain.chores import Chore, ChoreKind
from storage.database import Tx
from storage.dialects import insert
from storage.tables import chores

_COLUMNS = [chores.c[name] for name in Chore.__dataclass_fields__]


def _chore(row: Row[*tuple[Any, ...]]) -> Chore:
    return Chore(**{**row._mapping, "kind": ChoreKind(row.kind)})


async def add(
    tx: Tx,
    key: str,
    kind: ChoreKind,
    now: datetime,
    *,
    group_id: int,
    event_id: int | None = None,
    person_id: int | None = None,
    again: bool = False,
) -> int | None:
    """Store a chore and return its id; None if there is one of this key already.

    `again`: one that is done is opened anew, because the same has happened once more.
    """
    about = {"group_id": group_id, "event_id": event_id, "person_id": person_id}
    statement = insert(tx, chores).values(key=key, kind=kind.value, created_at=now, **about)
    if again:
        reopened = {"done_at": None, "done_by": None, "created_at": now}
        statement = statement.on_conflict_do_update(
            index_elements=["key"], set_=reopened, where=chores.c.done_at.is_not(None)
        )
    else:
        statement = statement.on_conflict_do_nothing()
    return (await tx.execute(statement.returning(chores.c.id))).scalar_one_or_none()


async def get(tx: Tx, chore_id: int) -> Chore | None:
    """One chore."""
    row = (await tx.execute(select(*_COLUMNS).where(chores.c.id == chore_id))).one_or_none()
    return _chore(row) if row else None


async def find(tx: Tx, key: str) -> int | None:
    """The id of the chore that a fact made, done or not."""
    found: int | None = await tx.scalar(select(chores.c.id).where(chores.c.key == key))
    return found


async def finish(tx: Tx, chore_id: int, by: int, now: datetime) -> bool:
    """Somebody has done it; False if it was done before."""
    mine = update(chores).where(chores.c.id == chore_id, chores.c.done_at.is_(None))
    return (await tx.execute(mine.values(done_at=now, done_by=by).returning(chores.c.id))).first() is not None


async def settle(tx: Tx, key: str, now: datetime) -> int | None:
    """The fact behind it is no more: done by nobody. Returns its id, None if there was nothing open."""
    open_one = update(chores).where(chores.c.key == key, chores.c.done_at.is_(None))
    return (await tx.execute(open_one.values(done_at=now).returning(chores.c.id))).scalar_one_or_none()


async def settle_event(tx: Tx, event_id: int, now: datetime, but: Collection[ChoreKind]) -> list[int]:
    """Everything open about an event, except of the kinds in `but`, is done by nobody; returns the ids."""
    mine = (chores.c.event_id == event_id, chores.c.kind.not_in([kind.value for kind in but]))
    open_ones = update(chores).where(*mine, chores.c.done_at.is_(None))
    return list((await tx.execute(open_ones.values(done_at=now).returning(chores.c.id))).scalars())


async def list_open(tx: Tx, group_id: int, offset: int = 0, limit: int = 100) -> list[Chore]:
    """Open chores of a group, oldest first."""
    query = select(*_COLUMNS).where(chores.c.group_id == group_id, chores.c.done_at.is_(None))
    rows = await tx.execute(query.order_by(chores.c.created_at, chores.c.id).offset(offset).limit(limit))
    return [_chore(row) for row in rows]


async def count_open(tx: Tx, group_id: int) -> int:
    """How many open chores a group has."""
    query = select(func.count()).select_from(chores)
    return await tx.scalar(query.where(chores.c.group_id == group_id, chores.c.done_at.is_(None))) or 0
