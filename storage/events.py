"""Events: webinars and sessions, what they share."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, bindparam, select, update
from sqlalchemy.sql.elements import ColumnElement

from domain.events import Event, EventKind, EventState, LinkPolicy
from storage.database import Tx
from storage.tables import events

_COLUMNS = [events.c[name] for name in Event.__dataclass_fields__]


def _event(row: Row[*tuple[Any, ...]]) -> Event:
    values = dict(row._mapping)
    values["speakers"] = tuple(values["speakers"])
    values["languages"] = tuple(values["languages"])
    values["link_policy"] = LinkPolicy(values["link_policy"])
    values["state"] = EventState(values["state"])
    values["kind"] = EventKind(values["kind"])
    return Event(**values)


def _values(event: Event) -> dict[str, object]:
    return {
        "slug": event.slug,
        "group_id": event.group_id,
        "titles": dict(event.titles),
        "abstracts": dict(event.abstracts),
        "speakers": list(event.speakers),
        "languages": list(event.languages),
        "starts_at": event.starts_at,
        "minutes": event.minutes,
        "zone": event.zone,
        "link": event.link,
        "link_policy": event.link_policy.value,
        "state": event.state.value,
        "revision": event.revision,
        "kind": event.kind.value,
        "sequence": event.sequence,
        "series_id": event.series_id,
        "moderator_id": event.moderator_id,
        "backstage_link": event.backstage_link,
        "capacity": event.capacity,
        "registers": event.registers,
        "recording_link": event.recording_link,
    }


async def get(tx: Tx, event_id: int) -> Event | None:
    """One event."""
    row = (await tx.execute(select(*_COLUMNS).where(events.c.id == event_id))).one_or_none()
    return _event(row) if row else None


async def get_many(tx: Tx, event_ids: Collection[int]) -> dict[int, Event]:
    """Those of the events that exist, by id."""
    rows = await tx.execute(select(*_COLUMNS).where(events.c.id.in_(event_ids)))
    return {row.id: _event(row) for row in rows}


async def get_by_slug(tx: Tx, slug: str) -> Event | None:
    """The event with this name in programme files."""
    row = (await tx.execute(select(*_COLUMNS).where(events.c.slug == slug))).one_or_none()
    return _event(row) if row else None


async def get_all(tx: Tx, kind: EventKind) -> list[Event]:
    """Every event of a kind, soonest first."""
    query = select(*_COLUMNS).where(events.c.kind == kind.value)
    rows = await tx.execute(query.order_by(events.c.starts_at, events.c.id))
    return [_event(row) for row in rows]


_UPCOMING = (
    select(*_COLUMNS)
    .where(
        events.c.kind == bindparam("kind"),
        events.c.state == EventState.ANNOUNCED.value,
        events.c.starts_at > bindparam("now"),
    )
    .order_by(events.c.starts_at, events.c.id)
    .offset(bindparam("skip"))
    .limit(bindparam("most"))
)


async def upcoming(tx: Tx, kind: EventKind, now: datetime, *, offset: int = 0, limit: int = 100) -> list[Event]:
    """Announced events of a kind that have not started, soonest first."""
    values = {"kind": kind.value, "now": now, "skip": offset, "most": limit}
    return [_event(row) for row in await tx.execute(_UPCOMING, values)]


async def begun(tx: Tx, kind: EventKind, now: datetime, *, limit: int = 100) -> list[Event]:
    """Announced events of a kind that have started, the newest first."""
    announced = events.c.state == EventState.ANNOUNCED.value
    query = select(*_COLUMNS).where(events.c.kind == kind.value, announced, events.c.starts_at <= now)
    newest_first = query.order_by(events.c.starts_at.desc(), events.c.id.desc()).limit(limit)
    return [_event(row) for row in await tx.execute(newest_first)]


async def next_of_groups(tx: Tx, kind: EventKind, group_ids: Collection[int], now: datetime) -> dict[int, Event]:
    """The next announced event of a kind of each group that has one, by group id."""
    query = select(*_COLUMNS).where(_is_upcoming(kind, now), events.c.group_id.in_(group_ids))
    latest_first = query.order_by(events.c.starts_at.desc(), events.c.id.desc())
    return {row.group_id: _event(row) for row in await tx.execute(latest_first)}  # the soonest comes last and stays


async def groups_of_started(tx: Tx, since: datetime, until: datetime) -> list[int]:
    """Ids of the groups of which an event began after `since` and not after `until`."""
    began = (events.c.starts_at > since, events.c.starts_at <= until)
    query = select(events.c.group_id).where(*began).distinct().order_by(events.c.group_id)
    return list((await tx.execute(query)).scalars())


async def upcoming_of(tx: Tx, kind: EventKind, group_id: int, now: datetime, *, offset: int, limit: int) -> list[Event]:
    """Some of a group's announced events of a kind that have not started, soonest first."""
    query = select(*_COLUMNS).where(_is_upcoming(kind, now), events.c.group_id == group_id)
    ordered = query.order_by(events.c.starts_at, events.c.id).offset(offset).limit(limit)
    return [_event(row) for row in await tx.execute(ordered)]


def _is_upcoming(kind: EventKind, now: datetime) -> ColumnElement[bool]:
    announced = events.c.state == EventState.ANNOUNCED.value
    return and_(events.c.kind == kind.value, announced, events.c.starts_at > now)


async def add(tx: Tx, event: Event) -> int:
    """Store a new event (its `id` is ignored); return its id."""
    inserted = events.insert().values(_values(event)).returning(events.c.id)
    return int((await tx.execute(inserted)).scalar_one())


async def save(tx: Tx, event: Event) -> None:
    """Overwrite an event."""
    await tx.execute(update(events).where(events.c.id == event.id).values(**_values(event)))
