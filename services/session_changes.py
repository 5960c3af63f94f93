"""Sessions planned, moved, cancelled, given another link: saved, told once to those concerned, shown on every card."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from domain.deliveries import owe
from domain.events import Changed, Event, EventState, decide_change
from domain.sessions import Known, concerns_those_who_declined, differences, is_ahead, known_of
from messages import session_changes as texts
from messages.markup import Message
from services import asking, cards, occasions
from services.rendering import OUTDATED, Drop, Rendered, Rendering
from services.sessions import subject_of
from storage import chats, events, facts, groups, outbox
from storage import sessions as stored
from storage.database import Tx

KIND = "session_change"


async def add(tx: Tx, new: Event, now: datetime, actor_id: int | None) -> Event:
    """Store a new session, plan what is due around it, show it in the group's chat; who should be asked by now is."""
    session = replace(new, id=await events.add(tx, new))
    subject = subject_of(session.id)
    await facts.note(tx, now, actor_id, "session_scheduled", subject, None, seen_of(session))
    await occasions.plan(tx, session, now)
    await asking.ask_at_once_if_late(tx, session, now)
    link = await chats.link_of(tx, session.group_id)
    if link is not None:
        await cards.show_in_chat(tx, subject, link, now)
    return session


async def change(tx: Tx, old: Event, new: Event, now: datetime, actor_id: int | None) -> Event:
    """Save a session; another time forgets the answers and plans anew. Everybody concerned but the actor is told."""
    outcome = decide_change(old, new)
    session = replace(new, id=old.id, revision=outcome.revision, sequence=old.sequence + 1)
    await events.save(tx, session)
    action = "session_cancelled" if session.state is EventState.CANCELLED else "session_changed"
    await facts.note(tx, now, actor_id, action, subject_of(old.id), seen_of(old), seen_of(session))
    if session.starts_at != old.starts_at:
        await stored.forget_answers(tx, session.id)
    if is_ahead(old, now):
        await _tell(tx, old, session, now, actor_id)
    if isinstance(outcome, Changed):
        await occasions.plan(tx, session, now)
    await cards.refresh(tx, subject_of(session.id), now)
    return session


def seen_of(session: Event) -> dict[str, object]:
    """What can change about a session, as JSON; read back by `known_from`."""
    known = known_of(session)
    return {
        "starts_at": known.starts_at.isoformat(),
        "minutes": known.minutes,
        "titles": dict(known.titles),
        "link": known.link,
        "state": known.state.value,
    }


def known_from(seen: Mapping[str, object]) -> Known:
    """What `seen_of` wrote down."""
    titles, link = seen["titles"], seen["link"]
    return Known(
        starts_at=datetime.fromisoformat(str(seen["starts_at"])),
        minutes=int(str(seen["minutes"])),
        titles={str(k): str(v) for k, v in titles.items()} if isinstance(titles, Mapping) else {},
        link=str(link) if link is not None else None,
        state=EventState(str(seen["state"])),
    )


async def _tell(tx: Tx, old: Event, new: Event, now: datetime, actor_id: int | None) -> None:
    """Owe the news. Whoever has not been told of an earlier change yet hears of both at once, from what they know."""
    news = differences(known_of(old), known_of(new))
    if not news:
        return
    key, worth_until = f"{KIND}:{new.id}:{new.sequence}:", max(old.ends_at, new.ends_at)
    refs = {"known": seen_of(old)}
    delivery = owe(
        "session_change", key, now, event_id=new.id, revision=new.revision, refs=refs, expires_at=worth_until
    )
    await outbox.bring_forward(tx, delivery)
    told = stored.told(new, actor_id, with_refusals=concerns_those_who_declined(news))
    await outbox.add_for_each(tx, told, delivery, now)


async def render_changes(batch: Rendering) -> Rendered:
    """Word what differs from what the reader knew; moved there and back is no news."""
    found = await events.get_many(batch.tx, {d.event_id for d in batch.deliveries if d.event_id})
    codes = {group.id: group.code for group in await groups.get_all(batch.tx)}
    invited = {s.id: await stored.which_of(batch.tx, stored.concerned(s), list(batch.readers)) for s in found.values()}
    rendered: dict[int, Message | Drop] = {}
    for delivery in batch.deliveries:
        session, reader = found.get(delivery.event_id or 0), batch.readers[delivery.person_id or 0]
        known = delivery.refs["known"]
        if session is None or reader.id not in invited[session.id] or not isinstance(known, Mapping):
            rendered[delivery.id] = OUTDATED
            continue
        news = differences(known_from(known), known_of(session))
        zone, code = batch.zone_of(reader), codes[session.group_id]
        message = texts.changed(session, code, news, batch.now, zone, reader.language)
        rendered[delivery.id] = message if news else OUTDATED
    return rendered
