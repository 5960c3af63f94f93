"""A message for many on its way: started once, watched, stopped, reported by names."""

from datetime import datetime, timedelta

from domain.broadcasts import (
    Broadcast,
    BroadcastState,
    Fate,
    SecondOrganiserNeeded,
    Started,
    StartOutcome,
    decide_start,
)
from domain.deliveries import KINDS, DeliveryState, owe
from domain.errors import NotFound, OutOfDate
from domain.people import Person
from domain.permissions import Permission
from messages import broadcast_runs as run_texts
from messages import broadcasts as texts
from messages.markup import Message
from services import broadcast_drafts as drafts
from services import cards, dialogs
from services.rendering import Drop, Rendered, Rendering
from services.work import Work
from storage import broadcasts, facts, outbox, people
from storage.database import Tx

KIND = "broadcast"
STOPPED = Drop(DeliveryState.CANCELLED, "the broadcast was stopped")
REPORTED = (Fate.UNREACHABLE, Fate.FAILED, Fate.UNCERTAIN)
"""Those whose names the report tells."""


async def get_broadcast(work: Work, broadcast_id: int) -> Broadcast:
    """Load a broadcast to change it, and check the right; raise NotFound if its draft was thrown away."""
    work.require(Permission.BROADCAST)
    broadcast = await broadcasts.get(work.tx, broadcast_id, lock=True)
    if broadcast is None:
        raise NotFound
    return broadcast


# --- Starting ---------------------------------------------------------------------------------


async def start(work: Work, broadcast_id: int, shown: int, revision: int) -> StartOutcome:
    """*Send*: start the run, or ask a second organiser; raise OutOfDate for what is not as it was shown."""
    broadcast = await get_broadcast(work, broadcast_id)
    if broadcast.was_withdrawn:
        raise OutOfDate
    if broadcast.state is BroadcastState.DRAFT:
        await dialogs.current(work, revision)
    outcome = decide_start(
        broadcast,
        shown=shown,
        recipients=await broadcasts.count_recipients(work.tx, broadcast),
        confirmed_by=work.person.id,
        other_organisers=len(await _others(work, broadcast)),
    )
    if isinstance(outcome, Started):
        await send_to_all(work, broadcast)
    elif isinstance(outcome, SecondOrganiserNeeded):
        await _ask_others(work, broadcast)
    elif broadcast.state is BroadcastState.ASKED:
        await cards.refresh(work.tx, subject_of(broadcast), work.now)
    return outcome


async def _others(work: Work, broadcast: Broadcast) -> list[int]:
    """The organisers and owners who can confirm: not the author, and not somebody who hears nothing from us."""
    owners = await people.owners(work.tx, work.process.owner_ids)
    ids = {*await people.organisers(work.tx), *owners} - {broadcast.author_id}
    known = await people.get_many(work.tx, ids)
    return sorted(person.id for person in known.values() if person.can_be_written_to and not person.stopped_at)


async def _ask_others(work: Work, broadcast: Broadcast) -> None:
    await broadcasts.change(work.tx, broadcast.id, state=BroadcastState.ASKED.value)
    await dialogs.end(work)
    await facts.note(work.tx, work.now, work.person.id, "broadcast_asked", subject_of(broadcast))
    for person_id in (work.person.id, *await _others(work, broadcast)):
        await cards.show(work.tx, subject_of(broadcast), person_id, work.now)


async def send_to_all(work: Work, broadcast: Broadcast) -> None:
    """The run: its state and one delivery for each recipient are saved together."""
    tx, now = work.tx, work.now
    delivery = owe(KIND, f"broadcast:{broadcast.id}:", now, broadcast_id=broadcast.id)
    total = await outbox.add_for_each(tx, await broadcasts.recipients(tx, broadcast), delivery, now)
    begun = {"state": BroadcastState.SENDING.value, "total": total, "started_at": now, "started_by": work.person.id}
    await broadcasts.change(tx, broadcast.id, **begun, shown_at=now)
    if broadcast.state is BroadcastState.DRAFT:
        await dialogs.end(work)
    seen = {"audience": broadcast.audience.value, "target_id": broadcast.target_id, "recipients": total}
    await facts.note(tx, now, work.person.id, "broadcast_started", subject_of(broadcast), None, seen)
    await cards.refresh(tx, subject_of(broadcast), now, kind="progress")
    if broadcast.author_id is not None:
        await cards.show(tx, subject_of(broadcast), broadcast.author_id, now, kind="progress")


async def starter_name(work: Work, broadcast_id: int) -> str:
    """Who was faster."""
    broadcast = await get_broadcast(work, broadcast_id)
    starter = await people.get(work.tx, broadcast.started_by or 0)
    return starter.name if starter else ""


# --- Stopping, sending again ------------------------------------------------------------------


