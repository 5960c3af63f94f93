"""The outbox: every message we owe, from `pending` to its final state."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest
from typing import Any

from sqlalchemy import (
    Result,
    Row,
    Select,
    String,
    bindparam,
    case,
    cast,
    delete,
    exists,
    func,
    literal,
    literal_column,
    null,
    or_,
    select,
    true,
    union_all,
    update,
)
from sqlalchemy.sql.elements import ColumnElement

from domain.broadcasts import BroadcastState
from domain.deliveries import Candidate, Delivery, DeliveryState, Lane, NewDelivery, Policy, after_crash
from storage.database import Tx
from storage.dialects import insert, insert_unless_there
from storage.people import reachable
from storage.tables import broadcasts, cards, outbox

# Written out, not bound: SQLite uses a partial index only where it sees the index's own condition.
_PENDING = outbox.c.state == literal_column("'pending'")
_SENDING = outbox.c.state == literal_column("'sending'")

_CANDIDATE = [outbox.c[name] for name in ("id", "lane", "kind", "method", "chat_id", "not_before")]
_DELIVERY = [outbox.c[name] for name in Delivery.__dataclass_fields__]


def _values(delivery: NewDelivery, now: datetime) -> dict[str, object]:
    values: dict[str, object] = dict(vars(delivery))
    values.update(lane=int(delivery.lane), policy=delivery.policy.value, created_at=now, attempt=0)
    values.update(state=DeliveryState.PENDING.value, refs=dict(delivery.refs))
    return values


async def add(tx: Tx, deliveries: Sequence[NewDelivery], now: datetime) -> None:
    """Owe these; a key that is there already is the same fact and stays as it is."""
    if deliveries:
        rows = [_values(delivery, now) for delivery in deliveries]
        await tx.execute(insert_unless_there(tx, outbox), rows)


async def add_for_each(tx: Tx, recipients: Select[int], delivery: NewDelivery, now: datetime) -> int:
    """Owe `delivery` to each person that `recipients` selects, by one statement; returns how many.

    Its key is the beginning: the person's id is added.
    """
    values = _values(delivery, now)
    key, person = values.pop("key"), recipients.selected_columns[0]
    for name in ("chat_id", "person_id"):
        del values[name]
    rows = recipients.with_only_columns(
        literal(key) + cast(person, String),
        person,
        person.label("reader"),
        *(literal(value, outbox.c[name].type) for name, value in values.items()),
    ).where(true())  # SQLite reads ON CONFLICT after a SELECT only with a WHERE before it
    statement = insert(tx, outbox).from_select(["key", "chat_id", "person_id", *values], rows)
    return (await tx.execute(statement.on_conflict_do_nothing())).rowcount


@dataclass(frozen=True)
class CardPlace:
    """Where a card stands in a group chat, and in which language."""

    thread_id: int | None
    language: str | None


async def add_card(tx: Tx, subject: str, delivery: NewDelivery, now: datetime, place: CardPlace | None = None) -> None:
    """Owe the newest state of a card; while one such delivery waits, it serves for all changes."""
    card_id, revision = await touch_card(tx, subject, delivery.chat_id or 0, place)
    values = _values(delivery, now) | {"card_id": card_id, "key": f"{delivery.key}:{revision}"}
    await tx.execute(insert(tx, outbox).values(values).on_conflict_do_nothing())
    if delivery.follow is not None:
        waiting = (outbox.c.card_id == card_id, _PENDING, outbox.c.payload.is_(null()))
        await tx.execute(update(outbox).where(*waiting).values(follow=delivery.follow))


async def touch_card(tx: Tx, subject: str, chat_id: int, place: CardPlace | None = None) -> tuple[int, int]:
    """Raise the revision of a card, making it if need be; returns its id and revision."""
    where = vars(place) if place else {}
    statement = insert(tx, cards).values(subject=subject, chat_id=chat_id, revision=1, **where)
    upsert = statement.on_conflict_do_update(
        index_elements=["subject", "chat_id"], set_={"revision": cards.c.revision + 1, **where}
    )
    row = (await tx.execute(upsert.returning(cards.c.id, cards.c.revision))).one()
    return row.id, row.revision


# --- On the way out ---------------------------------------------------------------------------


def _due(lane: Lane) -> Select[*tuple[Any, ...]]:
    query = select(*_CANDIDATE).where(
        _PENDING,
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
    .where(outbox.c.id.in_(bindparam("ids", expanding=True)), _PENDING)
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


async def set_card_message(tx: Tx, card_id: int, message_id: int | None, content_hash: str | None) -> None:
    """Remember the message that shows a card now, and what it says."""
    values = {"message_id": message_id, "content_hash": content_hash}
    await tx.execute(update(cards).where(cards.c.id == card_id).values(**values))


@dataclass(frozen=True)
class Card:
    """A message that shows the newest state of something."""

    id: int
    subject: str
    chat_id: int
    message_id: int | None
    content_hash: str | None
    thread_id: int | None = None
    language: str | None = None


async def get_cards(tx: Tx, card_ids: Collection[int]) -> dict[int, Card]:
    """Cards by id."""
    if not card_ids:
        return {}
    columns = [cards.c[name] for name in Card.__dataclass_fields__]
    rows = await tx.execute(select(*columns).where(cards.c.id.in_(card_ids)))
    return {row.id: Card(**row._mapping) for row in rows}


async def get_card(tx: Tx, subject: str, chat_id: int) -> Card | None:
    """The card of a subject in a chat."""
    columns = [cards.c[name] for name in Card.__dataclass_fields__]
    row = (
        await tx.execute(select(*columns).where(cards.c.subject == subject, cards.c.chat_id == chat_id))
    ).one_or_none()
    return Card(**row._mapping) if row else None


async def cards_of(tx: Tx, subject: str) -> list[Card]:
    """Every card of a subject, whoever it is shown to."""
    columns = [cards.c[name] for name in Card.__dataclass_fields__]
    rows = await tx.execute(select(*columns).where(cards.c.subject == subject).order_by(cards.c.id))
    return [Card(**row._mapping) for row in rows]


async def forget_cards(tx: Tx, chat_id: int, subject: str) -> None:
    """A subject is shown in this chat no more; its message stays as it is."""
    await tx.execute(delete(cards).where(cards.c.chat_id == chat_id, cards.c.subject == subject))


# --- Ends that no call brings -----------------------------------------------------------------


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


async def expire(tx: Tx, now: datetime) -> int:
    """End what is no longer worth sending."""
    late = _PENDING & (outbox.c.expires_at <= now)
    values = {"state": DeliveryState.EXPIRED.value, "finished_at": now}
    return (await tx.execute(update(outbox).where(late).values(values))).rowcount


async def cancel_event(tx: Tx, event_id: int, before_revision: int, now: datetime) -> int:
    """End what older revisions of an event still owe."""
    older = _PENDING & (outbox.c.event_id == event_id) & (outbox.c.revision < before_revision)
    return await _cancel(tx, older, now)


async def bring_forward(tx: Tx, delivery: NewDelivery) -> None:
    """What people are still to be told of an event becomes the news of `delivery`, a newer revision of the same kind.

    Its key is the beginning: the person's id is added, so that nobody is owed it twice. The refs stay: they say
    what the person knew. News that waited for the end of somebody's silence are looked at anew.
    """
    untold = _PENDING & (outbox.c.kind == delivery.kind) & (outbox.c.event_id == delivery.event_id)
    values = {
        "key": literal(delivery.key) + cast(outbox.c.person_id, String),
        "revision": delivery.revision,
        "expires_at": delivery.expires_at,
    }
    # Few wait: a statement of its own for them spares the others' entries in the index of what is pending.
    waiting = untold & (outbox.c.not_before > delivery.not_before)
    await tx.execute(update(outbox).where(waiting).values(not_before=delivery.not_before))
    await tx.execute(update(outbox).where(untold).values(values))


async def look_again(tx: Tx, person_id: int, kinds: Collection[str], now: datetime) -> int:
    """What waits for somebody's quiet hours or silence to end is due now, to be decided anew; returns how many."""
    waiting = _PENDING & (outbox.c.person_id == person_id) & outbox.c.kind.in_(kinds) & (outbox.c.not_before > now)
    return (await tx.execute(update(outbox).where(waiting).values(not_before=now))).rowcount


