"""What the organisers' pages count and list over everything: people by reach, results under way, days of a month."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Column, func, null, select
from sqlalchemy.sql.elements import ColumnElement

from domain.broadcasts import BroadcastState
from domain.deliveries import DeliveryState
from domain.results import ResultState
from storage.database import Tx
from storage.tables import applications, broadcasts, outbox, people, registrations, results, roles, subscriptions

_BLOCKED, _STARTED = people.c.blocked_at.is_not(null()), people.c.started_at.is_not(null())
_STOPPED = people.c.stopped_at.is_not(null())


@dataclass(frozen=True)
class Reach:
    """How many people we have met, and how many of them cannot be written to, by the first reason that holds."""

    total: int
    never_started: int
    blocked: int
    stopped: int

    @property
    def reached(self) -> int:
        """Everybody else."""
        return self.total - self.never_started - self.blocked - self.stopped


async def get_reach(tx: Tx) -> Reach:
    """The numbers of everybody."""
    return Reach(
        total=await _count(tx, people.c.id.is_not(null())),
        never_started=await _count(tx, ~_STARTED),
        blocked=await _count(tx, _STARTED & _BLOCKED),
        stopped=await _count(tx, _STARTED & ~_BLOCKED & _STOPPED),
    )


async def _count(tx: Tx, which: ColumnElement[bool]) -> int:
    return await tx.scalar(select(func.count()).select_from(people).where(which)) or 0


async def get_roles(tx: Tx, person_ids: Collection[int]) -> dict[int, list[tuple[str, int | None]]]:
    """(role, group id) of these people, as stored."""
    found: dict[int, list[tuple[str, int | None]]] = {}
    query = select(roles.c.person_id, roles.c.role, roles.c.group_id).where(roles.c.person_id.in_(person_ids))
    for person_id, role, group_id in await tx.execute(query.order_by(roles.c.id)):
        found.setdefault(person_id, []).append((role, group_id))
    return found


# --- Results and broadcasts -------------------------------------------------------------------

_UNDER_WAY = results.c.state.in_([ResultState.SUBMITTED.value, ResultState.ACCEPTED.value])


async def count_under_way(tx: Tx) -> int:
    """How many results wait for a review, or to be published."""
    return await tx.scalar(select(func.count()).select_from(results).where(_UNDER_WAY)) or 0


async def ids_under_way(tx: Tx, offset: int, limit: int) -> list[int]:
    """Their ids, whoever waits longest first."""
    query = select(results.c.id).where(_UNDER_WAY).order_by(results.c.submitted_at, results.c.id)
    return list((await tx.execute(query.offset(offset).limit(limit))).scalars())


_BEGUN = broadcasts.c.state != BroadcastState.DRAFT.value


async def count_broadcasts(tx: Tx) -> int:
    """How many broadcasts there are but drafts."""
    return await tx.scalar(select(func.count()).select_from(broadcasts).where(_BEGUN)) or 0


async def broadcast_ids(tx: Tx, offset: int, limit: int) -> list[int]:
    """Their ids, newest first."""
    query = select(broadcasts.c.id).where(_BEGUN).order_by(broadcasts.c.id.desc())
    return list((await tx.execute(query.offset(offset).limit(limit))).scalars())


# --- Days -------------------------------------------------------------------------------------


async def sign_ups_by_day(tx: Tx, since: datetime) -> dict[date, int]:
    """New wishes to be reminded, registrations and requests to join, by the day in UTC."""
    wanted = await _by_day(tx, subscriptions.c.created_at, since, subscriptions.c.wanted.is_(True))
    registered = await _by_day(tx, registrations.c.queued_at, since)
    asked = await _by_day(tx, applications.c.created_at, since)
    days = wanted.keys() | registered.keys() | asked.keys()
    return {day: wanted.get(day, 0) + registered.get(day, 0) + asked.get(day, 0) for day in days}


async def reminders_by_day(tx: Tx, since: datetime) -> dict[date, int]:
    """Reminders that arrived, by the day in UTC."""
    arrived = (outbox.c.kind == "reminder") & (outbox.c.state == DeliveryState.SENT.value)
    return await _by_day(tx, outbox.c.finished_at, since, arrived)


async def _by_day(tx: Tx, moment: Column[datetime], since: datetime, *which: ColumnElement[bool]) -> dict[date, int]:
    # PostgreSQL would count the days of the connection's own time zone.
    local = func.timezone("UTC", moment) if tx.dialect.name == "postgresql" else moment
    day = func.date(local)
    query = select(day, func.count()).where(moment >= since, *which).group_by(day)
    return {date.fromisoformat(str(name)): number for name, number in await tx.execute(query)}


async def submitted_by_group(tx: Tx) -> dict[int, tuple[int, int]]:
    """(handed in, published) by the id of the group."""
    found: dict[int, tuple[int, int]] = {}
    public = func.count().filter(results.c.state == ResultState.PUBLISHED.value)
    query = select(results.c.group_id, func.count(), public).where(results.c.submitted_at.is_not(null()))
    for group_id, submitted, published in await tx.execute(query.group_by(results.c.group_id)):
        found[group_id or 0] = (submitted, published)
    return found
