"""The webinars of a group for those who run it: the lists, the card of each, and what to do on the worst day."""

from domain.buttons.webinar_editing import ListOver, RunWebinar, Trouble
from domain.errors import OutOfDate
from domain.permissions import Permission
from domain.webinar_parts import is_worst_day
from handlers.requests import ButtonRequest, Reply
from handlers.routes import ButtonPress, Route
from messages import webinar_editing as texts
from messages.markup import Message
from services import webinar_running
from services.work import Work


async def section(work: Work, group_id: int, page: int = 0) -> Message:
    """A page of the webinars of a group, and the way to a new one."""
    listed = await webinar_running.list_current(work, group_id, page)
    return texts.current(
        listed.group,
        listed.webinars,
        listed.page,
        announced=listed.announced,
        wanted=listed.wanted,
        over=listed.over,
        now=work.now,
        zone=work.zone,
        language=work.language,
    )


async def list_over(request: ButtonRequest[ListOver], work: Work) -> Reply:
    """What is past or cancelled."""
    listed = await webinar_running.list_over(work, request.action.group_id, request.action.page)
    return Reply(edit=texts.over(listed.group, listed.webinars, listed.page, work.now, work.zone, work.language))


async def show(request: ButtonRequest[RunWebinar], work: Work) -> Reply:
    """The card of one webinar."""
    return Reply(edit=await card(work, request.action.webinar_id))


async def card(work: Work, webinar_id: int) -> Message:
    """Everything about a webinar, for those who run it."""
    run = await webinar_running.get_card(work, webinar_id)
    return texts.card(run.webinar, run.group, run.moderator, work.now, work.zone, work.language)


async def trouble(request: ButtonRequest[Trouble], work: Work) -> Reply:
    """What shall happen?"""
    webinar = await webinar_running.get_run(work, request.action.webinar_id)
    if not is_worst_day(webinar, work.now):
        raise OutOfDate
    return Reply(edit=texts.trouble(webinar, work.zone, work.language))


ROUTES: list[Route] = [
    ButtonPress(RunWebinar, show, Permission.RUN_EVENTS),
    ButtonPress(ListOver, list_over, Permission.RUN_EVENTS),
    ButtonPress(Trouble, trouble, Permission.RUN_EVENTS),
]
