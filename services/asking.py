"""Asking those who have not said whether they will be at a session: once per person and session."""

from datetime import datetime, timedelta

from domain.deliveries import owe
from domain.events import Event
from domain.occasions import TIMINGS, Firing, Purpose
from messages import session_notices as texts
from messages.markup import Message
from services import cards
from services.rendering import OUTDATED, Drop, Rendered, Rendering
from services.sessions import show_in_chat
from services.work import Background
from storage import events, groups, occasions, outbox, people, polls
from storage import sessions as stored
from storage.database import Tx


async def ask(work: Background, session: Event, firing: Firing) -> int:
    """It is time to ask; those in the group's chat see the card there."""
    del firing
    await show_in_chat(work.tx, session, work.now)
    return await ask_silent(work.tx, session, work.now)


async def ask_at_once_if_late(tx: Tx, session: Event, now: datetime) -> None:
    """Of a session planned at short notice the time to ask is over: ask now."""
    if await is_late(tx, session, now):
        await ask_silent(tx, session, now)


async def is_late(tx: Tx, session: Event, now: datetime) -> bool:
    """Whether the time to ask is over."""
    minutes = (await occasions.get_timings(tx)).get(Purpose.ASK, TIMINGS[Purpose.ASK].minutes)
    return session.starts_at - timedelta(minutes=minutes) <= now


async def ask_newcomer(tx: Tx, group_id: int, person_id: int, now: datetime) -> None:
    """Somebody belongs to a group from now on: they are asked what the others have been, also when they can come."""
    await ask_speaker(tx, group_id, person_id, now)
    poll, person = await polls.get_open(tx, group_id), await people.get(tx, person_id)
    if poll is not None and person is not None and person.can_be_written_to and person.stopped_at is None:
        await cards.show(tx, f"poll:{poll.id}", person.id, now)


async def ask_speaker(tx: Tx, group_id: int, person_id: int, now: datetime) -> None:
    """Somebody is to speak at something of the group: they are asked about those of its sessions they may come to."""
    for session in await stored.get_upcoming(tx, now, group_ids=[group_id]):
        if await is_late(tx, session, now):
            await ask_silent(tx, session, now, only=person_id)


async def ask_silent(tx: Tx, session: Event, now: datetime, *, only: int | None = None) -> int:
    """Owe the question to everybody invited who has not answered; nobody is asked a second time after a move.

    It names no revision of the event, or a move would cancel it for good: who is told of the move is asked by that.
    """
    if now >= session.starts_at:
        return 0
    delivery = owe("ask", f"ask:{session.id}:", now, refs={"session": session.id}, expires_at=session.starts_at)
    return await outbox.add_for_each(tx, stored.silent(session, only=only), delivery, now)


async def render_asks(batch: Rendering) -> Rendered:
    """Word the question; who has answered meanwhile, or is no longer invited, is left alone."""
    found = await events.get_many(batch.tx, {int(str(d.refs["session"])) for d in batch.deliveries})
    silent = {s.id: await stored.which_of(batch.tx, stored.silent(s), list(batch.readers)) for s in found.values()}
    codes = {group.id: group.code for group in await groups.get_all(batch.tx)}
    rendered: dict[int, Message | Drop] = {}
    for delivery in batch.deliveries:
        session, reader = found.get(int(str(delivery.refs["session"]))), batch.readers[delivery.person_id or 0]
        if session is None or reader.id not in silent[session.id] or not session.is_to_start(batch.now):
            rendered[delivery.id] = OUTDATED
        else:
            code, zone = codes[session.group_id], batch.zone_of(reader)
            rendered[delivery.id] = texts.ask(session, code, batch.now, zone, reader.language)
    return rendered
