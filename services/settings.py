"""What a person chooses for themselves: language, zone, lead times."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo, available_timezones

from domain.errors import NotReadable, OutOfDate
from domain.quiet import LEAST_LEAD, MOST_LEAD, MOST_LEADS
from messages.places import cities, match_places
from services import quiet, reminders
from services.work import Work
from storage import dialogs, people

ZONE_DIALOG = "zone"

LEADS = (10080, 2880, 1440, 180, 60, 30, 10)
"""Lead times on offer, in minutes: a week, two days, a day, three hours, an hour, half an hour, ten minutes."""

LEAD_DIALOG = "lead"

MOST_FOUND = 6


async def get_leads(work: Work) -> tuple[int, ...]:
    """The person's lead times in minutes, longest first."""
    return await people.get_leads(work.tx, work.person.id)


async def toggle_lead(work: Work, minutes: int) -> tuple[int, ...]:
    """Remind this many minutes ahead, or no longer; returns the lead times after it.

    One that is not on offer can only be switched off: it goes on by being typed.
    """
    before = await get_leads(work)
    if minutes in before:
        await people.set_leads(work.tx, work.person.id, set(before) - {minutes})
        return tuple(lead for lead in before if lead != minutes)
    if minutes not in LEADS:
        raise OutOfDate
    return await _remind_at(work, minutes, before)


async def begin_lead(work: Work) -> None:
    """A lead time may be typed next."""
    await dialogs.put(work.tx, work.person.id, LEAD_DIALOG, "lead", {}, work.now)


async def add_lead(work: Work, minutes: int) -> tuple[int, ...]:
    """Remind this many minutes ahead, also where that is not on offer; raise NotReadable outside the limits."""
    if not LEAST_LEAD <= minutes <= MOST_LEAD:
        raise NotReadable("lead range")
    await dialogs.end(work.tx, work.person.id)
    return await _remind_at(work, minutes, await get_leads(work))


async def _remind_at(work: Work, minutes: int, before: tuple[int, ...]) -> tuple[int, ...]:
    after = {*before, minutes}
    if len(after) > MOST_LEADS:
        raise NotReadable("more leads")
    await people.set_leads(work.tx, work.person.id, after)
    await reminders.plan_lead(work.tx, minutes, work.now)
    return tuple(sorted(after, reverse=True))


async def set_language(work: Work, language: str) -> Work:
    """Speak another language; returns the work of the person who reads it."""
    await people.change(work.tx, work.person.id, language=language)
    return replace(work, person=replace(work.person, language=language))


async def begin_zone(work: Work) -> None:
    """A city may be typed next."""
    await dialogs.put(work.tx, work.person.id, ZONE_DIALOG, "city", {}, work.now)


async def set_zone(work: Work, zone: str) -> Work:
    """Show times of another zone; raise OutOfDate for one that does not exist."""
    if zone not in available_timezones():
        raise OutOfDate
    dialog = await dialogs.get(work.tx, work.person.id)
    if dialog is not None and dialog.name == ZONE_DIALOG:
        await dialogs.end(work.tx, work.person.id)
    await people.change(work.tx, work.person.id, zone=zone)
    await quiet.look_again(work)
    return replace(work, person=replace(work.person, zone=zone))


def suggest_zones(work: Work) -> list[str]:
    """One well-known place per current local time, so that a person can tap what their clock shows."""
    chosen: dict[str, str] = {}
    for zone in cities():
        chosen.setdefault(_shown(work.now, zone), zone)
    return sorted(chosen.values(), key=lambda zone: work.now.astimezone(ZoneInfo(zone)).replace(tzinfo=None))


def find_zones(typed: str, language: str) -> list[str]:
    """Zones whose city is called like this in the person's language or in English; raise NotReadable if none."""
    found = match_places(typed, language)
    if not found:
        raise NotReadable("zone")
    return found[:MOST_FOUND]


def _shown(now: datetime, zone: str) -> str:
    return now.astimezone(ZoneInfo(zone)).strftime("%d %H:%M")
