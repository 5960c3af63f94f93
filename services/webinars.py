"""Webinars: listing, following, changing."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from domain.errors import NotFound, OutOfDate
from domain.event_json import difference, kept
from domain.events import Event, EventKind, EventState, decide_change
from domain.groups import Group
from domain.occasions import plan_reminders
from domain.paging import ListPage, page_at
from domain.permissions import Permission, Target, can
from domain.questions import may
from domain.registering import NOT_BOOKED, link_for
from domain.webinars import Following, Scope
from messages.webinar_lists import EVERY_GROUP, Listed
from messages.webinars import Card
from services import (
    boards,
    consents,
    occasions,
    people,
    promoting,
    question_lists,
    recordings,
    sharing,
    talks,
    webinar_news,
)
from services.work import Work
from storage import calendar, chats, events, facts, groups, questions, registering
from storage import following as choices
from storage.database import Tx

PAGE_SIZE = 5

MOST_EVENTS = 1000
"""More than any process has."""


async def list_upcoming(work: Work, wished: int, group_id: int = EVERY_GROUP) -> Listed:
    """A page of the upcoming webinars, of one group or of all; one past the end shows the last."""
    found = await events.upcoming(work.tx, EventKind.WEBINAR, work.now, limit=MOST_EVENTS)
    page, shown, at_hand = await _page_of(work, found, group_id, wished)
    # A whole group reads no one person's choices.
    following = await choices.get(work.tx, work.person.id) if work.place.is_private else Following()
    followed = frozenset(e.id for e in shown if following.follows(e.id, e.group_id, e.languages))
    has_past = bool(await events.begun(work.tx, EventKind.WEBINAR, work.now, limit=1))
    return Listed(shown, page, at_hand, group_id, followed, has_past)


async def list_past(work: Work, wished: int, group_id: int = EVERY_GROUP) -> Listed:
    """A page of the webinars that have begun, newest first; one past the end shows the last."""
    found = await events.begun(work.tx, EventKind.WEBINAR, work.now, limit=MOST_EVENTS)
    page, shown, at_hand = await _page_of(work, found, group_id, wished)
    return Listed(shown, page, at_hand, group_id)


async def _page_of(
    work: Work, found: Sequence[Event], group_id: int, wished: int
) -> tuple[ListPage, Sequence[Event], list[Group]]:
    """A page of what is found, and the groups that any of it belongs to."""
    # Where a whole group reads it, nobody turns its pages.
    having = {event.group_id for event in found} if work.place.is_private else set[int]()
    at_hand = [group for group in await groups.get_all(work.tx) if group.id in having]
    wanted = [event for event in found if group_id in {EVERY_GROUP, event.group_id}]
    page = page_at(wished, len(wanted), PAGE_SIZE)
    return page, wanted[page.part], at_hand


async def get_webinar(work: Work, webinar_id: int, permission: Permission = Permission.SEE_PUBLIC) -> Event:
    """Load a webinar and check the right; for those who may not change it, a draft is not there at all."""
    event = await events.get(work.tx, webinar_id)
    if event is None or event.kind is not EventKind.WEBINAR:
        raise NotFound
    target = Target(group_id=event.group_id, event_id=event.id, author_id=work.person.id)
    if event.state is EventState.DRAFT and not can(work.actor, Permission.RUN_EVENTS, target):
        raise NotFound
    work.require(permission, target)
    return event


async def get_card(work: Work, webinar_id: int) -> Card:
    """The newest state of a webinar, for this person."""
    event = await get_webinar(work, webinar_id)
    group = await groups.get(work.tx, event.group_id)
    target = Target(group_id=event.group_id, event_id=event.id, author_id=work.person.id)
    booking = await registering.get(work.tx, event.id, work.person.id) if event.registers else NOT_BOOKED
    is_expected = booking.is_registered or can(work.actor, Permission.SEE_MATERIAL, target)
    runs = can(work.actor, Permission.RUN_EVENTS, target)
    return Card(
        event,
        group,
        await choices.get(work.tx, work.person.id),
        booking,
        link_for(event, work.now, is_expected=is_expected),
        is_expected,
        runs=runs,
        has_chat=runs and await chats.link_of(work.tx, event.group_id) is not None,
        can_share=work.process.offers_cards,
        asked=await questions.count_own(work.tx, event.id, work.person.id),
        sees_questions=may(work.actor, Permission.SEE_QUESTIONS, event),
    )


async def subscribe(work: Work, webinar_id: int, scope: Scope) -> Event:
    """Follow this webinar, its group's, or all; takes back an earlier /stop, which would silence it."""
    event = await get_webinar(work, webinar_id, Permission.SUBSCRIBE)
    target = {Scope.WEBINAR: event.id, Scope.GROUP: event.group_id, Scope.ALL: 0}.get(scope)
    if target is None:
        raise OutOfDate  # a language is chosen by a button of its own
    await subscribed(work)
    await choices.follow(work.tx, work.person.id, scope, target, work.now)
    if scope is not Scope.WEBINAR:
        await choices.forget_refusal(work.tx, work.person.id, event.id)
    return event


