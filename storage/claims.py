"""Deliveries on their way out: read ahead, claimed with a lease, recorded with a fence, recovered after a crash."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest
from typing import Any

from sqlalchemy import (
    Result,
    Row,
    Select,
    bindparam,
    case,
    exists,
    func,
    literal,
    literal_column,
    null,
    or_,
    select,
    union_all,
    update,
)

from domain.broadcasts import BroadcastState
from domain.deliveries import Candidate, Delivery, DeliveryState, Lane, Policy, after_crash
from storage.database import Tx
from storage.tables import IS_PENDING, broadcasts, outbox

_SENDING = outbox.c.state == literal_column("'sending'")

_CANDIDATE = [outbox.c[name] for name in ("id", "lane", "kind", "method", "chat_id", "not_before")]
_DELIVERY = [outbox.c[name] for name in Delivery.__dataclass_fields__]

# --- Reading ahead and claiming ---------------------------------------------------------------


def _due(lane: Lane) -> Select[*tuple[Any, ...]]:
    query = select(*_CANDIDATE).where(
        IS_PENDING,
        outbox.c.lane == literal_column(str(int(lane))),
        outbox.c.not_before <= bindparam("now"),
        or_(outbox.c.chat_id.is_(null()), outbox.c.chat_id.not_in(bindparam("skip_chats", expanding=True))),
        outbox.c.id.not_in(bindparam("skip_ids", expanding=True)),
    )
    return query.order_by(outbox.c.not_before, outbox.c.id).limit(bindparam("most"))


_DUE = union_all(*(select(_due(lane).subquery()) for lane in Lane))
_DUE_OF_RUN = _due(Lane.BULK).where(outbox.c.broadcast_id == bindparam("run"))
_RUNNING = select(broadcasts.c.id).where(broadcasts.c.state == BroadcastState.SENDING.value).order_by(broadcasts.c.id)


async def read_ahead(
    tx: Tx, now: datetime, limit: int, *, skip_chats: Collection[int], skip_ids: Collection[int]
) -> list[Candidate]:
    """Due deliveries, at most `limit` of each lane; bulk in turns over the broadcasts under way."""
    values = {"now": now, "most": limit, "skip_chats": list(skip_chats), "skip_ids": list(skip_ids)}
    found = _candidates(await tx.execute(_DUE, values))
    bulk = [c for c in found if c.lane is Lane.BULK]
    if len(bulk) < limit:
        return found
    runs = list((await tx.execute(_RUNNING)).scalars())
    if len(runs) < 2:
        return found
    shares = values | {"most": max(1, limit // len(runs))}
    in_turns = [_candidates(await tx.execute(_DUE_OF_RUN, shares | {"run": run})) for run in runs]
    taking_turns = (c for one_of_each in zip_longest(*in_turns) for c in one_of_each if c is not None)
    return [*(c for c in found if c.lane is not Lane.BULK), *taking_turns]


def _candidates(rows: Result[*tuple[Any, ...]]) -> list[Candidate]:
    return [Candidate(row[0], Lane(row[1]), *row[2:]) for row in rows.all()]


_CLAIM = (
    update(outbox)
    .where(outbox.c.id.in_(bindparam("ids", expanding=True)), IS_PENDING)
    .values(
        state=DeliveryState.SENDING.value,
        attempt=outbox.c.attempt + 1,
        owner=bindparam("by"),
        lease_until=bindparam("until"),
    )
    .returning(*_DELIVERY)
)


async def claim(tx: Tx, ids: Sequence[int], owner: str, lease_until: datetime) -> list[Delivery]:
    """Take these deliveries; those no longer pending are left out."""
    rows = (await tx.execute(_CLAIM, {"ids": ids, "by": owner, "until": lease_until})).all()
    claimed = {row[0]: _delivery(row) for row in rows}
    return [claimed[row_id] for row_id in ids if row_id in claimed]


def _delivery(row: Row[*tuple[Any, ...]]) -> Delivery:
    """The columns of `_DELIVERY` are the fields of Delivery, in order."""
    row_id, key, kind, lane, policy, *rest = row
    return Delivery(row_id, key, kind, Lane(lane), Policy(policy), *rest)


# --- What became of it ------------------------------------------------------------------------


@dataclass(frozen=True)
class Record:
    """What became of a claimed delivery; fenced by the claim's `attempt`."""

    id: int
    attempt: int
    state: DeliveryState
    now: datetime
    message_id: int | None = None
    error: str | None = None
    not_before: datetime | None = None  # for those that go back to pending
    attempts_spent: int = 0  # 0: this call counts; -1: it does not


