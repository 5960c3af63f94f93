"""What I follow, and what comes next of it."""

from domain.buttons.following import FollowLanguage, ListFollowed, ListNext, StopFollowing
from domain.buttons.webinars import FollowAll, ShowFollowed, UnfollowAll
from domain.permissions import Permission
from handlers.requests import ButtonRequest, Reply
from handlers.routes import ButtonPress, Route
from handlers.webinars import card
from messages import following as texts
from messages.markup import Message
from messages.webinars import subscribed
from services import following, settings, webinars
from services.work import Work


async def show(request: ButtonRequest[ShowFollowed], work: Work) -> Reply:
    """What I follow."""
    del request
    return Reply(edit=await screen(work))


async def turn_page(request: ButtonRequest[ListFollowed], work: Work) -> Reply:
    """More of it."""
    return Reply(edit=await screen(work, request.action.page))


async def follow_all(request: ButtonRequest[FollowAll], work: Work) -> Reply:
    """Every webinar, also those to come."""
    del request
    await following.follow_all(work)
    leads = await settings.get_leads(work)
    return Reply(toast=subscribed(leads, work.language), edit=await screen(work))


async def follow_language(request: ButtonRequest[FollowLanguage], work: Work) -> Reply:
    """All webinars held in a language."""
    event = await following.follow_language(work, request.action.webinar_id, request.action.number)
    leads = await settings.get_leads(work)
    toast = subscribed(leads, work.language, ahead=webinars.leads_ahead(work, event, leads))
    return Reply(toast=toast, edit=await card(work, event.id))


async def stop(request: ButtonRequest[StopFollowing], work: Work) -> Reply:
    """Not this any more."""
    stopped = await following.stop_following(work, request.action.scope, request.action.target_id)
    toast = texts.stopped(_name_of(stopped, work), work.language)
    return Reply(toast=toast, edit=await screen(work, request.action.page))


async def unfollow_all(request: ButtonRequest[UnfollowAll], work: Work) -> Reply:
    """Nothing any more."""
    del request
    await following.unfollow_all(work)
    return Reply(toast=texts.unfollowed(work.language), edit=await screen(work))


async def list_next(request: ButtonRequest[ListNext], work: Work) -> Reply:
    """The next events and reminders."""
    coming, page = await following.list_next(work, request.action.page)
    entries = [(one.event, one.group_code, one.reminder_at) for one in coming]
    return Reply(edit=texts.coming(entries, page, work.zone, work.language))


async def screen(work: Work, page: int = 0) -> Message:
    """A page of what I follow."""
    followed = await following.get_followed(work, page)
    entries = [(one.scope, one.target_id, _name_of(one, work)) for one in followed.choices]
    return texts.followed(entries, followed.page, followed.everything, work.language)


def _name_of(choice: following.Choice, work: Work) -> str:
    return texts.name_of(choice.scope, choice.name, choice.event, work.language)


ROUTES: list[Route] = [
    ButtonPress(ShowFollowed, show, Permission.SUBSCRIBE),
    ButtonPress(ListFollowed, turn_page, Permission.SUBSCRIBE),
    ButtonPress(FollowAll, follow_all, Permission.SUBSCRIBE),
    ButtonPress(FollowLanguage, follow_language, Permission.SUBSCRIBE),
    ButtonPress(StopFollowing, stop, Permission.SUBSCRIBE),
    ButtonPress(UnfollowAll, unfollow_all, Permission.SUBSCRIBE),
    ButtonPress(ListNext, list_next, Permission.SUBSCRIBE),
]