async def stop(work: Work, broadcast_id: int) -> int | None:
    """Nothing more goes out; returns how many people that spares, None if it was over already."""
    broadcast = await get_broadcast(work, broadcast_id)
    if broadcast.state not in (BroadcastState.SENDING, BroadcastState.ASKED, BroadcastState.PAUSED):
        return None
    spared = await outbox.cancel_broadcast(work.tx, broadcast.id, work.now)
    await broadcasts.change(work.tx, broadcast.id, state=BroadcastState.STOPPED.value)
    await facts.note(
        work.tx, work.now, work.person.id, "broadcast_stopped", subject_of(broadcast), None, {"spared": spared}
    )
    await cards.refresh(work.tx, subject_of(broadcast), work.now, kind="progress")
    return spared


async def send_again(work: Work, broadcast_id: int) -> int:
    """Those of whom nobody knows get it once more; returns how many."""
    broadcast = await get_broadcast(work, broadcast_id)
    lifetime = KINDS[KIND].lifetime or timedelta(days=1)
    again = await outbox.resend_uncertain(work.tx, broadcast.id, work.now, work.now + lifetime)
    if again:
        seen = {"people": again}
        await facts.note(work.tx, work.now, work.person.id, "broadcast_repeated", subject_of(broadcast), None, seen)
        await reopen(work, broadcast.id)
    return again


async def reopen(work: Work, broadcast_id: int) -> None:
    """Something of a run goes out once more: it is under way again."""
    await broadcasts.change(work.tx, broadcast_id, state=BroadcastState.SENDING.value, finished_at=None)
    await cards.refresh(work.tx, f"broadcast:{broadcast_id}", work.now, kind="progress")


async def get_run(work: Work, broadcast_id: int) -> run_texts.Run:
    """A run as it is shown."""
    return await _run(work.tx, await get_broadcast(work, broadcast_id))


# --- Watching ---------------------------------------------------------------------------------


async def any_open(tx: Tx) -> bool:
    """Whether there is one that waits to be confirmed, or a run to watch."""
    return await broadcasts.any_open(tx)


async def watch(tx: Tx, now: datetime) -> None:
    """Show how far the runs are, and end those in which every message has its final state."""
    for broadcast in await broadcasts.running(tx):
        if not await broadcasts.is_under_way(tx, broadcast.id):
            await _end(tx, broadcast, now)
        elif not broadcast.is_to_be_shown(now):
            continue
        await broadcasts.change(tx, broadcast.id, shown_at=now)
        await cards.refresh(tx, subject_of(broadcast), now, kind="progress")


async def _end(tx: Tx, broadcast: Broadcast, now: datetime) -> None:
    sending = broadcast.state is BroadcastState.SENDING
    state = BroadcastState.DONE if sending else broadcast.state
    await broadcasts.change(tx, broadcast.id, state=state.value, finished_at=now)
    progress = await broadcasts.get_progress(tx, broadcast.id)
    counts = {fate.value: number for fate, number in progress.counts.items()}
    await facts.note(tx, now, None, "broadcast_ended", subject_of(broadcast), None, counts)


async def render_card(batch: Rendering, broadcast_id: int, reader: Person) -> Message | None:
    """The card of a broadcast: to be confirmed, waiting for that, or how far it is."""
    broadcast = await broadcasts.get(batch.tx, broadcast_id)
    if broadcast is None or broadcast.state is BroadcastState.DRAFT:
        return None
    if broadcast.state is not BroadcastState.ASKED:
        return run_texts.run(await _run(batch.tx, broadcast), reader.language)
    shown = await drafts.preview(batch.tx, broadcast)
    if reader.id == broadcast.author_id:
        return texts.waits_for_second(broadcast, shown.target, shown.recipients, reader.language)
    author = await people.get(batch.tx, broadcast.author_id or 0)
    name = author.name if author else ""
    return texts.to_confirm(broadcast, shown.target, shown.recipients, name, reader.language)


async def _run(tx: Tx, broadcast: Broadcast) -> run_texts.Run:
    progress = await broadcasts.get_progress(tx, broadcast.id)
    ended = broadcast.state is not BroadcastState.SENDING
    told = [fate for fate in REPORTED if ended and progress[fate]]
    names = {fate: await broadcasts.names(tx, broadcast.id, fate, run_texts.MOST_NAMES[fate]) for fate in told}
    second = broadcast.started_by if broadcast.started_by != broadcast.author_id else None
    starter = await people.get(tx, second) if second else None
    return run_texts.Run(broadcast, progress, names, starter.name if starter else "")


async def render_broadcasts(batch: Rendering) -> Rendered:
    """The message itself, worded once for each language; a stopped run sends no more."""
    found = await broadcasts.get_many(batch.tx, {d.broadcast_id for d in batch.deliveries if d.broadcast_id})
    copies: dict[tuple[int, str], Message] = {}
    rendered: dict[int, Message | Drop] = {}
    for delivery in batch.deliveries:
        broadcast, language = found.get(delivery.broadcast_id or 0), batch.readers[delivery.person_id or 0].language
        if broadcast is None or broadcast.state is not BroadcastState.SENDING:
            rendered[delivery.id] = STOPPED
            continue
        copy = copies.setdefault((broadcast.id, language), texts.copy(broadcast.html, language))
        rendered[delivery.id] = copy
    return rendered


def subject_of(broadcast: Broadcast) -> str:
    """The name of a broadcast among the subjects of cards and of the audit."""
    return f"broadcast:{broadcast.id}"
