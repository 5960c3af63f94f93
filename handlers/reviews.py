"""What reviewers and organisers can ask about a result: accept, ask for changes, publish, withdraw."""

from typing import assert_never

from domain.buttons.results import AcceptResult, AskChanges, PublishResult, WithdrawResult
from domain.dialogs import Dialog
from domain.errors import OutOfDate
from domain.permissions import Permission
from domain.reviews import (
    AlreadyPublished,
    AlreadyReviewed,
    AlreadyWithdrawn,
    NotAccepted,
    NotPublic,
    Published,
    Review,
    Reviewed,
    Superseded,
    Withdrawn,
)
from handlers.dialogs import Flow
from handlers.requests import ButtonRequest, Reply, TextRequest
from handlers.routes import ButtonPress, DialogInput, Route
from messages import results as cards
from messages import reviews as texts
from messages.markup import Message
from services import dialogs, results, reviews
from services.work import Work

REVIEW_DIALOG = "review"
WITHDRAW_DIALOG = "withdraw"

_TooLate = AlreadyReviewed | AlreadyPublished | AlreadyWithdrawn | Superseded


async def accept(request: ButtonRequest[AcceptResult], work: Work) -> Reply:
    """Accept this version."""
    result_id = request.action.result_id
    outcome = await reviews.review(work, result_id, request.action.version, Review.ACCEPT)
    match outcome:
        case Reviewed():
            return Reply(toast=texts.accepted(work.language))
        case AlreadyReviewed() | Superseded():
            return await _refuse(work, result_id, outcome)
        case _:
            assert_never(outcome)


async def ask_changes(request: ButtonRequest[AskChanges], work: Work) -> Reply:
    """Ask what is to be changed, unless somebody was faster."""
    result_id, version = request.action.result_id, request.action.version
    outcome = await reviews.check_review(work, result_id, version)
    if isinstance(outcome, AlreadyReviewed | Superseded):
        return await _refuse(work, result_id, outcome)
    dialog = await dialogs.go(work, REVIEW_DIALOG, "reason", {"result_id": result_id, "version": version})
    shown = await results.get_card(work, result_id)
    return Reply(step=texts.ask_reason(shown.result.title, dialog.revision, work.language))


async def type_reason(request: TextRequest, work: Work) -> Reply:
    """The reason: with it the review counts, if nobody was faster meanwhile."""
    result_id, version = (int(str(request.dialog.data[name])) for name in ("result_id", "version"))
    outcome = await reviews.ask_changes(work, result_id, version, request.text)
    await dialogs.end(work)
    shown = await results.get_card(work, result_id)
    if isinstance(outcome, Reviewed):
        return Reply(step=texts.changes_asked(shown.result.title, work.language))
    return Reply(step=texts.too_late_message(shown, work.language))


async def _ask_reason_again(dialog: Dialog, work: Work) -> Message:
    shown = await results.get_card(work, int(str(dialog.data["result_id"])))
    return texts.ask_reason(shown.result.title, dialog.revision, work.language)


async def publish(request: ButtonRequest[PublishResult], work: Work) -> Reply:
    """Make it public."""
    result_id = request.action.result_id
    outcome = await reviews.publish(work, result_id, request.action.version)
    match outcome:
        case Published():
            return Reply(toast=texts.published(work.language))
        case AlreadyPublished() | AlreadyWithdrawn() | Superseded():
            return await _refuse(work, result_id, outcome)
        case NotAccepted():
            return Reply(toast=texts.not_accepted(work.language), alert=True, edit=await _card(work, result_id))
        case _:
            assert_never(outcome)


async def _refuse(work: Work, result_id: int, outcome: _TooLate) -> Reply:
    """Say who was faster, or that the card is old; the newest takes its place."""
    shown = await results.get_card(work, result_id)
    fresh = cards.card(shown, work.zone, work.language)
    if isinstance(outcome, Superseded):
        return Reply(toast=texts.out_of_date(work.language), edit=fresh)
    return Reply(toast=texts.too_late(shown, work.language), alert=True, edit=fresh)


