"""What people can ask about results: reading, reviewing, publishing."""

from typing import assert_never

from domain.buttons.results import AcceptResult, AskChanges, ListResults, PublishResult, ShowFile, ShowResult
from domain.dialogs import Dialog
from domain.errors import NotFound
from domain.permissions import Permission
from domain.results import AlreadyPublished, AlreadyReviewed, NotAccepted, Published, Review, Reviewed, Superseded
from handlers.requests import ButtonRequest, CommandRequest, Reply, TextRequest
from handlers.routes import ButtonPress, Command, DialogInput, Route, Where, marked
from messages import results as texts
from messages import reviews
from messages.markup import Message
from services import dialogs, results
from services.work import Work

REVIEW_DIALOG = "review"


async def list_(request: CommandRequest, work: Work) -> Reply:
    """`/results`."""
    del request
    return Reply(message=await first_page(work))


async def turn_page(request: ButtonRequest[ListResults], work: Work) -> Reply:
    """Newer, older, or back to the list."""
    return Reply(edit=await _page(work, request.action.page))


async def show(request: ButtonRequest[ShowResult], work: Work) -> Reply:
    """One result."""
    return Reply(edit=await card(work, request.action.result_id))


async def show_file(request: ButtonRequest[ShowFile], work: Work) -> Reply:
    """Its file, as a message of its own."""
    result = await results.get_result(work, request.action.result_id)
    if result.file_id is None:
        raise NotFound
    return Reply(message=texts.file(result))


async def accept(request: ButtonRequest[AcceptResult], work: Work) -> Reply:
    """Accept this version."""
    result_id = request.action.result_id
    outcome = await results.review(work, result_id, request.action.version, Review.ACCEPT)
    match outcome:
        case Reviewed():
            return Reply(toast=reviews.accepted(work.language))
        case AlreadyReviewed() | Superseded():
            return await _refuse(work, result_id, outcome)
        case _:
            assert_never(outcome)


async def ask_changes(request: ButtonRequest[AskChanges], work: Work) -> Reply:
    """Ask what is to be changed, unless somebody was faster."""
    result_id, version = request.action.result_id, request.action.version
    outcome = await results.check_review(work, result_id, version)
    if isinstance(outcome, AlreadyReviewed | Superseded):
        return await _refuse(work, result_id, outcome)
    dialog = await dialogs.go(work, REVIEW_DIALOG, "reason", {"result_id": result_id, "version": version})
    shown = await results.get_card(work, result_id)
    return Reply(step=reviews.ask_reason(shown.result.title, dialog.revision, work.language))


async def type_reason(request: TextRequest, work: Work) -> Reply:
    """The reason: with it the review counts, if nobody was faster meanwhile."""
    result_id, version = (int(str(request.dialog.data[name])) for name in ("result_id", "version"))
    outcome = await results.ask_changes(work, result_id, version, request.text)
    await dialogs.end(work)
    shown = await results.get_card(work, result_id)
    if isinstance(outcome, Reviewed):
        return Reply(step=reviews.changes_asked(shown.result.title, work.language))
    return Reply(step=reviews.too_late_message(shown, work.language))


async def _ask_reason_again(dialog: Dialog, work: Work) -> Message:
    shown = await results.get_card(work, int(str(dialog.data["result_id"])))
    return reviews.ask_reason(shown.result.title, dialog.revision, work.language)


async def publish(request: ButtonRequest[PublishResult], work: Work) -> Reply:
    """Make it public."""
    result_id = request.action.result_id
    outcome = await results.publish(work, result_id, request.action.version)
    match outcome:
        case Published():
            return Reply(toast=reviews.published(work.language))
        case AlreadyPublished() | Superseded():
            return await _refuse(work, result_id, outcome)
        case NotAccepted():
            return Reply(toast=reviews.not_accepted(work.language), alert=True, edit=await card(work, result_id))
        case _:
            assert_never(outcome)


async def _refuse(work: Work, result_id: int, outcome: AlreadyReviewed | AlreadyPublished | Superseded) -> Reply:
    """Say who was faster, or that the card is old; the newest takes its place."""
    shown = await results.get_card(work, result_id)
    fresh = texts.card(shown, work.zone, work.language)
    if isinstance(outcome, Superseded):
        return Reply(toast=reviews.out_of_date(work.language), edit=fresh)
    return Reply(toast=reviews.too_late(shown, work.language), alert=True, edit=fresh)


async def card(work: Work, result_id: int) -> Message:
    """The newest card of a result, for this person."""
    return texts.card(await results.get_card(work, result_id), work.zone, work.language)


async def first_page(work: Work) -> Message:
    """The newest results."""
    return await _page(work, 0)


async def _page(work: Work, page: int) -> Message:
    listed = await results.list_results(work, page)
    own = listed.own if work.place.is_private else []
    return texts.listed(listed.published, own, listed.codes, listed.page, work.zone, work.language)


ROUTES: list[Route] = [
    Command(
        "results", list_, Permission.SEE_PUBLIC, menu=marked("What the working groups have published"), where=Where.BOTH
    ),
    ButtonPress(ListResults, turn_page, Permission.SEE_PUBLIC),
    ButtonPress(ShowResult, show, Permission.SEE_PUBLIC),
    ButtonPress(ShowFile, show_file, Permission.SEE_PUBLIC),
    ButtonPress(AcceptResult, accept, Permission.REVIEW_RESULT),
    ButtonPress(AskChanges, ask_changes, Permission.REVIEW_RESULT),
    ButtonPress(PublishResult, publish, Permission.PUBLISH_RESULT),
    DialogInput(REVIEW_DIALOG, type_reason, Permission.REVIEW_RESULT, again=_ask_reason_again),
]
