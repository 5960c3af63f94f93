"""Broadcasts: drafts and runs, whom they are for, and how far they are."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, and_, case, delete, false, func, null, or_, select, update
from sqlalchemy.sql.elements import ColumnElement

from domain.broadcasts import Audience, Broadcast, BroadcastState, Fate, Progress
from domain.deliveries import DeliveryState
from domain.permissions import Role
from storage import events, following
from storage.database import Tx
from storage.people import reachable
from storage.tables import broadcasts, outbox, people, roles, seats

_COLUMNS = [broadcasts.c[name] for name in Broadcast.__dataclass_fields__]


def _broadcast(row: Row[*tuple[Any, ...]]) -> Broadcast:
    values = dict(row._mapping)
    values["audience"] = Audience(values["audience"])
    values["state"] = BroadcastState(values["state"])
    return Broadcast(**values)


async def get(tx: Tx, broadcast_id: int, *, lock: bool = False) -> Broadcast | None:
    """One broadcast; `lock` keeps others from changing it until this transaction ends."""
    query = select(*_COLUMNS).where(broadcasts.c.id == broadcast_id)
    row = (await tx.execute(query.with_for_update() if lock else query)).one_or_none()
    return _broadcast(row) if row else None


async def get_many(tx: Tx, broadcast_ids: Collection[int]) -> dict[int, Broadcast]:
    """Those of the broadcasts that exist, by id."""
    rows = await tx.execute(select(*_COLUMNS).where(broadcasts.c.id.in_(broadcast_ids)))
    return {row.id: _broadcast(row) for row in rows}


async def draft_of(tx: Tx, author_id: int) -> Broadcast | None:
    """The draft a person is working on."""
    mine = and_(broadcasts.c.author_id == author_id, broadcasts.c.state == BroadcastState.DRAFT.value)
    query = select(*_COLUMNS).where(mine).order_by(broadcasts.c.id.desc()).limit(1)
    row = (await tx.execute(query)).one_or_none()
    return _broadcast(row) if row else None


async def add_draft(tx: Tx, author_id: int, html: str, now: datetime) -> int:
    """Store a new draft, for everybody until somebody chooses; return its id."""
    values = {
        "author_id": author_id,
        "html": html,
        "audience": Audience.EVERYBODY.value,
        "target_id": 0,
        "state": BroadcastState.DRAFT.value,
        "total": 0,
        "created_at": now,
    }
    return int((await tx.execute(broadcasts.insert().values(values).returning(broadcasts.c.id))).scalar_one())


async def change(tx: Tx, broadcast_id: int, **values: object) -> None:
    """Set columns of a broadcast: html, audience, target_id, state, total and the moments."""
    await tx.execute(update(broadcasts).where(broadcasts.c.id == broadcast_id).values(**values))


async def remove_drafts(tx: Tx, author_id: int) -> None:
    """Throw the drafts of a person away."""
    mine = and_(broadcasts.c.author_id == author_id, broadcasts.c.state == BroadcastState.DRAFT.value)
    await tx.execute(delete(broadcasts).where(mine))


# --- Whom it is for ---------------------------------------------------------------------------


def belonging_to(group_id: int) -> Select[int]:
    """SELECT of the ids of a group's members and coordinators who can be written to."""
    seated = select(seats.c.person_id).where(seats.c.group_id == group_id)
    coordinating = select(roles.c.person_id).where(roles.c.role == Role.COORDINATOR.value, roles.c.group_id == group_id)
    return reachable().where(or_(people.c.id.in_(seated), people.c.id.in_(coordinating)))


async def recipients(tx: Tx, broadcast: Broadcast) -> Select[int]:
    """SELECT of the ids of the people a broadcast is for, as of now; nobody once its webinar is gone."""
    match broadcast.audience:
        case Audience.EVERYBODY:
            return reachable()
        case Audience.GROUP:
            return belonging_to(broadcast.target_id)
        case Audience.WEBINAR:
            event = await events.get(tx, broadcast.target_id)
            return following.followers(event) if event else reachable().where(false())


