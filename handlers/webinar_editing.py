"""Making and changing webinars, for those who run a group: by buttons or by typing."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import assert_never

from domain.buttons.webinar_editing import (
    GoToPreview,
    KeepDraft,
    ShowIn,
    TurnHosts,
)
from domain.dialogs import Dialog
from domain.errors import OutOfDate
from domain.permissions import Permission
from domain.webinar_edits import (
    Announced,
    Answer,
    Dropped,
    Incomplete,
    Overtaken,
    Saved,
    may_remove,
    toggled,
)
from domain.webinar_parts import Part, Step, may_skip, parts_of
from handlers import scheduling
from handlers.dialogs import Flow
from handlers.requests import ButtonRequest, Reply, TextRequest
from handlers.routes import ButtonPress, DialogInput, Route
from handlers.webinar_answers import moment, read_chosen, read_clock, read_typed
from handlers.webinar_questions import asked_next, question
from handlers.webinar_running import card, section
from messages import webinar_editing as texts
from messages import webinar_previews as previews
from messages.languages import LANGUAGES
from messages.markup import join
from messages.webinar_questions import ENOUGH, REMOVE, offered_languages
from services import dialogs, webinar_editing, webinar_saving
from services.webinar_editing import Asked
from services.work import Work

# --- Typed answers ----------------------------------------------------------------------------


async def typed(request: TextRequest, work: Work) -> Reply:
    """A typed answer. Where a button was to be pressed, the question is put again."""
    dialog, step, text = request.dialog, Step(request.dialog.step), request.text
    if step is Step.DAY:
        return await _take_day(dialog, text, work)
    if step is Step.CLOCK:
        given = read_clock(await webinar_editing.get_asked(work, dialog), text, work)
    elif step in {Step.WHAT, Step.LANGUAGES, Step.MODERATOR, Step.AUDIENCE, Step.REGISTERS, Step.PREVIEW}:
        return await asked_next(dialog, work)
    else:
        given = {step: read_typed(step, text)}
    return await asked_next(await webinar_editing.answer(work, dialog, given), work)


async def _take_day(dialog: Dialog, text: str, work: Work) -> Reply:
    """A day, or day and time in one."""
    found = scheduling.read_day_or_moment(text, work)
    if not isinstance(found, datetime):
        return await asked_next(await webinar_editing.answer(work, dialog, {Step.DAY: found.isoformat()}), work)
    asked = await webinar_editing.get_asked(work, dialog)
    after = asked.edit.step_after(Step.CLOCK, 1)
    return await asked_next(await webinar_editing.answer(work, dialog, moment(found, work), after), work)


# --- By button --------------------------------------------------------------------------------


async def chosen(dialog: Dialog, number: int, work: Work) -> Reply:
    """An answer by button; what the number means depends on the question."""
    asked, step = await webinar_editing.get_asked(work, dialog), Step(dialog.step)
    if step is Step.WHAT:
        if not 0 <= number < len(Part):
            raise OutOfDate
        return await asked_next(await webinar_editing.choose_part(work, dialog, list(Part)[number]), work)
    if step is Step.LANGUAGES:
        return await _toggle(dialog, asked, number, work)
    if number == REMOVE and may_remove(step, asked.webinar, asked.phase):
        given: Mapping[Step, Answer] = {step: [] if step is Step.SPEAKERS else None}
    else:
        given = await read_chosen(asked, step, number, work)
    return await asked_next(await webinar_editing.answer(work, dialog, given), work)


async def _toggle(dialog: Dialog, asked: Asked, number: int, work: Work) -> Reply:
    """One of the spoken languages more or less, or on to the next question."""
    if number == ENOUGH:
        return await asked_next(await webinar_editing.answer(work, dialog, {}), work)
    offered = offered_languages(asked.webinar)
    if not 0 <= number < len(offered):
        raise OutOfDate
    languages: Answer = list(toggled(asked.webinar.languages, offered[number]))
    return await asked_next(await webinar_editing.answer(work, dialog, {Step.LANGUAGES: languages}, stays=True), work)


async def skip(dialog: Dialog, work: Work) -> Reply:
    """It stays as it is."""
    asked = await webinar_editing.get_asked(work, dialog)
    if not may_skip(Step(dialog.step), asked.edit.part, asked.phase):
        raise OutOfDate
    return await asked_next(await webinar_editing.skip(work, dialog), work)


async def go_back(dialog: Dialog, work: Work) -> Reply:
    """The question before."""
    return await asked_next(await webinar_editing.go_back(work, dialog), work)


async def go_to_preview(request: ButtonRequest[GoToPreview], work: Work) -> Reply:
    """The rest stays as it is."""
    dialog = await webinar_editing.current(work, request.action.revision)
    return await asked_next(await webinar_editing.finish(work, dialog), work)


async def turn_week(dialog: Dialog, week: int, work: Work) -> Reply:
    """Other days to choose from."""
    if dialog.step != Step.DAY:
        raise OutOfDate
    return Reply(step=await question(dialog, work, week=week))


async def turn_people(request: ButtonRequest[TurnHosts], work: Work) -> Reply:
    """Other people who may moderate."""
    dialog = await _at(work, request.action.revision, Step.MODERATOR)
    return Reply(step=await question(dialog, work, page=request.action.page))


async def show_in(request: ButtonRequest[ShowIn], work: Work) -> Reply:
    """The preview in another language."""
    if request.action.language not in LANGUAGES:
        raise OutOfDate
    dialog = await _at(work, request.action.revision, Step.PREVIEW)
    return await asked_next(await webinar_editing.show_in(work, dialog, request.action.language), work)


async def keep_draft(request: ButtonRequest[KeepDraft], work: Work) -> Reply:
    """Not yet."""
    dialog = await _at(work, request.action.revision, Step.PREVIEW)
    webinar_id = await webinar_editing.keep_draft(work, dialog)
    return Reply(toast=texts.kept(work.language), edit=await card(work, webinar_id))


async def _at(work: Work, revision: int, step: Step) -> Dialog:
    dialog = await webinar_editing.current(work, revision)
    if dialog.step != step:
        raise OutOfDate
    return dialog


# --- The last button --------------------------------------------------------------------------


async def save(dialog: Dialog, work: Work) -> Reply:
    """Announce, save, cancel, drop; or what somebody else changed meanwhile, above the question once more."""
    outcome = await webinar_saving.save(work, dialog)
    toast = previews.toast(outcome, work.language)
    match outcome:
        case Announced(event=event) | Saved(event=event):
            return Reply(toast=toast, edit=await card(work, event.id))
        case Dropped(group_id=group_id):
            return Reply(toast=toast, edit=await section(work, group_id))
        case Incomplete():
            return Reply(toast=toast, alert=True)
        case Overtaken():
            return await _overtaken(dialog, outcome, toast, work)
        case _:
            assert_never(outcome)


async def _overtaken(dialog: Dialog, outcome: Overtaken, toast: str, work: Work) -> Reply:
    heading = previews.overtaken(outcome, work.zone, work.language)
    if not parts_of(outcome.event, work.now):
        shown = await card(work, outcome.event.id)
        return Reply(toast=toast, edit=replace(shown, text=heading))
    again = await question(await dialogs.current(work, dialog.revision + 1), work)
    return Reply(toast=toast, step=replace(again, text=join([heading, again.text], "\n\n")))


FLOW = Flow(back=go_back, skip=skip, hand_in=save)

ROUTES: list[Route] = [
    ButtonPress(ShowIn, show_in, Permission.RUN_EVENTS),
    ButtonPress(GoToPreview, go_to_preview, Permission.RUN_EVENTS),
    ButtonPress(KeepDraft, keep_draft, Permission.RUN_EVENTS),
    ButtonPress(TurnHosts, turn_people, Permission.RUN_EVENTS),
    DialogInput(webinar_editing.DIALOG, typed, Permission.RUN_EVENTS, again=question),
]
