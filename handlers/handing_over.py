"""Handing a group over: to a member or another coordinator, or just stepping down."""

from domain.buttons.roles import (
    AskHandOver,
    AskStepDown,
    HandOverAndLeave,
    HandOverAndStay,
    ListHeirs,
    StepDownForSure,
)
from domain.permissions import Permission
from domain.roles import NobodyElse, NotAnHeir
from handlers.groups import card as group_card
from handlers.requests import ButtonRequest, Reply
from handlers.routes import ButtonPress, Route
from messages import handing_over as texts
from messages.markup import Message
from services import handing_over as roles
from services.work import Work


async def section(work: Work, group_id: int) -> Message:
    """Who takes over? The section of a group's card."""
    return await _heirs(work, group_id, 0)


async def turn_heirs(request: ButtonRequest[ListHeirs], work: Work) -> Reply:
    """Another page, or back to the list."""
    return Reply(edit=await _heirs(work, request.action.group_id, request.action.page))


async def ask_hand_over(request: ButtonRequest[AskHandOver], work: Work) -> Reply:
    """Sure?"""
    heir = await roles.get_heir(work, request.action.group_id, request.action.person_id)
    return Reply(
        edit=texts.ask_hand_over(
            heir.group,
            heir.person,
            coordinates=heir.coordinates,
            leaves=heir.is_coordinator,
            language=work.language,
        )
    )


async def hand_over_and_leave(request: ButtonRequest[HandOverAndLeave], work: Work) -> Reply:
    """They take over, I go."""
    return await _hand_over(work, request.action.group_id, request.action.person_id, stays=False)


async def hand_over_and_stay(request: ButtonRequest[HandOverAndStay], work: Work) -> Reply:
    """They coordinate it, too."""
    return await _hand_over(work, request.action.group_id, request.action.person_id, stays=True)


async def _hand_over(work: Work, group_id: int, heir_id: int, *, stays: bool) -> Reply:
    heir = await roles.get_heir(work, group_id, heir_id)
    outcome = await roles.hand_over(work, group_id, heir_id, stays=stays)
    said = texts.handed_over(outcome, heir.person.name, work.language)
    if isinstance(outcome, NotAnHeir) or stays:
        return Reply(toast=said, edit=await _heirs(work, group_id, 0))
    return Reply(toast=said, edit=await group_card(work, group_id))


async def ask_step_down(request: ButtonRequest[AskStepDown], work: Work) -> Reply:
    """Sure?"""
    heirs = await roles.list_heirs(work, request.action.group_id, 0)
    return Reply(edit=texts.ask_step_down(heirs.group, work.language))


async def step_down(request: ButtonRequest[StepDownForSure], work: Work) -> Reply:
    """No coordinator any more."""
    group_id = request.action.group_id
    outcome = await roles.step_down(work, group_id)
    said = texts.stepped_down(outcome, work.language)
    if isinstance(outcome, NobodyElse):
        return Reply(toast=said, alert=True, edit=await _heirs(work, group_id, 0))
    return Reply(toast=said, edit=await group_card(work, group_id))


async def _heirs(work: Work, group_id: int, page: int) -> Message:
    heirs = await roles.list_heirs(work, group_id, page)
    leaves = heirs.is_coordinator and len(heirs.coordinators) > 1
    return texts.heirs(heirs.group, heirs.people, heirs.coordinators, heirs.page, leaves=leaves, language=work.language)


ROUTES: list[Route] = [
    ButtonPress(ListHeirs, turn_heirs, Permission.HAND_OVER),
    ButtonPress(AskHandOver, ask_hand_over, Permission.HAND_OVER),
    ButtonPress(HandOverAndLeave, hand_over_and_leave, Permission.HAND_OVER),
    ButtonPress(HandOverAndStay, hand_over_and_stay, Permission.HAND_OVER),
    ButtonPress(AskStepDown, ask_step_down, Permission.HAND_OVER),
    ButtonPress(StepDownForSure, step_down, Permission.HAND_OVER),
]
