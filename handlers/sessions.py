"""What people can ask about the sessions of their groups."""

from domain.buttons.sessions import AnswerSession, JoinSession, ListSessions, OpenSessions, ShowSession
from domain.permissions import Permission
from domain.sessions import LinkOpen
from handlers.requests import ButtonRequest, CommandRequest, Reply
from handlers.routes import ButtonPress, Command, Route, Where, marked
from messages import session_links, session_notices
from messages import sessions as texts
from messages.markup import Message
from services import sessions
from services.groups import get_group
from services.sessions import subject_of
from services.work import Work

__all__ = ["ROUTES", "card", "first_page", "subject_of"]


async def upcoming(request: CommandRequest, work: Work) -> Reply:
    """`/sessions`."""
    del request
    return Reply(message=await first_page(work))


async def turn_page(request: ButtonRequest[ListSessions], work: Work) -> Reply:
    """Earlier or later."""
    return Reply(edit=await _page(work, request.action.page))


async def open_list(request: ButtonRequest[OpenSessions], work: Work) -> Reply:
    """The list, below the card: the card stays and edits itself."""
    del request
    return Reply(message=await first_page(work))


async def show(request: ButtonRequest[ShowSession], work: Work) -> Reply:
    """The card of one session; from now on it edits itself."""
    return await _card_in_place(work, request.action.session_id)


async def answer(request: ButtonRequest[AnswerSession], work: Work) -> Reply:
    """I'll be there, maybe, can't."""
    session_id = request.action.session_id
    outcome = await sessions.answer(work, session_id, request.action.answer)
    toast = session_notices.answered(outcome, work.language)
    return await _card_in_place(work, session_id, toast) if work.place.is_private else Reply(toast=toast)


async def join(request: ButtonRequest[JoinSession], work: Work) -> Reply:
    """The join link for those it is for, when it is time."""
    session, outcome = await sessions.get_link(work, request.action.session_id)
    if not isinstance(outcome, LinkOpen):
        return Reply(toast=session_links.link_state(outcome, work.zone, work.language), alert=True)
    group = await get_group(work, session.group_id)
    return Reply(message=session_links.link(session, group.code, work.now, work.language))


async def _card_in_place(work: Work, session_id: int, toast: str = "") -> Reply:
    return Reply(toast=toast, edit=await card(work, session_id), subject=subject_of(session_id))


async def card(work: Work, session_id: int) -> Message:
    """The newest card of a session, for this person."""
    return texts.card(await sessions.get_card(work, session_id), work.now, work.zone, work.language)


async def first_page(work: Work) -> Message:
    """The soonest sessions."""
    return await _page(work, 0)


async def _page(work: Work, page: int) -> Message:
    listed = await sessions.list_upcoming(work, page)
    entries = [(entry.session, entry.group_code, entry.answer) for entry in listed.entries]
    if not work.place.is_private:
        return texts.upcoming_for_chat(entries, work.zone, work.language)
    return texts.upcoming(entries, listed.page, work.zone, work.language)


ROUTES: list[Route] = [
    Command("sessions", upcoming, Permission.USE_BOT, menu=marked("Sessions of your groups"), where=Where.BOTH),
    ButtonPress(ListSessions, turn_page, Permission.SEE_MATERIAL),
    ButtonPress(OpenSessions, open_list, Permission.SEE_MATERIAL),
    ButtonPress(ShowSession, show, Permission.SEE_MATERIAL),
    ButtonPress(AnswerSession, answer, Permission.ANSWER_SESSION, in_groups=True),
    ButtonPress(JoinSession, join, Permission.SEE_MATERIAL),
]