async def _card(work: Work, result_id: int) -> Message:
    return cards.card(await results.get_card(work, result_id), work.zone, work.language)


# --- Withdrawing ------------------------------------------------------------------------------


async def begin_withdrawal(request: ButtonRequest[WithdrawResult], work: Work) -> Reply:
    """Ask why, unless somebody was faster."""
    result_id, version = request.action.result_id, request.action.version
    outcome = await reviews.check_withdraw(work, result_id, version)
    if not isinstance(outcome, Withdrawn):
        return await _not_withdrawn(work, result_id, outcome)
    dialog = await dialogs.go(work, WITHDRAW_DIALOG, "reason", {"result_id": result_id, "version": version})
    return Reply(step=await _ask_withdrawal(dialog, work))


async def type_withdrawal(request: TextRequest, work: Work) -> Reply:
    """The reason; typed once more, it takes the place of the first."""
    data = {**request.dialog.data, "reason": reviews.read_withdrawal(request.text)}
    return Reply(step=await _ask_withdrawal(await dialogs.go(work, WITHDRAW_DIALOG, "sure", data), work))


async def _ask_withdrawal(dialog: Dialog, work: Work) -> Message:
    result = await results.get_result(work, _number(dialog, "result_id"), Permission.PUBLISH_RESULT)
    if dialog.step == "reason":
        return texts.ask_withdrawal(result.title, dialog.revision, work.language)
    return texts.confirm_withdrawal(result.title, str(dialog.data["reason"]), dialog.revision, work.language)


async def _back_to_reason(dialog: Dialog, work: Work) -> Reply:
    if dialog.step != "sure":
        raise OutOfDate
    return Reply(step=await _ask_withdrawal(await dialogs.go(work, WITHDRAW_DIALOG, "reason", dialog.data), work))


async def withdraw(dialog: Dialog, work: Work) -> Reply:
    """*Withdraw it*."""
    if dialog.step != "sure":
        raise OutOfDate
    result_id = _number(dialog, "result_id")
    outcome = await reviews.withdraw(work, result_id, _number(dialog, "version"), str(dialog.data["reason"]))
    await dialogs.end(work)
    if isinstance(outcome, Withdrawn):
        return Reply(toast=texts.withdrawn(work.language), edit=await _card(work, result_id))
    return await _not_withdrawn(work, result_id, outcome)


async def _not_withdrawn(work: Work, result_id: int, outcome: AlreadyWithdrawn | NotPublic | Superseded) -> Reply:
    match outcome:
        case AlreadyWithdrawn():
            toast = texts.already_withdrawn(await reviews.who_withdrew(work, result_id), work.language)
        case NotPublic():
            toast = texts.not_public(work.language)
        case Superseded():
            toast = texts.out_of_date(work.language)
        case _:
            assert_never(outcome)
    return Reply(toast=toast, alert=True, edit=await _card(work, result_id))


def _number(dialog: Dialog, name: str) -> int:
    return int(str(dialog.data[name]))


WITHDRAW_FLOW = Flow(back=_back_to_reason, hand_in=withdraw)

ROUTES: list[Route] = [
    ButtonPress(AcceptResult, accept, Permission.REVIEW_RESULT),
    ButtonPress(AskChanges, ask_changes, Permission.REVIEW_RESULT),
    ButtonPress(PublishResult, publish, Permission.PUBLISH_RESULT),
    ButtonPress(WithdrawResult, begin_withdrawal, Permission.PUBLISH_RESULT),
    DialogInput(REVIEW_DIALOG, type_reason, Permission.REVIEW_RESULT, again=_ask_reason_again),
    DialogInput(WITHDRAW_DIALOG, type_withdrawal, Permission.PUBLISH_RESULT, again=_ask_withdrawal),
]
