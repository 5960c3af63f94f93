"""Webinars: listing, following, changing."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from domain.deliveries import owe
from domain.errors import NotFound
from domain.events import Changed, Corrected, Event, EventKind, EventState, decide_change
from domain.occasions import plan_reminders
from domain.permissions import Permission, Target, can
from domain.webinars import Following, Scope
from messages import webinars as texts
from messages.markup import Message
from services import boards, occasions, people, talks
from services.rendering import OUTDATED, Drop, Rendered, Rendering
from services.work import Work
from storage import events, facts, groups, outbox
from storage import following as choices
from storage.database import Tx
from storage.talks import presenting

PAGE_SIZE = 5


@dataclass(frozen=True)
class Listed:
    """One page of upcoming webinars. `followed`: ids of those the person is reminded of."""

    webinars: list[Event]
    followed: frozenset[int]
    page: int
    has_later: bool


async def list_upcoming(work: Work, page: int) -> Listed:
    """A page of the upcoming webinars; one past the end shows the last."""
    pages = max(1, -(-await events.count_upcoming(work.tx, EventKind.WEBINAR, work.now) // PAGE_SIZE))
    page = min(max(page, 0), pages - 1)
    found = await events.upcoming(work.tx, EventKind.WEBINAR, work.now, offset=page * PAGE_SIZE, limit=PAGE_SIZE + 1)
    has_later, found = len(found) > PAGE_SIZE, found[:PAGE_SIZE]
    # A whole group reads no one person's choices.
    following = await choices.get(work.tx, work.person.id) if work.place.is_private else Following()
    return Listed(found, frozenset(e.id for e in found if following.follows(e.id, e.group_id)), page, has_later)


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


@dataclass(frozen=True)
class Card:
    """What the card of a webinar shows."""

    webinar: Event
    group_code: str
    following: Following


async def get_card(work: Work, webinar_id: int) -> Card:
    """The newest state of a webinar, for this person."""
    event = await get_webinar(work, webinar_id)
    group = await groups.get(work.tx, event.group_id)
    return Card(event, group.code if group else "", await choices.get(work.tx, work.person.id))


async def subscribe(work: Work, webinar_id: int, scope: Scope) -> Event:
    """Follow this webinar, its group's, or all; takes back an earlier /stop, which would silence it."""
    event = await get_webinar(work, webinar_id, Permission.SUBSCRIBE)
    await people.come_back(work)
    target = {Scope.WEBINAR: event.id, Scope.GROUP: event.group_id, Scope.ALL: 0}[scope]
    await choices.follow(work.tx, work.person.id, scope, target, work.now)
    if scope is not Scope.WEBINAR:
        await choices.forget_refusal(work.tx, work.person.id, event.id)
    return event


def leads_ahead(work: Work, event: Event, leads: Iterable[int]) -> tuple[int, ...]:
    """Those of the lead times at which a reminder of this event is still to come, longest first."""
    return tuple(planned.lead for planned in plan_reminders(event.starts_at, work.now, leads))


async def unsubscribe(work: Work, webinar_id: int) -> Event:
    """No reminders of this webinar, whatever wider choice there is; one on its way is dropped at the claim."""
    event = await get_webinar(work, webinar_id, Permission.SUBSCRIBE)
    await choices.follow(work.tx, work.person.id, Scope.WEBINAR, event.id, work.now, wanted=False)
    return event


@dataclass(frozen=True)
class Followed:
    """What a person follows. `webinars`: the upcoming ones chosen one by one, at most a page of them."""

    everything: bool
    group_codes: tuple[str, ...]
    webinars: tuple[Event, ...]


async def get_followed(work: Work) -> Followed:
    """The person's choices, wide ones and single webinars."""
    following = await choices.get(work.tx, work.person.id)
    codes = [group.code for group in await groups.get_all(work.tx) if group.id in following.groups]
    upcoming = await events.upcoming(work.tx, EventKind.WEBINAR, work.now)
    single = [event for event in upcoming if event.id in following.webinars]
    return Followed(following.everything, tuple(codes), tuple(single[:PAGE_SIZE]))


async def follow_all(work: Work) -> None:
    """Follow every webinar, also those that are not announced yet."""
    await people.come_back(work)
    await choices.follow(work.tx, work.person.id, Scope.ALL, 0, work.now)


async def unfollow_all(work: Work) -> None:
    """Follow nothing any more; reminders on their way are dropped at the claim."""
    await choices.unfollow_all(work.tx, work.person.id)


async def change(tx: Tx, old: Event, new: Event, now: datetime, actor_id: int | None) -> Changed | Corrected:
    """Save a webinar: a new time or state plans the reminders anew and tells its followers, once."""
    outcome = decide_change(old, new)
    saved = replace(new, id=old.id, revision=outcome.revision, sequence=old.sequence + 1)
    await events.save(tx, saved)
    await facts.note(tx, now, actor_id, "webinar_changed", f"webinar:{old.id}", _seen(old), _seen(saved))
    if isinstance(outcome, Changed):
        if old.state is EventState.ANNOUNCED and now < old.starts_at:
            await _tell_followers(tx, old, saved, now)
        await occasions.plan(tx, saved, now)
        await talks.follow_change(tx, old, saved, now)
    await boards.refresh(tx, saved.group_id, now)
    return outcome


async def add(tx: Tx, new: Event, now: datetime, actor_id: int | None) -> int:
    """Store a new webinar and plan its reminders."""
    event_id = await events.add(tx, new)
    saved = replace(new, id=event_id)
    await facts.note(tx, now, actor_id, "webinar_added", f"webinar:{event_id}", None, _seen(saved))
    await occasions.plan(tx, saved, now)
    await boards.refresh(tx, saved.group_id, now)
    return event_id


def _seen(event: Event) -> dict[str, object]:
    return {"starts_at": event.starts_at.isoformat(), "minutes": event.minutes, "state": event.state.value}


async def _tell_followers(tx: Tx, old: Event, new: Event, now: datetime) -> None:
    """Owe the news. Whoever has not been told of an earlier change yet hears of both at once, from what they know."""
    refs = {"old_starts_at": old.starts_at.isoformat()}
    key = f"change:{new.id}:{new.revision}:"
    worth_until = max(old.starts_at, new.starts_at)
    delivery = owe("change", key, now, event_id=new.id, revision=new.revision, refs=refs, expires_at=worth_until)
    await outbox.bring_forward(tx, delivery)
    await outbox.add_for_each(tx, choices.followers(new), delivery, now)
    await outbox.add_for_each(tx, presenting(new.id), delivery, now)


async def render_changes(batch: Rendering) -> Rendered:
    """Word what is new about a webinar: old time, new time, or cancelled."""
    found = await events.get_many(batch.tx, {d.event_id for d in batch.deliveries if d.event_id})
    rendered: dict[int, Message | Drop] = {}
    for delivery in batch.deliveries:
        event, reader = found.get(delivery.event_id or 0), batch.readers[delivery.person_id or 0]
        if event is None or event.revision != delivery.revision:
            rendered[delivery.id] = OUTDATED
            continue
        old_starts_at = datetime.fromisoformat(str(delivery.refs["old_starts_at"]))
        rendered[delivery.id] = texts.changed(event, old_starts_at, batch.zone_of(reader), reader.language)
    return rendered
