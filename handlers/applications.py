"""Asking to join a group, and thinking better of it."""

from domain.buttons.applications import AskToJoin, Withdraw
from domain.dialogs import Dialog
from domain.groups import Asked
from domain.permissions import Permission
from handlers.dialogs import Flow
from handlers.groups import card as group_card
from handlers.requests import ButtonRequest, Reply, TextRequest
from handlers.routes import ButtonPress, DialogInput, Route
from messages import applications as texts
from messages import groups as group_texts
from messages.markup import Message
from services import applications, applying
from services.groups import get_group
from services.work import Work


async def ask(request: ButtonRequest[AskToJoin], work: Work) -> Reply:
    """The first question; or why not, on a fresh card."""
    begun = await applying.begin(work, request.action.group_id)
    if isinstance(begun, Dialog):
        return Reply(step=await _question(begun, work))
    why = group_texts.said_of(begun, work.language)
    return Reply(toast=why, alert=True, edit=await group_card(work, request.action.group_id))


async def typed(request: TextRequest, work: Work) -> Reply:
    """An answer."""
    dialog = await applying.answer(work, request.dialog, request.text)
    return Reply(step=await _question(dialog, work))


async def skip(dialog: Dialog, work: Work) -> Reply:
    """No answer to this one."""
    return Reply(step=await _question(await applying.skip(work, dialog), work))


async def go_back(dialog: Dialog, work: Work) -> Reply:
    """The question before."""
    return Reply(step=await _question(await applying.go_back(work, dialog), work))


async def hand_in(dialog: Dialog, work: Work) -> Reply:
    """The last button."""
    group_id = applying.group_of(dialog)
    outcome = await applying.hand_in(work, dialog)
    if isinstance(outcome, Asked):
        return Reply(edit=texts.handed_in(await get_group(work, group_id), work.language))
    why = group_texts.said_of(outcome, work.language)
    return Reply(toast=why, alert=True, edit=await group_card(work, group_id))


async def _question(dialog: Dialog, work: Work) -> Message:
    group = await get_group(work, applying.group_of(dialog))
    match dialog.step:
        case "motivation":
            return texts.ask_motivation(group, dialog.revision, work.language)
        case "affiliation":
            return texts.ask_affiliation(dialog.revision, work.language)
        case _:
            motivation, affiliation = applying.answered(dialog, "motivation"), applying.answered(dialog, "affiliation")
            name = work.person.name
            return texts.preview(group, name, motivation, affiliation, dialog.revision, work.language)


async def withdraw(request: ButtonRequest[Withdraw], work: Work) -> Reply:
    """Take the own application back."""
    application, outcome = await applications.withdraw(work, request.action.application_id)
    card = await group_card(work, application.group_id)
    return Reply(toast=texts.withdrawn(outcome, work.language), edit=card)


FLOW = Flow(back=go_back, skip=skip, hand_in=hand_in)

ROUTES: list[Route] = [
    ButtonPress(AskToJoin, ask, Permission.ASK_TO_JOIN),
    DialogInput(applying.DIALOG, typed, Permission.ASK_TO_JOIN, again=_question),
    ButtonPress(Withdraw, withdraw, Permission.WITHDRAW),
]
