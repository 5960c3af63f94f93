"""What those who run a session can ask about who was there."""

from domain.buttons.attendance import MarkPresence, SaveAttendance, ShowAttendance
from domain.permissions import Permission
from handlers.requests import ButtonRequest, Reply
from handlers.routes import ButtonPress, Route
from messages import attendance as texts
from services import attendance
from services.work import Work


async def show(request: ButtonRequest[ShowAttendance], work: Work) -> Reply:
    """A page of those invited."""
    sheet = await attendance.get_sheet(work, request.action.session_id, request.action.page)
    return Reply(edit=texts.question(sheet, work.zone, work.language))


async def mark(request: ButtonRequest[MarkPresence], work: Work) -> Reply:
    """There, or not."""
    action = request.action
    sheet = await attendance.mark(work, action.session_id, action.person_id, action.presence, action.page)
    return Reply(edit=texts.question(sheet, work.zone, work.language))


async def save(request: ButtonRequest[SaveAttendance], work: Work) -> Reply:
    """That is all."""
    sheet = await attendance.save(work, request.action.session_id)
    card = texts.card(sheet, work.zone, work.language)
    return Reply(toast=texts.saved(work.language), edit=card, subject=attendance.card_of(sheet.session.id))


ROUTES: list[Route] = [
    ButtonPress(ShowAttendance, show, Permission.SEE_ATTENDANCE),
    ButtonPress(MarkPresence, mark, Permission.SEE_ATTENDANCE),
    ButtonPress(SaveAttendance, save, Permission.SEE_ATTENDANCE),
]
