"""Finding a time, for those who run a group: which days, which slots, then the group is asked."""

from dataclasses import replace
from datetime import date

from domain.buttons.finding import ChooseTime, FindTime, MoreTimes, TurnDays
from domain.dialogs import Dialog
from domain.errors import NotReadable, OutOfDate
from domain.finding import Finding, Step, from_json, latest, span, toggled
from domain.permissions import Permission
from domain.scheduling import LEAST_MINUTES, MOST_MINUTES, MOST_TITLE
from domain.typed import one_line, within
from handlers.dialogs import Flow
from handlers.parsing import read_day, read_number
from handlers.polls import card
from handlers.requests import ButtonRequest, Reply, TextRequest
from handlers.routes import ButtonPress, DialogInput, Route
from handlers.scheduling import day_of
from messages import finding as texts
from messages.markup import Message
from services import dialogs, finding, polls
from services.manage import get_managed
from services.work import Work

FURTHEST = 52
"""So many weeks ahead days can be chosen by button."""


async def section(work: Work, group_id: int) -> Message:
    """The open poll of a group, or the way to a new one."""
    group = await get_managed(work, group_id, Permission.RUN_EVENTS)
    return texts.section(group, await polls.get_open(work, group.id), work.language)


async def begin(request: ButtonRequest[FindTime], work: Work) -> Reply:
    """The first question, or where the search was left."""
    return await _next(await finding.begin(work, request.action.group_id), work)


# --- Typed ------------------------------------------------------------------------------------


async def typed(request: TextRequest, work: Work) -> Reply:
    """A typed answer; where a button is to be pressed, the question is put once more."""
    dialog, draft, text = request.dialog, from_json(request.dialog.data), request.text
    match dialog.step:
        case Step.TITLE:
            draft = replace(draft, title=within(one_line(text), MOST_TITLE))
        case Step.MINUTES:
            draft = replace(draft, minutes=read_number(text, LEAST_MINUTES, MOST_MINUTES))
        case Step.FIRST | Step.LAST:
            draft = _with_day(draft, dialog.step, read_day(text, finding.today_of(work), work.language), work)
        case _:
            return Reply(step=await question(dialog, work))
    return await _next(await finding.take(work, dialog, draft), work)


def _with_day(draft: Finding, step: str, day: date, work: Work) -> Finding:
    """The first day, not before today, or the last, not before the first; neither too far ahead."""
    if step == Step.FIRST:
        last_possible = date.fromordinal(finding.today_of(work).toordinal() + 7 * FURTHEST)
        if not finding.today_of(work) <= day <= last_possible:
            raise NotReadable("day ahead")
        return replace(draft, first=day)
    if draft.first is None:
        raise OutOfDate
    if not draft.first <= day <= latest(draft.first):
        raise NotReadable("day ahead")
    return replace(draft, last=day)


# --- By button --------------------------------------------------------------------------------


async def choose(request: ButtonRequest[ChooseTime], work: Work) -> Reply:
    """An answer by button; what the number means depends on the question."""
    dialog, number = await _current(work, request.action.revision), request.action.number
    draft = from_json(dialog.data)
    match dialog.step:
        case Step.MINUTES:
            draft = replace(draft, minutes=read_number(str(number), LEAST_MINUTES, MOST_MINUTES))
        case Step.DAYS:
            draft = _with_span(draft, number, work)
        case Step.FIRST | Step.LAST:
            draft = _with_day(draft, dialog.step, day_of(number), work)
        case Step.WEEKDAYS if number < texts.GO_ON:
            draft = replace(draft, weekdays=draft.weekdays ^ {_within(number, texts.GO_ON)})
            return await _next(await finding.keep(work, dialog, draft), work)
        case Step.WEEKDAYS if number == texts.GO_ON and draft.weekdays:
            pass
        case Step.SLOTS:
            draft = toggled(draft, _within(number, len(draft.offers)))
            return await _next(await finding.keep(work, dialog, draft), work)
        case _:
            raise OutOfDate
    return await _next(await finding.take(work, dialog, draft), work)


def _with_span(draft: Finding, number: int, work: Work) -> Finding:
    days = texts.DAYS[_within(number, len(texts.DAYS))]
    first, last = span(days, finding.today_of(work)) or (None, None)
    return replace(draft, days=days, first=first, last=last)


def _within(number: int, count: int) -> int:
    if not 0 <= number < count:
        raise OutOfDate
    return number


async def turn_days(request: ButtonRequest[TurnDays], work: Work) -> Reply:
    """Other days to choose from."""
    dialog = await _current(work, request.action.revision)
    if dialog.step not in {Step.FIRST, Step.LAST}:
        raise OutOfDate
    return Reply(step=await question(dialog, work, _within(request.action.week, FURTHEST)))


async def more(request: ButtonRequest[MoreTimes], work: Work) -> Reply:
    """Some more slots."""
    return await _next(await finding.propose_more(work, request.action.revision), work)


async def skip(dialog: Dialog, work: Work) -> Reply:
    """No title."""
    if dialog.step != Step.TITLE:
        raise OutOfDate
    return await _next(await finding.take(work, dialog, replace(from_json(dialog.data), title="")), work)


async def go_back(dialog: Dialog, work: Work) -> Reply:
    """The question before."""
    return await _next(await finding.go_back(work, dialog), work)


async def ask_group(dialog: Dialog, work: Work) -> Reply:
    """The last button: the poll begins, unless another coordinator was faster."""
    if dialog.step != Step.SLOTS:
        raise OutOfDate
    outcome = await polls.open_(work, from_json(dialog.data))
    toast = texts.poll_there(work.language) if isinstance(outcome, polls.OpenBefore) else ""
    shown = await card(work, outcome.poll_id)
    return Reply(toast=toast, alert=bool(toast), edit=shown, subject=polls.subject_of(outcome.poll_id))


async def _current(work: Work, revision: int) -> Dialog:
    dialog = await dialogs.current(work, revision)
    if dialog.name != finding.DIALOG:
        raise OutOfDate
    return dialog


async def _next(dialog: Dialog, work: Work) -> Reply:
    return Reply(step=await question(dialog, work))


async def question(dialog: Dialog, work: Work, week: int = 0) -> Message:
    """The question a dialog is at."""
    if dialog.step == Step.SLOTS:
        return texts.proposal(await finding.get_proposal(work, dialog), dialog.revision, work.zone, work.language)
    asked = texts.Asked(dialog.revision, finding.today_of(work), work.language, week)
    return texts.ask(await finding.get_draft(work, dialog), Step(dialog.step), asked)


FLOW = Flow(back=go_back, skip=skip, hand_in=ask_group)

ROUTES: list[Route] = [
    ButtonPress(FindTime, begin, Permission.RUN_EVENTS),
    ButtonPress(ChooseTime, choose, Permission.RUN_EVENTS),
    ButtonPress(TurnDays, turn_days, Permission.RUN_EVENTS),
    ButtonPress(MoreTimes, more, Permission.RUN_EVENTS),
    DialogInput(finding.DIALOG, typed, Permission.RUN_EVENTS, again=question),
]
