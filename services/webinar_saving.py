"""What comes of the answers about a webinar: the preview, then *Announce*, *Save* or *Drop*.

Of two who change a webinar at a time, the second is shown what the first did.
"""

from dataclasses import dataclass, replace

from domain import event_json
from domain.dialogs import Dialog
from domain.errors import OutOfDate, Past
from domain.events import Event, EventState
from domain.webinar_edits import (
    Announced,
    Dropped,
    Edit,
    Outcome,
    Overtaken,
    Saved,
    decide_announce,
    edited,
    find_missing,
    from_json,
)
from domain.webinar_parts import Part, Phase, Step, parts_of, phase_of
from services import dialogs, webinar_news, webinars
from services.webinar_editing import go, seeing
from services.webinar_running import Run, check_host, get_run, lock_run, name_of, show
from services.work import Work
from storage import facts, feedback
from storage import webinars as stored
from storage.sessions import count


@dataclass(frozen=True)
class Preview:
    """What would come of it. `before`: as it is stored; `after`: with the answers; `told`: how many would hear of it.

    `missing`: what a draft lacks.
    """

    edit: Edit
    before: Run
    after: Run
    phase: Phase
    told: int
    missing: tuple[Step, ...]


async def get_preview(work: Work, dialog: Dialog) -> Preview:
    """What the answers make of the webinar."""
    edit = from_json(dialog.data)
    webinar = await get_run(work, edit.event_id)
    before, new = await show(work, webinar), edited(webinar, edit)
    after = replace(before, webinar=new, moderator=await name_of(work, new.moderator_id))
    told = await _count_told(work, webinar, new)
    missing = find_missing(webinar, work.now) if webinar.state is EventState.DRAFT else ()
    return Preview(edit, before, after, phase_of(webinar, work.now), told, missing)


async def _count_told(work: Work, webinar: Event, new: Event) -> int:
    """How many people would hear of it: whom the news concerns, and who waits for the recording."""
    told = await webinar_news.count_told(work.tx, webinar, new, work.now, work.person.id)
    if new.recording_link and new.recording_link != webinar.recording_link:
        told += await count(work.tx, feedback.waiting_for_recording(webinar.id))
    return told


# --- Saving -----------------------------------------------------------------------------------


async def save(work: Work, dialog: Dialog) -> Outcome:
    """Announce, change, cancel or drop; unless somebody else was faster: then the answers are kept, on top of that."""
    edit = from_json(dialog.data)
    if dialog.step != Step.PREVIEW:
        raise OutOfDate
    webinar = await lock_run(work, edit.event_id)
    seen = event_json.from_json(edit.seen)
    if seen.sequence != webinar.sequence:
        return await _overtaken(work, edit, webinar, seen)
    if edit.part is None or edit.part not in parts_of(webinar, work.now):
        raise OutOfDate
    if webinar.state is not EventState.DRAFT:
        return await _change(work, edit, webinar)
    return await (_drop(work, webinar) if edit.part is Part.CANCEL else _announce(work, webinar))


async def _announce(work: Work, webinar: Event) -> Outcome:
    outcome = decide_announce(webinar, work.now)
    if isinstance(outcome, Announced):
        await dialogs.end(work)
        return Announced(await webinars.change(work.tx, webinar, outcome.event, work.now, work.person.id))
    return outcome


async def _change(work: Work, edit: Edit, webinar: Event) -> Saved:
    new = edited(webinar, edit)
    if new.starts_at != webinar.starts_at and new.starts_at <= work.now:
        raise Past(new.starts_at, work.zone)
    if new.moderator_id != webinar.moderator_id:
        await check_host(work, webinar, new.moderator_id)
    told = await _count_told(work, webinar, new)
    await dialogs.end(work)
    return Saved(await webinars.change(work.tx, webinar, new, work.now, work.person.id), told)


async def _drop(work: Work, webinar: Event) -> Dropped:
    """Nobody else knew of it: nothing of a draft is left but the note that it was dropped."""
    await dialogs.end(work)
    before = event_json.kept(webinar)
    await facts.note(work.tx, work.now, work.person.id, "draft_dropped", f"webinar:{webinar.id}", before, None)
    await stored.remove(work.tx, webinar.id)
    return Dropped(webinar.group_id)


async def _overtaken(work: Work, edit: Edit, webinar: Event, seen: Event) -> Overtaken:
    deeds = "draft_" if webinar.state is EventState.DRAFT else "webinar_"
    by = await facts.last_actor(work.tx, f"webinar:{webinar.id}", deeds)
    if parts_of(webinar, work.now):
        await go(work, seeing(edit, webinar), Step.PREVIEW)
    else:
        await dialogs.end(work)
    return Overtaken(webinar, by, seen)
