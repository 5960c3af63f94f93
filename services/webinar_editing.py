"""Making and changing webinars, question by question: a draft is a row from the first answer on.

What is announced already changes with *Save* only (`services.webinar_saving`).
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from domain import event_json
from domain.dialogs import Dialog
from domain.errors import OutOfDate
from domain.events import Event, EventState
from domain.permissions import Permission
from domain.webinar_edits import (
    Answer,
    Edit,
    edited,
    first_open,
    from_json,
    may_finish,
    new_draft,
    postponed,
    to_json,
    with_answer,
)
from domain.webinar_parts import Part, Phase, Step, is_worst_day, parts_of, phase_of, plan_steps
from services import dialogs, webinars
from services.manage import get_managed
from services.webinar_running import get_run, lock_run
from services.work import Work

DIALOG = "webinar"


# --- Beginning --------------------------------------------------------------------------------


async def begin_new(work: Work, group_id: int) -> Dialog:
    """The first question about a webinar of which nothing is stored yet."""
    await get_managed(work, group_id, Permission.RUN_EVENTS)
    return await go(work, Edit(group_id), Step.TITLE_EN)


async def go_on(work: Work, webinar_id: int) -> Dialog:
    """The question at which a draft was left, or the first that is open."""
    webinar = await get_run(work, webinar_id)
    if webinar.state is not EventState.DRAFT:
        raise OutOfDate
    left = await dialogs.left(work, DIALOG)
    about = {"event_id": webinar.id, "part": Part.ALL.value}
    if left is not None and about.items() <= left.data.items():
        return await go(work, seeing(from_json(left.data), webinar), Step(left.step))
    return await go(work, seeing(Edit(webinar.group_id), webinar), first_open(webinar, work.now))


async def begin(work: Work, webinar_id: int, part: Part | None = None) -> Dialog | None:
    """Ask what is to be changed, or the first question about this part; None if that cannot be changed any more."""
    webinar = await get_run(work, webinar_id)
    possible = parts_of(webinar, work.now)
    if not possible or (part is not None and part not in possible):
        return None
    return await go(work, seeing(Edit(webinar.group_id, part=part), webinar), _first(part))


def _first(part: Part | None) -> Step:
    """The first question of a part: for one of many, after it was chosen."""
    return plan_steps(part)[1 if part and part is not Part.ALL else 0]


async def postpone(work: Work, webinar_id: int, minutes: int) -> Dialog | None:
    """Put a webinar off by so many minutes: only the last question is left. None if it is too late for that."""
    webinar = await get_run(work, webinar_id)
    if not is_worst_day(webinar, work.now):
        return None
    later = postponed(webinar, minutes, work.now)
    day = later.astimezone(ZoneInfo(work.zone)).date()
    answers: Mapping[Step, Answer] = {Step.DAY: day.isoformat(), Step.CLOCK: later.isoformat()}
    edit = seeing(Edit(webinar.group_id, part=Part.MOVE, answers=answers), webinar)
    return await go(work, edit, Step.PREVIEW)


def seeing(edit: Edit, webinar: Event) -> Edit:
    """The edit of somebody who has the webinar before them as it is."""
    return replace(edit, event_id=webinar.id, seen=event_json.to_json(webinar))


async def go(work: Work, edit: Edit, step: Step) -> Dialog:
    """Ask this; where everything was skipped there is nothing to preview, and the first question comes once more."""
    if step is Step.PREVIEW and not edit.event_id:
        step = Step.TITLE_EN
    return await dialogs.go(work, DIALOG, step, to_json(edit))


async def current(work: Work, revision: int) -> Dialog:
    """The dialog about a webinar that a button with this revision belongs to; raise OutOfDate if it has gone on."""
    dialog = await dialogs.current(work, revision)
    if dialog.name != DIALOG:
        raise OutOfDate
    return dialog


# --- Answers ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Asked:
    """What the next question is about: the webinar with the answers so far, and where it is."""

    edit: Edit
    webinar: Event
    phase: Phase


async def get_asked(work: Work, dialog: Dialog) -> Asked:
    """What has been answered so far, for somebody who may still run that webinar."""
    edit = from_json(dialog.data)
    if not edit.event_id:
        await get_managed(work, edit.group_id, Permission.RUN_EVENTS)
        return Asked(edit, _blank(work, edit), Phase.DRAFT)
    webinar = await get_run(work, edit.event_id)
    return Asked(edit, edited(webinar, replace(edit, part=None)), phase_of(webinar, work.now))


def _blank(work: Work, edit: Edit) -> Event:
    return new_draft(edit.group_id, secrets.token_hex(6), work.now, work.process.zone)


async def choose_part(work: Work, dialog: Dialog, part: Part) -> Dialog:
    """What is to be changed; raise OutOfDate where that cannot be."""
    edit = from_json(dialog.data)
    webinar = await get_run(work, edit.event_id)
    if part not in parts_of(webinar, work.now):
        raise OutOfDate
    return await go(work, seeing(Edit(webinar.group_id, part=part), webinar), _first(part))


async def answer(
    work: Work, dialog: Dialog, given: Mapping[Step, Answer], to: Step | None = None, *, stays: bool = False
) -> Dialog:
    """Take answers and go on, to the next question if no other is named; `stays`: put the same one once more."""
    edit = await _keep(work, from_json(dialog.data), given)
    step = Step(dialog.step) if stays else to or edit.step_after(dialog.step, 1)
    return await go(work, edit, step)


async def _keep(work: Work, edit: Edit, given: Mapping[Step, Answer]) -> Edit:
    """Of a draft the row has the answers, of what is announced the dialog."""
    if not edit.event_id:
        await get_managed(work, edit.group_id, Permission.RUN_EVENTS)
        return await _keep_first(work, edit, given)
    webinar = await lock_run(work, edit.event_id)
    if webinar.state is not EventState.DRAFT:
        return replace(edit, answers={**edit.answers, **given})
    new = _with_all(webinar, given)
    if new != webinar:
        webinar = await webinars.change(work.tx, webinar, new, work.now, work.person.id)
    return seeing(replace(edit, answers=_of_draft(edit, given)), webinar)


async def _keep_first(work: Work, edit: Edit, given: Mapping[Step, Answer]) -> Edit:
    edit, blank = replace(edit, answers=_of_draft(edit, given)), _blank(work, edit)
    new = _with_all(blank, given)
    if new == blank:
        return edit
    event_id = await webinars.add(work.tx, new, work.now, work.person.id)
    return seeing(edit, replace(new, id=event_id))


def _with_all(webinar: Event, given: Mapping[Step, Answer]) -> Event:
    for step, value in given.items():
        webinar = with_answer(webinar, step, value)
    return webinar


def _of_draft(edit: Edit, given: Mapping[Step, Answer]) -> dict[Step, Answer]:
    return {step: value for step, value in {**edit.answers, **given}.items() if step is Step.DAY}


async def skip(work: Work, dialog: Dialog) -> Dialog:
    """Leave it as it is; who names no day is not asked for the time."""
    asked = await get_asked(work, dialog)
    step = asked.edit.step_after(dialog.step, 2 if dialog.step == Step.DAY else 1)
    return await go(work, asked.edit, step)


async def finish(work: Work, dialog: Dialog) -> Dialog:
    """Leave what is still to be asked as it is; raise OutOfDate where something that is required is missing."""
    asked = await get_asked(work, dialog)
    if not may_finish(asked.edit, asked.webinar, Step(dialog.step), work.now):
        raise OutOfDate
    return await go(work, asked.edit, Step.PREVIEW)


async def go_back(work: Work, dialog: Dialog) -> Dialog:
    """One question back; who named no day was not asked for the time."""
    edit = (await get_asked(work, dialog)).edit
    step = edit.step_after(dialog.step, -1)
    if step is Step.CLOCK and Step.DAY not in edit.answers:
        step = edit.step_after(step, -1)
    return await go(work, edit, step)


async def show_in(work: Work, dialog: Dialog, language: str) -> Dialog:
    """The preview of a draft in another language, as it is now."""
    edit = from_json(dialog.data)
    webinar = await get_run(work, edit.event_id)
    return await go(work, seeing(replace(edit, shown_in=language), webinar), Step.PREVIEW)


async def keep_draft(work: Work, dialog: Dialog) -> int:
    """Leave the draft as it is; returns its id."""
    webinar = await get_run(work, from_json(dialog.data).event_id)
    await dialogs.end(work)
    return webinar.id
