"""What people can say after a webinar, and what coordinators make of it."""

from domain.buttons.feedback import ChooseWish, MakeResult, RateWebinar, WantRecording
from domain.permissions import Permission
from handlers.requests import ButtonRequest, Reply
from handlers.routes import ButtonPress, Route
from messages import feedback as texts
from messages import submissions
from services import feedback, summaries
from services.work import Work


async def rate(request: ButtonRequest[RateWebinar], work: Work) -> Reply:
    """How useful it was; the message asks on."""
    await feedback.rate(work, request.action.webinar_id, request.action.rating)
    return await _next(work, request.action.webinar_id, texts.rated(work.language))


async def choose(request: ButtonRequest[ChooseWish], work: Work) -> Reply:
    """What next; the message says thanks."""
    await feedback.choose(work, request.action.webinar_id, request.action.wish)
    return await _next(work, request.action.webinar_id, texts.rated(work.language))


async def want_recording(request: ButtonRequest[WantRecording], work: Work) -> Reply:
    """Recording and slides, now or as soon as they are there."""
    comes_now = await feedback.want_recording(work, request.action.webinar_id)
    return await _next(work, request.action.webinar_id, texts.wanted(comes_now, work.language))


async def _next(work: Work, webinar_id: int, toast: str) -> Reply:
    return Reply(toast=toast, edit=await feedback.get_survey(work, webinar_id))


async def make_result(request: ButtonRequest[MakeResult], work: Work) -> Reply:
    """The ordinary dialog of an interim result, with title and summary filled in."""
    asked = await summaries.make_result(work, request.action.webinar_id)
    return Reply(step=submissions.question(asked, work.language))


ROUTES: list[Route] = [
    ButtonPress(RateWebinar, rate, Permission.SUBSCRIBE),
    ButtonPress(ChooseWish, choose, Permission.SUBSCRIBE),
    ButtonPress(WantRecording, want_recording, Permission.SUBSCRIBE),
    ButtonPress(MakeResult, make_result, Permission.RUN_EVENTS),
]
