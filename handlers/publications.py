"""What organisers can ask around publishing, and what takes up Telegram's answers."""

from collections.abc import Mapping

from domain.buttons.publications import FileFound, PostDeleted, PostMade, Preview, ShowOutlets, ShowText, TryOutlet
from domain.errors import OutOfDate
from domain.permissions import Permission
from handlers.requests import Answer, ButtonRequest, Reply
from handlers.routes import ButtonPress, FollowUp, Route
from messages import publications as texts
from messages import social
from messages.languages import LANGUAGES
from messages.markup import Message
from services import publications, published_files, spreading
from services.work import Background, Work


async def preview(request: ButtonRequest[Preview], work: Work) -> Reply:
    """How it will look, before anybody sees it."""
    outlet = request.action.outlet
    seen = await spreading.preview(work, request.action.result_id, outlet)
    shown = texts.preview(seen.result, outlet, seen.shown, can_publish=seen.can_publish, language=work.language)
    return Reply(edit=shown)


async def show_outlets(request: ButtonRequest[ShowOutlets], work: Work) -> Reply:
    """Where it stands."""
    return Reply(edit=await _outlets(work, request.action.result_id))


async def try_outlet(request: ButtonRequest[TryOutlet], work: Work) -> Reply:
    """Once more."""
    is_owed = await spreading.try_again(work, request.action.result_id, request.action.outlet)
    toast = texts.trying(work.language, is_owed=is_owed)
    return Reply(toast=toast, edit=await _outlets(work, request.action.result_id))


async def show_text(request: ButtonRequest[ShowText], work: Work) -> Reply:
    """A text for a social network."""
    chosen = request.action.language
    if chosen not in LANGUAGES:
        raise OutOfDate
    shown = await spreading.look(work, request.action.result_id, chosen)
    screen = social.screen(shown.result, shown.group, shown.address, request.action.network, chosen, work.language)
    return Reply(edit=screen)


async def _outlets(work: Work, result_id: int) -> Message:
    shown = await spreading.look(work, result_id)
    return texts.outlets(shown.result, shown.standings, work.language)


# --- What Telegram answered -------------------------------------------------------------------


async def note_post(answer: Answer[PostMade], work: Background) -> None:
    """The post was made or changed, or was not."""
    await publications.note_post(work, answer.action.result_id, is_done=answer.is_done, reason=answer.reason)


async def note_deleted(answer: Answer[PostDeleted], work: Background) -> None:
    """A post was deleted; what Telegram does not delete any more is "done", too, with the reason."""
    is_gone = answer.is_done and "can't be deleted" not in answer.reason
    action = answer.action
    await publications.note_deleted(work, action.result_id, action.message_id, is_gone=is_gone, reason=answer.reason)


async def note_file(answer: Answer[FileFound], work: Background) -> None:
    """Where Telegram keeps a file, or why it is not to be had."""
    found = answer.value if isinstance(answer.value, Mapping) else {}
    result_id, mark = answer.action.result_id, answer.action.mark
    if answer.is_done and found.get("file_path"):
        await published_files.note_place(work, result_id, mark, str(found["file_path"]), int(found.get("file_size", 0)))
    else:
        await published_files.note_missing(work, result_id, mark, answer.reason or "no place named")


ROUTES: list[Route] = [
    ButtonPress(Preview, preview, Permission.PUBLISH_RESULT),
    ButtonPress(ShowOutlets, show_outlets, Permission.PUBLISH_RESULT),
    ButtonPress(TryOutlet, try_outlet, Permission.PUBLISH_RESULT),
    ButtonPress(ShowText, show_text, Permission.PUBLISH_RESULT),
    FollowUp(PostMade, note_post),
    FollowUp(PostDeleted, note_deleted),
    FollowUp(FileFound, note_file),
]
