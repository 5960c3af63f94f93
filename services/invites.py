"""Invitations by link: made, taken back, looked at, accepted."""

import hashlib
import secrets
from dataclasses import dataclass

from domain.deliveries import owe
from domain.errors import NotAllowed, OutOfDate
from domain.events import Event, EventState
from domain.groups import Group
from domain.invites import LIFETIME, USES, Accepted, AcceptOutcome, Invite, InvitePurpose, NotGood, decide_accept
from domain.paging import ListPage, page_at
from domain.people import Person
from domain.permissions import Permission, Role, Target, can
from messages import invites as texts
from messages.markup import Message
from messages.talks import Shown
from services import admitting, asking, belonging, talks
from services.manage import get_managed
from services.rendering import OUTDATED, Drop, Rendered, Rendering
from services.work import Work
from storage import events, facts, groups, invites, outbox, people
from storage import talks as stored_talks

PAGE_SIZE = 6

PREFIX = "i_"
"""Begins the start payload of an invitation."""


@dataclass(frozen=True)
class Offer:
    """What an invitation is for. `inviter` None: not known any more."""

    invite: Invite
    group: Group
    event: Event | None
    inviter: Person | None


# --- Making -----------------------------------------------------------------------------------


async def make_for_guests(work: Work, group_id: int, uses: int) -> tuple[Offer, str]:
    """An invitation for so many guests of a group, and its link: it is shown only now."""
    group = await get_managed(work, group_id)
    if uses not in USES:
        raise OutOfDate
    return await _make(work, InvitePurpose.GUEST, group, None, uses)


async def make_for_presenter(work: Work, event_id: int) -> tuple[Offer, str]:
    """An invitation for one presenter of an event, and its link."""
    event = await events.get(work.tx, event_id)
    if event is None:
        raise NotAllowed
    work.require(Permission.GRANT_PRESENTER, Target(group_id=event.group_id, event_id=event.id))
    group = await groups.get(work.tx, event.group_id)
    if group is None or not _is_to_come(event, work):
        raise OutOfDate
    return await _make(work, InvitePurpose.PRESENTER, group, event, 1)


async def _make(work: Work, purpose: InvitePurpose, group: Group, event: Event | None, uses: int) -> tuple[Offer, str]:
    token = secrets.token_urlsafe(16)  # 128 bits
    event_id = event.id if event else None
    new = Invite(0, purpose, group.id, event_id, work.person.id, work.now, work.now + LIFETIME, uses)
    invite_id = await invites.add(work.tx, new, _hash(token))
    after = {"purpose": purpose.value, "group_id": group.id, "event_id": event_id, "uses": uses}
    await facts.note(work.tx, work.now, work.person.id, "invite_made", subject(invite_id), None, after)
    return Offer(new, group, event, work.person), work.process.start_link(f"{PREFIX}{token}")


async def list_events(work: Work, group_id: int, wished: int) -> tuple[Group, list[Event], ListPage]:
    """A page of the events at which somebody may still speak."""
    group = await get_managed(work, group_id, Permission.GRANT_PRESENTER)
    page = page_at(wished, await stored_talks.count_upcoming_events(work.tx, group.id, work.now), PAGE_SIZE)
    ids = await stored_talks.upcoming_events(work.tx, group.id, work.now, page.offset, page.limit)
    found = await events.get_many(work.tx, ids)
    return group, [found[event_id] for event_id in ids], page


# --- Looking after them -----------------------------------------------------------------------


@dataclass(frozen=True)
class Listed:
    """One page of the invitations that somebody may still accept; events by id."""

    group: Group
    invites: list[Invite]
    events: dict[int, Event]
    page: ListPage


async def list_good(work: Work, group_id: int, wished: int) -> Listed:
    """A page of a group's invitations; one past the end shows the last."""
    group = await get_managed(work, group_id)
    page = page_at(wished, await invites.count_good(work.tx, group.id, work.now), PAGE_SIZE)
    found = await invites.list_good(work.tx, group.id, work.now, page.offset, page.limit)
    at = await events.get_many(work.tx, {one.event_id for one in found if one.event_id is not None})
    return Listed(group, found, at, page)


