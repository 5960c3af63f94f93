"""Working groups: the groups themselves, seats, applications, waiting lists."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, select, update

from domain.groups import Group
from storage.database import Tx
from storage.dialects import insert
from storage.tables import groups, seats


def _group(row: Row[*tuple[Any, ...]]) -> Group:
    values = dict(row._mapping)
    for name in ("opens_on", "closes_on"):
        values[name] = date.fromisoformat(values[name]) if values[name] else None
    return Group(**values)


def _values(group: Group) -> dict[str, object]:
    return {
        "code": group.code,
        "titles": dict(group.titles),
        "themes": dict(group.themes),
        "least_members": group.least_members,
        "most_members": group.most_members,
        "opens_on": group.opens_on.isoformat() if group.opens_on else None,
        "closes_on": group.closes_on.isoformat() if group.closes_on else None,
    }


async def get(tx: Tx, group_id: int) -> Group | None:
    """One group."""
    row = (await tx.execute(select(groups).where(groups.c.id == group_id))).one_or_none()
    return _group(row) if row else None


async def get_by_code(tx: Tx, code: str) -> Group | None:
    """The group with this code, e.g. "PWG 1"."""
    row = (await tx.execute(select(groups).where(groups.c.code == code))).one_or_none()
    return _group(row) if row else None


async def get_all(tx: Tx) -> list[Group]:
    """Every group, by code."""
    return [_group(row) for row in await tx.execute(select(groups).order_by(groups.c.code))]


async def add(tx: Tx, group: Group) -> int:
    """Store a new group (its `id` is ignored); return its id."""
    return int((await tx.execute(groups.insert().values(_values(group)).returning(groups.c.id))).scalar_one())


async def save(tx: Tx, group: Group) -> None:
    """Overwrite a group."""
    await tx.execute(update(groups).where(groups.c.id == group.id).values(_values(group)))


async def take_seat(tx: Tx, group_id: int, person_id: int, now: datetime) -> None:
    """Seat a person; nothing happens if they sit there already."""
    values = {"group_id": group_id, "person_id": person_id, "taken_at": now}
    await tx.execute(insert(tx, seats).values(values).on_conflict_do_nothing())