_OTHER = outbox.alias("other")
_OVERTAKEN = outbox.c.payload.is_(null()) & exists(
    select(_OTHER.c.id).where(
        _OTHER.c.card_id == outbox.c.card_id,
        _OTHER.c.state == literal_column("'pending'"),
        _OTHER.c.payload.is_(null()),
    )
)
"""The card changed during the call: the delivery that waits shows everything, this one need not come again."""

_BACK = bindparam("to_state") == literal_column("'pending'")

_RECORD = (
    update(outbox)
    .where(
        outbox.c.id == bindparam("row"),
        outbox.c.owner == bindparam("by"),
        outbox.c.attempt == bindparam("fence"),
        _SENDING,
    )
    .values(
        state=case((_BACK & _OVERTAKEN, DeliveryState.CANCELLED.value), else_=bindparam("to_state")),
        message_id=bindparam("to_message"),
        error=bindparam("to_error"),
        not_before=func.coalesce(bindparam("to_not_before", type_=outbox.c.not_before.type), outbox.c.not_before),
        attempt=outbox.c.attempt + bindparam("uncount"),
        finished_at=case((_BACK & ~_OVERTAKEN, null()), else_=bindparam("at", type_=outbox.c.finished_at.type)),
        owner=null(),
        lease_until=null(),
    )
)


_RECORD_SENT = (
    update(outbox)
    .where(
        outbox.c.id == bindparam("row"),
        outbox.c.owner == bindparam("by"),
        outbox.c.attempt == bindparam("fence"),
        _SENDING,
    )
    .values(
        state=literal_column("'sent'"),
        message_id=bindparam("to_message"),
        error=null(),
        finished_at=bindparam("at", type_=outbox.c.finished_at.type),
        owner=null(),
        lease_until=null(),
    )
)
"""What nearly all calls end in, in half the parameters."""


async def record(tx: Tx, records: Sequence[Record], owner: str) -> None:
    """Write the outcome of calls, all by one statement or two."""
    sent = [one for one in records if one.state is DeliveryState.SENT and one.error is None]
    if sent:
        await tx.execute(_RECORD_SENT, [_fence(one, owner) | {"to_message": one.message_id} for one in sent])
    rest = [one for one in records if one.state is not DeliveryState.SENT or one.error is not None]
    if rest:
        rows = [
            _fence(one, owner)
            | {
                "to_state": one.state.value,
                "to_message": one.message_id,
                "to_error": one.error,
                "to_not_before": one.not_before,
                "uncount": one.attempts_spent,
            }
            for one in rest
        ]
        await tx.execute(_RECORD, rows)


def _fence(one: Record, owner: str) -> dict[str, object]:
    return {"row": one.id, "by": owner, "fence": one.attempt, "at": one.now}


async def repair(tx: Tx, delivery_id: int, **values: object) -> None:
    """Change a delivery before it goes out once more: chat_id, method, payload."""
    await tx.execute(update(outbox).where(outbox.c.id == delivery_id).values(**values))


async def recover(tx: Tx, owner: str, now: datetime) -> int:
    """Settle what another process left `sending`; returns how many rows."""
    found = _SENDING & (outbox.c.owner != owner)
    states = {policy: after_crash(policy).value for policy in Policy}
    overtaken = _OVERTAKEN & (outbox.c.policy == Policy.AT_LEAST_ONCE.value)
    new_state = case(
        (overtaken, DeliveryState.CANCELLED.value), *((outbox.c.policy == p.value, to) for p, to in states.items())
    )
    over = overtaken | (outbox.c.policy == Policy.AT_MOST_ONCE.value)
    values = {
        "state": new_state,
        "finished_at": case((over, literal(now, outbox.c.finished_at.type))),
        "owner": None,
        "error": "the process ended during the call",
    }
    return (await tx.execute(update(outbox).where(found).values(values))).rowcount