async def revoke(work: Work, invite_id: int) -> Invite:
    """Take an invitation back: its link is good for nothing any more."""
    invite = await invites.get(work.tx, invite_id)
    if invite is None:
        raise NotAllowed
    work.require(Permission.DECIDE_PEOPLE, Target(group_id=invite.group_id, event_id=invite.event_id))
    if await invites.revoke(work.tx, invite.id, work.now):
        before = {"uses_left": invite.uses_left}
        await facts.note(work.tx, work.now, work.person.id, "invite_revoked", subject(invite.id), before)
    return invite


# --- Following one ----------------------------------------------------------------------------


async def look_at(work: Work, token: str) -> tuple[Offer | None, AcceptOutcome]:
    """What would come of accepting; nothing happens yet."""
    invite = await invites.find(work.tx, _hash(token))
    group = await groups.get(work.tx, invite.group_id) if invite else None
    if invite is None or group is None:
        return None, NotGood()
    event = await events.get(work.tx, invite.event_id) if invite.event_id is not None else None
    inviter = await people.get(work.tx, invite.created_by) if invite.created_by is not None else None
    is_open = group.is_open_on(work.today) and (event is None or _is_to_come(event, work))
    outcome = decide_accept(invite, work.now, is_open=is_open, belongs=_belongs(work, invite))
    return Offer(invite, group, event, inviter), outcome


async def accept(work: Work, token: str) -> tuple[Offer | None, AcceptOutcome, Shown | None]:
    """Become what the invitation is for; its last use is taken by one person only. A presenter gets the talk's card."""
    offer, outcome = await look_at(work, token)
    if offer is None or not isinstance(outcome, Accepted):
        return offer, outcome, None
    await invites.use(work.tx, offer.invite.id)
    talk = await _become(work, offer)
    await admitting.let_in(work.tx, offer.group.id, work.person.id, work.now)
    ask = asking.ask_newcomer if talk is None else asking.ask_speaker
    await ask(work.tx, offer.group.id, work.person.id, work.now)
    after = {"purpose": offer.invite.purpose.value, "group_id": offer.group.id, "event_id": offer.invite.event_id}
    await facts.note(work.tx, work.now, work.person.id, "invite_accepted", subject(offer.invite.id), None, after)
    await _tell_inviter(work, offer.invite)
    return offer, outcome, talk


async def _become(work: Work, offer: Offer) -> Shown | None:
    if offer.event is not None:
        return await talks.name_presenter(work, offer.event, offer.invite.created_by)
    await belonging.grant(work.tx, work.person.id, Role.GUEST, offer.group.id, work.now)
    return None


async def _tell_inviter(work: Work, invite: Invite) -> None:
    if invite.created_by is None:
        return
    refs = {"invite": invite.id, "person": work.person.id}
    key = f"{subject(invite.id)}:{work.person.id}:{work.now.isoformat()}"
    news = owe("invite", key, work.now, chat_id=invite.created_by, person_id=invite.created_by, refs=refs)
    await outbox.add(work.tx, [news], work.now)


def _is_to_come(event: Event, work: Work) -> bool:
    return event.state is EventState.ANNOUNCED and work.now < event.starts_at


def _belongs(work: Work, invite: Invite) -> bool:
    if invite.purpose is InvitePurpose.PRESENTER:
        return invite.event_id in work.actor.presents
    return invite.group_id in work.actor.member_of | work.actor.guest_of


def subject(invite_id: int) -> str:
    """The name of an invitation in the audit."""
    return f"invite:{invite_id}"


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


async def render_news(batch: Rendering) -> Rendered:
    """Tell whoever invited that somebody has accepted, if they still run the group."""
    rendered: dict[int, Message | Drop] = {}
    for delivery in batch.deliveries:
        reader = batch.readers[delivery.person_id or 0]
        invite = await invites.get(batch.tx, int(str(delivery.refs["invite"])))
        person = await people.get(batch.tx, int(str(delivery.refs["person"])))
        news = await _news(batch, invite, person, reader) if invite and person else None
        rendered[delivery.id] = news or OUTDATED
    return rendered


async def _news(batch: Rendering, invite: Invite, person: Person, reader: Person) -> Message | None:
    group = await groups.get(batch.tx, invite.group_id)
    actor = await people.get_actor(batch.tx, reader.id, batch.process.owner_ids)
    if group is None or not can(actor, Permission.DECIDE_PEOPLE, Target(group_id=group.id)):
        return None
    event = await events.get(batch.tx, invite.event_id) if invite.event_id is not None else None
    return texts.accepted_news(person.name, group, event, reader.language)
