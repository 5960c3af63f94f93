"""Planning sessions, for those who run a group: by buttons or by typing."""

from dataclasses import replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from domain.buttons.scheduling import NewSession
from domain.dialogs import Dialog
from domain.errors import DayMissing, NotReadable, OutOfDate, TimeMissing
from domain.permissions import Permission
from domain.recurrence import MOST_TIMES
from domain.scheduling import LEAST_MINUTES, MOST_MINUTES, MOST_TITLE, Draft, Step, from_json
from domain.typed import one_line, web_link, within
from handlers.dialogs import Flow
from handlers.parsing import read_day, read_moment, read_number
from handlers.requests import ButtonRequest, Reply, TextRequest
from handlers.routes import ButtonPress, DialogInput, Route
from messages import scheduling as texts
from messages import scheduling_preview
from messages.markup import Message
from services import scheduling, sessions
from services.manage import get_managed
from services.work import Work


async def section(work: Work, group_id: int, page: int = 0) -> Message:
    """A page of the sessions of a group, and the way to a new one."""
    group = await get_managed(work, group_id, Permission.RUN_EVENTS)
    listed = await sessions.list_of_group(work, group_id, page)
    found = [entry.session for entry in listed.entries]
    return texts.of_group(found, group, listed.page, work.zone, work.language)


async def new(request: ButtonRequest[NewSession], work: Work) -> Reply:
    """The first question, or where the draft was left."""
    return Reply(step=await question(await scheduling.begin(work, request.action.group_id), work))


async def typed(request: TextRequest, work: Work) -> Reply:
    """A typed answer."""
    dialog, draft = request.dialog, from_json(request.dialog.data)
    return await _next(await _take(work, dialog, draft, request.text), work)


async def _take(work: Work, dialog: Dialog, draft: Draft, text: str) -> Dialog:
    match dialog.step:
        case Step.TITLE:
            draft = replace(draft, title=within(one_line(text), MOST_TITLE))
        case Step.DAY:
            return await _take_day(work, dialog, draft, text)
        case Step.CLOCK:
            draft = at(draft, read_clock(text, draft.day, work))
        case Step.MINUTES:
            draft = replace(draft, minutes=read_number(text, LEAST_MINUTES, MOST_MINUTES))
        case Step.TIMES:
            draft = _until(draft, text, work)
        case Step.LINK:
            draft = replace(draft, link=read_link(text))
        case _:
            return dialog
    return await scheduling.take(work, dialog, draft)


async def _take_day(work: Work, dialog: Dialog, draft: Draft, text: str) -> Dialog:
    """A day, or day and time in one."""
    found = read_day_or_moment(text, work)
    if isinstance(found, datetime):
        return await scheduling.take(work, dialog, at(draft, found), Step.MINUTES)
    return await scheduling.take(work, dialog, replace(draft, day=found))


def at(draft: Draft, wall: datetime) -> Draft:
    """The draft with this day and time."""
    return replace(draft, day=wall.date(), clock=wall.time())


def _until(draft: Draft, text: str, work: Work) -> Draft:
    """How many times, or until which day."""
    if text.strip().isdecimal():
        return replace(draft, times=read_number(text, 2, MOST_TIMES), until=None)
    today = work.now.astimezone(ZoneInfo(work.zone)).date()
    until = read_day(text, today, work.language)
    if draft.day is None or until <= draft.day:
        raise NotReadable("last day")
    return replace(draft, times=None, until=until)


def read_day_or_moment(text: str, work: Work) -> date | datetime:
    """A day, or a day and a time as clocks show it; for somebody who is asked for a day."""
    try:
        return read_moment(text, work.now, work.zone, work.language).wall
    except TimeMissing as missing:
        return missing.day


