"""Events: webinars, who follows them, and the occasions at which their reminders are due."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, and_, bindparam, delete, func, null, or_, select, update
from sqlalchemy.sql.elements import ColumnElement

from domain.events import Event, EventState, LinkPolicy
from domain.reminders import Firing, Occasion, Planned
from domain.webinars import Following, Scope
from storage.database import Tx
from storage.dialects import insert
from storage.people import reachable
from storage.tables import events, leads, occasions, people, subscriptions

_COLUMNS = [column for column in events.c if column.name != "kind"]


def _event(row: Row[*tuple[Any, ...]]) -> Event:
    values = dict(row._mapping)
    values["speakers"] = tuple(values["speakers"])
    values["languages"] = tuple(values["languages"])
    values["link_policy"] = LinkPolicy(values["link_policy"])
    values["state"] = EventState(values["state"])
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


async def get_all(tx: Tx) -> list[Event]:
    """Every event, soonest first."""
    rows = await tx.execute(select(*_COLUMNS).order_by(events.c.starts_at, events.c.id))
    return [_event(row) for row in rows]


_UPCOMING = (
    select(*_COLUMNS)
    .where(events.c.state == EventState.ANNOUNCED.value, events.c.starts_at > bindparam("now"))
    .order_by(events.c.starts_at, events.c.id)
    .offset(bindparam("skip"))
    .limit(bindparam("most"))
)


async def upcoming(tx: Tx, now: datetime, *, offset: int = 0, limit: int = 100) -> list[Event]:
    """Announced events that have not started, soonest first."""
    return [_event(row) for row in await tx.execute(_UPCOMING, {"now": now, "skip": offset, "most": limit})]


async def count_upcoming(tx: Tx, now: datetime) -> int:
    """How many `upcoming` there are in all."""
    return await tx.scalar(select(func.count()).select_from(events).where(_is_upcoming(now))) or 0


async def next_of_groups(tx: Tx, group_ids: Collection[int], now: datetime) -> dict[int, Event]:
    """The next announced event of each group that has one, by group id."""
    query = select(*_COLUMNS).where(_is_upcoming(now), events.c.group_id.in_(group_ids))
    latest_first = query.order_by(events.c.starts_at.desc(), events.c.id.desc())
    return {row.group_id: _event(row) for row in await tx.execute(latest_first)}  # the soonest comes last and stays


def _is_upcoming(now: datetime) -> ColumnElement[bool]:
    return and_(events.c.state == EventState.ANNOUNCED.value, events.c.starts_at > now)


async def add(tx: Tx, event: Event) -> int:
    """Store a new event (its `id` is ignored); return its id."""
    inserted = events.insert().values(kind="webinar", **_values(event)).returning(events.c.id)
    return int((await tx.execute(inserted)).scalar_one())


async def save(tx: Tx, event: Event) -> None:
    """Overwrite an event."""
    await tx.execute(update(events).where(events.c.id == event.id).values(**_values(event)))


# --- Following --------------------------------------------------------------------------------


_CHOICES = select(subscriptions.c.scope, subscriptions.c.target_id, subscriptions.c.wanted).where(
    subscriptions.c.person_id == bindparam("person_id")
)


async def get_following(tx: Tx, person_id: int) -> Following:
    """What a person follows."""
    rows = (await tx.execute(_CHOICES, {"person_id": person_id})).all()

    def targets(scope: Scope, *, wanted: bool) -> frozenset[int]:
        return frozenset(row.target_id for row in rows if row.scope == scope and row.wanted is wanted)

    return Following(
        everything=bool(targets(Scope.ALL, wanted=True)),
        groups=targets(Scope.GROUP, wanted=True),
        webinars=targets(Scope.WEBINAR, wanted=True),
        not_these=targets(Scope.WEBINAR, wanted=False),
    )


async def follow(tx: Tx, person_id: int, scope: Scope, target_id: int, now: datetime, *, wanted: bool = True) -> None:
    """Store a choice, over an earlier one about the same."""
    statement = insert(tx, subscriptions).values(
        person_id=person_id, scope=scope.value, target_id=target_id, wanted=wanted, created_at=now
    )
    keys = ["person_id", "scope", "target_id"]
    await tx.execute(statement.on_conflict_do_update(index_elements=keys, set_={"wanted": wanted, "created_at": now}))


async def unfollow_all(tx: Tx, person_id: int) -> None:
    """Forget every choice of a person."""
    await tx.execute(delete(subscriptions).where(subscriptions.c.person_id == person_id))


async def forget_refusal(tx: Tx, person_id: int, event_id: int) -> None:
    """Take back "not this one"."""
    await tx.execute(
        delete(subscriptions).where(
            subscriptions.c.person_id == person_id,
            subscriptions.c.scope == Scope.WEBINAR.value,
            subscriptions.c.target_id == event_id,
            ~subscriptions.c.wanted,
        )
    )


async def who_follows(tx: Tx, of: Sequence[Event], person_ids: Collection[int]) -> set[tuple[int, int]]:
    """Pairs (event id, person id): who of these people is to be told of which event, as of now."""
    pairs: set[tuple[int, int]] = set()
    for event in of:
        rows = await tx.execute(followers(event).where(people.c.id.in_(person_ids)))
        pairs.update((event.id, person_id) for person_id in rows.scalars())
    return pairs


def followers(event: Event) -> Select[int]:
    """SELECT of the ids of those to be told of an event: they follow it and can be written to."""
    return reachable().where(_follow(event.id, event.group_id))


def followers_with_lead(event: Event, firing: Firing) -> Select[int]:
    """SELECT of the followers to be reminded at an occasion: they use its lead, and none that is due instead."""
    query = followers(event).where(people.c.id.in_(_users_of_leads([firing.occasion.lead])))
    return query.where(people.c.id.not_in(_users_of_leads(firing.instead))) if firing.instead else query


def _users_of_leads(minutes: Sequence[int]) -> Select[int]:
    return select(leads.c.person_id).where(leads.c.minutes.in_(minutes))


def _follow(event_id: int, group_id: int) -> ColumnElement[bool]:
    """Condition on `people`: the narrowest choice wins."""
    mine = subscriptions.alias("mine")
    this_one = and_(mine.c.scope == Scope.WEBINAR.value, mine.c.target_id == event_id)
    wide = or_(and_(mine.c.scope == Scope.GROUP.value, mine.c.target_id == group_id), mine.c.scope == Scope.ALL.value)
    chosen = select(mine.c.person_id).where(mine.c.wanted, or_(this_one, wide))
    refused = select(mine.c.person_id).where(this_one, ~mine.c.wanted)
    return and_(people.c.id.in_(chosen), people.c.id.not_in(refused))


# --- Occasions --------------------------------------------------------------------------------


async def plan(tx: Tx, event_id: int, revision: int, planned: Sequence[Planned]) -> None:
    """Store the occasions of one revision; those there already stay as they are."""
    if not planned:
        return
    rows = [{"event_id": event_id, "revision": revision, "lead": one.lead, "due_at": one.due_at} for one in planned]
    await tx.execute(insert(tx, occasions).on_conflict_do_nothing(), rows)


async def forget_older_occasions(tx: Tx, event_id: int, revision: int) -> None:
    """Drop what was planned for earlier revisions and has not fired."""
    older = and_(occasions.c.event_id == event_id, occasions.c.revision < revision)
    await tx.execute(delete(occasions).where(older, occasions.c.fired_at.is_(null())))


async def due_occasions(tx: Tx, now: datetime) -> list[Occasion]:
    """Occasions that are due and have not fired."""
    columns = (
        occasions.c.id,
        occasions.c.event_id,
        occasions.c.revision,
        occasions.c.lead,
        occasions.c.due_at,
    )
    query = select(*columns).where(occasions.c.fired_at.is_(null()), occasions.c.due_at <= now)
    return [Occasion(**row._mapping) for row in await tx.execute(query)]


async def next_occasion_at(tx: Tx) -> datetime | None:
    """When the next occasion is due."""
    found: datetime | None = await tx.scalar(
        select(func.min(occasions.c.due_at)).where(occasions.c.fired_at.is_(null()))
    )
    return found


async def mark_fired(tx: Tx, occasion_ids: Collection[int], now: datetime) -> None:
    """These occasions are over."""
    await tx.execute(update(occasions).where(occasions.c.id.in_(occasion_ids)).values(fired_at=now))
