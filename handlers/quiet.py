"""Quiet hours, and silence for a while."""

from domain.buttons.quiet import (
    AskQuiet,
    AskSilence,
    AskSilentUntil,
    NoQuiet,
    QuietFrom,
    QuietUntil,
    SilentFor,
    SilentUntil,
    SpeakAgain,
)
from domain.dialogs import Dialog
from domain.errors import OutOfDate
from domain.permissions import Permission
from domain.quiet import DAY, STEP
from handlers.parsing import read_day
from handlers.requests import ButtonRequest, Reply, TextRequest
from handlers.routes import ButtonPress, DialogInput, Route
from handlers.settings import screen
from messages import quiet as texts
from messages.markup import Message
from messages.settings import saved
from services import quiet
from services.work import Work


async def ask_begin(request: ButtonRequest[AskQuiet], work: Work) -> Reply:
    """From when?"""
    del request
    return Reply(edit=texts.ask_begin(work.person, work.language))


async def ask_end(request: ButtonRequest[QuietFrom], work: Work) -> Reply:
    """Until when?"""
    if request.action.begin not in range(0, DAY, STEP):
        raise OutOfDate
    return Reply(edit=texts.ask_end(request.action.begin, work.language))


async def set_hours(request: ButtonRequest[QuietUntil], work: Work) -> Reply:
    """Both are known."""
    work = await quiet.set_hours(work, request.action.begin, request.action.end)
    return Reply(toast=saved(work.language), edit=await screen(work))


async def end_hours(request: ButtonRequest[NoQuiet], work: Work) -> Reply:
    """None any more."""
    del request
    work = await quiet.end_hours(work)
    return Reply(toast=saved(work.language), edit=await screen(work))


async def ask_silence(request: ButtonRequest[AskSilence], work: Work) -> Reply:
    """How long?"""
    del request
    await quiet.leave_question(work, quiet.SILENCE_DIALOG)
    return Reply(edit=texts.ask_silence(work.person, work.zone, work.now, work.language))


async def silent_for(request: ButtonRequest[SilentFor], work: Work) -> Reply:
    """Some days."""
    return await _silenced(await quiet.be_silent_for(work, request.action.days))


async def ask_date(request: ButtonRequest[AskSilentUntil], work: Work) -> Reply:
    """Until which date?"""
    del request
    await quiet.begin_silence(work)
    return Reply(edit=texts.ask_date(work.language))


async def type_date(request: TextRequest, work: Work) -> Reply:
    """A date: shown back before it counts."""
    day = read_day(request.text, quiet.today_of(work), work.language)
    return Reply(message=texts.confirm_date(quiet.day_ahead(work, day.toordinal()), work.language))


async def _ask_date_again(dialog: Dialog, work: Work) -> Message:
    del dialog
    return texts.ask_date(work.language)


async def silent_until(request: ButtonRequest[SilentUntil], work: Work) -> Reply:
    """The date is right."""
    return await _silenced(await quiet.be_silent_until(work, request.action.day))


async def _silenced(work: Work) -> Reply:
    assert work.person.silent_until is not None  # noqa: S101 - it was just set
    toast = texts.silenced(work.person.silent_until, work.zone, work.language)
    return Reply(toast=toast, edit=await screen(work))


async def speak_again(request: ButtonRequest[SpeakAgain], work: Work) -> Reply:
    """The silence is over."""
    del request
    work = await quiet.speak_again(work)
    return Reply(toast=texts.speaking(work.language), edit=await screen(work))


ROUTES: list[Route] = [
    ButtonPress(AskQuiet, ask_begin, Permission.USE_BOT),
    ButtonPress(QuietFrom, ask_end, Permission.USE_BOT),
    ButtonPress(QuietUntil, set_hours, Permission.USE_BOT),
    ButtonPress(NoQuiet, end_hours, Permission.USE_BOT),
    ButtonPress(AskSilence, ask_silence, Permission.USE_BOT),
    ButtonPress(SilentFor, silent_for, Permission.USE_BOT),
    ButtonPress(AskSilentUntil, ask_date, Permission.USE_BOT),
    ButtonPress(SilentUntil, silent_until, Permission.USE_BOT),
    ButtonPress(SpeakAgain, speak_again, Permission.USE_BOT),
    DialogInput(quiet.SILENCE_DIALOG, type_date, Permission.USE_BOT, again=_ask_date_again),
]
