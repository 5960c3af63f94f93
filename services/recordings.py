"""Recordings: who asked for one gets it once, with the slides that may be passed on."""

from datetime import datetime

from domain.deliveries import owe
from domain.events import Event
from domain.feedback import has_recording, may_pass_on
from messages import feedback as texts
from messages.markup import Message
from services.rendering import OUTDATED, Drop, Rendered, Rendering
from storage import events, feedback, outbox, talks
from storage.database import Tx


async def tell(tx: Tx, event: Event, now: datetime) -> bool:
    """Owe everybody who waits for it the recording and the slides; False where there is no recording yet.

    To be called whenever there may be one: who has got it does not get it again.
    """
    if not has_recording(event):
        return False
    waiting = feedback.waiting_for_recording(event.id)
    await outbox.add_for_each(tx, waiting, owe("recording", f"recording:{event.id}:", now, event_id=event.id), now)
    for talk in await talks.of_event(tx, event.id):
        if may_pass_on(talk):
            slides = owe("slides", f"slides:{talk.id}:", now, refs={"talk": talk.id})
            await outbox.add_for_each(tx, waiting, slides, now)
    await feedback.mark_told(tx, event.id, now)
    return True


async def render_recordings(batch: Rendering) -> Rendered:
    """Where the recording is; nothing once it has been taken away again."""
    found = await events.get_many(batch.tx, {d.event_id for d in batch.deliveries if d.event_id})
    rendered: dict[int, Message | Drop] = {}
    for delivery in batch.deliveries:
        event, reader = found.get(delivery.event_id or 0), batch.readers[delivery.person_id or 0]
        there = event is not None and has_recording(event)
        rendered[delivery.id] = texts.recording(event, reader.language) if event and there else OUTDATED
    return rendered


async def render_slides(batch: Rendering) -> Rendered:
    """The slides of a talk as the file that was handed in; consent is looked at once more."""
    found = await talks.get_many(batch.tx, {int(str(d.refs["talk"])) for d in batch.deliveries})
    rendered: dict[int, Message | Drop] = {}
    for delivery in batch.deliveries:
        talk, reader = found.get(int(str(delivery.refs["talk"]))), batch.readers[delivery.person_id or 0]
        passed_on = talk is not None and may_pass_on(talk)
        rendered[delivery.id] = texts.slides(talk, reader.language) if talk and passed_on else OUTDATED
    return rendered
