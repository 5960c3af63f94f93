"""Removals: whose seat was taken back by those who run a group, and which of them can still be undone."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select, update

from domain.members import Removal
from storage.database import Tx
from storage.tables import removals

_COLUMNS = [removals.c[name] for name in Removal.__dataclass_fields__]


def _removal(row: Row[*tuple[Any, ...]]) -> Removal:
    return Removal(**row._mapping)


async def add(tx: Tx, removal: Removal) -> int:
    """Store a removal (its `id` is ignored); return its id."""
    values = {name: value for name, value in vars(removal).items() if name != "id"}
    return int((await tx.execute(removals.insert().values(values).returning(removals.c.id))).scalar_one())


async def get(tx: Tx, removal_id: int) -> Removal | None:
    """One removal."""
    row = (await tx.execute(select(*_COLUMNS).where(removals.c.id == removal_id))).one_or_none()
    return _removal(row) if row else None


async def get_many(tx: Tx, removal_ids: Collection[int]) -> dict[int, Removal]:
    """Those of the removals that exist, by id."""
    rows = await tx.execute(select(*_COLUMNS).where(removals.c.id.in_(removal_ids)))
    return {row.id: _removal(row) for row in rows}


async def unsettled(tx: Tx, until: datetime) -> list[Removal]:
    """Those whose last moment to be taken back has come by `until`."""
    query = select(*_COLUMNS).where(removals.c.undo_until <= until).order_by(removals.c.id)
    return [_removal(row) for row in await tx.execute(query)]


async def settle(tx: Tx, removal_ids: Collection[int]) -> None:
    """These stand."""
    await tx.execute(update(removals).where(removals.c.id.in_(removal_ids)).values(undo_until=None))


async def undo(tx: Tx, removal_id: int, now: datetime) -> None:
    """It was taken back."""
    values = {"undo_until": None, "undone_at": now}
    await tx.execute(update(removals).where(removals.c.id == removal_id).values(**values))
