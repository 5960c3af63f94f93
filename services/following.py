"""What somebody follows: choosing it, ending it, and what comes next of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.deliveries import Lane
from domain.errors import OutOfDate
from domain.events import Event, EventKind
from domain.occasions import plan_reminders
from domain.paging import ListPage, page_at
from domain.permissions import Permission
from domain.quiet import AtOnce, Concern, Notice, Silently, WaitUntil, decide_manner
from domain.sessions import Answer
from domain.webinars import Scope, number_of
from services import consents
from services.quiet import wishes_of
from services.webinars import MOST_EVENTS, get_webinar, subscribed
from services.work import Work
from storage import events, groups, registering, sessions
from storage import following as choices
from storage import people as stored_people

PAGE_SIZE = 5


@dataclass(frozen=True)
class Choice:
    """One thing that somebody follows. `name`: code of a group or of a language; `event`: the single webinar."""

    scope: Scope
    target_id: int
    name: str = ""
    event: Event | None = None


@dataclass(frozen=True)
class Followed:
    """A page of what a person follows, wide choices first. `everything`: all webinars are among it."""

    choices: Sequence[Choice]
    page: ListPage
    everything: bool


@dataclass(frozen=True)
class Coming:
    """An event that a person looks forward to, of which group, and when they are next reminded: None if no more."""

    event: Event
    group_code: str
    reminder_at: datetime | None


async def get_followed(work: Work, page: int = 0) -> Followed:
    """A page of the person's choices."""
    found = await _choices(work)
    shown = page_at(page, len(found), PAGE_SIZE)
    return Followed(found[shown.part], shown, everything=any(one.scope is Scope.ALL for one in found))


async def _choices(work: Work) -> list[Choice]:
    """Wide ones first; single webinars, and those they come to, as long as they have not begun."""
    following = await choices.get(work.tx, work.person.id)
    found = [Choice(Scope.ALL, 0)] if following.everything else []
    listed = await groups.get_all(work.tx)
    found += [Choice(Scope.GROUP, one.id, one.code) for one in listed if one.id in following.groups]
    found += [Choice(Scope.LANGUAGE, number_of(code), code) for code in sorted(following.languages)]
    upcoming = await events.upcoming(work.tx, EventKind.WEBINAR, work.now, limit=MOST_EVENTS)
    comes_to = await registering.places_of(work.tx, work.person.id) - following.not_these
    return found + [
        Choice(Scope.WEBINAR, one.id, event=one) for one in upcoming if one.id in following.webinars | comes_to
    ]


async def follow_all(work: Work) -> None:
    """Follow every webinar, also those that are not announced yet."""
    await subscribed(work)
    await choices.follow(work.tx, work.person.id, Scope.ALL, 0, work.now)


async def follow_language(work: Work, webinar_id: int, number: int) -> Event:
    """Follow all webinars held in a language; raise OutOfDate if this one is not."""
    event = await get_webinar(work, webinar_id, Permission.SUBSCRIBE)
    if number not in {number_of(code) for code in event.languages} - {0}:
        raise OutOfDate
    await subscribed(work)
    await choices.follow(work.tx, work.person.id, Scope.LANGUAGE, number, work.now)
    await choices.forget_refusal(work.tx, work.person.id, event.id)
    return event


async def stop_following(work: Work, scope: Scope, target_id: int) -> Choice:
    """End one choice; a single webinar ends whatever wider choice there is. Raise OutOfDate if it was not followed."""
    found = [one for one in await _choices(work) if (one.scope, one.target_id) == (scope, target_id)]
    if not found:
        raise OutOfDate
    if scope is Scope.WEBINAR:
        await choices.follow(work.tx, work.person.id, scope, target_id, work.now, wanted=False)
    else:
        await choices.unfollow(work.tx, work.person.id, scope, target_id)
    return found[0]


async def unfollow_all(work: Work) -> None:
    """Be reminded of nothing any more; places stay. What is on its way is dropped at the claim."""
    await choices.unfollow_all(work.tx, work.person.id)
    for webinar_id in await registering.booked_by(work.tx, work.person.id):
        await choices.follow(work.tx, work.person.id, Scope.WEBINAR, webinar_id, work.now, wanted=False)
    await consents.take_back(work)


async def list_next(work: Work, page: int) -> tuple[list[Coming], ListPage]:
    """A page of the events that a person is reminded of, soonest first, with their next reminders."""
    ahead = sorted([*await _webinars(work), *await _sessions(work)], key=lambda event: (event.starts_at, event.id))
    shown = page_at(page, len(ahead), PAGE_SIZE)
    leads = await stored_people.get_leads(work.tx, work.person.id)
    codes = {group.id: group.code for group in await groups.get_all(work.tx)}
    part = ahead[shown.part]
    return [Coming(one, codes.get(one.group_id, ""), next_reminder(work, one, leads)) for one in part], shown


async def _webinars(work: Work) -> list[Event]:
    following = await choices.get(work.tx, work.person.id)
    comes_to = await registering.places_of(work.tx, work.person.id) - following.not_these
    found = await events.upcoming(work.tx, EventKind.WEBINAR, work.now, limit=MOST_EVENTS)
    return [e for e in found if e.id in comes_to or following.follows(e.id, e.group_id, e.languages)]


async def _sessions(work: Work) -> list[Event]:
    """Those of the person's groups, and those they speak at, unless they said no."""
    actor = work.actor
    mine = actor.member_of | actor.guest_of | actor.coordinates
    found = await sessions.get_upcoming(work.tx, work.now, group_ids=mine, session_ids=actor.presents)
    refused = await sessions.answered_by(work.tx, work.person.id, Answer.NO)
    return [event for event in found if event.id not in refused]


def next_reminder(work: Work, event: Event, leads: Sequence[int]) -> datetime | None:
    """When this person is next reminded of an event, their quiet hours and silence considered; in UTC."""
    if work.person.stopped_at is not None:
        return None
    wishes = wishes_of(work.person, work.process.zone)
    moments = []
    for planned in plan_reminders(event.starts_at, work.now, leads):
        notice = Notice(Concern.REMINDER, Lane.NORMAL, event.starts_at)
        match decide_manner(notice, wishes, planned.due_at):
            case AtOnce() | Silently():
                moments.append(planned.due_at)
            case WaitUntil(moment=moment):
                moments.append(moment)
    return min(moments, default=None)
