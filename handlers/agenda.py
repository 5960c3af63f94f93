"""What people can ask about the agenda of a session: propose a point; take, drop and order those proposed."""

from domain.agenda import Over
from domain.buttons.agenda import DropPoint, MovePoint, OpenAgenda, ProposePoint, ShowAgenda, TakePoint
from domain.dialogs import Dialog
from domain.permissions import Permission
from handlers.requests import ButtonRequest, Reply, TextRequest
from handlers.routes import ButtonPress, DialogInput, Route
from messages import agenda as texts
from messages.markup import Message, below
from services import agenda
from services.groups import get_group
from services.sessions import get_session
from services.work import Work


async def show(request: ButtonRequest[ShowAgenda], work: Work) -> Reply:
    """A page of the points."""
    return Reply(edit=await _page(work, request.action.session_id, request.action.page))


async def open_(request: ButtonRequest[OpenAgenda], work: Work) -> Reply:
    """The points below the card of the session, which stays and edits itself."""
    return Reply(message=await _page(work, request.action.session_id))


async def begin(request: ButtonRequest[ProposePoint], work: Work) -> Reply:
    """The question for the text, or why there is none."""
    begun = await agenda.begin(work, request.action.session_id)
    if isinstance(begun, Dialog):
        return Reply(step=await question(begun, work))
    why = texts.proposed(begun, work.language)
    return Reply(toast=why, alert=True, edit=await _page(work, request.action.session_id))


async def typed(request: TextRequest, work: Work) -> Reply:
    """The text of a point."""
    session_id = agenda.session_of(request.dialog)
    outcome = await agenda.propose(work, request.dialog, request.text)
    said = texts.proposed(outcome, work.language)
    return Reply(step=below(said, await _page(work, session_id)))


async def take(request: ButtonRequest[TakePoint], work: Work) -> Reply:
    """Put a point on the agenda."""
    session, outcome = await agenda.take(work, request.action.point_id)
    page = await _page(work, session.id, request.action.page)
    return Reply(toast=texts.settled(outcome, work.language), edit=page)


async def drop(request: ButtonRequest[DropPoint], work: Work) -> Reply:
    """Drop a point, or withdraw it."""
    session, outcome = await agenda.drop(work, request.action.point_id)
    page = await _page(work, session.id, request.action.page)
    return Reply(toast=texts.settled(outcome, work.language), edit=page)


async def move(request: ButtonRequest[MovePoint], work: Work) -> Reply:
    """Up or down."""
    session, outcome = await agenda.move(work, request.action.point_id, request.action.by)
    toast = texts.settled(outcome, work.language) if isinstance(outcome, Over) else ""
    return Reply(toast=toast, edit=await _page(work, session.id, request.action.page))


async def _page(work: Work, session_id: int, page: int = 0) -> Message:
    return texts.points(await agenda.get_page(work, session_id, page), work.language)


async def question(dialog: Dialog, work: Work) -> Message:
    """The question a dialog is at."""
    session = await get_session(work, agenda.session_of(dialog), Permission.ANSWER_SESSION)
    group = await get_group(work, session.group_id)
    return texts.ask(session, group.code, dialog.revision, work.language)


ROUTES: list[Route] = [
    ButtonPress(ShowAgenda, show, Permission.SEE_MATERIAL),
    ButtonPress(OpenAgenda, open_, Permission.SEE_MATERIAL),
    ButtonPress(ProposePoint, begin, Permission.ANSWER_SESSION),
    ButtonPress(TakePoint, take, Permission.RUN_EVENTS),
    ButtonPress(DropPoint, drop, Permission.SEE_MATERIAL),
    ButtonPress(MovePoint, move, Permission.RUN_EVENTS),
    DialogInput(agenda.DIALOG, typed, Permission.ANSWER_SESSION, again=question),
]
