"""The outbox: every message we owe, from `pending` to its final state."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import (
    Select,
    String,
    cast,
    func,
    literal,
    null,
    select,
    true,
    update,
)
from sqlalchemy.sql.elements import ColumnElement

from domain.deliveries import DeliveryState, Lane, NewDelivery
from storage import cards
from storage.database import Tx
from storage.dialects import insert, insert_unless_there
from storage.people import reachable
from storage.tables import IS_PENDING, outbox


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


async def add_card(
    tx: Tx, subject: str, delivery: NewDelivery, now: datetime, place: cards.Place | None = None
) -> None:
    """Owe the newest state of a card; while one such delivery waits, it serves for all changes."""
    card_id, revision = await cards.touch(tx, subject, delivery.chat_id or 0, place)
    values = _values(delivery, now) | {"card_id": card_id, "key": f"{delivery.key}:{revision}"}
    await tx.execute(insert(tx, outbox).values(values).on_conflict_do_nothing())
    if delivery.follow is not None:
        waiting = (outbox.c.card_id == card_id, IS_PENDING, outbox.c.payload.is_(null()))
        await tx.execute(update(outbox).where(*waiting).values(follow=delivery.follow))


# --- Ends that no call brings -----------------------------------------------------------------


async def expire(tx: Tx, now: datetime) -> int:
    """End what is no longer worth sending."""
    late = IS_PENDING & (outbox.c.expires_at <= now)
    values = {"state": DeliveryState.EXPIRED.value, "finished_at": now}
    return (await tx.execute(update(outbox).where(late).values(values))).rowcount


async def cancel_event(tx: Tx, event_id: int, before_revision: int, now: datetime) -> int:
    """End what older revisions of an event still owe."""
    older = IS_PENDING & (outbox.c.event_id == event_id) & (outbox.c.revision < before_revision)
    return await _cancel(tx, older, now)


async def bring_forward(tx: Tx, delivery: NewDelivery) -> None:
    """What people are still to be told of an event becomes the news of `delivery`, a newer revision of the same kind.

    Its key is the beginning: the person's id is added, so that nobody is owed it twice. The refs stay: they say
    what the person knew. News that waited for the end of somebody's silence are looked at anew.
    """
    untold = IS_PENDING & (outbox.c.kind == delivery.kind) & (outbox.c.event_id == delivery.event_id)
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
    waiting = IS_PENDING & (outbox.c.person_id == person_id) & outbox.c.kind.in_(kinds) & (outbox.c.not_before > now)
    return (await tx.execute(update(outbox).where(waiting).values(not_before=now))).rowcount


async def owed_under(tx: Tx, keys: Collection[str]) -> set[str]:
    """Those of the keys under which something is owed or was sent; what was let go does not count."""
    let_go = [DeliveryState.CANCELLED.value, DeliveryState.EXPIRED.value]
    found = await tx.execute(select(outbox.c.key).where(outbox.c.key.in_(keys), outbox.c.state.not_in(let_go)))
    return set(found.scalars())


async def cancel_kind(tx: Tx, kind: str, event_id: int, now: datetime) -> int:
    """End what is still owed of one kind about an event: something newer takes its place."""
    return await _cancel(tx, IS_PENDING & (outbox.c.event_id == event_id) & (outbox.c.kind == kind), now)


async def cancel_broadcast(tx: Tx, broadcast_id: int, now: datetime) -> int:
    """End what a broadcast still owes; calls under way go on."""
    return await _cancel(tx, IS_PENDING & (outbox.c.broadcast_id == broadcast_id), now)


async def resume_broadcast(tx: Tx, broadcast_id: int, now: datetime, expires_at: datetime) -> int:
    """What a broadcast was to send when it was stopped is owed again, but for people who cannot be written to now."""
    held = (outbox.c.broadcast_id == broadcast_id) & (outbox.c.state == DeliveryState.CANCELLED.value)
    values = {"state": DeliveryState.PENDING.value, "not_before": now, "expires_at": expires_at, "finished_at": None}
    again = held & outbox.c.person_id.in_(reachable())
    return (await tx.execute(update(outbox).where(again).values(values))).rowcount


async def cancel_unasked(tx: Tx, person_id: int, now: datetime) -> int:
    """End everything owed to a person but answers to their own actions."""
    unasked = IS_PENDING & (outbox.c.person_id == person_id) & (outbox.c.lane != int(Lane.INTERACTIVE))
    return await _cancel(tx, unasked, now)


async def take_back(tx: Tx, key: str, now: datetime) -> bool:
    """End what is owed under this key; False if it is on its way or has arrived."""
    await _cancel(tx, IS_PENDING & (outbox.c.key == key), now)
    state = await tx.scalar(select(outbox.c.state).where(outbox.c.key == key))
    return state not in {DeliveryState.SENDING.value, DeliveryState.SENT.value, DeliveryState.UNCERTAIN.value}


async def _cancel(tx: Tx, which: ColumnElement[bool], now: datetime) -> int:
    values = {"state": DeliveryState.CANCELLED.value, "finished_at": now}
    return (await tx.execute(update(outbox).where(which).values(values))).rowcount


# --- Looking at it ----------------------------------------------------------------------------


async def next_due_at(tx: Tx) -> datetime | None:
    """The earliest moment at which something pending may go out."""
    found: datetime | None = await tx.scalar(select(func.min(outbox.c.not_before)).where(IS_PENDING))
    return found


async def count_due(tx: Tx, now: datetime) -> int:
    """How many deliveries may go out now and have not."""
    query = select(func.count()).select_from(outbox).where(IS_PENDING, outbox.c.not_before <= now)
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
