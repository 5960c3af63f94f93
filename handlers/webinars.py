"""What people can ask about webinars."""

from domain.buttons.webinars import (
    FollowAll,
    ListWebinars,
    RemindMe,
    ShowFollowed,
    ShowWebinar,
    Subscribe,
    UnfollowAll,
    Unsubscribe,
)
from domain.permissions import Permission
from handlers.requests import ButtonRequest, CommandRequest, Reply
from handlers.routes import ButtonPress, Command, Route, Where, marked
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


async def show(request: ButtonRequest[ShowWebinar], work: Work) -> Reply:
    """The card of one webinar."""
    return Reply(edit=await card(work, request.action.webinar_id))


async def remind_me(request: ButtonRequest[RemindMe], work: Work) -> Reply:
    """Ask how wide the subscription shall be."""
    return Reply(edit=await how_wide(work, request.action.webinar_id))


async def how_wide(work: Work, webinar_id: int) -> Message:
    """What to be reminded of: this webinar, its group's, all."""
    shown = await webinars.get_card(work, webinar_id)
    return texts.how_wide(shown.webinar, shown.group_code, work.language)


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


async def show_followed(request: ButtonRequest[ShowFollowed], work: Work) -> Reply:
    """What I follow."""
    del request
    return Reply(edit=await _followed(work))


async def follow_all(request: ButtonRequest[FollowAll], work: Work) -> Reply:
    """Every webinar, also those to come."""
    del request
    await webinars.follow_all(work)
    leads = await settings.get_leads(work)
    return Reply(toast=texts.subscribed(leads, work.language), edit=await _followed(work))


async def unfollow_all(request: ButtonRequest[UnfollowAll], work: Work) -> Reply:
    """Nothing any more."""
    del request
    await webinars.unfollow_all(work)
    return Reply(toast=texts.unfollowed(work.language), edit=await _followed(work))


async def card(work: Work, webinar_id: int) -> Message:
    """The newest card of a webinar, for this person."""
    shown = await webinars.get_card(work, webinar_id)
    return texts.card(shown.webinar, shown.group_code, shown.following, work.now, work.zone, work.language)


async def first_page(work: Work) -> Message:
    """The soonest webinars."""
    return await _page(work, 0)


async def _followed(work: Work) -> Message:
    followed = await webinars.get_followed(work)
    return texts.followed(followed.everything, followed.group_codes, followed.webinars, work.language)


async def _page(work: Work, page: int) -> Message:
    listed = await webinars.list_upcoming(work, page)
    followed = listed.followed if work.place.is_private else frozenset[int]()
    return texts.upcoming(listed.webinars, followed, listed.page, listed.has_later, work.zone, work.language)


ROUTES: list[Route] = [
    Command("webinars", upcoming, Permission.SEE_PUBLIC, menu=marked("Upcoming webinars"), where=Where.BOTH),
    ButtonPress(ListWebinars, turn_page, Permission.SEE_PUBLIC),
    ButtonPress(ShowWebinar, show, Permission.SEE_PUBLIC),
    ButtonPress(RemindMe, remind_me, Permission.SEE_PUBLIC),
    ButtonPress(Subscribe, subscribe, Permission.SUBSCRIBE),
    ButtonPress(Unsubscribe, unsubscribe, Permission.SUBSCRIBE),
    ButtonPress(ShowFollowed, show_followed, Permission.SUBSCRIBE),
    ButtonPress(FollowAll, follow_all, Permission.SUBSCRIBE),
    ButtonPress(UnfollowAll, unfollow_all, Permission.SUBSCRIBE),
]
