"""What both sides of a review can say to each other."""

from typing import assert_never

from domain.buttons.results import AddComment, ListComments
from domain.comments import Added, Closed, TooMany
from domain.dialogs import Dialog
from domain.permissions import Permission
from handlers.requests import ButtonRequest, Reply, TextRequest
from handlers.routes import ButtonPress, DialogInput, Route
from messages import comments as texts
from messages.markup import Message
from services import comments, dialogs
from services.results import get_discussed
from services.work import Work

DIALOG = "comment"


async def begin(request: ButtonRequest[AddComment], work: Work) -> Reply:
    """Ask what is to be said, where there may be one more."""
    result_id = request.action.result_id
    outcome = await comments.check(work, result_id)
    if not isinstance(outcome, Added):
        return Reply(toast=_refusal(outcome, work.language), alert=True)
    return Reply(step=await _ask(await dialogs.go(work, DIALOG, "text", {"result_id": result_id}), work))


async def typed(request: TextRequest, work: Work) -> Reply:
    """The words: the other side is told."""
    result = await get_discussed(work, _result_id(request.dialog))
    outcome = await comments.add(work, result.id, request.text)
    await dialogs.end(work)
    if isinstance(outcome, Added):
        return Reply(step=texts.added(result.title, result.id, work.language))
    return Reply(step=texts.refused(_refusal(outcome, work.language), result.id, work.language))


def _refusal(outcome: TooMany | Closed, language: str) -> str:
    match outcome:
        case TooMany():
            return texts.too_many(language)
        case Closed():
            return texts.closed(language)
        case _:
            assert_never(outcome)


async def _ask(dialog: Dialog, work: Work) -> Message:
    result = await get_discussed(work, _result_id(dialog))
    return texts.ask(result.title, dialog.revision, work.language)


def _result_id(dialog: Dialog) -> int:
    return int(str(dialog.data["result_id"]))


async def list_(request: ButtonRequest[ListComments], work: Work) -> Reply:
    """A page of all comments."""
    listed = await comments.list_comments(work, request.action.result_id, request.action.page)
    return Reply(edit=texts.listed(listed.result, listed.comments, listed.names, listed.page, work.zone, work.language))


ROUTES: list[Route] = [
    ButtonPress(AddComment, begin, Permission.CO_AUTHOR),
    ButtonPress(ListComments, list_, Permission.CO_AUTHOR),
    DialogInput(DIALOG, typed, Permission.CO_AUTHOR, again=_ask),
]
