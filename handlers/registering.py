"""Registering for a webinar, and taking it back."""

from domain.buttons.registering import ExportRegistrations, Register, TakeBack
from domain.permissions import Permission
from handlers import webinars
from handlers.requests import ButtonRequest, Reply
from handlers.routes import ButtonPress, Route
from messages import exports as export_texts
from messages import registering as texts
from services import registering
from services.work import Work


async def register(request: ButtonRequest[Register], work: Work) -> Reply:
    """A place, or the end of the waiting list."""
    outcome = await registering.register(work, request.action.webinar_id)
    card = await webinars.card(work, request.action.webinar_id)
    return Reply(toast=texts.registered(outcome, work.language), edit=card)


async def take_back(request: ButtonRequest[TakeBack], work: Work) -> Reply:
    """The place goes to whoever waits."""
    await registering.withdraw(work, request.action.webinar_id)
    card = await webinars.card(work, request.action.webinar_id)
    return Reply(toast=texts.withdrawn(work.language), edit=card)


async def send_file(request: ButtonRequest[ExportRegistrations], work: Work) -> Reply:
    """Who comes, for those who run the webinar."""
    await registering.order_file(work, request.action.webinar_id)
    return Reply(toast=export_texts.ordered(work.language))


ROUTES: list[Route] = [
    ButtonPress(Register, register, Permission.SUBSCRIBE),
    ButtonPress(TakeBack, take_back, Permission.SUBSCRIBE),
    ButtonPress(ExportRegistrations, send_file, Permission.EXPORT_MEMBERS),
]
