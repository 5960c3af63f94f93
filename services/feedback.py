"""Feedback: asked for once after a webinar, answered in two taps."""

from domain.deliveries import owe
from domain.errors import NotFound, OutOfDate
from domain.events import Event
from domain.feedback import RATINGS, Wish, takes_feedback
from domain.occasions import Firing
from domain.permissions import Permission
from messages import feedback as texts
from messages.markup import Message
from services import recordings
from services.rendering import OUTDATED, Drop, Rendered, Rendering
from services.webinars import get_webinar
from services.work import Background, Work
from storage import events, facts, feedback, following, groups, outbox


async def ask(work: Background, event: Event, firing: Firing) -> int:
    """The webinar is over: everybody who was reminded of it is asked, once, by one INSERT ... SELECT."""
    del firing
    delivery = owe(
        "feedback",
        f"feedback:{event.id}:{event.revision}:",
        work.now,
        event_id=event.id,
        revision=event.revision,
    )
    return await outbox.add_for_each(work.tx, following.followers(event), delivery, work.now)


async def render_surveys(batch: Rendering) -> Rendered:
    """Word the first question; nothing about what was cancelled or moved meanwhile."""
    found = await events.get_many(batch.tx, {d.event_id for d in batch.deliveries if d.event_id})
    codes = {group.id: group.code for group in await groups.get_all(batch.tx)}
    rendered: dict[int, Message | Drop] = {}
    for delivery in batch.deliveries:
        event, reader = found.get(delivery.event_id or 0), batch.readers[delivery.person_id or 0]
        if event is None or event.revision != delivery.revision or not takes_feedback(event, batch.now):
            rendered[delivery.id] = OUTDATED
        else:
            given = await feedback.get(batch.tx, event.id, reader.id)
            rendered[delivery.id] = texts.survey(event, codes[event.group_id], given, reader.language)
    return rendered


# --- Answering --------------------------------------------------------------------------------


async def _get_held(work: Work, webinar_id: int) -> Event:
    """Load a webinar about which the person may say something; what they say is their own."""
    event = await get_webinar(work, webinar_id, Permission.SUBSCRIBE)
    if not takes_feedback(event, work.now):
        raise NotFound
    return event


async def rate(work: Work, webinar_id: int, rating: int) -> None:
    """How useful it was; said again, the last word counts."""
    event = await _get_held(work, webinar_id)
    if rating not in RATINGS:
        raise OutOfDate
    await _save(work, event, rating=rating)


async def choose(work: Work, webinar_id: int, wish: Wish) -> None:
    """What they would like next."""
    await _save(work, await _get_held(work, webinar_id), wish=wish.value)


async def want_recording(work: Work, webinar_id: int) -> bool:
    """They get recording and slides, each as soon as it is there; whether anything is there now."""
    event = await _get_held(work, webinar_id)
    await _save(work, event, wants_recording=True)
    return await recordings.tell(work.tx, event, work.now, only=work.person.id)


async def _save(work: Work, event: Event, **values: object) -> None:
    """Keep an answer. The audit says that somebody answered, not what: that is between them and the numbers."""
    await feedback.put(work.tx, event.id, work.person.id, work.now, **values)
    about = {"answered": sorted(values)}
    await facts.note(work.tx, work.now, work.person.id, "feedback_given", f"webinar:{event.id}", None, about)


async def get_survey(work: Work, webinar_id: int) -> Message:
    """What is asked next, or thanks."""
    event = await _get_held(work, webinar_id)
    group = await groups.get(work.tx, event.group_id)
    given = await feedback.get(work.tx, event.id, work.person.id)
    return texts.survey(event, group.code if group else "", given, work.language)
