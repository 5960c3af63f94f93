"""Occasions: planned with the event, and handed to whoever acts on them when they are due."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from domain.events import Event, EventState
from domain.occasions import Firing, Purpose, plan_firing, plan_reminders, plan_timings
from domain.talks import plan_runway
from services.work import Background
from storage import events, occasions, outbox, people
from storage.database import Tx

Act = Callable[[Background, Event, Firing], Awaitable[int]]
"""(work, event, what is due) -> how many messages are owed now."""


async def plan(tx: Tx, event: Event, now: datetime) -> None:
    """Plan the occasions of an event anew, in the transaction that saves it; older revisions are forgotten."""
    await occasions.forget_older(tx, event.id, event.revision)
    await outbox.cancel_event(tx, event.id, event.revision, now)
    if event.state is EventState.ANNOUNCED:
        planned = plan_reminders(event.starts_at, now, await people.all_leads(tx))
        chosen = await occasions.get_timings(tx)
        planned += plan_timings(event, now, chosen)
        planned += plan_runway(event.kind, event.starts_at, now, chosen)
        await occasions.plan(tx, event.id, event.revision, planned)


async def fire_due(work: Background, acts: Mapping[Purpose, Act]) -> int:
    """Let everything that is due happen; returns how many messages are owed by it."""
    firings = plan_firing(await occasions.due(work.tx, work.now))
    if not firings:
        return 0
    found = await events.get_many(work.tx, {f.occasion.event_id for f in firings})
    owed = 0
    for firing in firings:
        event = found[firing.occasion.event_id]
        if event.revision == firing.occasion.revision and event.state is EventState.ANNOUNCED:
            owed += await acts[firing.occasion.purpose](work, event, firing)
    await occasions.mark_fired(work.tx, [f.occasion.id for f in firings], work.now)
    return owed
