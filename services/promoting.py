"""Places that have become free at a webinar: whoever waits moves up and is told."""

from datetime import datetime

from domain.deliveries import NewDelivery, owe
from domain.events import Event
from domain.registering import Registration, count_moving_up
from messages import registering as texts
from messages.markup import Message
from services.rendering import OUTDATED, Drop, Rendered, Rendering
from storage import events, facts, outbox, registering, webinars
from storage.database import Tx

NOBODY = 0
"""Asks how an event is booked without looking for anybody's own registration."""


async def promote(tx: Tx, event: Event, now: datetime) -> list[int]:
    """Give free places to those who wait, the first first; returns their ids. The event is held, or just saved."""
    if now >= event.ends_at:
        return []
    booking = await registering.get(tx, event.id, NOBODY)
    promoted = await registering.move_up(tx, event.id, count_moving_up(event, booking)) if booking.waiting else []
    for person_id in promoted:
        await facts.note(tx, now, None, "place_passed_on", f"webinar:{event.id}", None, {"person": person_id})
    await outbox.add(tx, [_news(event, person_id, now) for person_id in promoted], now)
    return promoted


async def give_all_back(tx: Tx, person_id: int, now: datetime) -> None:
    """Somebody is about to be erased: their places go to whoever waits."""
    for event_id in await registering.booked_by(tx, person_id):
        event = await webinars.lock(tx, event_id)
        await registering.put(tx, event_id, person_id, Registration.WITHDRAWN, now)
        if event is not None:
            await promote(tx, event, now)


def _news(event: Event, person_id: int, now: datetime) -> NewDelivery:
    key = f"registration:{event.id}:{person_id}:{now.isoformat()}"
    return owe(
        "registration", key, now, chat_id=person_id, person_id=person_id, event_id=event.id, expires_at=event.ends_at
    )


async def render_news(batch: Rendering) -> Rendered:
    """Word that a place has become free; whoever has given it back meanwhile hears nothing."""
    found = await events.get_many(batch.tx, {d.event_id for d in batch.deliveries if d.event_id})
    come = {event.id: await registering.which_come(batch.tx, event.id, list(batch.readers)) for event in found.values()}
    rendered: dict[int, Message | Drop] = {}
    for delivery in batch.deliveries:
        event, reader = found.get(delivery.event_id or 0), batch.readers[delivery.person_id or 0]
        if event is None or reader.id not in come[event.id]:
            rendered[delivery.id] = OUTDATED
        else:
            rendered[delivery.id] = texts.moved_up(event, batch.zone_of(reader), reader.language)
    return rendered
