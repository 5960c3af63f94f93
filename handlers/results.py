"""What people can ask about results: the list, the cards, the files."""

from domain.buttons.results import ListResults, ShowFile, ShowResult
from domain.errors import NotFound
from domain.permissions import Permission
from domain.results import ResultState
from handlers.requests import ButtonRequest, CommandRequest, Reply
from handlers.routes import ButtonPress, Command, Route, Where, marked
from messages import results as texts
from messages.markup import Message
from services import results
from services.work import Work


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
    if result.file_id is None or result.state is ResultState.WITHDRAWN:
        raise NotFound
    return Reply(message=texts.file(result))


async def card(work: Work, result_id: int) -> Message:
    """The newest card of a result, for this person."""
    return texts.card(await results.get_card(work, result_id), work.zone, work.language)


async def first_page(work: Work) -> Message:
    """The newest results."""
    return await _page(work, 0)


async def _page(work: Work, page: int) -> Message:
    listed = await results.list_results(work, page)
    own = listed.own if work.place.is_private else []
    return texts.listed(listed.published, own, listed.before, listed.codes, listed.page, work.zone, work.language)


ROUTES: list[Route] = [
    Command(
        "results", list_, Permission.SEE_PUBLIC, menu=marked("What the working groups have published"), where=Where.BOTH
    ),
    ButtonPress(ListResults, turn_page, Permission.SEE_PUBLIC),
    ButtonPress(ShowResult, show, Permission.SEE_PUBLIC),
    ButtonPress(ShowFile, show_file, Permission.SEE_PUBLIC),
]
