"""Deliveries that hold ids only become texts here, when they are claimed: newest state, the reader's language."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from domain.deliveries import Delivery, DeliveryState, Lane
from domain.people import Person
from domain.places import SharedZone
from domain.process import Process
from domain.quiet import (
    CONCERNS,
    AtOnce,
    Concern,
    Manner,
    Notice,
    Silently,
    Unwanted,
    WaitUntil,
    decide_manner,
)
from messages.markup import Message
from services.quiet import wishes_of
from storage import people
from storage.database import Tx


@dataclass(frozen=True)
class Drop:
    """Not to be sent any more, and the state in which it ends."""

    state: DeliveryState
    reason: str


@dataclass(frozen=True)
class Later:
    """Not to be sent before this moment; then it is worded anew."""

    moment: datetime


@dataclass(frozen=True)
class Quiet:
    """To be sent without a sound."""

    message: Message


@dataclass(frozen=True)
class Rendering:
    """What a renderer gets: a batch of one kind, with its readers."""

    tx: Tx
    now: datetime
    process: Process
    deliveries: Sequence[Delivery]
    readers: Mapping[int, Person]

    def zone_of(self, person: Person) -> str:
        """The zone in which this reader is shown times; in a group chat, each reader's own."""
        if person.is_chat:
            return SharedZone(self.process.zone)
        return person.zone or self.process.zone


Outgoing = Message | Quiet | Later | Drop
"""What the sender is handed for a claimed delivery."""

Rendered = Mapping[int, Message | Drop]
"""By delivery id."""

Renderer = Callable[[Rendering], Awaitable[Rendered]]

OUTDATED = Drop(DeliveryState.CANCELLED, "out of date")

UNWANTED = Drop(DeliveryState.CANCELLED, "the person wants silence")


async def render(
    renderers: Mapping[str, Renderer], tx: Tx, deliveries: Sequence[Delivery], process: Process, now: datetime
) -> dict[int, Outgoing]:
    """Render claimed deliveries, a query per kind.

    Who cannot or will not be written to is dropped; quiet hours and silence are looked at here, for all kinds alike.
    """
    readers = await people.get_many(tx, {d.person_id for d in deliveries if d.person_id is not None})
    rendered: dict[int, Outgoing] = {}
    by_kind: dict[str, list[Delivery]] = {}
    silently: set[int] = set()
    for delivery in deliveries:
        reader = readers.get(delivery.person_id or 0)
        manner = _why_not(delivery, reader) or _manner(delivery, reader, process, now)
        match manner:
            case Drop():
                rendered[delivery.id] = manner
            case Unwanted():
                rendered[delivery.id] = UNWANTED
            case WaitUntil(moment=moment):
                rendered[delivery.id] = Later(moment)
            case AtOnce() | Silently():
                by_kind.setdefault(delivery.kind, []).append(delivery)
                silently.update([delivery.id] if isinstance(manner, Silently) else [])
            case _:
                assert_never(manner)
    for kind, batch in by_kind.items():
        said = await renderers[kind](Rendering(tx, now, process, batch, readers))
        rendered |= {number: _said(message, number in silently) for number, message in said.items()}
    return rendered


def _said(message: Message | Drop, silently: bool) -> Outgoing:
    return Quiet(message) if silently and isinstance(message, Message) else message


def _manner(delivery: Delivery, reader: Person | None, process: Process, now: datetime) -> Manner:
    if reader is None or (reader.quiet_from is None and reader.silent_until is None):
        return AtOnce()  # nearly everybody
    concern = CONCERNS.get(delivery.kind, Concern.PERSONAL)
    notice = Notice(concern, delivery.lane, delivery.expires_at)
    return decide_manner(notice, wishes_of(reader, process.zone), now)


def _why_not(delivery: Delivery, reader: Person | None) -> Drop | None:
    if delivery.person_id is None:
        return None
    if reader is None:
        return Drop(DeliveryState.CANCELLED, "the person is not known any more")
    if not reader.can_be_written_to:
        reason = "blocked the bot" if reader.blocked_at else "never pressed Start"
        return Drop(DeliveryState.FAILED, reason)
    if reader.stopped_at and delivery.lane is not Lane.INTERACTIVE:
        return Drop(DeliveryState.CANCELLED, "the person stopped messages")
    return None
