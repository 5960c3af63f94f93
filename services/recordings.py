"""Recordings and slides: who asked for them gets each once, as soon as it is there."""

from datetime import datetime

from domain.deliveries import owe
from domain.events import Event
from domain.feedback import has_recording, may_pass_on, takes_feedback
from messages import feedback as texts
from messages.markup import Message
from services.rendering import OUTDATED, Drop, Rendered, Rendering
from storage import events, feedback, outbox, talks
from storage.database import Tx


async def tell(tx: Tx, event: Event, now: datetime, only: int | None = None) -> bool:
    """Owe what there is of recording and slides to everybody who wants them, or to one; False where there is nothing.

    To be called whenever there may be more: nobody gets anything twice. Slides do not wait for a recording, which many
    webinars never have.
    """
    wanting = feedback.wanting(event.id, only)
    of_talks = await talks.of_event(tx, event.id) if takes_feedback(event, now) else []
    passed_on = [talk for talk in of_talks if may_pass_on(talk)]
    if has_recording(event):
        waiting = feedback.waiting_for_recording(event.id, only)
        await outbox.add_for_each(tx, waiting, owe("recording", f"recording:{event.id}:", now, event_id=event.id), now)
        await feedback.mark_told(tx, event.id, waiting, now)
    for talk in passed_on:
        slides = owe("slides", f"slides:{talk.id}:", now, refs={"talk": talk.id})
        await outbox.add_for_each(tx, wanting, slides, now)
    return has_recording(event) or bool(passed_on)


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
