"""Quiet hours and silence: what each chooses for themselves. Obeyed at the claim of deliveries, in `rendering`."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from domain.errors import NotReadable, OutOfDate
from domain.people import Person
from domain.quiet import CONCERNS, DAY, MOST_SILENT, STEP, QuietHours, Wishes, beginning_of
from services.work import Work
from storage import dialogs, outbox, people

SILENCE_DIALOG = "silence"

SILENCES = (1, 7)
"""Days of silence on offer."""


def wishes_of(person: Person, zone: str) -> Wishes:
    """When somebody wants to be left in peace; `zone`: of the process, for people who set none."""
    return Wishes(person.zone or zone, hours_of(person), person.silent_until)


def hours_of(person: Person) -> QuietHours | None:
    """Their quiet hours."""
    if person.quiet_from is None or person.quiet_until is None:
        return None
    return QuietHours(person.quiet_from, person.quiet_until)


async def set_hours(work: Work, begin: int, end: int) -> Work:
    """Be quiet every day between these minutes after midnight; raise OutOfDate for what is not on offer."""
    if begin == end or not all(minutes in range(0, DAY, STEP) for minutes in (begin, end)):
        raise OutOfDate
    return await _change(work, quiet_from=begin, quiet_until=end)


async def end_hours(work: Work) -> Work:
    """No quiet hours any more."""
    return await _change(work, quiet_from=None, quiet_until=None)


async def begin_silence(work: Work) -> None:
    """A date may be typed next."""
    await dialogs.put(work.tx, work.person.id, SILENCE_DIALOG, "day", {}, work.now)


def today_of(work: Work) -> date:
    """The date where the person is."""
    return work.now.astimezone(ZoneInfo(work.zone)).date()


def day_ahead(work: Work, ordinal: int) -> date:
    """A day by its number (`date.toordinal`) on which silence may end; raise NotReadable for one it may not."""
    today = today_of(work)
    if not 0 < ordinal - today.toordinal() <= MOST_SILENT:
        raise NotReadable("silence")
    return date.fromordinal(ordinal)


async def be_silent_until(work: Work, ordinal: int) -> Work:
    """No reminders and announcements before this day begins where the person is; raise OutOfDate for a past one."""
    try:
        day = day_ahead(work, ordinal)
    except NotReadable as error:
        raise OutOfDate from error
    return await _be_silent(work, beginning_of(day, work.zone))


async def be_silent_for(work: Work, days: int) -> Work:
    """No reminders and announcements for so many times 24 hours; raise OutOfDate for what is not on offer."""
    if days not in SILENCES:
        raise OutOfDate
    return await _be_silent(work, work.now + timedelta(days=days))


async def speak_again(work: Work) -> Work:
    """The silence is over. What fell into it stays unsaid, but for news of what is still to come."""
    return await _change(work, silent_until=None)


async def _be_silent(work: Work, until: datetime) -> Work:
    await leave_question(work, SILENCE_DIALOG)
    return await _change(work, silent_until=until)


async def leave_question(work: Work, name: str) -> None:
    """What is typed next answers this question no more."""
    dialog = await dialogs.get(work.tx, work.person.id)
    if dialog is not None and dialog.name == name:
        await dialogs.end(work.tx, work.person.id)


async def look_again(work: Work) -> None:
    """What waits for quiet hours or silence to end is decided anew: the hours, or the zone they are in, are others."""
    await outbox.look_again(work.tx, work.person.id, CONCERNS, work.now)


async def _change(work: Work, **values: Any) -> Work:
    """Store fields of the person; returns the work of the person as they are now."""
    await people.change(work.tx, work.person.id, **values)
    await look_again(work)
    return replace(work, person=replace(work.person, **values))
