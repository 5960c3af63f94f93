"""People, their lead times, their roles."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, bindparam, delete, literal, null, select, union_all, update

from domain.people import DEFAULT_LEADS, Person
from domain.permissions import Actor, Role
from storage.database import Tx
from storage.dialects import insert_unless_there
from storage.tables import leads, people, roles, seats, talks

_COLUMNS = [people.c[name] for name in Person.__dataclass_fields__]

_GET = select(*_COLUMNS).where(people.c.id == bindparam("person_id"))

_HELD = union_all(
    select(roles.c.role, roles.c.group_id).where(roles.c.person_id == bindparam("person_id")),
    select(literal(Role.MEMBER.value), seats.c.group_id).where(seats.c.person_id == bindparam("person_id")),
    select(literal(Role.PRESENTER.value), talks.c.event_id).where(
        talks.c.person_id == bindparam("person_id"), talks.c.state != "declined"
    ),
)


def _person(row: Row[*tuple[Any, ...]]) -> Person:
    return Person(**row._mapping)


async def get(tx: Tx, person_id: int) -> Person | None:
    """One person, or None if we have never met them."""
    row = (await tx.execute(_GET, {"person_id": person_id})).one_or_none()
    return _person(row) if row else None


async def get_many(tx: Tx, person_ids: Collection[int]) -> dict[int, Person]:
    """Those of the people that exist, by id."""
    if not person_ids:
        return {}
    rows = await tx.execute(select(*_COLUMNS).where(people.c.id.in_(person_ids)))
    return {row.id: _person(row) for row in rows}


async def add(tx: Tx, person: Person, now: datetime) -> None:
    """Store somebody met for the first time, with the default lead times."""
    values = {
        "id": person.id,
        "name": person.name,
        "language": person.language,
        "zone": person.zone,
        "started_at": person.started_at,
        "created_at": now,
    }
    await tx.execute(insert_unless_there(tx, people), values)
    rows = [{"person_id": person.id, "minutes": minutes} for minutes in DEFAULT_LEADS]
    await tx.execute(insert_unless_there(tx, leads), rows)


async def change(tx: Tx, person_id: int, **values: object) -> None:
    """Set columns of one person: the fields of `Person` but its id."""
    await tx.execute(update(people).where(people.c.id == person_id).values(**values))


async def get_actor(tx: Tx, person_id: int, owner_ids: Collection[int]) -> Actor:
    """The person with every role they hold now."""
    rows = (await tx.execute(_HELD, {"person_id": person_id})).all()

    def where(role: Role) -> frozenset[int]:
        return frozenset(row.group_id for row in rows if row.role == role)

    coordinates = where(Role.COORDINATOR)
    return Actor(
        person_id=person_id,
        is_owner=person_id in owner_ids or bool(where(Role.OWNER)),
        is_organiser=bool(where(Role.ORGANISER)),
        coordinates=coordinates,
        # Coordinators count as members, with a seat or without.
        member_of=where(Role.MEMBER) | coordinates,
        guest_of=where(Role.GUEST),
        presents=where(Role.PRESENTER),
    )


async def grant(tx: Tx, person_id: int, role: Role, group_id: int | None = None) -> bool:
    """Give a role; False if they had it."""
    values = {"person_id": person_id, "role": role.value, "group_id": group_id}
    given = insert_unless_there(tx, roles).values(values).returning(roles.c.id)
    return (await tx.execute(given)).first() is not None


async def coordinators_of(tx: Tx, group_id: int) -> list[int]:
    """Person ids of the coordinators of a group."""
    query = select(roles.c.person_id).where(roles.c.role == Role.COORDINATOR.value, roles.c.group_id == group_id)
    return list((await tx.execute(query.order_by(roles.c.id))).scalars())


async def organisers(tx: Tx) -> list[int]:
    """Person ids of the organisers."""
    query = select(roles.c.person_id).where(roles.c.role == Role.ORGANISER.value)
    return list((await tx.execute(query.order_by(roles.c.id))).scalars())


async def owners(tx: Tx, named: Collection[int]) -> list[int]:
    """Person ids of the owners: those `named` in the settings, and those who were made owners in the chat."""
    rows = await tx.execute(select(roles.c.person_id).where(roles.c.role == Role.OWNER.value))
    return sorted({*named, *rows.scalars()})


async def get_leads(tx: Tx, person_id: int) -> tuple[int, ...]:
    """Lead times of a person in minutes, longest first."""
    query = select(leads.c.minutes).where(leads.c.person_id == person_id).order_by(leads.c.minutes.desc())
    return tuple((await tx.execute(query)).scalars())


async def get_leads_of(tx: Tx, person_ids: Collection[int]) -> dict[int, frozenset[int]]:
    """Lead times in minutes by person id; who has none is left out."""
    found: dict[int, set[int]] = {}
    for row in await tx.execute(select(leads).where(leads.c.person_id.in_(person_ids))):
        found.setdefault(row.person_id, set()).add(row.minutes)
    return {person_id: frozenset(minutes) for person_id, minutes in found.items()}


async def all_leads(tx: Tx) -> tuple[int, ...]:
    """Every lead time that anybody uses, and the defaults for those still to come."""
    used = (await tx.execute(select(leads.c.minutes).distinct())).scalars()
    return tuple(sorted({*used, *DEFAULT_LEADS}))


async def set_leads(tx: Tx, person_id: int, minutes: Iterable[int]) -> None:
    """Replace the lead times of a person."""
    await tx.execute(delete(leads).where(leads.c.person_id == person_id))
    rows = [{"person_id": person_id, "minutes": m} for m in minutes]
    if rows:
        await tx.execute(leads.insert(), rows)


def reachable() -> Select[int]:
    """SELECT of the ids of the people who can be written to and have not stopped messages."""
    return select(people.c.id).where(
        people.c.started_at.is_not(null()), people.c.blocked_at.is_(null()), people.c.stopped_at.is_(null())
    )
