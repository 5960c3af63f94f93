"""The public page: reads what everybody may see, and nothing else; and the texts that organisers write for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.events import EventKind
from domain.notes import NoteOutcome, Overtaken, Written, decide_note
from domain.pages import Note, Site, group_of, next_change, result_of, webinar_of, withdrawn_of
from domain.permissions import Permission
from services.work import Background, Work
from storage import calendar, facts, files, groups, pages

WRITING = Permission.EDIT_GROUPS
"""Whoever may do this writes the texts of the page."""

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Reading:
    """The public data. They are as read until `until`, unless somebody does something."""

    site: Site
    revision: int
    until: datetime


async def get_revision(work: Background) -> int:
    """A number by which one sees cheaply that nothing has been done since the last reading."""
    return await pages.get_revision(work.tx)


async def read_site(work: Background) -> Reading:
    """All that is public now."""
    dated = await calendar.since(work.tx, EventKind.WEBINAR, BEGINNING)
    webinars = [webinar_of(event, changed, work.now) for event, changed in dated]
    found, served = await pages.get_results(work.tx), await files.of_results(work.tx)
    site = Site(
        groups=tuple(group_of(group, work.today) for group in await groups.get_all(work.tx)),
        webinars=tuple(filter(None, webinars)),
        results=tuple(filter(None, (result_of(one, served.get(one.id)) for one in found))),
        withdrawn=tuple(filter(None, map(withdrawn_of, found))),
        notes=await pages.get_notes(work.tx),
    )
    until = min(next_change(site.webinars, work.now) or _midnight(work), _midnight(work))
    return Reading(site, await get_revision(work), until)


def _midnight(work: Background) -> datetime:
    """When the next day begins: groups open and close by it."""
    begins = datetime.combine(work.today + timedelta(days=1), time(), ZoneInfo(work.process.zone))
    return begins.astimezone(UTC)


async def get_contact(work: Work) -> Mapping[str, str]:
    """How the organisers are reached, by language, as they wrote it; else the imprint, which may be empty, too."""
    notes = await pages.get_notes(work.tx)
    written = {which: {code: text for (note, code), text in notes.items() if note is which} for which in Note}
    return written[Note.CONTACT] or written[Note.IMPRINT]


# --- The texts that organisers write ----------------------------------------------------------


async def get_notes(work: Work) -> Mapping[tuple[Note, str], str]:
    """All of them, by note and language, for whoever may write them."""
    work.require(WRITING)
    return await pages.get_notes(work.tx)


async def write(work: Work, note: Note, language: str, typed: str, seen: str) -> NoteOutcome:
    """Put a typed text on the page, unless somebody was faster. `seen`: see `decide_note`."""
    standing = (await get_notes(work)).get((note, language), "")
    outcome = decide_note(note, standing, typed, seen)
    if isinstance(outcome, Written):
        if not await pages.replace_note(work.tx, note, language, standing, outcome.text):
            return Overtaken((await pages.get_notes(work.tx)).get((note, language), ""))
        await _keep(work, work.person.id, note, language, standing or None, outcome.text)
    return outcome


async def write_note(work: Background, actor_id: int | None, note: Note, language: str, text: str) -> None:
    """Put a text on the page in one language whatever stands there; an empty one takes it off."""
    before = (await pages.get_notes(work.tx)).get((note, language))
    await pages.put_note(work.tx, note, language, text)
    await _keep(work, actor_id, note, language, before, text)


async def _keep(
    work: Background, actor_id: int | None, note: Note, language: str, before: str | None, text: str
) -> None:
    subject = f"page:{note.value}:{language}"
    await facts.note(work.tx, work.now, actor_id, "page_text_written", subject, {"text": before}, {"text": text})
