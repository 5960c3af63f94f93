"""Sessions of the working groups: which are mine, what their card shows, answering, the join link."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.errors import NotAllowed
from domain.events import Event, EventKind
from domain.groups import Group
from domain.occasions import Firing
from domain.paging import ListPage, page_at
from domain.people import Person
from domain.permissions import Actor, Permission, Target, can
from domain.sessions import (
    Answer,
    Answered,
    AnswerOutcome,
    LinkOutcome,
    Said,
    Shown,
    count_turnout,
    decide_answer,
    decide_link,
)
from messages import sessions as texts
from messages.markup import Message
from services import cards
from services.rendering import Rendering
from services.work import Background, Work
from storage import agenda as points
from storage import chats, events, facts, groups, minutes, people
from storage import sessions as stored
from storage.database import Tx

PAGE_SIZE = 5

LONGEST = timedelta(hours=12)
"""What began longer ago is over."""


def subject_of(session_id: int) -> str:
    """The name of a session among the subjects of cards and of the audit."""
    return f"session:{session_id}"


def target_of(session: Event, person_id: int | None = None) -> Target:
    """What a right to this session is asked about."""
    return Target(group_id=session.group_id, event_id=session.id, author_id=person_id)


async def get_session(work: Work, session_id: int, permission: Permission = Permission.SEE_MATERIAL) -> Event:
    """Load a session and check the right; "not there" and "not yours" are said alike."""
    return checked(work, await events.get(work.tx, session_id), permission)


async def lock_session(work: Work, session_id: int, permission: Permission) -> Event:
    """The same, held until the end of the transaction: for changing it."""
    return checked(work, await stored.lock(work.tx, session_id), permission)


def checked(work: Work, session: Event | None, permission: Permission) -> Event:
    """The session, if it is one and the person may do this to it."""
    if session is None or session.kind is not EventKind.SESSION:
        raise NotAllowed
    work.require(permission, target_of(session, work.person.id))
    return session


# --- The list ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Entry:
    """A session in the list, with the code of its group and what the person said."""

    session: Event
    group_code: str
    answer: Answer | None


@dataclass(frozen=True)
class Listed:
    """One page of sessions, counted from 0."""

    entries: list[Entry]
    page: ListPage


async def list_upcoming(work: Work, page: int) -> Listed:
    """A page of the sessions of the person's groups, and of those they speak at, that are not over.

    In a group chat: those of the groups that are linked there.
    """
    actor = work.actor
    if not work.place.is_private:
        since = work.now - LONGEST
        return await _page(work, await stored.get_upcoming(work.tx, since, group_ids=work.place.group_ids), page)
    mine = actor.member_of | actor.guest_of | actor.coordinates
    found = await stored.get_upcoming(work.tx, work.now - LONGEST, group_ids=mine, session_ids=actor.presents)
    return await _page(work, found, page)


async def list_of_group(work: Work, group_id: int, page: int) -> Listed:
    """A page of the sessions of one group that are not over."""
    work.require(Permission.SEE_MATERIAL, Target(group_id=group_id))
    found = await stored.get_upcoming(work.tx, work.now - LONGEST, group_ids=[group_id])
    return await _page(work, found, page)


async def _page(work: Work, found: list[Event], wished: int) -> Listed:
    """A page; one past the end shows the last."""
    ahead = [session for session in found if session.ends_at > work.now]
    page = page_at(wished, len(ahead), PAGE_SIZE)
    entries = [await _entry(work, session) for session in ahead[page.part]]
    return Listed(entries, page)


async def _entry(work: Work, session: Event) -> Entry:
    group = await groups.get(work.tx, session.group_id)
    said = await stored.get_answers(work.tx, session)
    return Entry(session, group.code if group else "", said.get(work.person.id, Said()).answer)


# --- The card ---------------------------------------------------------------------------------


async def get_card(work: Work, session_id: int) -> Shown:
    """The newest state of a session, for this person or for the group chat it is asked in."""
    session = await get_session(work, session_id)
    return await _load(work.tx, session, work.actor if work.place.is_private else None)


async def _load(tx: Tx, session: Event, actor: Actor | None) -> Shown:
    group = await groups.get(tx, session.group_id)
    if group is None:
        raise NotAllowed
    said = await stored.get_answers(tx, session)
    names = await stored.get_names(tx, said) if actor and sees_names(actor, group) else {}
    turnout = count_turnout(said, await stored.count_invited(tx, session), names)
    agenda = await stored.get_agenda(tx, session.id)
    if actor is None:
        return Shown(session, group, agenda, turnout)
    target = target_of(session, actor.person_id)
    mine = said.get(actor.person_id, Said()) if can(actor, Permission.ANSWER_SESSION, target) else None
    may_run = can(actor, Permission.RUN_EVENTS, target)
    has_minutes = bool(await minutes.which_have(tx, [session.id]))
    proposed = await points.count_proposed(tx, session.id) if may_run else 0
    return Shown(session, group, agenda, turnout, mine, may_run, has_minutes, proposed)


def sees_names(actor: Actor, group: Group) -> bool:
    """Whether somebody may know who of a group answered what."""
    target = Target(group_id=group.id)
    shown = group.shows_members and can(actor, Permission.SEE_MEMBERS, target)
    return shown or can(actor, Permission.DECIDE_PEOPLE, target)


async def render_card(batch: Rendering, session_id: int, reader: Person) -> Message | None:
    """The card of a session as it stands, for one reader or for a group chat."""
    session = await events.get(batch.tx, session_id)
    if session is None:
        return None
    if reader.is_chat:
        link = batch.process.start_link(f"s_{session.id}")
        shown = await _load(batch.tx, session, None)
        return texts.card_for_chat(shown, link, batch.now, batch.zone_of(reader), reader.language)
    actor = await people.get_actor(batch.tx, reader.id, batch.process.owner_ids)
    if not can(actor, Permission.SEE_MATERIAL, target_of(session, reader.id)):
        return texts.not_yours_any_more(reader.language)
    return texts.card(await _load(batch.tx, session, actor), batch.now, batch.zone_of(reader), reader.language)


# --- What a person does -----------------------------------------------------------------------


async def answer(work: Work, session_id: int, said: Answer) -> AnswerOutcome:
    """Say whether one will be there; every card of the session shows it."""
    session = await get_session(work, session_id, Permission.ANSWER_SESSION)
    outcome = decide_answer(session, said, work.now)
    if isinstance(outcome, Answered):
        before = (await stored.get_answers(work.tx, session)).get(work.person.id, Said()).answer
        await stored.set_answer(work.tx, session.id, work.person.id, said, work.now)
        subject, person_id = subject_of(session.id), work.person.id
        seen = {"answer": before.value if before else None}
        await facts.note(work.tx, work.now, person_id, "answered", subject, seen, {"answer": said.value})
        await cards.refresh(work.tx, subject, work.now)
    return outcome


async def get_link(work: Work, session_id: int) -> tuple[Event, LinkOutcome]:
    """The join link, if it is time."""
    session = await get_session(work, session_id)
    return session, decide_link(session, work.now)


async def open_link(work: Background, session: Event, firing: Firing) -> int:
    """It is time: every card of the session shows the link to those it is for."""
    del firing
    await cards.refresh(work.tx, subject_of(session.id), work.now)
    return 0


async def show_in_chat(tx: Tx, session: Event, now: datetime) -> None:
    """The card in the chat that is linked to the group, if there is one; where it stands already, it stays."""
    link = await chats.link_of(tx, session.group_id)
    if link is not None:
        await cards.show_in_chat(tx, subject_of(session.id), link, now)
