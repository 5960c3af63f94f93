"""Working groups: the groups themselves, who sits in them, who waits."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, func, literal, select, union_all, update

from domain.groups import ApplicationState, Group, Roster
from domain.permissions import Role
from storage.database import Tx
from storage.dialects import insert
from storage.tables import applications, groups, removals, roles, seats

_SEATED = "seated"

_UNDECIDED = (ApplicationState.OPEN.value, ApplicationState.WAITING.value)

_KEPT = "kept"

_ROSTER = union_all(
    select(literal(_SEATED).label("standing"), seats.c.person_id, literal(0).label("place")).where(
        seats.c.group_id == bindparam("group_id")
    ),
    select(roles.c.role, roles.c.person_id, literal(0)).where(
        roles.c.role == Role.COORDINATOR.value, roles.c.group_id == bindparam("group_id")
    ),
    select(literal(_KEPT), removals.c.person_id, literal(0)).where(
        removals.c.undo_until.is_not(None), removals.c.group_id == bindparam("group_id")
    ),
    select(
        applications.c.state,
        applications.c.person_id,
        func.row_number().over(order_by=(applications.c.queued_at, applications.c.id)),
    ).where(applications.c.state.in_(_UNDECIDED), applications.c.group_id == bindparam("group_id")),
)


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
        "shows_members": group.shows_members,
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


async def get_page(tx: Tx, offset: int, limit: int) -> list[Group]:
    """Some of the groups, by code."""
    query = select(groups).order_by(groups.c.code).offset(offset).limit(limit)
    return [_group(row) for row in await tx.execute(query)]


async def count(tx: Tx) -> int:
    """How many groups there are."""
    return await tx.scalar(select(func.count()).select_from(groups)) or 0


async def lock(tx: Tx, group_id: int) -> Group | None:
    """One group, held until the transaction ends: whoever decides about its seats does so alone.

    PostgreSQL locks the row; on SQLite the one writer is alone anyway, and nothing is rendered.
    """
    row = (await tx.execute(select(groups).where(groups.c.id == group_id).with_for_update())).one_or_none()
    return _group(row) if row else None


async def lock_of_application(tx: Tx, application_id: int) -> Group | None:
    """The group that an application is for, held like `lock`."""
    query = select(groups).join(applications, applications.c.group_id == groups.c.id)
    query = query.where(applications.c.id == application_id).with_for_update(of=groups)
    row = (await tx.execute(query)).one_or_none()
    return _group(row) if row else None


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


async def free_seat(tx: Tx, group_id: int, person_id: int) -> datetime | None:
    """Take a person's seat back; returns since when they had it, None if they had none."""
    theirs = (seats.c.group_id == group_id) & (seats.c.person_id == person_id)
    taken_at: datetime | None = await tx.scalar(delete(seats).where(theirs).returning(seats.c.taken_at))
    return taken_at


async def seated_at(tx: Tx, group_id: int, person_id: int) -> datetime | None:
    """Since when somebody has a seat; None: they have none."""
    query = select(seats.c.taken_at).where(seats.c.group_id == group_id, seats.c.person_id == person_id)
    taken_at: datetime | None = await tx.scalar(query)
    return taken_at


async def count_members(tx: Tx, group_ids: Collection[int]) -> dict[int, int]:
    """Taken seats by group id; groups without any are left out."""
    query = (
        select(seats.c.group_id, func.count().label("taken"))
        .where(seats.c.group_id.in_(group_ids))
        .group_by(seats.c.group_id)
    )
    return {row.group_id: row.taken for row in await tx.execute(query)}


async def get_roster(tx: Tx, group_id: int) -> Roster:
    """Everybody around a group, as of now."""
    rows = (await tx.execute(_ROSTER, {"group_id": group_id})).all()

    def those(standing: str) -> list[int]:
        found = sorted((row.place, row.person_id) for row in rows if row.standing == standing)
        return [person_id for _, person_id in found]

    return Roster(
        members=frozenset(those(_SEATED)),
        waiting=tuple(those(ApplicationState.WAITING)),
        asking=frozenset(those(ApplicationState.OPEN)),
        coordinators=frozenset(those(Role.COORDINATOR)),
        kept=len(those(_KEPT)),
    )
