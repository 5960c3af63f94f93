"""What the organisers look at: for each group, what it has so far."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select

from domain.events import EventKind, EventState
from domain.groups import ApplicationState
from domain.organise import Progress
from domain.permissions import Role
from domain.results import ResultState
from storage.database import Tx
from storage.events import next_of_groups
from storage.tables import applications, events, results, roles, seats

_COUNTS: dict[str, Select[*tuple[Any, ...]]] = {
    "coordinators": select(roles.c.group_id, func.count()).where(roles.c.role == Role.COORDINATOR.value),
    "members": select(seats.c.group_id, func.count()),
    "webinars": select(events.c.group_id, func.count()).where(
        events.c.kind == EventKind.WEBINAR.value, events.c.state == EventState.ANNOUNCED.value
    ),
    "results": select(results.c.group_id, func.count()).where(results.c.state == ResultState.PUBLISHED.value),
}

_WAITING: dict[str, Select[*tuple[Any, ...]]] = {
    "reviews": select(results.c.group_id, func.count(), func.min(results.c.submitted_at)).where(
        results.c.state == ResultState.SUBMITTED.value
    ),
    "requests": select(applications.c.group_id, func.count(), func.min(applications.c.created_at)).where(
        applications.c.state == ApplicationState.OPEN.value
    ),
}


async def get_progress(tx: Tx, group_ids: Collection[int], now: datetime) -> dict[int, Progress]:
    """What each of these groups has so far, by its id."""
    found: dict[int, dict[str, Any]] = {group_id: {} for group_id in group_ids}
    for name, query in _COUNTS.items():
        for group_id, count in await tx.execute(_of(query, group_ids)):
            found[group_id][name] = count
    for name, query in _WAITING.items():
        for group_id, count, since in await tx.execute(_of(query, group_ids)):
            found[group_id] |= {name: count, f"{name}_since": since}
    for group_id, session in (await next_of_groups(tx, EventKind.SESSION, group_ids, now)).items():
        found[group_id]["next_session_at"] = session.starts_at
    return {group_id: Progress(**values) for group_id, values in found.items()}


def _of(query: Select[*tuple[Any, ...]], group_ids: Collection[int]) -> Select[*tuple[Any, ...]]:
    column = query.selected_columns[0]
    return query.where(column.in_(group_ids)).group_by(column)


async def count_events_ahead(tx: Tx, group_id: int, now: datetime) -> int:
    """How many announced webinars and sessions of a group have not started."""
    ahead = (
        (events.c.group_id == group_id) & (events.c.state == EventState.ANNOUNCED.value) & (events.c.starts_at > now)
    )
    return await tx.scalar(select(func.count()).select_from(events).where(ahead)) or 0
