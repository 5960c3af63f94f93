"""What can be asked about earlier versions of a result."""

from domain.buttons.results import ShowVersion, ShowVersionFile
from domain.errors import NotFound
from domain.permissions import Permission
from handlers.requests import ButtonRequest, Reply
from handlers.routes import ButtonPress, Route
from messages import results as cards
from messages import versions as texts
from services import versions
from services.work import Work


async def show(request: ButtonRequest[ShowVersion], work: Work) -> Reply:
    """One version; newer and older ones are a press away."""
    shown = await versions.get_page(work, request.action.result_id, request.action.page)
    return Reply(edit=texts.shown(shown.version, shown.by, shown.page, work.zone, work.language))


async def show_file(request: ButtonRequest[ShowVersionFile], work: Work) -> Reply:
    """The file of a version, as a message of its own."""
    shown = await versions.get_page(work, request.action.result_id, request.action.page)
    if shown.version.file_id is None:
        raise NotFound
    return Reply(message=cards.file(shown.version))


ROUTES: list[Route] = [
    ButtonPress(ShowVersion, show, Permission.CO_AUTHOR),
    ButtonPress(ShowVersionFile, show_file, Permission.CO_AUTHOR),
]
