"""What people can ask about working groups."""

from domain.buttons.groups import Leave, LeaveForSure, ListGroups, ShowGroup
from domain.groups import AlreadyMember
from domain.permissions import Permission
from handlers.requests import ButtonRequest, CommandRequest, Reply
from handlers.routes import ButtonPress, Command, Route, Where, marked
from messages import groups as texts
from messages.markup import Message
from services import groups, seats
from services.work import Work


async def join(request: CommandRequest, work: Work) -> Reply:
    """`/join`."""
    del request
    return Reply(message=await _page(work, 0))


async def turn_page(request: ButtonRequest[ListGroups], work: Work) -> Reply:
    """Previous, next, or back to the list."""
    return Reply(edit=await _page(work, request.action.page))


async def show(request: ButtonRequest[ShowGroup], work: Work) -> Reply:
    """The card of one group."""
    return Reply(edit=await card(work, request.action.group_id))


async def ask_before_leaving(request: ButtonRequest[Leave], work: Work) -> Reply:
    """What follows from leaving; an old card of somebody who has left is made fresh."""
    shown = await groups.get_card(work, request.action.group_id)
    if not isinstance(shown.standing, AlreadyMember):
        return Reply(edit=_card(shown, work))
    return Reply(edit=texts.leaving(shown.group, shown.waiting, work.language))


async def leave(request: ButtonRequest[LeaveForSure], work: Work) -> Reply:
    """Give the seat back."""
    outcome = await seats.leave(work, request.action.group_id)
    return Reply(toast=texts.left(outcome, work.language), edit=await card(work, request.action.group_id))


async def card(work: Work, group_id: int) -> Message:
    """The newest card of a group, for this person."""
    return _card(await groups.get_card(work, group_id), work)


def _card(shown: groups.Card, work: Work) -> Message:
    return texts.card(
        shown.group,
        shown.members,
        shown.webinar,
        shown.standing,
        shown.application_id,
        work.zone,
        work.language,
        access=shown.access,
    )


async def first_page(work: Work) -> Message:
    """The first groups."""
    return await _page(work, 0)


async def _page(work: Work, page: int) -> Message:
    listed = await groups.list_groups(work, page)
    entries = [(entry.group, entry.members, entry.webinar) for entry in listed.entries]
    return texts.listed(entries, listed.page, work.zone, work.language)


ROUTES: list[Route] = [
    Command("join", join, Permission.SEE_PUBLIC, menu=marked("The working groups"), where=Where.BOTH),
    ButtonPress(ListGroups, turn_page, Permission.SEE_PUBLIC),
    ButtonPress(ShowGroup, show, Permission.SEE_PUBLIC),
    ButtonPress(Leave, ask_before_leaving, Permission.SEE_PUBLIC),
    ButtonPress(LeaveForSure, leave, Permission.SEE_PUBLIC),
]
