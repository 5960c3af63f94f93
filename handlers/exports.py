"""What organisers and coordinators can take away as files."""

from domain.buttons.exports import ExportMembers, ExportTable, ListExports
from domain.permissions import Permission
from handlers.requests import ButtonRequest, Reply
from handlers.routes import ButtonPress, Route
from messages import exports as texts
from messages.markup import Message
from services import exports
from services.work import Work


async def section(work: Work) -> Message:
    """The section of the cockpit."""
    return await _page(work, 0)


async def group_section(work: Work, group_id: int) -> Message:
    """The section of a group's card."""
    return texts.of_group(await exports.get_exportable(work, group_id), work.language)


async def turn_page(request: ButtonRequest[ListExports], work: Work) -> Reply:
    """Other groups."""
    return Reply(edit=await _page(work, request.action.page))


async def _page(work: Work, page: int) -> Message:
    listed = await exports.list_exports(work, page)
    return texts.choice([entry.group for entry in listed.entries], listed.page, work.language)


async def send_members(request: ButtonRequest[ExportMembers], work: Work) -> Reply:
    """The members of a group."""
    await exports.order_members(work, request.action.group_id)
    return Reply(toast=texts.ordered(work.language))


async def send_table(request: ButtonRequest[ExportTable], work: Work) -> Reply:
    """A table over all groups."""
    await exports.order_table(work, request.action.what)
    return Reply(toast=texts.ordered(work.language))


ROUTES: list[Route] = [
    ButtonPress(ListExports, turn_page, Permission.EDIT_GROUPS),
    ButtonPress(ExportMembers, send_members, Permission.EXPORT_MEMBERS),
    ButtonPress(ExportTable, send_table, Permission.EDIT_GROUPS),
]
