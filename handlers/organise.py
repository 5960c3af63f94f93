"""What organisers can ask about all groups: the cockpit, and the sections that open from it."""

from collections.abc import Awaitable, Callable, Mapping

from domain.buttons.organise import AskWanted, Organise, OrganiseSection, Section, SetWanted, ShowProgress
from domain.errors import NotFound
from domain.permissions import Permission, can_anywhere
from handlers import audit, digest, erasing, exports, group_editing, homepage, roles, rounds, timings
from handlers.requests import ButtonRequest, CommandRequest, Reply
from handlers.routes import ButtonPress, Command, Route
from messages import organise as texts
from messages.markup import Message
from services import organise
from services.work import Work

SECTIONS: Mapping[Section, Callable[[Work], Awaitable[Message]]] = {
    Section.GROUPS: group_editing.section,
    Section.ROLES: roles.section,
    Section.ROUNDS: rounds.section,
    Section.TIMINGS: timings.section,
    Section.EXPORTS: exports.section,
    Section.AUDIT: audit.section,
    Section.LETTERS: audit.letters_section,
    Section.DIGEST: digest.section,
    Section.ERASING: erasing.section,
    Section.HOMEPAGE: homepage.section,
}
"""The first screen of each section; it checks the right itself."""


async def begin(request: CommandRequest, work: Work) -> Reply:
    """`/organise`."""
    del request
    if not can_anywhere(work.actor, Permission.EDIT_GROUPS):
        return Reply(message=texts.not_for_you(work.language))
    return Reply(message=await cockpit(work))


async def turn_page(request: ButtonRequest[Organise], work: Work) -> Reply:
    """Another page of the cockpit, or back to it."""
    return Reply(edit=await cockpit(work, request.action.page))


async def show_progress(request: ButtonRequest[ShowProgress], work: Work) -> Reply:
    """How one group is doing."""
    standing, wanted = await organise.get_standing(work, request.action.group_id)
    return Reply(edit=texts.progress_page(_entry(standing), wanted, work.zone, work.language))


async def open_section(request: ButtonRequest[OrganiseSection], work: Work) -> Reply:
    """A section of the cockpit."""
    screen = SECTIONS.get(request.action.section)
    if screen is None:
        raise NotFound
    return Reply(edit=await screen(work))


async def ask_wanted(request: ButtonRequest[AskWanted], work: Work) -> Reply:
    """How many webinars of each group?"""
    del request
    work.require(Permission.EDIT_GROUPS)
    return Reply(edit=texts.ask_wanted(await organise.get_wanted(work), work.language))


async def set_wanted(request: ButtonRequest[SetWanted], work: Work) -> Reply:
    """So many; the lights follow."""
    await organise.set_wanted(work, request.action.webinars)
    return Reply(edit=await cockpit(work))


async def cockpit(work: Work, page: int = 0) -> Message:
    """A page of the cockpit."""
    shown = await organise.get_cockpit(work, page)
    entries = [_entry(standing) for standing in shown.standings]
    sections, in_browser = SECTIONS.keys(), work.process.web_url is not None
    return texts.cockpit(entries, shown.wanted, shown.page, sections, work.zone, work.language, in_browser=in_browser)


def _entry(standing: organise.Standing) -> texts.Entry:
    return standing.group, standing.progress, standing.judgement


ROUTES: list[Route] = [
    Command("organise", begin, Permission.USE_BOT),
    ButtonPress(Organise, turn_page, Permission.EDIT_GROUPS),
    ButtonPress(ShowProgress, show_progress, Permission.EDIT_GROUPS),
    ButtonPress(OrganiseSection, open_section, Permission.EDIT_GROUPS),
    ButtonPress(AskWanted, ask_wanted, Permission.EDIT_GROUPS),
    ButtonPress(SetWanted, set_wanted, Permission.EDIT_GROUPS),
]
