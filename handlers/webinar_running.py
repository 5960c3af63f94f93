"""The webinars of a group for those who run it: the lists, the card of each, and from there to every change."""

from domain.buttons.webinar_editing import (
    ChangePart,
    ChangeWebinar,
    GoOnWithDraft,
    ListOver,
    NewWebinar,
    Postpone,
    RunWebinar,
    Trouble,
)
from domain.dialogs import Dialog
from domain.errors import OutOfDate
from domain.permissions import Permission
from domain.webinar_edits import POSTPONED_BY
from domain.webinar_parts import is_worst_day
from handlers.requests import ButtonRequest, Reply
from handlers.routes import ButtonPress, Route
from handlers.webinar_questions import asked_next
from messages import webinar_editing as texts
from messages.markup import Message
from services import webinar_editing, webinar_running
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
    sees = run.sees_questions
    return texts.card(run.webinar, run.group, run.moderator, work.now, work.zone, work.language, sees_questions=sees)


async def trouble(request: ButtonRequest[Trouble], work: Work) -> Reply:
    """What shall happen?"""
    webinar = await webinar_running.get_run(work, request.action.webinar_id)
    if not is_worst_day(webinar, work.now):
        raise OutOfDate
    return Reply(edit=texts.trouble(webinar, work.zone, work.language))


# --- Beginning --------------------------------------------------------------------------------


async def new(request: ButtonRequest[NewWebinar], work: Work) -> Reply:
    """The first question."""
    return await asked_next(await webinar_editing.begin_new(work, request.action.group_id), work)


async def go_on(request: ButtonRequest[GoOnWithDraft], work: Work) -> Reply:
    """Where the draft was left."""
    return await asked_next(await webinar_editing.go_on(work, request.action.webinar_id), work)


async def begin(request: ButtonRequest[ChangeWebinar], work: Work) -> Reply:
    """What is to change?"""
    return await _begun(await webinar_editing.begin(work, request.action.webinar_id), work)


async def begin_part(request: ButtonRequest[ChangePart], work: Work) -> Reply:
    """Straight to one part."""
    return await _begun(await webinar_editing.begin(work, request.action.webinar_id, request.action.part), work)


async def postpone(request: ButtonRequest[Postpone], work: Work) -> Reply:
    """So many minutes later: only to be confirmed."""
    if request.action.minutes not in POSTPONED_BY:
        raise OutOfDate
    return await _begun(await webinar_editing.postpone(work, request.action.webinar_id, request.action.minutes), work)


async def _begun(dialog: Dialog | None, work: Work) -> Reply:
    if dialog is None:
        return Reply(toast=texts.nothing_to_change(work.language), alert=True)
    return await asked_next(dialog, work)


ROUTES: list[Route] = [
    ButtonPress(NewWebinar, new, Permission.RUN_EVENTS),
    ButtonPress(GoOnWithDraft, go_on, Permission.RUN_EVENTS),
    ButtonPress(ChangeWebinar, begin, Permission.RUN_EVENTS),
    ButtonPress(ChangePart, begin_part, Permission.RUN_EVENTS),
    ButtonPress(Postpone, postpone, Permission.RUN_EVENTS),
    ButtonPress(RunWebinar, show, Permission.RUN_EVENTS),
    ButtonPress(ListOver, list_over, Permission.RUN_EVENTS),
    ButtonPress(Trouble, trouble, Permission.RUN_EVENTS),
]
