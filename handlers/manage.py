"""`/manage`: the card of a group for those who run it, and the way to everything they do there."""

from collections.abc import Awaitable, Callable, Mapping

from domain.buttons.manage import ListManaged, Manage, ManagePage, ManageSection, Section
from domain.errors import OutOfDate
from domain.permissions import Permission, can_anywhere
from handlers import (
    chats,
    chores,
    deciding,
    exports,
    finding,
    handing_over,
    invites,
    members,
    scheduling,
    talks,
    webinar_running,
)
from handlers.requests import ButtonRequest, CommandRequest, Reply
from handlers.routes import ButtonPress, Command, Route
from messages import manage as texts
from messages.markup import Message
from services import chat_section, manage, organise
from services.work import Work

SectionHandler = Callable[[Work, int], Awaitable[Message]]
"""(work, group id) -> the screen of a section. It checks the right to what it shows."""

PageHandler = Callable[[Work, int, int], Awaitable[Message]]
"""(work, group id, page) -> a page of a section that is a list."""


async def _submissions(work: Work, group_id: int, page: int = 0) -> Message:
    listed = await manage.list_submissions(work, group_id, page)
    return texts.submissions(listed.group, listed.results, listed.page, work.language)


PAGED: Mapping[Section, PageHandler] = {
    Section.WEBINARS: webinar_running.section,
    Section.SUBMISSIONS: _submissions,
    Section.SESSIONS: scheduling.section,
}

SECTIONS: Mapping[Section, SectionHandler] = {
    Section.TIME: finding.section,
    Section.REQUESTS: deciding.section,
    Section.PEOPLE: members.section,
    Section.WEBINARS: webinar_running.section,
    Section.SUBMISSIONS: _submissions,
    Section.SESSIONS: scheduling.section,
    Section.REACH: members.reach_section,
    Section.INVITES: invites.section,
    Section.TALKS: talks.section,
    Section.CHORES: chores.section,
    Section.HAND_OVER: handing_over.section,
    Section.EXPORT: exports.group_section,
    Section.CHAT: chats.section,
}
"""A section that is not here has no button."""


async def open_(request: CommandRequest, work: Work) -> Reply:
    """`/manage`: the one group, or which of them."""
    del request
    if not can_anywhere(work.actor, Permission.DECIDE_PEOPLE):
        return Reply(message=texts.nothing(work.language))
    return Reply(message=await _choice(work, 0))


async def choose(request: ButtonRequest[ListManaged], work: Work) -> Reply:
    """Previous, next, or the other groups."""
    return Reply(edit=await _choice(work, request.action.page))


async def _choice(work: Work, page: int) -> Message:
    listed = await manage.list_managed(work, page)
    if len(listed.groups) == listed.page.of == 1:
        return await card(work, listed.groups[0].id)
    return texts.choice(listed.groups, listed.page, work.language)


async def show(request: ButtonRequest[Manage], work: Work) -> Reply:
    """The card of one group."""
    await chat_section.leave(work, request.action.group_id)
    return Reply(edit=await card(work, request.action.group_id))


async def show_section(request: ButtonRequest[ManageSection], work: Work) -> Reply:
    """One of its sections."""
    await manage.get_managed(work, request.action.group_id)
    section = SECTIONS.get(request.action.section)
    if section is None:
        raise OutOfDate
    return Reply(edit=await section(work, request.action.group_id))


async def turn_page(request: ButtonRequest[ManagePage], work: Work) -> Reply:
    """Previous or next in a section that is a list."""
    page = PAGED.get(request.action.section)
    if page is None:
        raise OutOfDate
    return Reply(edit=await page(work, request.action.group_id, request.action.page))


async def card(work: Work, group_id: int) -> Message:
    """The newest state of a group, for those who run it."""
    shown = await manage.get_overview(work, group_id)
    wanted = await organise.get_wanted(work)
    standing = texts.standing(shown.group, **vars(shown.counted), wanted=wanted, language=work.language)
    others = await manage.list_managed(work, 0)
    return texts.card(
        shown.group,
        standing,
        shown.session,
        shown.webinar,
        SECTIONS,
        has_others=len(others.groups) > 1,
        zone=work.zone,
        language=work.language,
    )


ROUTES: list[Route] = [
    Command("manage", open_, Permission.USE_BOT),
    ButtonPress(ListManaged, choose, Permission.DECIDE_PEOPLE),
    ButtonPress(Manage, show, Permission.DECIDE_PEOPLE),
    ButtonPress(ManageSection, show_section, Permission.DECIDE_PEOPLE),
    ButtonPress(ManagePage, turn_page, Permission.DECIDE_PEOPLE),
]
