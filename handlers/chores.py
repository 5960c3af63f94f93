"""What coordinators can ask about the chores of their group."""

from domain.buttons.chores import ListChores, TickOff, TickOffInList
from domain.chores import DoneBefore, TickOutcome
from domain.permissions import Permission
from handlers.requests import ButtonRequest, Reply
from handlers.routes import ButtonPress, Route
from messages import chores as texts
from messages.markup import Message
from services import chores
from services.applications import get_decider
from services.work import Work


async def section(work: Work, group_id: int) -> Message:
    """The oldest open chores of a group: the first screen of the section."""
    return await _page(work, group_id, 0)


async def turn_page(request: ButtonRequest[ListChores], work: Work) -> Reply:
    """Another page."""
    return Reply(edit=await _page(work, request.action.group_id, request.action.page))


async def tick_off(request: ButtonRequest[TickOff], work: Work) -> Reply:
    """Done; the card edits itself."""
    _, outcome = await chores.tick_off(work, request.action.chore_id)
    return Reply(toast=await _said(outcome, work), alert=isinstance(outcome, DoneBefore))


async def tick_off_in_list(request: ButtonRequest[TickOffInList], work: Work) -> Reply:
    """Done; the list shows what is left."""
    chore, outcome = await chores.tick_off(work, request.action.chore_id)
    return Reply(toast=await _said(outcome, work), edit=await _page(work, chore.group_id, request.action.page))


async def _said(outcome: TickOutcome, work: Work) -> str:
    by = await get_decider(work.tx, outcome.by) if isinstance(outcome, DoneBefore) else None
    return texts.ticked_off(outcome, by, work.language)


async def _page(work: Work, group_id: int, page: int) -> Message:
    listed = await chores.get_page(work, group_id, page)
    return texts.listed(listed.group, listed.entries, listed.page, work.language)


ROUTES: list[Route] = [
    ButtonPress(ListChores, turn_page, Permission.RUN_EVENTS),
    ButtonPress(TickOff, tick_off, Permission.RUN_EVENTS),
    ButtonPress(TickOffInList, tick_off_in_list, Permission.RUN_EVENTS),
]
