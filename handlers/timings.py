"""When what is due: organisers look at it and change it."""

from domain.buttons.timings import ChooseTiming, ShowTiming
from domain.permissions import Permission
from handlers.requests import ButtonRequest, Reply
from handlers.routes import ButtonPress, Route
from messages import timings as texts
from messages.markup import Message
from services import timings
from services.work import Work


async def section(work: Work) -> Message:
    """All of them: the section of the cockpit."""
    return texts.listed(await timings.get_timings(work), work.language)


async def show(request: ButtonRequest[ShowTiming], work: Work) -> Reply:
    """One of them."""
    purpose = request.action.purpose
    return Reply(edit=texts.choice(purpose, await timings.get_timing(work, purpose), work.language))


async def choose(request: ButtonRequest[ChooseTiming], work: Work) -> Reply:
    """Another moment."""
    purpose, minutes = request.action.purpose, request.action.minutes
    await timings.choose(work, purpose, minutes)
    toast = texts.chosen(purpose, minutes, work.language)
    return Reply(toast=toast, edit=await section(work))


ROUTES: list[Route] = [
    ButtonPress(ShowTiming, show, Permission.EDIT_GROUPS),
    ButtonPress(ChooseTiming, choose, Permission.EDIT_GROUPS),
]
