"""Reminders: owed when an occasion is due, worded when they are sent."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from domain.deliveries import Delivery, DeliveryState, Lane, owe
from domain.events import Event, EventKind
from domain.occasions import Firing, plan_reminders
from domain.people import Person
from domain.registering import link_for
from messages import session_notices as session_texts
from messages import webinars as texts
from messages.markup import Message
from services.rendering import OUTDATED, Drop, Rendered, Rendering
from services.work import Background
from storage import events, following, groups, occasions, outbox, people, registering, sessions
from storage.database import Tx

_EXPECTING = {EventKind.WEBINAR: following.followers, EventKind.SESSION: sessions.expecting}
"""SELECT of those to be reminded of an event: who follows the webinar; who is invited and has not said no."""

URGENT_WITHIN = timedelta(minutes=30)
"""A reminder of something that starts this soon overtakes the others."""

MOST_EVENTS = 1000
"""More than any process has before it at once."""

REPEATED = Drop(DeliveryState.CANCELLED, "a later reminder says the same")


async def plan_lead(tx: Tx, lead: int, now: datetime) -> None:
    """Somebody uses a new lead time: plan it for every event to come."""
    for kind in EventKind:
        for event in await events.upcoming(tx, kind, now, limit=MOST_EVENTS):
            await occasions.plan(tx, event.id, event.revision, plan_reminders(event.starts_at, now, [lead]))


async def remind(work: Background, event: Event, firing: Firing) -> int:
    """Owe the reminders of an occasion; returns how many. The cost grows with events: one INSERT ... SELECT."""
    if not event.is_to_start(work.now):
        return 0
    key = _key(event, firing.occasion.lead)
    lane = Lane.URGENT if event.starts_at - work.now <= URGENT_WITHIN else Lane.NORMAL
    values = {"event_id": event.id, "revision": event.revision, "expires_at": event.starts_at}
    delivery = owe("reminder", key, work.now, lane=lane, refs={"lead": firing.occasion.lead}, **values)
    expecting = _EXPECTING[event.kind](event)
    return await outbox.add_for_each(work.tx, following.with_lead(expecting, firing), delivery, work.now)


async def render_reminders(batch: Rendering) -> Rendered:
    """Word reminders with the true remaining time; consent and revision are checked once more."""
    found = await events.get_many(batch.tx, {d.event_id for d in batch.deliveries if d.event_id})
    told = {e.id: await sessions.which_of(batch.tx, _EXPECTING[e.kind](e), list(batch.readers)) for e in found.values()}
    sessions_too = any(event.kind is EventKind.SESSION for event in found.values())
    codes = {group.id: group.code for group in await groups.get_all(batch.tx)} if sessions_too else {}
    come = {e.id: await registering.which_come(batch.tx, e.id, list(batch.readers)) for e in found.values()}
    rendered: dict[int, Message | Drop] = {}
    unwanted = await _unwanted(batch, found)
    for delivery in batch.deliveries:
        event, reader = found.get(delivery.event_id or 0), batch.readers[delivery.person_id or 0]
        current = event is not None and event.revision == delivery.revision and event.is_to_start(batch.now)
        if event is None or not current or reader.id not in told[event.id]:
            rendered[delivery.id] = OUTDATED
        elif delivery.id in unwanted:
            rendered[delivery.id] = unwanted[delivery.id]
        else:
            link = link_for(event, batch.now, is_expected=reader.id in come[event.id])
            rendered[delivery.id] = _reminder(event, codes.get(event.group_id, ""), link, batch, reader)
    return rendered


async def _unwanted(batch: Rendering, found: Mapping[int, Event]) -> dict[int, Drop]:
    """Reminders at lead times that their readers switched off; those that waited until a later one was due."""
    chosen = await people.get_leads_of(batch.tx, batch.readers)
    drops: dict[int, Drop] = {}
    later: dict[int, set[str]] = {}
    for delivery in batch.deliveries:
        event, leads = found.get(delivery.event_id or 0), chosen.get(delivery.person_id or 0, frozenset())
        if event is None or "lead" not in delivery.refs:
            continue  # owed by a version before this one
        if _lead(delivery) not in leads:
            drops[delivery.id] = OUTDATED
        later[delivery.id] = _later(delivery, event, leads, batch.now)
    keys = set[str]().union(*later.values())
    owed = await outbox.owed_under(batch.tx, keys) if keys else set[str]()
    repeated = [number for number, of_one in later.items() if not owed.isdisjoint(of_one)]
    return drops | dict.fromkeys(repeated, REPEATED)


def _later(delivery: Delivery, event: Event, leads: frozenset[int], now: datetime) -> set[str]:
    """Keys of the reminders of the same event that came due while this one waited."""
    shorter = {lead for lead in leads if lead < _lead(delivery)}
    due = {lead for lead in shorter if event.starts_at - timedelta(minutes=lead) <= now}
    return {f"{_key(event, lead)}{delivery.person_id}" for lead in due}


def _key(event: Event, lead: int) -> str:
    """The beginning of the key of a reminder: the person's id follows."""
    return f"reminder:{event.id}:{event.revision}:{lead}:"


def _lead(delivery: Delivery) -> int:
    return int(str(delivery.refs["lead"]))


def _reminder(event: Event, group_code: str, link: str | None, batch: Rendering, reader: Person) -> Message:
    zone, language = batch.zone_of(reader), reader.language
    if event.kind is EventKind.SESSION:
        return session_texts.reminder(event, group_code, batch.now, zone, language)
    return texts.reminder(event, link, batch.now, zone, language)
