"""What people can ask about calendars."""

from domain.buttons.calendar import EndAddress, NewAddress, SessionFile, WebinarFile
from domain.permissions import Permission
from handlers import webinars
from handlers.requests import ButtonRequest, Reply
from handlers.routes import ButtonPress, Route
from messages import calendar as texts
from messages.markup import Message
from services import calendar, calendar_address
from services.work import Work


async def send_webinar(request: ButtonRequest[WebinarFile], work: Work) -> Reply:
    """A webinar as a file."""
    await calendar.order_webinar(work, request.action.webinar_id)
    return Reply(toast=texts.ordered(work.language))


async def send_session(request: ButtonRequest[SessionFile], work: Work) -> Reply:
    """A session as a file."""
    await calendar.order_session(work, request.action.session_id)
    return Reply(toast=texts.ordered(work.language))


async def card_and_file(work: Work, webinar_id: int) -> Message:
    """`/start k_7`: what the button does where many see it, and the card it stands on."""
    await calendar.order_webinar(work, webinar_id)
    return await webinars.card(work, webinar_id)


async def new_address(request: ButtonRequest[NewAddress], work: Work) -> Reply:
    """Another address for one's calendar, or the first."""
    del request
    await calendar_address.renew(work)
    return Reply(toast=texts.address_ordered(work.language), edit=await screen(work))


async def end_address(request: ButtonRequest[EndAddress], work: Work) -> Reply:
    """No address any more."""
    del request
    await calendar_address.end(work)
    return Reply(toast=texts.ended(work.language), edit=await screen(work))


async def screen(work: Work) -> Message:
    """*My calendar*."""
    standing = await calendar_address.look(work)
    return texts.screen(standing.web, standing.since, work.zone, work.language)


ROUTES: list[Route] = [
    ButtonPress(WebinarFile, send_webinar, Permission.SEE_PUBLIC),
    ButtonPress(SessionFile, send_session, Permission.SEE_MATERIAL),
    ButtonPress(NewAddress, new_address, Permission.OWN_DATA),
    ButtonPress(EndAddress, end_address, Permission.OWN_DATA),
]
