"""Deliveries that hold ids only become texts here, when they are claimed: newest state, the reader's language."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.deliveries import Delivery, DeliveryState, Lane
from domain.people import Person
from domain.places import SharedZone
from domain.process import Process
from messages.markup import Message
from storage import people
from storage.database import Tx


@dataclass(frozen=True)
class Drop:
    """Not to be sent any more, and the state in which it ends."""

    state: DeliveryState
    reason: str


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


Rendered = Mapping[int, Message | Drop]
"""By delivery id."""

Renderer = Callable[[Rendering], Awaitable[Rendered]]

OUTDATED = Drop(DeliveryState.CANCELLED, "out of date")


async def render(
    renderers: Mapping[str, Renderer], tx: Tx, deliveries: Sequence[Delivery], process: Process, now: datetime
) -> dict[int, Message | Drop]:
    """Render claimed deliveries, a query per kind. Readers who cannot or will not be written to are dropped."""
    readers = await people.get_many(tx, {d.person_id for d in deliveries if d.person_id is not None})
    rendered: dict[int, Message | Drop] = {}
    by_kind: dict[str, list[Delivery]] = {}
    for delivery in deliveries:
        drop = _why_not(delivery, readers.get(delivery.person_id or 0))
        if drop:
            rendered[delivery.id] = drop
        else:
            by_kind.setdefault(delivery.kind, []).append(delivery)
    for kind, batch in by_kind.items():
        rendered |= await renderers[kind](Rendering(tx, now, process, batch, readers))
    return rendered


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
