"""Polls about a time: asking the group, voting, and the card that shows each reader their own times."""

from collections.abc import Collection
from dataclasses import dataclass

from domain.errors import NotAllowed, OutOfDate
from domain.events import Event
from domain.finding import Finding
from domain.groups import Group
from domain.people import Person
from domain.permissions import Actor, Permission, Target, can
from domain.polls import Poll, PollSlot, PollState, ShownPoll, Voted, VoteOutcome, decide_vote, show_slots
from domain.slots import Vote
from messages import polls as texts
from messages.markup import Message
from services import cards, dialogs
from services.groups import lock_group
from services.rendering import Rendering
from services.scheduling import new_session
from services.sessions import sees_names
from services.work import Work
from storage import chats, events, facts, groups, people
from storage import polls as stored
from storage import sessions as invitations
from storage.database import Tx


def subject_of(poll_id: int) -> str:
    """The name of a poll among the subjects of cards and of the audit."""
    return f"poll:{poll_id}"


# --- Asking -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Opened:
    """The group is asked."""

    poll_id: int


@dataclass(frozen=True)
class OpenBefore:
    """Another coordinator was faster: a group has one open poll."""

    poll_id: int


async def open_(work: Work, finding: Finding) -> Opened | OpenBefore:
    """Ask everybody in the group, in private and in its chat; raise OutOfDate if no slot is left to ask for."""
    group = await lock_group(work, finding.group_id, Permission.RUN_EVENTS)
    before = await stored.get_open(work.tx, group.id)
    if before is not None:
        return OpenBefore(before.id)
    slots = [slot for slot in finding.chosen if slot.at > work.now]
    if not slots:
        raise OutOfDate
    await dialogs.end(work)
    new = Poll(0, group.id, finding.title, work.zone, finding.minutes, PollState.OPEN, None, work.person.id, work.now)
    poll_id = await stored.add(work.tx, new, slots)
    seen = {"slots": [slot.at.isoformat() for slot in slots], "minutes": finding.minutes}
    await facts.note(work.tx, work.now, work.person.id, "poll_opened", subject_of(poll_id), None, seen)
    await _show_everybody(work, poll_id, group.id)
    return Opened(poll_id)


async def _show_everybody(work: Work, poll_id: int, group_id: int) -> None:
    poll = await stored.get(work.tx, poll_id)
    if poll is None:
        raise NotAllowed
    for reader in await others_in(work, as_session(poll)):
        await cards.show(work.tx, subject_of(poll_id), reader, work.now)
    link = await chats.link_of(work.tx, group_id)
    if link is not None:
        await cards.show_in_chat(work.tx, subject_of(poll_id), link, work.now)


async def others_in(work: Work, session: Event) -> list[int]:
    """Ids of everybody invited who can be written to, without whoever acts: they see it already."""
    told = invitations.told(session, work.person.id, with_refusals=True)
    return sorted(await invitations.which_of(work.tx, told, await invitations.get_invited(work.tx, session)))


def as_session(poll: Poll) -> Event:
    """A session of the group that does not exist: whoever is invited to such a one may vote."""
    return new_session(poll.group_id, poll.created_at, poll.minutes, poll.zone, None)


async def get_open(work: Work, group_id: int) -> Poll | None:
    """The open poll of a group, for those who run it."""
    work.require(Permission.RUN_EVENTS, Target(group_id=group_id))
    return await stored.get_open(work.tx, group_id)


# --- Voting -----------------------------------------------------------------------------------


async def get_poll(work: Work, poll_id: int, permission: Permission = Permission.SEE_MATERIAL) -> Poll:
    """Load a poll and check the right; "not there" and "not yours" are said alike."""
    return checked(work, await stored.get(work.tx, poll_id), permission)


def checked(work: Work, poll: Poll | None, permission: Permission) -> Poll:
    """The poll, if there is one and the person may do this to it."""
    if poll is None:
        raise NotAllowed
    work.require(permission, Target(group_id=poll.group_id))
    return poll


async def vote(work: Work, slot_id: int, said: Vote) -> tuple[Poll, PollSlot, VoteOutcome]:
    """Say whether one could come then; every card of the poll shows it."""
    slot = await stored.get_slot(work.tx, slot_id)
    if slot is None:
        raise NotAllowed
    poll = checked(work, await stored.lock(work.tx, slot.poll_id), Permission.ANSWER_SESSION)
    outcome = decide_vote(poll, slot, said, work.now)
    if isinstance(outcome, Voted):
        await stored.set_vote(work.tx, slot.id, work.person.id, said, work.now)
        seen = {"slot": slot.id, "vote": said.value}
        await facts.note(work.tx, work.now, work.person.id, "voted", subject_of(poll.id), None, seen)
        await cards.refresh(work.tx, subject_of(poll.id), work.now)
    return poll, slot, outcome


# --- The card ---------------------------------------------------------------------------------


async def get_card(work: Work, poll_id: int) -> ShownPoll:
    """The newest state of a poll, for this person."""
    return await _load(work.tx, await get_poll(work, poll_id), work.actor if work.place.is_private else None)


async def _load(tx: Tx, poll: Poll, actor: Actor | None) -> ShownPoll:
    group = await groups.get(tx, poll.group_id)
    if group is None:
        raise NotAllowed
    slots, session = await stored.get_slots(tx, poll.id), as_session(poll)
    ballot = await stored.get_votes(tx, poll.id, invitations.invited(session))
    voted = {person for votes in ballot.values() for person in votes}
    outside = {person for slot in slots for person in slot.outside}
    names = await _names(tx, actor, group, voted | outside)
    target = Target(group_id=group.id)
    return ShownPoll(
        poll,
        group,
        show_slots(slots, ballot, names, actor.person_id if actor else None),
        voters=await invitations.count_invited(tx, session),
        voted=len(voted),
        may_vote=actor is not None and can(actor, Permission.ANSWER_SESSION, target),
        may_run=actor is not None and can(actor, Permission.RUN_EVENTS, target),
        session=await events.get(tx, poll.event_id) if poll.event_id else None,
        by=await facts.last_actor(tx, subject_of(poll.id), "poll_"),
    )


async def _names(tx: Tx, actor: Actor | None, group: Group, person_ids: Collection[int]) -> dict[int, str]:
    """Names of those who voted or are burdened, for whoever may know them; in a group chat nobody's."""
    return await invitations.get_names(tx, person_ids) if actor and sees_names(actor, group) else {}


async def render_card(batch: Rendering, poll_id: int, reader: Person) -> Message | None:
    """The card of a poll as it stands, for one reader or for a group chat."""
    poll = await stored.get(batch.tx, poll_id)
    if poll is None:
        return None
    if reader.is_chat:
        return texts.card(await _load(batch.tx, poll, None), batch.now, batch.zone_of(reader), reader.language)
    actor = await people.get_actor(batch.tx, reader.id, batch.process.owner_ids)
    if not can(actor, Permission.SEE_MATERIAL, Target(group_id=poll.group_id)):
        return texts.not_yours_any_more(reader.language)
    return texts.card(await _load(batch.tx, poll, actor), batch.now, batch.zone_of(reader), reader.language)