async def subscribed(work: Work) -> None:
    """Whoever follows something agrees to be written to, and takes an earlier /stop back."""
    await people.come_back(work)
    await consents.give(work)


def leads_ahead(work: Work, event: Event, leads: Iterable[int]) -> tuple[int, ...]:
    """Those of the lead times at which a reminder of this event is still to come, longest first."""
    return tuple(planned.lead for planned in plan_reminders(event.starts_at, work.now, leads))


async def unsubscribe(work: Work, webinar_id: int) -> Event:
    """No reminders of this webinar, whatever wider choice there is; one on its way is dropped at the claim."""
    event = await get_webinar(work, webinar_id, Permission.SUBSCRIBE)
    await choices.follow(work.tx, work.person.id, Scope.WEBINAR, event.id, work.now, wanted=False)
    return event


async def change(tx: Tx, old: Event, new: Event, now: datetime, actor_id: int | None) -> Event:
    """Save a webinar: a new time or state plans the reminders anew; everybody concerned but the actor is told, once."""
    saved = replace(new, id=old.id, revision=decide_change(old, new).revision, sequence=old.sequence + 1)
    await events.save(tx, saved)
    await facts.note(tx, now, actor_id, _deed(old, saved), f"webinar:{old.id}", *difference(old, saved))
    if old.state is saved.state is EventState.DRAFT:
        return saved  # nobody else knows of it
    await calendar.note_change(tx, saved.id, now)
    await webinar_news.tell(tx, old, saved, now, actor_id)
    if saved.revision > old.revision:
        await occasions.plan(tx, saved, now)
    await talks.follow_change(tx, old, saved, now)
    await question_lists.follow_change(tx, old, saved, now)
    await promoting.promote(tx, saved, now)
    await recordings.tell(tx, saved, now)
    await boards.refresh(tx, saved.group_id, now)
    await sharing.refresh(tx, saved, now)
    return saved


def _deed(old: Event, new: Event) -> str:
    """What the audit calls it."""
    if new.state is EventState.DRAFT:
        return "draft_changed"
    if old.state is not new.state:
        return {EventState.ANNOUNCED: "webinar_announced", EventState.CANCELLED: "webinar_cancelled"}[new.state]
    return "webinar_changed"


async def add(tx: Tx, new: Event, now: datetime, actor_id: int | None) -> int:
    """Store a new webinar and plan its reminders."""
    event_id = await events.add(tx, new)
    await calendar.note_change(tx, event_id, now)
    saved = replace(new, id=event_id)
    deed = "draft_added" if new.state is EventState.DRAFT else "webinar_added"
    await facts.note(tx, now, actor_id, deed, f"webinar:{event_id}", None, kept(saved))
    await occasions.plan(tx, saved, now)
    await boards.refresh(tx, saved.group_id, now)
    return event_id
