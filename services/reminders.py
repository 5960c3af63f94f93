"""Reminders: planned with the event, owed when due, worded when sent."""

from datetime import datetime, timedelta

from domain.deliveries import Lane, owe
from domain.events import Event, EventState
from domain.reminders import Firing, plan_firing, plan_reminders
from messages import webinars as texts
from messages.markup import Message
from services.rendering import OUTDATED, Drop, Rendered, Rendering
from storage import events, outbox, people
from storage.database import Tx

URGENT_WITHIN = timedelta(minutes=30)
"""A reminder of something that starts this soon overtakes the others."""


async def plan(tx: Tx, event: Event, now: datetime) -> None:
    """Plan the occasions of an event anew, in the transaction that saves it; older revisions are forgotten."""
    await events.forget_older_occasions(tx, event.id, event.revision)
    await outbox.cancel_event(tx, event.id, event.revision, now)
    if event.state is EventState.ANNOUNCED:
        leads = await people.all_leads(tx)
        await events.plan(tx, event.id, event.revision, plan_reminders(event.starts_at, now, leads))


async def plan_lead(tx: Tx, lead: int, now: datetime) -> None:
    """Somebody uses a new lead time: plan it for every event to come."""
    for event in await events.upcoming(tx, now):
        await events.plan(tx, event.id, event.revision, plan_reminders(event.starts_at, now, [lead]))


async def fire_due(tx: Tx, now: datetime) -> int:
    """Owe the reminders of every occasion that is due; returns how many messages.

    The cost grows with events, not with people: one INSERT ... SELECT per occasion.
    """
    firings = plan_firing(await events.due_occasions(tx, now))
    if not firings:
        return 0
    found = await events.get_many(tx, {f.occasion.event_id for f in firings})
    owed = 0
    for firing in firings:
        event = found[firing.occasion.event_id]
        if event.revision == firing.occasion.revision and _is_worth_it(event, now):
            owed += await _owe(tx, firing, event, now)
    await events.mark_fired(tx, [f.occasion.id for f in firings], now)
    return owed


def _is_worth_it(event: Event, now: datetime) -> bool:
    return event.state is EventState.ANNOUNCED and now < event.starts_at


async def _owe(tx: Tx, firing: Firing, event: Event, now: datetime) -> int:
    key = f"reminder:{event.id}:{event.revision}:{firing.occasion.lead}:"
    lane = Lane.URGENT if event.starts_at - now <= URGENT_WITHIN else Lane.NORMAL
    delivery = owe(
        "reminder", key, now, lane=lane, event_id=event.id, revision=event.revision, expires_at=event.starts_at
    )
    return await outbox.add_for_each(tx, events.followers_with_lead(event, firing), delivery, now)


async def render_reminders(batch: Rendering) -> Rendered:
    """Word reminders with the true remaining time; consent and revision are checked once more."""
    found = await events.get_many(batch.tx, {d.event_id for d in batch.deliveries if d.event_id})
    following = await events.who_follows(batch.tx, list(found.values()), list(batch.readers))
    rendered: dict[int, Message | Drop] = {}
    for delivery in batch.deliveries:
        event, reader = found.get(delivery.event_id or 0), batch.readers[delivery.person_id or 0]
        current = event is not None and event.revision == delivery.revision and _is_worth_it(event, batch.now)
        if event is None or not current or (event.id, reader.id) not in following:
            rendered[delivery.id] = OUTDATED
        else:
            rendered[delivery.id] = texts.reminder(event, batch.now, batch.zone_of(reader), reader.language)
    return rendered
