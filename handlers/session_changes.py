"""Changing a session: what, how, which of a series; shown before it is saved. And the buttons of both dialogs."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from domain.buttons.scheduling import Choose, TurnWeek
from domain.buttons.session_changes import ChangeSession
from domain.dialogs import Dialog
from domain.errors import OutOfDate
from domain.permissions import Permission
from domain.scheduling import LEAST_MINUTES, MOST_MINUTES, MOST_TITLE
from domain.session_edits import Edit, EditStep, Overtaken, Part, from_json
from domain.sessions import is_ahead
from domain.typed import one_line, within
from handlers import scheduling, webinar_editing
from handlers.dialogs import Flow
from handlers.parsing import read_number
from handlers.requests import ButtonRequest, Reply, TextRequest
from handlers.routes import ButtonPress, DialogInput, Route
from messages import session_changes as texts
from messages.markup import Message, join
from services import dialogs, groups, session_editing
from services.scheduling import DIALOG as PLANNING
from services.webinar_editing import DIALOG as WEBINAR
from services.work import Work


async def begin(request: ButtonRequest[ChangeSession], work: Work) -> Reply:
    """What is to change?"""
    dialog = await session_editing.begin(work, request.action.session_id)
    if dialog is None:
        return Reply(toast=texts.nothing_to_change(work.language), alert=True)
    return await _next(dialog, work)


async def typed(request: TextRequest, work: Work) -> Reply:
    """A typed answer."""
    dialog, edit = request.dialog, from_json(request.dialog.data)
    match dialog.step:
        case EditStep.DAY:
            return await _take_day(dialog, edit, request.text, work)
        case EditStep.CLOCK:
            edit = _at(edit, scheduling.read_clock(request.text, edit.day, work))
        case EditStep.MINUTES:
            edit = replace(edit, minutes=read_number(request.text, LEAST_MINUTES, MOST_MINUTES))
        case EditStep.TITLE:
            edit = replace(edit, title=within(one_line(request.text), MOST_TITLE))
        case EditStep.LINK:
            edit = replace(edit, link=scheduling.read_link(request.text))
        case _:
            return await _next(dialog, work)
    return await _next(await session_editing.take(work, dialog, edit), work)


async def _take_day(dialog: Dialog, edit: Edit, text: str, work: Work) -> Reply:
    """A day, or day and time in one."""
    found = scheduling.read_day_or_moment(text, work)
    if not isinstance(found, datetime):
        return await _next(await session_editing.take(work, dialog, replace(edit, day=found)), work)
    edit = _at(edit, found)
    return await _next(await session_editing.take(work, dialog, edit, edit.step_after(EditStep.CLOCK, 1)), work)


def _at(edit: Edit, wall: datetime) -> Edit:
    return replace(edit, day=wall.date(), clock=wall.time())


async def chosen(dialog: Dialog, number: int, work: Work) -> Reply:
    """An answer by button; what the number means depends on the question."""
    edit = from_json(dialog.data)
    match dialog.step:
        case EditStep.WHAT:
            if not 0 <= number < len(Part):
                raise OutOfDate
            edit = replace(edit, part=list(Part)[number])
        case EditStep.DAY:
            edit = replace(edit, day=scheduling.day_of(number))
        case EditStep.CLOCK:
            edit = _at(edit, scheduling.read_clock(scheduling.clock_of(number), edit.day, work))
        case EditStep.MINUTES:
            edit = replace(edit, minutes=read_number(str(number), LEAST_MINUTES, MOST_MINUTES))
        case EditStep.SCOPE:
            edit = replace(edit, following=number == 1)
        case _:
            raise OutOfDate
    return await _next(await session_editing.take(work, dialog, edit), work)


async def skip(dialog: Dialog, work: Work) -> Reply:
    """No title of its own, or no link."""
    edit = from_json(dialog.data)
    match dialog.step:
        case EditStep.TITLE:
            edit = replace(edit, title="")
        case EditStep.LINK:
            edit = replace(edit, link=None)
        case _:
            raise OutOfDate
    return await _next(await session_editing.take(work, dialog, edit), work)


async def go_back(dialog: Dialog, work: Work) -> Reply:
    """The question before."""
    return await _next(await session_editing.go_back(work, dialog), work)


async def save(dialog: Dialog, work: Work) -> Reply:
    """The last button; or what somebody else changed meanwhile, above the question once more."""
    outcome = await session_editing.save(work, dialog)
    if not isinstance(outcome, Overtaken):
        group = await groups.get_group(work, outcome.session.group_id)
        return Reply(edit=texts.saved(outcome, group.code, work.zone, work.language))
    why = texts.overtaken(outcome, work.zone, work.language)
    if not is_ahead(outcome.session, work.now):
        return Reply(edit=Message(why))
    again = await question(await dialogs.current(work, dialog.revision + 1), work)
    return Reply(step=replace(again, text=join([why, again.text], "\n\n")))


async def _next(dialog: Dialog, work: Work) -> Reply:
    return Reply(step=await question(dialog, work))


async def question(dialog: Dialog, work: Work, week: int = 0) -> Message:
    """The question a dialog is at."""
    if dialog.step == EditStep.PREVIEW:
        shown = await session_editing.get_preview(work, dialog)
        return texts.preview(shown, dialog.revision, work.zone, work.language)
    today = work.now.astimezone(ZoneInfo(work.zone)).date()
    edit, step = await session_editing.get_edit(work, dialog), EditStep(dialog.step)
    return texts.ask(edit, step, dialog.revision, today, work.zone, work.language, week)


async def turn_week(dialog: Dialog, week: int, work: Work) -> Reply:
    """Other days to choose from."""
    if dialog.step != EditStep.DAY:
        raise OutOfDate
    return Reply(step=await question(dialog, work, week))


# --- Buttons that these dialogs share -------------------------------------------------

ByNumber = Callable[[Dialog, int, Work], Awaitable[Reply]]

CHOICES: Mapping[str, ByNumber] = {
    PLANNING: scheduling.chosen,
    session_editing.DIALOG: chosen,
    WEBINAR: webinar_editing.chosen,
}
WEEKS: Mapping[str, ByNumber] = {
    PLANNING: scheduling.turn_week,
    session_editing.DIALOG: turn_week,
    WEBINAR: webinar_editing.turn_week,
}
"""By the name of the dialog."""


async def choose(request: ButtonRequest[Choose], work: Work) -> Reply:
    """An answer by button in any of these dialogs."""
    dialog = await _current(work, request.action.revision)
    return await CHOICES[dialog.name](dialog, request.action.number, work)


async def turn(request: ButtonRequest[TurnWeek], work: Work) -> Reply:
    """Other days in any of these dialogs."""
    dialog = await _current(work, request.action.revision)
    return await WEEKS[dialog.name](dialog, request.action.week, work)


async def _current(work: Work, revision: int) -> Dialog:
    dialog = await dialogs.current(work, revision)
    if dialog.name not in CHOICES:
        raise OutOfDate
    return dialog


FLOW = Flow(back=go_back, skip=skip, hand_in=save)

ROUTES: list[Route] = [
    ButtonPress(ChangeSession, begin, Permission.RUN_EVENTS),
    ButtonPress(Choose, choose, Permission.RUN_EVENTS),
    ButtonPress(TurnWeek, turn, Permission.RUN_EVENTS),
    DialogInput(session_editing.DIALOG, typed, Permission.RUN_EVENTS, again=question),
]
