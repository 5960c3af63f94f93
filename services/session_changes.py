"""Sessions planned, moved, cancelled, given another link: saved, told once to those concerned, shown on every card."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from domain.changes import Known, News, differences, known_from, known_of, seen_of
from domain.deliveries import Delivery, owe
from domain.events import Event, EventState, decide_change
from domain.people import Person
from domain.sessions import concerns_those_who_declined, is_ahead
from messages import session_changes as texts
from messages.markup import Message
from services import asking, boards, cards, occasions, talks
from services.rendering import OUTDATED, Drop, Rendered, Rendering
from services.sessions import show_in_chat, subject_of
from storage import calendar, events, facts, groups, outbox
from storage import sessions as stored
from storage.database import Tx
from storage.sessions import Recipients

Pair = tuple[Event, Event]
"""A session before and after."""


async def add(tx: Tx, new: Event, now: datetime, actor_id: int | None, *, in_chat: bool = True) -> Event:
    """Store a new session and plan what is due around it; who should be asked by now, is.

    `in_chat`: its card appears in the group's chat at once; else with the question whether people will come.
    """
    session = replace(new, id=await events.add(tx, new))
    await calendar.note_change(tx, session.id, now)
    subject = subject_of(session.id)
    await facts.note(tx, now, actor_id, "session_scheduled", subject, None, seen_of(session))
    await occasions.plan(tx, session, now)
    await asking.ask_at_once_if_late(tx, session, now)
    if in_chat:
        await show_in_chat(tx, session, now)
    await boards.refresh(tx, session.group_id, now)
    return session


async def change(tx: Tx, old: Event, new: Event, now: datetime, actor_id: int | None) -> Event:
    """Save a session; another time forgets the answers and plans anew. Everybody concerned but the actor is told."""
    return (await change_all(tx, [(old, new)], now, actor_id))[0]


async def change_all(tx: Tx, pairs: Sequence[Pair], now: datetime, actor_id: int | None) -> list[Event]:
    """The same for several of one series: everybody hears of all of them in one message."""
    changed = [(old, await _save(tx, old, new, now, actor_id)) for old, new in pairs]
    told = [(old, session) for old, session in changed if is_ahead(old, now)]
    await _tell(tx, told, now, actor_id)
    for old, session in changed:
        if session.revision > old.revision:
            await occasions.plan(tx, session, now)
        await cards.refresh(tx, subject_of(session.id), now)
        await talks.follow_change(tx, old, session, now)
        await boards.refresh(tx, session.group_id, now)
    return [session for _, session in changed]


async def _save(tx: Tx, old: Event, new: Event, now: datetime, actor_id: int | None) -> Event:
    session = replace(new, id=old.id, revision=decide_change(old, new).revision, sequence=old.sequence + 1)
    await events.save(tx, session)
    await calendar.note_change(tx, session.id, now)
    action = "session_cancelled" if session.state is EventState.CANCELLED else "session_changed"
    await facts.note(tx, now, actor_id, action, subject_of(old.id), seen_of(old), seen_of(session))
    if session.starts_at != old.starts_at:
        await stored.forget_answers(tx, session.id)
    return session


async def _tell(tx: Tx, changed: Sequence[Pair], now: datetime, actor_id: int | None) -> None:
    """Owe the news. Whoever has not been told of an earlier change yet hears of both at once, from what they know."""
    told = _told(changed, actor_id)
    if told is None:
        return
    new = changed[0][1]
    delivery = owe(
        "session_change",
        f"session_change:{new.id}:{new.sequence}:",
        now,
        event_id=new.id,
        revision=new.revision,
        refs={"known": {str(old.id): seen_of(old) for old, _ in changed}},
        expires_at=max(session.ends_at for pair in changed for session in pair),
    )
    await outbox.bring_forward(tx, delivery)
    if len(changed) > 1:
        # It speaks of several: a later change of one of them must not take it back.
        delivery = replace(delivery, key=f"session_changes:{new.id}:{new.sequence}:", event_id=None, revision=None)
    await outbox.add_for_each(tx, told, delivery, now)


def _told(changed: Sequence[Pair], actor_id: int | None) -> Recipients | None:
    """Who is told; None if it is no news to anybody. Of several sessions, also who said no to one of them."""
    news = tuple(one for old, new in changed for one in differences(known_of(old), known_of(new)))
    if not news:
        return None
    if len(changed) > 1:
        return stored.told_of_several([new for _, new in changed], actor_id)
    return stored.told(changed[0][1], actor_id, with_refusals=concerns_those_who_declined(news))


async def count_told(tx: Tx, changed: Sequence[Pair], actor_id: int) -> int:
    """How many people would be told of these changes, if they were saved."""
    told = _told(changed, actor_id)
    return await stored.count(tx, told) if told is not None else 0


# --- Wording ----------------------------------------------------------------------------------


async def render_changes(batch: Rendering) -> Rendered:
    """Word what differs from what the reader knew; moved there and back is no news."""
    known = {delivery.id: _known(delivery) for delivery in batch.deliveries}
    found = await events.get_many(batch.tx, {number for one in known.values() for number in one})
    codes = {group.id: group.code for group in await groups.get_all(batch.tx)}
    invited = {s.id: await stored.which_of(batch.tx, stored.concerned(s), list(batch.readers)) for s in found.values()}
    rendered: dict[int, Message | Drop] = {}
    for delivery in batch.deliveries:
        reader = batch.readers[delivery.person_id or 0]
        sessions = [found[n] for n in known[delivery.id] if n in found and reader.id in invited[n]]
        news = [(s, differences(known[delivery.id][s.id], known_of(s))) for s in sessions]
        rendered[delivery.id] = _message([one for one in news if one[1]], codes, batch, reader) or OUTDATED
    return rendered


def _known(delivery: Delivery) -> dict[int, Known]:
    """What the reader knew, by session id."""
    known = delivery.refs["known"]
    return {int(n): known_from(seen) for n, seen in known.items()} if isinstance(known, Mapping) else {}


def _message(news: Sequence[News], codes: Mapping[int, str], batch: Rendering, reader: Person) -> Message | None:
    if not news:
        return None
    zone, code = batch.zone_of(reader), codes[news[0][0].group_id]
    if len(news) == 1:
        session, differing = news[0]
        return texts.changed(session, code, differing, batch.now, zone, reader.language)
    return texts.several_changed(news, code, zone, reader.language)