async def owed_under(tx: Tx, keys: Collection[str]) -> set[str]:
    """Those of the keys under which something is owed or was sent; what was let go does not count."""
    let_go = [DeliveryState.CANCELLED.value, DeliveryState.EXPIRED.value]
    found = await tx.execute(select(outbox.c.key).where(outbox.c.key.in_(keys), outbox.c.state.not_in(let_go)))
    return set(found.scalars())


async def cancel_kind(tx: Tx, kind: str, event_id: int, now: datetime) -> int:
    """End what is still owed of one kind about an event: something newer takes its place."""
    return await _cancel(tx, _PENDING & (outbox.c.event_id == event_id) & (outbox.c.kind == kind), now)


async def cancel_broadcast(tx: Tx, broadcast_id: int, now: datetime) -> int:
    """End what a broadcast still owes; calls under way go on."""
    return await _cancel(tx, _PENDING & (outbox.c.broadcast_id == broadcast_id), now)


async def resume_broadcast(tx: Tx, broadcast_id: int, now: datetime, expires_at: datetime) -> int:
    """What a broadcast was to send when it was stopped is owed again, but for people who cannot be written to now."""
    held = (outbox.c.broadcast_id == broadcast_id) & (outbox.c.state == DeliveryState.CANCELLED.value)
    values = {"state": DeliveryState.PENDING.value, "not_before": now, "expires_at": expires_at, "finished_at": None}
    again = held & outbox.c.person_id.in_(reachable())
    return (await tx.execute(update(outbox).where(again).values(values))).rowcount


