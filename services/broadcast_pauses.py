"""A run whose sender has lost the right to send waits for an owner's word; nothing of it goes out until then."""

from datetime import timedelta

from domain.broadcasts import Broadcast, BroadcastState
from domain.deliveries import KINDS
from domain.people import Person
from domain.permissions import Permission, can
from messages import broadcast_runs as texts
from messages.markup import Message
from services import broadcast_drafts as drafts
from services import broadcasts as runs
from services import cards
from services.rendering import Rendering
from services.work import Background, Work
from storage import broadcasts, facts, outbox, people
from storage.database import Tx


async def find_orphans(work: Background) -> list[Broadcast]:
    """Broadcasts under way, or waiting to be confirmed, of somebody who may not send any more."""
    found = await broadcasts.in_states(work.tx, (BroadcastState.ASKED, BroadcastState.SENDING))
    return [broadcast for broadcast in found if not await _may_send(work, broadcast)]


async def _may_send(work: Background, broadcast: Broadcast) -> bool:
    sender = broadcast.started_by or broadcast.author_id
    if sender is None:
        return False  # erased: nobody answers for it
    return can(await people.get_actor(work.tx, sender, work.process.owner_ids), Permission.BROADCAST)


async def pause_orphans(work: Background) -> None:
    """Stop them where they are, and ask the owners; calls under way go on."""
    for broadcast in await find_orphans(work):
        await outbox.cancel_broadcast(work.tx, broadcast.id, work.now)
        await _change(work.tx, broadcast, BroadcastState.PAUSED, work, None)
        for owner in await people.owners(work.tx, work.process.owner_ids):
            await cards.show(work.tx, runs.subject_of(broadcast), owner, work.now)


async def resume(work: Work, broadcast_id: int) -> bool:
    """An owner's word: what was held back goes out, in the owner's name; False if nothing is held back."""
    work.require(Permission.GRANT_ORGANISER)
    broadcast = await runs.get_broadcast(work, broadcast_id)
    if broadcast.state is not BroadcastState.PAUSED:
        return False
    if broadcast.started_at is None:
        await runs.send_to_all(work, broadcast)
        return True
    lifetime = KINDS[runs.KIND].lifetime or timedelta(days=1)
    await outbox.resume_broadcast(work.tx, broadcast.id, work.now, work.now + lifetime)
    await broadcasts.change(work.tx, broadcast.id, started_by=work.person.id)
    await _change(work.tx, broadcast, BroadcastState.SENDING, work, work.person.id)
    return True


async def _change(tx: Tx, broadcast: Broadcast, state: BroadcastState, work: Background, actor_id: int | None) -> None:
    await broadcasts.change(tx, broadcast.id, state=state.value)
    action = "broadcast_paused" if state is BroadcastState.PAUSED else "broadcast_resumed"
    before, after = {"state": broadcast.state.value}, {"state": state.value}
    await facts.note(tx, work.now, actor_id, action, runs.subject_of(broadcast), before, after)
    await cards.refresh(tx, runs.subject_of(broadcast), work.now, kind="progress")


async def render_card(batch: Rendering, broadcast_id: int, reader: Person) -> Message | None:
    """The card of a broadcast; of a paused one, owners decide, and the others see that they do."""
    broadcast = await broadcasts.get(batch.tx, broadcast_id)
    if broadcast is None or broadcast.state is not BroadcastState.PAUSED:
        return await runs.render_card(batch, broadcast_id, reader)
    actor = await people.get_actor(batch.tx, reader.id, batch.process.owner_ids)
    sender = await people.get(batch.tx, broadcast.started_by or broadcast.author_id or 0)
    shown = await drafts.preview(batch.tx, broadcast)
    return texts.paused(
        broadcast,
        await broadcasts.get_progress(batch.tx, broadcast.id),
        shown.recipients,
        sender.name if sender else None,
        reader.language,
        may_resume=can(actor, Permission.GRANT_ORGANISER),
    )
