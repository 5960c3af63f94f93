"""The runway of a talk as time goes by: presenters are asked, the coordinators hear of silence, thanks at the end."""

from domain.chores import AFTERWARDS, ChoreKind
from domain.deliveries import Lane, owe
from domain.events import Event, EventState
from domain.occasions import Firing
from domain.talks import CHORES, Talk, TalkState, choose_leads, find_late
from messages import talks as texts
from messages.markup import Message
from services import cards, chores, question_lists
from services.rendering import OUTDATED, Drop, Rendered, Rendering
from services.talks import key_of, open_chore, show, subject
from services.work import Background
from storage import cards as stored_cards
from storage import events, occasions, outbox, people, talks


async def ask(work: Background, event: Event, firing: Firing) -> int:
    """A step is due: every presenter with something left to do gets a fresh card, unless it would say the same."""
    del firing
    return sum([await present(work, talk, event) for talk in await talks.of_event(work.tx, event.id)])


async def present(work: Background, talk: Talk, event: Event) -> bool:
    """Show a presenter what is open; False where nothing is, or where the last card says just that."""
    presenter = await people.get(work.tx, talk.person_id)
    if presenter is None:
        return False
    shown = await show(work, talk, event, presenter)
    if not shown.open_steps:
        return False
    card = await stored_cards.get(work.tx, subject(talk.id), presenter.id)
    message = texts.card(shown, work.now, presenter.zone or work.process.zone, presenter.language)
    if card is not None and card.content_hash == cards.hash_of(message):
        return False
    await cards.show_anew(work.tx, subject(talk.id), presenter.id, work.now)
    return True


async def hand_on(work: Background, event: Event, firing: Firing) -> int:
    """A deadline has passed: what is still undone goes to the coordinators."""
    if work.now >= event.starts_at:
        return 0
    found = await talks.of_event(work.tx, event.id)
    leads = choose_leads(await occasions.get_timings(work.tx)) if found else {}
    for talk in found:
        for step in find_late(talk, firing.occasion.lead, leads):
            await open_chore(work, talk, event, step.value, CHORES[step])
    return 0


async def open_backstage(work: Background, event: Event, firing: Firing) -> int:
    """The presenters meet before the others come; without any link the coordinators hear of it."""
    del firing
    speaking = [t for t in await talks.of_event(work.tx, event.id) if t.state is not TalkState.DECLINED]
    if not speaking or work.now >= event.starts_at:
        return 0
    if event.backstage_link is None and event.link is None:
        key, kind = f"event:{event.id}:link", ChoreKind.LINK_MISSING
        await chores.open_once(work, key, kind, group_id=event.group_id, event_id=event.id)
    deliveries = [
        owe(
            "talk",
            key_of(talk, f"{event.revision}:backstage"),
            work.now,
            chat_id=talk.person_id,
            person_id=talk.person_id,
            refs={"talk": talk.id, "fact": "backstage"},
            event_id=event.id,
            revision=event.revision,
            lane=Lane.URGENT,
            expires_at=event.ends_at,
        )
        for talk in speaking
    ]
    await outbox.add(work.tx, deliveries, work.now)
    await question_lists.show_presenters(work, event)
    return len(deliveries)


async def thank(work: Background, event: Event, firing: Firing) -> int:
    """It is over: thanks to those who spoke, once."""
    del firing
    deliveries = [
        owe(
            "talk",
            key_of(talk, "thanks"),
            work.now,
            chat_id=talk.person_id,
            person_id=talk.person_id,
            refs={"talk": talk.id, "fact": "thanks"},
        )
        for talk in await talks.of_event(work.tx, event.id)
        if talk.state is TalkState.CONFIRMED
    ]
    await outbox.add(work.tx, deliveries, work.now)
    await chores.settle_event(work.tx, event.id, work.now, but=AFTERWARDS)
    return len(deliveries)


async def render_news(batch: Rendering) -> Rendered:
    """The way backstage, and thanks; nothing for whoever declined meanwhile, and nothing of a cancelled event."""
    found = await talks.get_many(batch.tx, {int(str(d.refs["talk"])) for d in batch.deliveries})
    at = await events.get_many(batch.tx, {talk.event_id for talk in found.values()})
    rendered: dict[int, Message | Drop] = {}
    for delivery in batch.deliveries:
        talk, reader = found.get(int(str(delivery.refs["talk"]))), batch.readers[delivery.person_id or 0]
        event = at.get(talk.event_id) if talk else None
        if talk is None or event is None or not _is_worth_it(talk, event):
            rendered[delivery.id] = OUTDATED
        elif delivery.refs["fact"] == "backstage":
            rendered[delivery.id] = texts.backstage(talk, event, batch.now, reader.language)
        else:
            rendered[delivery.id] = texts.thanks(event, reader.language)
    return rendered


def _is_worth_it(talk: Talk, event: Event) -> bool:
    return talk.state is not TalkState.DECLINED and event.state is EventState.ANNOUNCED