async def cancel_unasked(tx: Tx, person_id: int, now: datetime) -> int:
    """End everything owed to a person but answers to their own actions."""
    unasked = _PENDING & (outbox.c.person_id == person_id) & (outbox.c.lane != int(Lane.INTERACTIVE))
    return await _cancel(tx, unasked, now)


async def take_back(tx: Tx, key: str, now: datetime) -> bool:
    """End what is owed under this key; False if it is on its way or has arrived."""
    await _cancel(tx, _PENDING & (outbox.c.key == key), now)
    state = await tx.scalar(select(outbox.c.state).where(outbox.c.key == key))
    return state not in {DeliveryState.SENDING.value, DeliveryState.SENT.value, DeliveryState.UNCERTAIN.value}


async def _cancel(tx: Tx, which: ColumnElement[bool], now: datetime) -> int:
    values = {"state": DeliveryState.CANCELLED.value, "finished_at": now}
    return (await tx.execute(update(outbox).where(which).values(values))).rowcount


# --- Looking at it ----------------------------------------------------------------------------


async def next_due_at(tx: Tx) -> datetime | None:
    """The earliest moment at which something pending may go out."""
    found: datetime | None = await tx.scalar(select(func.min(outbox.c.not_before)).where(_PENDING))
    return found


async def count_due(tx: Tx, now: datetime) -> int:
    """How many deliveries may go out now and have not."""
    query = select(func.count()).select_from(outbox).where(_PENDING, outbox.c.not_before <= now)
    return await tx.scalar(query) or 0


async def count_by_kind(tx: Tx) -> dict[tuple[str, str], int]:
    """How many deliveries of each kind are in each state."""
    query = select(outbox.c.kind, outbox.c.state, func.count()).group_by(outbox.c.kind, outbox.c.state)
    return {(kind, state): count for kind, state, count in await tx.execute(query)}


async def count_by_state(tx: Tx, broadcast_id: int) -> dict[DeliveryState, int]:
    """How many deliveries of a broadcast are in each state."""
    query = select(outbox.c.state, func.count()).where(outbox.c.broadcast_id == broadcast_id).group_by(outbox.c.state)
    return {DeliveryState(state): count for state, count in await tx.execute(query)}


async def people_in_state(tx: Tx, broadcast_id: int, state: DeliveryState) -> list[tuple[int, str | None]]:
    """Who, with the error: the people of a broadcast whose delivery ended like this."""
    query = select(outbox.c.person_id, outbox.c.error).where(
        outbox.c.broadcast_id == broadcast_id, outbox.c.state == state.value
    )
    return [(person_id, error) for person_id, error in await tx.execute(query.order_by(outbox.c.id))]


async def resend_uncertain(tx: Tx, broadcast_id: int, now: datetime, expires_at: datetime) -> int:
    """An organiser's word: those of whom nobody knows get it again."""
    unsure = (outbox.c.broadcast_id == broadcast_id) & (outbox.c.state == DeliveryState.UNCERTAIN.value)
    values = {
        "state": DeliveryState.PENDING.value,
        "not_before": now,
        "expires_at": expires_at,
        "finished_at": None,
    }
    return (await tx.execute(update(outbox).where(unsure).values(values))).rowcount
