"""Summaries: what came of a webinar, in numbers, and the beginning of an interim result made of them."""

from domain.deliveries import owe
from domain.events import Event, EventState
from domain.feedback import Summary, Wish
from domain.occasions import Firing
from domain.permissions import Permission, Target, can
from messages import feedback as texts
from messages.markup import Message
from messages.submissions import Question
from services import submissions
from services.deciders import deciders_of
from services.rendering import OUTDATED, Drop, Rendered, Rendering
from services.webinars import get_webinar
from services.work import Background, Work
from storage import events, feedback, following, groups, outbox, people, questions
from storage.database import Tx
from storage.sessions import count


async def tell(work: Background, event: Event, firing: Firing) -> int:
    """A day after a webinar, those who run its group hear what came of it, if anything did."""
    del firing
    if (await sum_up(work.tx, event)).is_empty:
        return 0
    deliveries = [
        owe(
            "summary",
            f"summary:{event.id}:{event.revision}:{reader}",
            work.now,
            chat_id=reader,
            person_id=reader,
            event_id=event.id,
            revision=event.revision,
        )
        for reader in await deciders_of(work, event.group_id)
    ]
    await outbox.add(work.tx, deliveries, work.now)
    return len(deliveries)


async def sum_up(tx: Tx, event: Event) -> Summary:
    """The numbers as they are now."""
    ratings, wishes = await feedback.get_ratings(tx, event.id), await feedback.get_wishes(tx, event.id)
    rated = sum(ratings.values())
    return Summary(
        followers=await count(tx, following.followers(event)),
        rated=rated,
        mean=sum(rating * number for rating, number in ratings.items()) / rated if rated else None,
        more=wishes.get(Wish.MORE, 0),
        join=wishes.get(Wish.JOIN, 0),
        recordings=await feedback.count_recordings(tx, event.id),
        asked=await questions.count_asked(tx, event.id),
        answered=await questions.count_answered(tx, event.id),
    )


async def render_summaries(batch: Rendering) -> Rendered:
    """Word the numbers for those who still run the group."""
    found = await events.get_many(batch.tx, {d.event_id for d in batch.deliveries if d.event_id})
    rendered: dict[int, Message | Drop] = {}
    for delivery in batch.deliveries:
        event, reader = found.get(delivery.event_id or 0), batch.readers[delivery.person_id or 0]
        actor = await people.get_actor(batch.tx, reader.id, batch.process.owner_ids)
        target = Target(group_id=event.group_id if event else None)
        held = event is not None and event.state is EventState.ANNOUNCED and event.revision == delivery.revision
        if event is None or not held or not can(actor, Permission.RUN_EVENTS, target):
            rendered[delivery.id] = OUTDATED
        else:
            may_submit = can(actor, Permission.SUBMIT_RESULT, target)
            summary = await sum_up(batch.tx, event)
            rendered[delivery.id] = texts.summary(event, summary, reader.language, may_submit=may_submit)
    return rendered


async def make_result(work: Work, webinar_id: int) -> Question:
    """Open the dialog of an interim result, title and summary filled in; nothing is handed in by itself."""
    event = await get_webinar(work, webinar_id, Permission.RUN_EVENTS)
    group = await groups.get(work.tx, event.group_id)
    title = texts.result_title(event, work.language)
    summary = texts.result_summary(
        event, group.code if group else "", await sum_up(work.tx, event), work.process.zone, work.language
    )
    return await submissions.begin_with(work, event.group_id, title, summary)
