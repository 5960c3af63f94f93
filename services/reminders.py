"""Reminders: owed when an occasion is due, worded when they are sent."""

from datetime import datetime, timedelta

from domain.deliveries import Lane, owe
from domain.events import Event, EventKind
from domain.occasions import Firing, plan_reminders
from domain.people import Person
from messages import session_notices as session_texts
from messages import webinars as texts
from messages.markup import Message
from services.rendering import OUTDATED, Drop, Rendered, Rendering
from services.work import Background
from storage import events, following, groups, occasions, outbox, sessions
from storage.database import Tx

_EXPECTING = {EventKind.WEBINAR: following.followers, EventKind.SESSION: sessions.expecting}
"""SELECT of those to be reminded of an event: who follows the webinar; who is invited and has not said no."""

URGENT_WITHIN = timedelta(minutes=30)
"""A reminder of something that starts this soon overtakes the others."""


async def plan_lead(tx: Tx, lead: int, now: datetime) -> None:
    """Somebody uses a new lead time: plan it for every event to come."""
    for kind in EventKind:
        for event in await events.upcoming(tx, kind, now):
            await occasions.plan(tx, event.id, event.revision, plan_reminders(event.starts_at, now, [lead]))


async def remind(work: Background, event: Event, firing: Firing) -> int:
    """Owe the reminders of an occasion; returns how many. The cost grows with events: one INSERT ... SELECT."""
    if not event.is_to_start(work.now):
        return 0
    key = f"reminder:{event.id}:{event.revision}:{firing.occasion.lead}:"
    lane = Lane.URGENT if event.starts_at - work.now <= URGENT_WITHIN else Lane.NORMAL
    delivery = owe(
        "reminder", key, work.now, lane=lane, event_id=event.id, revision=event.revision, expires_at=event.starts_at
    )
    expecting = _EXPECTING[event.kind](event)
    return await outbox.add_for_each(work.tx, following.with_lead(expecting, firing), delivery, work.now)


async def render_reminders(batch: Rendering) -> Rendered:
    """Word reminders with the true remaining time; consent and revision are checked once more."""
    found = await events.get_many(batch.tx, {d.event_id for d in batch.deliveries if d.event_id})
    told = {e.id: await sessions.which_of(batch.tx, _EXPECTING[e.kind](e), list(batch.readers)) for e in found.values()}
    sessions_too = any(event.kind is EventKind.SESSION for event in found.values())
    codes = {group.id: group.code for group in await groups.get_all(batch.tx)} if sessions_too else {}
    rendered: dict[int, Message | Drop] = {}
    for delivery in batch.deliveries:
        event, reader = found.get(delivery.event_id or 0), batch.readers[delivery.person_id or 0]
        current = event is not None and event.revision == delivery.revision and event.is_to_start(batch.now)
        if event is None or not current or reader.id not in told[event.id]:
            rendered[delivery.id] = OUTDATED
        else:
            rendered[delivery.id] = _reminder(event, codes.get(event.group_id, ""), batch, reader)
    return rendered


def _reminder(event: Event, group_code: str, batch: Rendering, reader: Person) -> Message:
    zone, language = batch.zone_of(reader), reader.language
    if event.kind is EventKind.SESSION:
        return session_texts.reminder(event, group_code, batch.now, zone, language)
    return texts.reminder(event, batch.now, zone, language)