async def count_recipients(tx: Tx, broadcast: Broadcast) -> int:
    """How many people a broadcast is for, as of now."""
    query = await recipients(tx, broadcast)
    return await tx.scalar(select(func.count()).select_from(query.subquery())) or 0


# --- How far it is ----------------------------------------------------------------------------


def _running() -> ColumnElement[bool]:
    """Under way, or stopped with calls not yet answered."""
    begun = broadcasts.c.started_at.is_not(null()) & broadcasts.c.finished_at.is_(null())
    return begun & broadcasts.c.state.in_([BroadcastState.SENDING.value, BroadcastState.STOPPED.value])


async def any_open(tx: Tx) -> bool:
    """Whether there is one that waits to be confirmed, or a run to watch."""
    asked = broadcasts.c.state == BroadcastState.ASKED.value
    return await tx.scalar(select(broadcasts.c.id).where(or_(asked, _running())).limit(1)) is not None


async def in_states(tx: Tx, states: Collection[BroadcastState]) -> list[Broadcast]:
    """Every broadcast in one of these states."""
    query = select(*_COLUMNS).where(broadcasts.c.state.in_([state.value for state in states]))
    return [_broadcast(row) for row in await tx.execute(query.order_by(broadcasts.c.id))]


async def running(tx: Tx) -> list[Broadcast]:
    """The runs that are not over."""
    return [_broadcast(row) for row in await tx.execute(select(*_COLUMNS).where(_running()).order_by(broadcasts.c.id))]


def _in(*states: DeliveryState) -> ColumnElement[bool]:
    return outbox.c.state.in_([state.value for state in states])


# Whoever turns out to have blocked the bot loses what else waits for them: that is cancelled, and unreachable too.
_CANNOT_BE_WRITTEN_TO = or_(people.c.blocked_at.is_not(null()), people.c.started_at.is_(null()))
_fate = case(
    (_in(DeliveryState.SENT), Fate.SENT.value),
    (_in(DeliveryState.UNCERTAIN), Fate.UNCERTAIN.value),
    (
        _in(DeliveryState.FAILED, DeliveryState.CANCELLED) & people.c.id.is_not(null()) & _CANNOT_BE_WRITTEN_TO,
        Fate.UNREACHABLE.value,
    ),
    (_in(DeliveryState.FAILED, DeliveryState.EXPIRED), Fate.FAILED.value),
    (_in(DeliveryState.CANCELLED), Fate.CANCELLED.value),
    else_=Fate.WAITING.value,
)
_RECIPIENTS = outbox.outerjoin(people, people.c.id == outbox.c.person_id)


async def is_under_way(tx: Tx, broadcast_id: int) -> bool:
    """Whether somebody's message has no final state yet."""
    waiting = _in(DeliveryState.PENDING, DeliveryState.SENDING)
    query = select(outbox.c.id).where(outbox.c.broadcast_id == broadcast_id, waiting).limit(1)
    return await tx.scalar(query) is not None


async def get_progress(tx: Tx, broadcast_id: int) -> Progress:
    """How many people are where."""
    fate = _fate.label("fate")
    query = select(fate, func.count()).select_from(_RECIPIENTS).where(outbox.c.broadcast_id == broadcast_id)
    return Progress({Fate(name): number for name, number in await tx.execute(query.group_by(fate))})


async def names(tx: Tx, broadcast_id: int, fate: Fate, most: int) -> list[str]:
    """The first names, in the order of sending, of the people this became of."""
    query = select(people.c.name).select_from(_RECIPIENTS)
    query = query.where(outbox.c.broadcast_id == broadcast_id, _fate == fate.value)
    return list((await tx.execute(query.order_by(outbox.c.id).limit(most))).scalars())
