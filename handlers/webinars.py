"""What people can ask about webinars."""

from domain.buttons.webinars import (
    ListOfGroup,
    ListPastWebinars,
    ListWebinars,
    RemindMe,
    ShowWebinar,
    Subscribe,
    Unsubscribe,
)
from domain.permissions import Permission
from handlers.requests import ButtonRequest, CommandRequest, Reply
from handlers.routes import ButtonPress, Command, Route, Where, marked
from messages import following
from messages import webinar_lists as lists
from messages import webinars as texts
from messages.markup import Message
from services import settings, webinars
from services.work import Work


async def upcoming(request: CommandRequest, work: Work) -> Reply:
    """`/webinars`."""
    del request
    return Reply(message=await _page(work, 0))


async def turn_page(request: ButtonRequest[ListWebinars], work: Work) -> Reply:
    """Earlier, later, or back to the list."""
    return Reply(edit=await _page(work, request.action.page))


async def list_of_group(request: ButtonRequest[ListOfGroup], work: Work) -> Reply:
    """The webinars of one group."""
    listed = await webinars.list_upcoming(work, request.action.page, request.action.group_id)
    return Reply(edit=lists.upcoming(listed, work.zone, work.language))


async def list_past(request: ButtonRequest[ListPastWebinars], work: Work) -> Reply:
    """Those that have begun."""
    listed = await webinars.list_past(work, request.action.page, request.action.group_id)
    return Reply(edit=lists.past(listed, work.now, work.zone, work.language))


async def show(request: ButtonRequest[ShowWebinar], work: Work) -> Reply:
    """The card of one webinar."""
    return Reply(edit=await card(work, request.action.webinar_id))


async def remind_me(request: ButtonRequest[RemindMe], work: Work) -> Reply:
    """Ask how wide the subscription shall be."""
    return Reply(edit=await how_wide(work, request.action.webinar_id))


async def how_wide(work: Work, webinar_id: int) -> Message:
    """What to be reminded of: this webinar, its group's, all."""
    shown = await webinars.get_card(work, webinar_id)
    if not shown.webinar.is_to_start(work.now):  # a link that somebody found on an old card
        return texts.card(shown, work.now, work.zone, work.language)
    return following.how_wide(shown.webinar, shown.group.code if shown.group else "", work.language)


async def subscribe(request: ButtonRequest[Subscribe], work: Work) -> Reply:
    """Follow."""
    event = await webinars.subscribe(work, request.action.webinar_id, request.action.scope)
    leads = await settings.get_leads(work)
    toast = texts.subscribed(leads, work.language, ahead=webinars.leads_ahead(work, event, leads))
    return Reply(toast=toast, edit=await card(work, request.action.webinar_id))


async def unsubscribe(request: ButtonRequest[Unsubscribe], work: Work) -> Reply:
    """No reminder of this one."""
    await webinars.unsubscribe(work, request.action.webinar_id)
    return Reply(toast=texts.unsubscribed(work.language), edit=await card(work, request.action.webinar_id))


async def card(work: Work, webinar_id: int) -> Message:
    """The newest card of a webinar, for this person."""
    return texts.card(await webinars.get_card(work, webinar_id), work.now, work.zone, work.language)


async def first_page(work: Work) -> Message:
    """The soonest webinars."""
    return await _page(work, 0)


async def _page(work: Work, page: int) -> Message:
    return lists.upcoming(await webinars.list_upcoming(work, page), work.zone, work.language)


ROUTES: list[Route] = [
    Command("webinars", upcoming, Permission.SEE_PUBLIC, menu=marked("Upcoming webinars"), where=Where.BOTH),
    ButtonPress(ListWebinars, turn_page, Permission.SEE_PUBLIC),
    ButtonPress(ListOfGroup, list_of_group, Permission.SEE_PUBLIC),
    ButtonPress(ListPastWebinars, list_past, Permission.SEE_PUBLIC),
    ButtonPress(ShowWebinar, show, Permission.SEE_PUBLIC),
    ButtonPress(RemindMe, remind_me, Permission.SEE_PUBLIC),
    ButtonPress(Subscribe, subscribe, Permission.SUBSCRIBE),
    ButtonPress(Unsubscribe, unsubscribe, Permission.SUBSCRIBE),
]
