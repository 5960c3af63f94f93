"""The weekly summary: who gets it, and what is new."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, or_, select

from domain.digest import SCOPE, News
from domain.events import EventKind, EventState
from domain.permissions import Role
from storage.database import Tx
from storage.dialects import insert
from storage.people import reachable
from storage.tables import applications, events, people, results, roles, seats, subscriptions

_REFUSED = select(subscriptions.c.person_id).where(subscriptions.c.scope == SCOPE, ~subscriptions.c.wanted)


def readers(owner_ids: Collection[int]) -> Select[int]:
    """SELECT of the ids of the organisers and owners who can be written to and have not turned it off."""
    in_charge = select(roles.c.person_id).where(roles.c.role.in_((Role.ORGANISER.value, Role.OWNER.value)))
    for_them = or_(people.c.id.in_(in_charge), people.c.id.in_(owner_ids))
    return reachable().where(for_them, people.c.id.not_in(_REFUSED))


async def is_wanted(tx: Tx, person_id: int) -> bool:
    """Whether this person has not turned it off."""
    return (await tx.execute(_REFUSED.where(subscriptions.c.person_id == person_id))).first() is None


async def want(tx: Tx, person_id: int, now: datetime, *, wanted: bool) -> None:
    """Turn it on or off."""
    statement = insert(tx, subscriptions).values(
        person_id=person_id, scope=SCOPE, target_id=0, wanted=wanted, created_at=now
    )
    keys = ["person_id", "scope", "target_id"]
    await tx.execute(statement.on_conflict_do_update(index_elements=keys, set_={"wanted": wanted, "created_at": now}))


async def get_news(tx: Tx, group_ids: Collection[int], since: datetime, until: datetime) -> dict[int, News]:
    """What is new about these groups from `since` until just before `until`, by group id."""
    found: dict[int, dict[str, int]] = {group_id: {} for group_id in group_ids}
    for name, query, moment in _new():
        column = query.selected_columns[0]
        within = query.where(column.in_(group_ids), moment >= since, moment < until).group_by(column)
        for group_id, count in await tx.execute(within):
            found[group_id][name] = count
    return {group_id: News(**counts) for group_id, counts in found.items()}


def _new() -> tuple[tuple[str, Select[*tuple[Any, ...]], Any], ...]:
    held = select(events.c.group_id, func.count()).where(events.c.state == EventState.ANNOUNCED.value)
    return (
        ("members", select(seats.c.group_id, func.count()), seats.c.taken_at),
        ("requests", select(applications.c.group_id, func.count()), applications.c.created_at),
        ("webinars", held.where(events.c.kind == EventKind.WEBINAR.value), events.c.starts_at),
        ("sessions", held.where(events.c.kind == EventKind.SESSION.value), events.c.starts_at),
        ("results", select(results.c.group_id, func.count()), results.c.published_at),
    )