def read_clock(text: str, day: date | None, work: Work) -> datetime:
    """A time of the day chosen before, or another day and time; as clocks show it."""
    try:
        return read_moment(text, work.now, work.zone, work.language).wall
    except (DayMissing, NotReadable) as error:
        if day is None:
            raise OutOfDate from error
        return read_moment(f"{day:%d.%m.%Y} {text}", work.now, work.zone, work.language).wall


def read_link(text: str) -> str:
    """A link of the web; raises NotReadable."""
    link = web_link(text)
    if link is None:
        raise NotReadable("join link")
    return link


# --- By button --------------------------------------------------------------------------------


async def chosen(dialog: Dialog, number: int, work: Work) -> Reply:
    """An answer by button; what the number means depends on the question."""
    draft = from_json(dialog.data)
    match dialog.step:
        case Step.DAY:
            draft = replace(draft, day=day_of(number))
        case Step.CLOCK:
            draft = at(draft, read_clock(clock_of(number), draft.day, work))
        case Step.MINUTES:
            draft = replace(draft, minutes=read_number(str(number), LEAST_MINUTES, MOST_MINUTES))
        case Step.REPEAT:
            if not 0 <= number < len(texts.RULES):
                raise OutOfDate
            draft = replace(draft, rule=texts.RULES[number])
        case Step.TIMES:
            draft = replace(draft, times=read_number(str(number), 2, MOST_TIMES), until=None)
        case Step.PREVIEW:
            return await _next(await scheduling.leave_out(work, dialog, day_of(number)), work)
        case _:
            raise OutOfDate
    return await _next(await scheduling.take(work, dialog, draft), work)


def day_of(number: int) -> date:
    """The day on a button."""
    try:
        return date.fromordinal(number)
    except (ValueError, OverflowError) as error:
        raise OutOfDate from error


def clock_of(number: int) -> str:
    """The time on a button, given in minutes after midnight, as somebody would type it."""
    if not 0 <= number < 24 * 60:
        raise OutOfDate
    return f"{time(*divmod(number, 60)):%H:%M}"


async def skip(dialog: Dialog, work: Work) -> Reply:
    """No title, or no link yet."""
    draft = from_json(dialog.data)
    match dialog.step:
        case Step.TITLE:
            draft = replace(draft, title="")
        case Step.LINK:
            draft = replace(draft, link=None)
        case _:
            raise OutOfDate
    return await _next(await scheduling.take(work, dialog, draft), work)


async def go_back(dialog: Dialog, work: Work) -> Reply:
    """The question before."""
    return await _next(await scheduling.go_back(work, dialog), work)


async def save(dialog: Dialog, work: Work) -> Reply:
    """The last button."""
    planned = await scheduling.save(work, dialog)
    group = await get_managed(work, planned[0].group_id, Permission.RUN_EVENTS)
    return Reply(edit=scheduling_preview.saved(planned, group, work.zone, work.language))


async def turn_week(dialog: Dialog, week: int, work: Work) -> Reply:
    """Other days to choose from."""
    if dialog.step != Step.DAY:
        raise OutOfDate
    return Reply(step=await question(dialog, work, week))


async def _next(dialog: Dialog, work: Work) -> Reply:
    return Reply(step=await question(dialog, work))


async def question(dialog: Dialog, work: Work, week: int = 0) -> Message:
    """The question a dialog is at."""
    if dialog.step == Step.PREVIEW:
        shown = await scheduling.get_preview(work, dialog)
        return scheduling_preview.preview(shown, dialog.revision, work.zone, work.language)
    today = work.now.astimezone(ZoneInfo(work.zone)).date()
    draft, step = await scheduling.get_draft(work, dialog), Step(dialog.step)
    return texts.ask(draft, step, dialog.revision, today, work.zone, work.language, week)


FLOW = Flow(back=go_back, skip=skip, hand_in=save)

ROUTES: list[Route] = [
    ButtonPress(NewSession, new, Permission.RUN_EVENTS),
    DialogInput(scheduling.DIALOG, typed, Permission.RUN_EVENTS, again=question),
]
