"""Reminders: owed when an occasion is due, worded when they are sent."""

from datetime import datetime, timedelta

from domain.deliveries import Lane, owe
from domain.events import Event, EventKind, EventState
from domain.occasions import Firing, plan_reminders
from messages import webinars as texts
from messages.markup import Message
from services.rendering import OUTDATED, Drop, Rendered, Rendering
from services.work import Background
from storage import events, following, occasions, outbox
from storage.database import Tx

URGENT_WITHIN = timedelta(minutes=30)
"""A reminder of something that starts this soon overtakes the others."""


async def plan_lead(tx: Tx, lead: int, now: datetime) -> None:
    """Somebody uses a new lead time: plan it for every event to come."""
    for kind in EventKind:
        for event in await events.upcoming(tx, kind, now):
            await occasions.plan(tx, event.id, event.revision, plan_reminders(event.starts_at, now, [lead]))


def _is_worth_it(event: Event, now: datetime) -> bool:
    return event.state is EventState.ANNOUNCED and now < event.starts_at


async def remind(work: Background, event: Event, firing: Firing) -> int:
    """Owe the reminders of an occasion; returns how many. The cost grows with events: one INSERT ... SELECT."""
    if not _is_worth_it(event, work.now):
        return 0
    key = f"reminder:{event.id}:{event.revision}:{firing.occasion.lead}:"
    lane = Lane.URGENT if event.starts_at - work.now <= URGENT_WITHIN else Lane.NORMAL
    delivery = owe(
        "reminder", key, work.now, lane=lane, event_id=event.id, revision=event.revision, expires_at=event.starts_at
    )
    return await outbox.add_for_each(work.tx, following.followers_with_lead(event, firing), delivery, work.now)


async def render_reminders(batch: Rendering) -> Rendered:
    """Word reminders with the true remaining time; consent and revision are checked once more."""
    found = await events.get_many(batch.tx, {d.event_id for d in batch.deliveries if d.event_id})
    told = await following.who_follows(batch.tx, list(found.values()), list(batch.readers))
    rendered: dict[int, Message | Drop] = {}
    for delivery in batch.deliveries:
        event, reader = found.get(delivery.event_id or 0), batch.readers[delivery.person_id or 0]
        current = event is not None and event.revision == delivery.revision and _is_worth_it(event, batch.now)
        if event is None or not current or (event.id, reader.id) not in told:
            rendered[delivery.id] = OUTDATED
        else:
            rendered[delivery.id] = texts.reminder(event, batch.now, batch.zone_of(reader), reader.language)
    return rendered
