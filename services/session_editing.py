"""Changing sessions, question by question; of two who do it at a time, the second is shown what the first changed."""

from collections.abc import Sequence
from dataclasses import replace

from domain.changes import differences, known_from, known_of, seen_of
from domain.dialogs import Dialog
from domain.errors import OutOfDate
from domain.events import Event
from domain.permissions import Permission
from domain.scheduling import Clash
from domain.session_edits import (
    Edit,
    Editor,
    EditStep,
    Line,
    Overtaken,
    Part,
    Preview,
    Saved,
    edited,
    from_json,
    to_json,
)
from domain.sessions import is_ahead
from domain.times import Skipped
from messages import sessions as texts
from services import dialogs
from services.scheduling import find_all_clashes
from services.session_changes import change_all, count_told
from services.sessions import get_session, lock_session, subject_of
from services.work import Work
from storage import facts, groups
from storage import sessions as stored

DIALOG = "session_change"


async def begin(work: Work, session_id: int) -> Dialog | None:
    """Ask what is to be changed; None if nothing can be any more: it is over or cancelled."""
    session = await get_session(work, session_id, Permission.RUN_EVENTS)
    if not is_ahead(session, work.now):
        return None
    return await dialogs.go(work, DIALOG, EditStep.WHAT, to_json(await _fresh(work, session)))


async def _fresh(work: Work, session: Event) -> Edit:
    return Edit(session.id, {e.id: e.sequence for e in await _with_following(work, session)}, seen_of(session))


async def _with_following(work: Work, session: Event) -> list[Event]:
    """The session, and those that follow it in its series."""
    if session.series_id is None:
        return [session]
    following = await stored.get_series(work.tx, session.series_id, session.starts_at)
    return [session, *(other for other in following if other.id != session.id)]


async def get_edit(work: Work, dialog: Dialog) -> Edit:
    """What has been answered so far, for somebody who may still change that session."""
    edit = from_json(dialog.data)
    await get_session(work, edit.session_id, Permission.RUN_EVENTS)
    return edit


async def take(work: Work, dialog: Dialog, edit: Edit, step: EditStep | None = None) -> Dialog:
    """Take an answer and go on, to the next question if no other is named."""
    await get_session(work, edit.session_id, Permission.RUN_EVENTS)
    return await dialogs.go(work, DIALOG, step or edit.step_after(dialog.step, 1), to_json(edit))


async def go_back(work: Work, dialog: Dialog) -> Dialog:
    """One question back."""
    edit = from_json(dialog.data)
    return await dialogs.go(work, DIALOG, edit.step_after(dialog.step, -1), dialog.data)


# --- The preview ------------------------------------------------------------------------------


async def get_preview(work: Work, dialog: Dialog) -> Preview:
    """What the answers make of the session, or of the series from there."""
    edit = from_json(dialog.data)
    session = await get_session(work, edit.session_id, Permission.RUN_EVENTS)
    pairs = await _pairs(work, edit, session)
    clashes = await _clashes(work, edit, [after for _, after in pairs if isinstance(after, Event)])
    lines = (Line(before, after, clashes.get(before.id, ())) for before, after in pairs)
    group = await groups.get(work.tx, session.group_id)
    told = await count_told(work.tx, [(a, b) for a, b in pairs if isinstance(b, Event)], work.person.id)
    return Preview(group.code if group else "", edit, tuple(lines), told)


async def _pairs(work: Work, edit: Edit, session: Event) -> list[tuple[Event, Event | Skipped]]:
    """Each session concerned with what becomes of it; unchanged ones are left out."""
    concerned = await _with_following(work, session) if edit.following else [session]
    titles = {work.language: edit.title} if edit.title else texts.untitled()
    found = [(one, edited(edit, session, one, Editor(titles, work.zone))) for one in concerned]
    return [(before, after) for before, after in found if before != after]


async def _clashes(work: Work, edit: Edit, planned: Sequence[Event]) -> dict[int, tuple[Clash, ...]]:
    """Other sessions at the new times; those that move along are in nobody's way."""
    if edit.part not in {Part.MOVE, Part.LENGTH}:
        return {}
    moving = {event.id for event in planned}
    found = await find_all_clashes(work.tx, list(planned))
    return {
        event.id: tuple(clash for clash in clashes if clash.session.id not in moving)
        for event, clashes in zip(planned, found, strict=True)
    }


# --- Saving -----------------------------------------------------------------------------------


async def save(work: Work, dialog: Dialog) -> Saved | Overtaken:
    """Change the sessions, unless somebody else did meanwhile: then the draft is kept, on top of what they made."""
    edit = from_json(dialog.data)
    if dialog.step != EditStep.PREVIEW:
        raise OutOfDate
    await stored.hold(work.tx, edit.sequences)
    session = await lock_session(work, edit.session_id, Permission.RUN_EVENTS)
    fresh = await _fresh(work, session)
    is_same = edit.sequences == fresh.sequences if edit.following else edit.sequences[session.id] == session.sequence
    if not is_same:
        return await _overtaken(work, edit, fresh, session)
    if not is_ahead(session, work.now):
        raise OutOfDate
    pairs = await _pairs(work, edit, session)
    await dialogs.end(work)
    edits = [(before, after) for before, after in pairs if isinstance(after, Event)]
    changed = await change_all(work.tx, edits, work.now, work.person.id)
    return Saved(next((one for one in changed if one.id == session.id), session), len(changed))


async def _overtaken(work: Work, edit: Edit, fresh: Edit, session: Event) -> Overtaken:
    kept = replace(edit, sequences=fresh.sequences, seen=fresh.seen)
    news = differences(known_from(edit.seen), known_of(session))
    by = await facts.last_actor(work.tx, subject_of(session.id), "session_")
    if is_ahead(session, work.now):
        await dialogs.go(work, DIALOG, EditStep.PREVIEW, to_json(kept))
    else:
        await dialogs.end(work)
    return Overtaken(session, by, news)
