"""What organisers can ask about their weekly summary: whether to get it."""

from domain.buttons.digest import StopDigest, WantDigest
from domain.permissions import Permission
from handlers.requests import ButtonRequest, Reply
from handlers.routes import ButtonPress, Route
from messages import digest as texts
from messages.markup import Message
from services import digest
from services.work import Work


async def section(work: Work) -> Message:
    """The section of the cockpit."""
    return texts.choice(wanted=await digest.is_wanted(work), zone=work.process.zone, language=work.language)


async def want(request: ButtonRequest[WantDigest], work: Work) -> Reply:
    """On or off."""
    wanted = bool(request.action.wanted)
    await digest.want(work, wanted=wanted)
    return Reply(toast=texts.chosen(wanted=wanted, language=work.language), edit=await section(work))


async def stop(request: ButtonRequest[StopDigest], work: Work) -> Reply:
    """Off, from below a summary, which stays as it is."""
    del request
    await digest.want(work, wanted=False)
    return Reply(toast=texts.chosen(wanted=False, language=work.language), alert=True)


ROUTES: list[Route] = [
    ButtonPress(WantDigest, want, Permission.EDIT_GROUPS),
    ButtonPress(StopDigest, stop, Permission.EDIT_GROUPS),
]
