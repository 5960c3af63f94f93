"""What failed: updates that could not be handled, and messages that did not arrive."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Row, exists, func, null, select, update

from domain.deliveries import DeliveryState, Lane
from domain.happenings import Standing
from domain.letters import DeadLetter, Undelivered
from storage.database import Tx
from storage.inbox import forget_answer
from storage.tables import DEAD, PENDING, UNDELIVERED, cards, chats, erasures, inbox, outbox

_MISSED = outbox.c.kind != "toast"
"""A notice over the screen is worth nothing a moment later: nobody misses it."""


async def get_dead(tx: Tx, offset: int, limit: int) -> list[DeadLetter]:
    """Dead letters, newest first."""
    columns = (inbox.c.id, inbox.c.lane, inbox.c.received_at, inbox.c.error)
    query = select(*columns).where(DEAD).order_by(inbox.c.id.desc()).offset(offset).limit(limit)
    return [DeadLetter(row.id, row.lane, row.received_at, row.error or "") for row in await tx.execute(query)]


async def count_dead(tx: Tx) -> int:
    """How many dead letters there are."""
    return await tx.scalar(select(func.count()).select_from(inbox).where(DEAD)) or 0


async def revive(tx: Tx, letter_id: int) -> bool:
    """Let a dead letter be handled once more, from its first attempt; False if it is none any more."""
    values = {"state": "new", "attempts": 0, "error": None, "retry_at": None, "done_at": None}
    return (await tx.execute(update(inbox).where(inbox.c.id == letter_id, DEAD).values(values))).rowcount == 1


# --- Messages of ours -------------------------------------------------------------------------

_UNDELIVERED = [outbox.c[name] for name in Undelivered.__dataclass_fields__ if name != "at"]


def _message(row: Row[*tuple[Any, ...]]) -> Undelivered:
    values = dict(row._mapping)
    values.update(lane=Lane(row.lane), state=DeliveryState(row.state), at=values.pop("finished_at"))
    return Undelivered(**values)


async def get_undelivered(tx: Tx, offset: int, limit: int) -> list[Undelivered]:
    """Messages that failed or of which nobody knows, newest first."""
    query = select(*_UNDELIVERED, outbox.c.finished_at).where(UNDELIVERED, _MISSED).order_by(outbox.c.id.desc())
    return [_message(row) for row in await tx.execute(query.offset(offset).limit(limit))]


async def count_undelivered(tx: Tx) -> int:
    """How many such messages there are."""
    return await tx.scalar(select(func.count()).select_from(outbox).where(UNDELIVERED, _MISSED)) or 0


async def get_message(tx: Tx, delivery_id: int) -> Undelivered | None:
    """A message whatever its state, held with its card until the transaction ends."""
    query = select(*_UNDELIVERED, outbox.c.finished_at).where(outbox.c.id == delivery_id).with_for_update()
    row = (await tx.execute(query)).one_or_none()
    if row is not None and row.card_id is not None:
        await tx.execute(select(cards.c.id).where(cards.c.id == row.card_id).with_for_update())
    return _message(row) if row else None


async def try_again(
    tx: Tx, delivery_id: int, now: datetime, expires_at: datetime | None, *, as_it_is: bool = False
) -> None:
    """Owe a message once more, from its first attempt; what its caller was told of the last one is forgotten.

    It is worded anew, also where a repair had put finished words in, unless it is to go out `as_it_is`.
    """
    values = {"state": DeliveryState.PENDING.value, "attempt": 0, "not_before": now, "expires_at": expires_at}
    if not as_it_is:
        values["payload"] = None
    again = update(outbox).where(outbox.c.id == delivery_id)
    await tx.execute(again.values(**values, finished_at=None, owner=None, lease_until=None))
    await forget_answer(tx, delivery_id)


# --- What a message would meet now ------------------------------------------------------------


async def being_erased(tx: Tx, person_ids: Collection[int]) -> set[int]:
    """Those of the people whose data are being deleted."""
    query = select(erasures.c.person_id).where(erasures.c.person_id.in_(person_ids))
    return set((await tx.execute(query)).scalars()) if person_ids else set()


async def chats_left(tx: Tx, chat_ids: Collection[int]) -> set[int]:
    """Those of the chats in which the bot is no more."""
    query = select(chats.c.id).where(chats.c.id.in_(chat_ids), chats.c.standing == Standing.OUT.value)
    return set((await tx.execute(query)).scalars()) if chat_ids else set()


async def overtaken(tx: Tx, messages: Collection[Undelivered]) -> set[int]:
    """Ids of those in whose place something newer is on its way, or has arrived: cards, menus."""
    shown = {message.card_id for message in messages if message.card_id is not None}
    waiting = select(outbox.c.card_id).where(outbox.c.card_id.in_(shown), PENDING, outbox.c.payload.is_(null()))
    newer = set((await tx.execute(waiting)).scalars()) if shown else set()
    menus = {message.id for message in messages if message.kind == "menu"}
    return {message.id for message in messages if message.card_id in newer} | await _older_menus(tx, menus)


_LATER = outbox.alias("later")


async def _older_menus(tx: Tx, ids: Collection[int]) -> set[int]:
    """Those of the menus since which there was another version: its own menus take their place."""
    since = exists(select(_LATER.c.id).where(_LATER.c.kind == "menu", _LATER.c.created_at > outbox.c.created_at))
    return set((await tx.execute(select(outbox.c.id).where(outbox.c.id.in_(ids), since))).scalars()) if ids else set()
