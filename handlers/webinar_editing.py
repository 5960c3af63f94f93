"""Making and changing webinars, for those who run a group: by buttons or by typing."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import assert_never
from zoneinfo import ZoneInfo

from domain.buttons.webinar_editing import (
    ChangePart,
    ChangeWebinar,
    GoOn,
    KeepDraft,
    NewWebinar,
    Postpone,
    ShowIn,
    TurnPeople,
)
from domain.dialogs import Dialog
from domain.errors import OutOfDate
from domain.paging import page_at
from domain.permissions import Permission
from domain.webinar_edits import (
    POSTPONED_BY,
    Announced,
    Answer,
    Dropped,
    Incomplete,
    Overtaken,
    Saved,
    may_remove,
    toggled,
)
from domain.webinar_parts import Part, Phase, Step, may_skip, parts_of
from handlers import scheduling
from handlers.dialogs import Flow
from handlers.requests import ButtonRequest, Reply, TextRequest
from handlers.routes import ButtonPress, DialogInput, Route
from handlers.webinar_answers import moment, read_chosen, read_clock, read_typed
from handlers.webinar_running import card, section
from messages import webinar_editing as texts
from messages import webinar_previews as previews
from messages import webinar_questions as questions
from messages.languages import LANGUAGES
from messages.markup import Message, join
from messages.webinar_questions import ENOUGH, REMOVE, Question, offered_languages
from services import dialogs, webinar_editing, webinar_running, webinar_saving
from services.webinar_editing import Asked
from services.work import Work

HOSTS_ON_A_PAGE = 8


# --- Beginning --------------------------------------------------------------------------------


async def new(request: ButtonRequest[NewWebinar], work: Work) -> Reply:
    """The first question."""
    return await _next(await webinar_editing.begin_new(work, request.action.group_id), work)


async def go_on(request: ButtonRequest[GoOn], work: Work) -> Reply:
    """Where the draft was left."""
    return await _next(await webinar_editing.go_on(work, request.action.webinar_id), work)


async def begin(request: ButtonRequest[ChangeWebinar], work: Work) -> Reply:
    """What is to change?"""
    return await _begun(await webinar_editing.begin(work, request.action.webinar_id), work)


async def begin_part(request: ButtonRequest[ChangePart], work: Work) -> Reply:
    """Straight to one part."""
    return await _begun(await webinar_editing.begin(work, request.action.webinar_id, request.action.part), work)


async def postpone(request: ButtonRequest[Postpone], work: Work) -> Reply:
    """So many minutes later: only to be confirmed."""
    if request.action.minutes not in POSTPONED_BY:
        raise OutOfDate
    return await _begun(await webinar_editing.postpone(work, request.action.webinar_id, request.action.minutes), work)


async def _begun(dialog: Dialog | None, work: Work) -> Reply:
    if dialog is None:
        return Reply(toast=texts.nothing_to_change(work.language), alert=True)
    return await _next(dialog, work)


# --- Typed answers ----------------------------------------------------------------------------


async def typed(request: TextRequest, work: Work) -> Reply:
    """A typed answer. Where a button was to be pressed, the question is put again."""
    dialog, step, text = request.dialog, Step(request.dialog.step), request.text
    if step is Step.DAY:
        return await _take_day(dialog, text, work)
    if step is Step.CLOCK:
        given = read_clock(await webinar_editing.get_asked(work, dialog), text, work)
    elif step in {Step.WHAT, Step.LANGUAGES, Step.MODERATOR, Step.AUDIENCE, Step.REGISTERS, Step.PREVIEW}:
        return await _next(dialog, work)
    else:
        given = {step: read_typed(step, text)}
    return await _next(await webinar_editing.answer(work, dialog, given), work)


async def _take_day(dialog: Dialog, text: str, work: Work) -> Reply:
    """A day, or day and time in one."""
    found = scheduling.read_day_or_moment(text, work)
    if not isinstance(found, datetime):
        return await _next(await webinar_editing.answer(work, dialog, {Step.DAY: found.isoformat()}), work)
    asked = await webinar_editing.get_asked(work, dialog)
    after = asked.edit.step_after(Step.CLOCK, 1)
    return await _next(await webinar_editing.answer(work, dialog, moment(found, work), after), work)


# --- By button --------------------------------------------------------------------------------


async def chosen(dialog: Dialog, number: int, work: Work) -> Reply:
    """An answer by button; what the number means depends on the question."""
    asked, step = await webinar_editing.get_asked(work, dialog), Step(dialog.step)
    if step is Step.WHAT:
        if not 0 <= number < len(Part):
            raise OutOfDate
        return await _next(await webinar_editing.choose_part(work, dialog, list(Part)[number]), work)
    if step is Step.LANGUAGES:
        return await _toggle(dialog, asked, number, work)
    if number == REMOVE and may_remove(step, asked.webinar, asked.phase):
        given: Mapping[Step, Answer] = {step: [] if step is Step.SPEAKERS else None}
    else:
        given = await read_chosen(asked, step, number, work)
    return await _next(await webinar_editing.answer(work, dialog, given), work)


async def _toggle(dialog: Dialog, asked: Asked, number: int, work: Work) -> Reply:
    """One of the spoken languages more or less, or on to the next question."""
    if number == ENOUGH:
        return await _next(await webinar_editing.answer(work, dialog, {}), work)
    offered = offered_languages(asked.webinar)
    if not 0 <= number < len(offered):
        raise OutOfDate
    languages: Answer = list(toggled(asked.webinar.languages, offered[number]))
    return await _next(await webinar_editing.answer(work, dialog, {Step.LANGUAGES: languages}, stays=True), work)


async def skip(dialog: Dialog, work: Work) -> Reply:
    """It stays as it is."""
    asked = await webinar_editing.get_asked(work, dialog)
    if not may_skip(Step(dialog.step), asked.edit.part, asked.phase):
        raise OutOfDate
    return await _next(await webinar_editing.skip(work, dialog), work)


async def go_back(dialog: Dialog, work: Work) -> Reply:
    """The question before."""
    return await _next(await webinar_editing.go_back(work, dialog), work)


async def turn_week(dialog: Dialog, week: int, work: Work) -> Reply:
    """Other days to choose from."""
    if dialog.step != Step.DAY:
        raise OutOfDate
    return Reply(step=await question(dialog, work, week=week))


async def turn_people(request: ButtonRequest[TurnPeople], work: Work) -> Reply:
    """Other people who may moderate."""
    dialog = await _at(work, request.action.revision, Step.MODERATOR)
    return Reply(step=await question(dialog, work, page=request.action.page))


async def show_in(request: ButtonRequest[ShowIn], work: Work) -> Reply:
    """The preview in another language."""
    if request.action.language not in LANGUAGES:
        raise OutOfDate
    dialog = await _at(work, request.action.revision, Step.PREVIEW)
    return await _next(await webinar_editing.show_in(work, dialog, request.action.language), work)


async def keep_draft(request: ButtonRequest[KeepDraft], work: Work) -> Reply:
    """Not yet."""
    dialog = await _at(work, request.action.revision, Step.PREVIEW)
    webinar_id = await webinar_editing.keep_draft(work, dialog)
    return Reply(toast=texts.kept(work.language), edit=await card(work, webinar_id))


async def _at(work: Work, revision: int, step: Step) -> Dialog:
    dialog = await dialogs.current(work, revision)
    if dialog.name != webinar_editing.DIALOG or dialog.step != step:
        raise OutOfDate
    return dialog


# --- The last button, and every question ------------------------------------------------------


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
        return Reply(toast=toast, edit=replace(shown, text=join([heading, shown.text], "\n\n")))
    again = await question(await dialogs.current(work, dialog.revision + 1), work)
    return Reply(toast=toast, step=replace(again, text=join([heading, again.text], "\n\n")))


async def _next(dialog: Dialog, work: Work) -> Reply:
    return Reply(step=await question(dialog, work))


async def question(dialog: Dialog, work: Work, *, week: int = 0, page: int = 0) -> Message:
    """The question a dialog is at."""
    if dialog.step == Step.PREVIEW:
        return await _preview(dialog, work)
    asked, step = await webinar_editing.get_asked(work, dialog), Step(dialog.step)
    hosts = await webinar_running.list_hosts(work, asked.edit.group_id, asked.edit.event_id)
    shown = page_at(page, len(hosts), HOSTS_ON_A_PAGE)
    put = Question(
        asked.edit,
        asked.webinar,
        asked.phase,
        step,
        dialog.revision,
        today=work.now.astimezone(ZoneInfo(work.zone)).date(),
        moderator=await webinar_running.name_of(work, asked.webinar.moderator_id),
        hosts=hosts[shown.part],
        page=shown,
        week=week,
    )
    return questions.ask(put, work.zone, work.language)


async def _preview(dialog: Dialog, work: Work) -> Message:
    shown = await webinar_saving.get_preview(work, dialog)
    edit, before, after, of = shown.edit, shown.before, shown.after, dialog.revision
    if shown.phase is Phase.DRAFT:
        code = before.group.code
        return previews.draft(before.webinar, code, edit, shown.missing, of, work.now, work.zone, work.language)
    moderators = (before.moderator, after.moderator)
    return previews.change(before.webinar, after.webinar, moderators, shown.told, edit, of, work.zone, work.language)


FLOW = Flow(back=go_back, skip=skip, hand_in=save)

ROUTES: list[Route] = [
    ButtonPress(NewWebinar, new, Permission.RUN_EVENTS),
    ButtonPress(GoOn, go_on, Permission.RUN_EVENTS),
    ButtonPress(ChangeWebinar, begin, Permission.RUN_EVENTS),
    ButtonPress(ChangePart, begin_part, Permission.RUN_EVENTS),
    ButtonPress(Postpone, postpone, Permission.RUN_EVENTS),
    ButtonPress(ShowIn, show_in, Permission.RUN_EVENTS),
    ButtonPress(KeepDraft, keep_draft, Permission.RUN_EVENTS),
    ButtonPress(TurnPeople, turn_people, Permission.RUN_EVENTS),
    DialogInput(webinar_editing.DIALOG, typed, Permission.RUN_EVENTS, again=question),
]
