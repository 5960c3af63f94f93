"""Answering those who ask to join: the card, the lists, a reason for the no, and taking an answer back."""

from typing import assert_never

from domain.buttons.applications import (
    Accept,
    AnswerHere,
    Decline,
    DeclineWithReason,
    ListRequests,
    ListWaiting,
    UndoAnswer,
    Verdict,
)
from domain.dialogs import Dialog
from domain.groups import AlreadyDecided, DecideOutcome
from domain.members import MOST_REASON
from domain.permissions import Permission
from handlers.requests import ButtonRequest, Reply, TextRequest
from handlers.routes import ButtonPress, DialogInput, Route
from messages import deciding as texts
from messages.markup import Message
from services import applications, deciding, dialogs
from services.work import Work

DIALOG = "decline"


async def accept(request: ButtonRequest[Accept], work: Work) -> Reply:
    """A coordinator says yes; the card edits itself."""
    return await _decided(await applications.accept(work, request.action.application_id), work)


async def decline(request: ButtonRequest[Decline], work: Work) -> Reply:
    """A coordinator says no; the card edits itself."""
    return await _decided(await applications.decline(work, request.action.application_id), work)


async def undo(request: ButtonRequest[UndoAnswer], work: Work) -> Reply:
    """They take it back; the card edits itself."""
    await applications.undo(work, request.action.application_id)
    return Reply(toast=texts.undone(work.language))


async def answer_here(request: ButtonRequest[AnswerHere], work: Work) -> Reply:
    """The same, where the card took the place of a list."""
    application_id = request.action.application_id
    reply = await _follow(application_id, request.action.verdict, work)
    return Reply(toast=reply.toast, alert=reply.alert, edit=await _card(application_id, work))


async def _follow(application_id: int, verdict: Verdict, work: Work) -> Reply:
    match verdict:
        case Verdict.SHOW:
            return Reply()
        case Verdict.ACCEPT:
            return await _decided(await applications.accept(work, application_id), work)
        case Verdict.DECLINE:
            return await _decided(await applications.decline(work, application_id), work)
        case Verdict.UNDO:
            await applications.undo(work, application_id)
            return Reply(toast=texts.undone(work.language))
        case _:
            assert_never(verdict)


async def _decided(outcome: DecideOutcome, work: Work) -> Reply:
    """What came of it, or who was faster."""
    faster = await _who_was_faster(outcome, work)
    return Reply(toast=texts.decided(outcome, faster, work.language), alert=isinstance(outcome, AlreadyDecided))


async def _who_was_faster(outcome: DecideOutcome, work: Work) -> str | None:
    by = outcome.decided_by if isinstance(outcome, AlreadyDecided) else None
    return await applications.get_decider(work.tx, by)


async def _card(application_id: int, work: Work) -> Message:
    return texts.card_here(await deciding.get_shown(work, application_id), work.language)


# --- With a reason ----------------------------------------------------------------------------


async def ask_reason(request: ButtonRequest[DeclineWithReason], work: Work) -> Reply:
    """Why not? Unless somebody was faster."""
    application_id = request.action.application_id
    application, outcome = await applications.check_decline(work, application_id)
    if isinstance(outcome, AlreadyDecided):
        return await _decided(outcome, work)
    dialog = await dialogs.go(work, DIALOG, "reason", {"application_id": application.id})
    return Reply(step=await _question(dialog, work))


async def type_reason(request: TextRequest, work: Work) -> Reply:
    """The reason: with it the no counts, if nobody was faster meanwhile."""
    application_id = _application_of(request.dialog)
    outcome = await applications.decline(work, application_id, request.text)
    await dialogs.end(work)
    if isinstance(outcome, AlreadyDecided):
        shown = await deciding.get_shown(work, application_id)
        faster = await _who_was_faster(outcome, work)
        return Reply(step=texts.too_late(outcome, faster, shown.group.id, work.language))
    return Reply(step=await _card(application_id, work))


async def _question(dialog: Dialog, work: Work) -> Message:
    shown = await deciding.get_shown(work, _application_of(dialog))
    return texts.ask_reason(shown.applicant, MOST_REASON, dialog.revision, work.language)


def _application_of(dialog: Dialog) -> int:
    return int(str(dialog.data["application_id"]))


# --- Lists ------------------------------------------------------------------------------------


async def turn_page(request: ButtonRequest[ListRequests], work: Work) -> Reply:
    """Previous, next, or back to the list."""
    return Reply(edit=await _requests(work, request.action.group_id, request.action.page))


async def show_waiting(request: ButtonRequest[ListWaiting], work: Work) -> Reply:
    """Who waits for a seat, in which order."""
    listed = await deciding.list_waiting(work, request.action.group_id, request.action.page)
    return Reply(edit=texts.waiting_list(listed.group, listed.waiting, listed.page, work.language))


async def section(work: Work, group_id: int) -> Message:
    """The first open applications of a group."""
    return await _requests(work, group_id, 0)


async def _requests(work: Work, group_id: int, page: int) -> Message:
    listed = await deciding.list_requests(work, group_id, page)
    return texts.requests(listed.group, listed.asked, listed.waiting, listed.page, work.language)


ROUTES: list[Route] = [
    ButtonPress(Accept, accept, Permission.DECIDE_PEOPLE),
    ButtonPress(Decline, decline, Permission.DECIDE_PEOPLE),
    ButtonPress(UndoAnswer, undo, Permission.DECIDE_PEOPLE),
    ButtonPress(AnswerHere, answer_here, Permission.DECIDE_PEOPLE),
    ButtonPress(DeclineWithReason, ask_reason, Permission.DECIDE_PEOPLE),
    DialogInput(DIALOG, type_reason, Permission.DECIDE_PEOPLE, again=_question),
    ButtonPress(ListRequests, turn_page, Permission.DECIDE_PEOPLE),
    ButtonPress(ListWaiting, show_waiting, Permission.DECIDE_PEOPLE),
]
