"""Roles as rows: who holds what, and finding those who may be given one."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Select, Text, case, cast, delete, func, or_, select, union

from domain.people import Person
from domain.permissions import Role
from domain.roles import GRANTED_BY, Held
from storage.database import Tx
from storage.tables import groups, people, roles, seats

_PERSON = [people.c[name] for name in Person.__dataclass_fields__]

_RANK = case({role.value: rank for rank, role in enumerate(GRANTED_BY)}, value=roles.c.role)

_HELD = (
    select(
        roles.c.id.label("role_id"), roles.c.role, roles.c.group_id, groups.c.code, *(c.label(c.name) for c in _PERSON)
    )
    .join(people, people.c.id == roles.c.person_id)
    .outerjoin(groups, groups.c.id == roles.c.group_id)
    .where(roles.c.role.in_([role.value for role in GRANTED_BY]))
    .order_by(_RANK, groups.c.code, people.c.name, people.c.id)
)


def _person(row: Row[*tuple[Any, ...]]) -> Person:
    return Person(**{name: row._mapping[name] for name in Person.__dataclass_fields__})


def _held(row: Row[*tuple[Any, ...]]) -> Held:
    return Held(row.role_id, _person(row), Role(row.role), row.group_id, row.code or "")


async def get_all(tx: Tx) -> list[Held]:
    """Every role that is given in the chat: owners, organisers, then coordinators by group; by name."""
    return [_held(row) for row in await tx.execute(_HELD)]


async def get(tx: Tx, role_id: int) -> Held | None:
    """One role that is given in the chat."""
    row = (await tx.execute(_HELD.where(roles.c.id == role_id))).one_or_none()
    return _held(row) if row else None


async def lock_owners(tx: Tx) -> list[int]:
    """Person ids of the owners by row, held until the transaction ends: the last two cannot both go."""
    query = select(roles.c.person_id).where(roles.c.role == Role.OWNER.value).order_by(roles.c.id).with_for_update()
    return list((await tx.execute(query)).scalars())


async def revoke(tx: Tx, person_id: int, role: Role, group_id: int | None = None) -> bool:
    """Take a role back; False if they do not have it."""
    where = roles.c.group_id == group_id if group_id is not None else roles.c.group_id.is_(None)
    gone = delete(roles).where(roles.c.person_id == person_id, roles.c.role == role.value, where)
    return (await tx.execute(gone.returning(roles.c.id))).first() is not None


# --- Finding people ---------------------------------------------------------------------------


def _called(typed: str) -> Select[*tuple[Any, ...]]:
    # SQLite folds the case of ASCII only: try the ways in which a name is written.
    ways = {typed, typed.lower(), typed.upper(), typed.title()}
    named = [people.c.name.icontains(way, autoescape=True) for way in sorted(ways)]
    numbered = [cast(people.c.id, Text).endswith(typed)] if typed.isascii() and typed.isdigit() else []
    return select(*_PERSON).where(or_(*named, *numbered))


async def search(tx: Tx, typed: str, offset: int, limit: int) -> Sequence[Person]:
    """People we have met whose name contains this, or whose number ends with it, by name."""
    query = _called(typed).order_by(people.c.name, people.c.id).offset(offset).limit(limit)
    return [_person(row) for row in await tx.execute(query)]


async def count_found(tx: Tx, typed: str) -> int:
    """How many people `search` finds in all."""
    return await tx.scalar(select(func.count()).select_from(_called(typed).subquery())) or 0


async def members_and_coordinators(tx: Tx, group_id: int) -> list[Person]:
    """Who belongs to a group, by name; guests do not."""
    belonging = union(
        select(seats.c.person_id).where(seats.c.group_id == group_id),
        select(roles.c.person_id).where(roles.c.group_id == group_id, roles.c.role == Role.COORDINATOR.value),
    ).subquery()
    query = select(*_PERSON).join(belonging, belonging.c.person_id == people.c.id)
    return [_person(row) for row in await tx.execute(query.order_by(people.c.name, people.c.id))]
