"""Calendars: an event as a file, and the feeds that programs fetch."""

from collections.abc import Collection
from datetime import timedelta
from enum import StrEnum

from domain.calendar import KEPT, USUAL_ALARM, Entry, alarm_of, entry_of, hash_of, slug_of, stays
from domain.deliveries import owe
from domain.events import Event, EventKind, EventState
from domain.people import Person
from domain.permissions import Actor, Permission, Target, can
from domain.webinars import Following
from messages import calendar as texts
from messages.calendar_file import write
from messages.markup import Message
from services.rendering import OUTDATED, Drop, Rendered, Rendering
from services.sessions import get_session, target_of
from services.webinars import get_webinar
from services.work import Background, Work
from storage import calendar, events, following, groups, outbox, people, registering
from storage.calendar import Dated

LONGEST = timedelta(days=1)
"""No event lasts longer."""


# --- One event as a file ----------------------------------------------------------------------


async def order_webinar(work: Work, webinar_id: int) -> None:
    """Owe a webinar as a file."""
    await _order(work, await get_webinar(work, webinar_id))


async def order_session(work: Work, session_id: int) -> None:
    """Owe a session as a file."""
    await _order(work, await get_session(work, session_id))


async def _order(work: Work, event: Event) -> None:
    reader = work.person.id
    # A second tap within the minute is the same wish, unless the event has been changed between the two.
    key = f"calendar:{event.id}:{event.sequence}:{reader}:{work.now:%Y-%m-%dT%H:%M}"
    delivery = owe("calendar", key, work.now, chat_id=reader, person_id=reader, event_id=event.id)
    await outbox.add(work.tx, [delivery], work.now)


async def render_files(batch: Rendering) -> Rendered:
    """Make the files from the newest state; whoever has lost the right meanwhile gets none."""
    found = await events.get_many(batch.tx, {d.event_id for d in batch.deliveries if d.event_id})
    rendered: dict[int, Message | Drop] = {}
    for delivery in batch.deliveries:
        event, reader = found.get(delivery.event_id or 0), batch.readers[delivery.person_id or 0]
        rendered[delivery.id] = (await _file(batch, event, reader) if event else None) or OUTDATED
    return rendered


async def _file(batch: Rendering, event: Event, reader: Person) -> Message | None:
    actor = await people.get_actor(batch.tx, reader.id, batch.process.owner_ids)
    if not _may_see(actor, event):
        return None
    work = Background(batch.tx, batch.now, batch.process)
    changed = await calendar.get_changed(batch.tx, [event.id])
    entries = await _entries(work, [(event, changed[event.id])], alarm_of(await people.get_leads(batch.tx, reader.id)))
    return texts.file(event, write(entries, reader.language), reader.language)


def _may_see(actor: Actor, event: Event) -> bool:
    if event.kind is EventKind.SESSION:
        return can(actor, Permission.SEE_MATERIAL, target_of(event, actor.person_id))
    return event.state is not EventState.DRAFT or can(actor, Permission.RUN_EVENTS, Target(event.group_id, event.id))


async def _entries(work: Background, dated: list[Dated], alarm: int) -> list[Entry]:
    codes = {group.id: group.code for group in await groups.get_all(work.tx)}
    return [entry_of(e, codes.get(e.group_id, ""), work.process, changed, alarm) for e, changed in dated]


# --- Feeds for everybody ----------------------------------------------------------------------


class Everybody(StrEnum):
    """What a public feed is about, as its address begins."""

    WEBINARS = "webinars"
    WEBINAR = "webinar-"


async def read_public(work: Background, name: str, language: str) -> bytes | None:
    """The feed of this name: "webinars", "webinar-7", or a group as "pwg-3". None if there is no such feed."""
    if name == Everybody.WEBINARS:
        return await _public(work, await _webinars(work), texts.all_webinars(language), language)
    number = name.removeprefix(Everybody.WEBINAR)
    if number != name and number.isascii() and number.isdecimal():
        one = [dated for dated in await _webinars(work) if str(dated[0].id) == number]
        return await _public(work, one, texts.one_webinar(one[0][0], language), language) if one else None
    group = next((group for group in await groups.get_all(work.tx) if slug_of(group.code) == name), None)
    if group is None:
        return None
    of_group = [dated for dated in await _webinars(work) if dated[0].group_id == group.id]
    return await _public(work, of_group, texts.webinars_of(group.code, language), language)


async def _public(work: Background, dated: list[Dated], name: str, language: str) -> bytes:
    return write(await _entries(work, dated, USUAL_ALARM), language, feed=name)


async def _webinars(work: Background) -> list[Dated]:
    return await _that_stay(work, EventKind.WEBINAR)


async def _that_stay(work: Background, kind: EventKind) -> list[Dated]:
    found = await calendar.since(work.tx, kind, work.now - KEPT - LONGEST)
    return [(event, changed) for event, changed in found if stays(event, changed, work.now)]


# --- Somebody's own feed ----------------------------------------------------------------------


async def read_own(work: Background, token: str) -> bytes | None:
    """The feed that goes by this token: what its owner follows and may see now; None if there is none."""
    owner = await calendar.owner_of_feed(work.tx, hash_of(token))
    person = await people.get(work.tx, owner) if owner is not None else None
    if person is None:
        return None
    actor = await people.get_actor(work.tx, person.id, work.process.owner_ids)
    chosen = await following.get(work.tx, person.id)
    registered = await registering.places_of(work.tx, person.id)
    chosen_ones = actor.presents | registered
    webinars = [dated for dated in await _webinars(work) if _attends(chosen_ones, chosen, dated[0])]
    declined = await calendar.declined_by(work.tx, person.id)
    met = [dated for dated in await _that_stay(work, EventKind.SESSION) if _comes(actor, declined, dated[0])]
    mine = sorted([*webinars, *met], key=lambda dated: (dated[0].starts_at, dated[0].id))
    entries = await _entries(work, mine, alarm_of(await people.get_leads(work.tx, person.id)))
    return write(entries, person.language, feed=texts.own(person.language))


def _attends(ids: Collection[int], chosen: Following, webinar: Event) -> bool:
    """Whether they speak there, have a place, or follow it."""
    return webinar.id in ids or chosen.follows(webinar.id, webinar.group_id, webinar.languages)


def _comes(actor: Actor, declined: Collection[int], session: Event) -> bool:
    """Whether they are invited and have not said no. Organisers may see all sessions, but are not invited to all."""
    of_group = session.group_id in actor.member_of | actor.guest_of | actor.coordinates
    return (of_group or session.id in actor.presents) and session.id not in declined
