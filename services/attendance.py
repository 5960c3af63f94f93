"""Noting who was at a session: a card for those who run it, once it is over."""

from domain.attendance import Attendee, Presence, Sheet, attendees, has_begun
from domain.errors import NotAllowed, OutOfDate
from domain.events import Event
from domain.occasions import Firing
from domain.people import Person
from domain.permissions import Permission, can
from messages import attendance as texts
from messages.markup import Message
from services import cards
from services.deciders import deciders_of
from services.rendering import Rendering
from services.sessions import get_session, lock_session, subject_of, target_of
from services.work import Background, Work
from storage import attendance as stored
from storage import cards as stored_cards
from storage import events, facts, groups, minutes, people
from storage import sessions as invitations
from storage.database import Tx


def card_of(session_id: int) -> str:
    """The name of a session's attendance among the subjects of cards."""
    return f"attendance:{session_id}"


async def ask(work: Background, session: Event, firing: Firing) -> int:
    """The session is over: who was there?"""
    del firing
    readers = await deciders_of(work, session.group_id)
    for reader in readers:
        await cards.show(work.tx, card_of(session.id), reader, work.now)
    return len(readers)


async def get_sheet(work: Work, session_id: int, page: int = 0) -> Sheet:
    """Who was there, as far as it is known."""
    session = await get_session(work, session_id, Permission.SEE_ATTENDANCE)
    return await _load(work.tx, session, page)


async def _load(tx: Tx, session: Event, page: int = 0) -> Sheet:
    group = await groups.get(tx, session.group_id)
    if group is None:
        raise NotAllowed
    has_minutes = bool(await minutes.which_have(tx, [session.id]))
    return Sheet(session, group, await _attendees(tx, session), page, has_minutes)


async def _attendees(tx: Tx, session: Event) -> tuple[Attendee, ...]:
    names = await invitations.get_names(tx, await invitations.get_invited(tx, session))
    return attendees(names, await stored.get_noted(tx, session.id), await invitations.get_answers(tx, session))


async def mark(work: Work, session_id: int, person_id: int, presence: Presence, page: int) -> Sheet:
    """Note about one person whether they were there; returns the sheet after it."""
    session = await _lock(work, session_id)
    before = {one.person_id: one for one in await _attendees(work.tx, session)}
    if person_id not in before:
        raise OutOfDate
    was_there = presence is Presence.THERE
    await stored.note(work.tx, session.id, {person_id: was_there}, work.person.id)
    seen = {"person": person_id, "was_there": before[person_id].was_there}
    await _note(work, session, "attendance_marked", seen, {**seen, "was_there": was_there})
    await _refresh_others(work, session)
    return await _load(work.tx, session, page)


async def save(work: Work, session_id: int) -> Sheet:
    """That is all: about everybody else what they had said is noted."""
    session = await _lock(work, session_id)
    guessed = {one.person_id: one.was_there for one in await _attendees(work.tx, session) if not one.is_noted}
    await stored.note(work.tx, session.id, guessed, work.person.id)
    sheet = await _load(work.tx, session)
    there = sum(one.was_there for one in sheet.attendees)
    await _note(work, session, "attendance_saved", None, {"there": there, "invited": len(sheet.attendees)})
    await _refresh_others(work, session)
    return sheet


async def _lock(work: Work, session_id: int) -> Event:
    session = await lock_session(work, session_id, Permission.SEE_ATTENDANCE)
    if not has_begun(session, work.now):
        raise OutOfDate
    return session


async def _refresh_others(work: Work, session: Event) -> None:
    """The actor's card is on the page that they turned to: the answer to the button shows it anew."""
    for card in await stored_cards.of_subject(work.tx, card_of(session.id)):
        if card.chat_id != work.person.id:
            await cards.show(work.tx, card.subject, card.chat_id, work.now)


async def _note(work: Work, session: Event, action: str, before: dict[str, int] | None, after: dict[str, int]) -> None:
    await facts.note(work.tx, work.now, work.person.id, action, subject_of(session.id), before, after)


async def render_card(batch: Rendering, session_id: int, reader: Person) -> Message | None:
    """The newest state, for somebody who may still see it."""
    session = await events.get(batch.tx, session_id)
    actor = await people.get_actor(batch.tx, reader.id, batch.process.owner_ids)
    if session is None or not can(actor, Permission.SEE_ATTENDANCE, target_of(session)):
        return None
    return texts.card(await _load(batch.tx, session), batch.zone_of(reader), reader.language)
