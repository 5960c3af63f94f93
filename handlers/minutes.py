"""What people can ask about minutes and about sessions that are over; those who run a session write them."""

from domain.buttons.minutes import ListPast, ReadMinutes, WriteMinutes
from domain.dialogs import Dialog
from domain.errors import NotReadable
from domain.minutes import Overtaken
from domain.permissions import Permission
from handlers.dialogs import Flow
from handlers.requests import ButtonRequest, FileRequest, Reply, TextRequest
from handlers.routes import ButtonPress, DialogInput, Route
from handlers.sessions import card
from messages import minutes as texts
from messages.markup import Message
from services import minutes, past
from services.groups import get_group
from services.sessions import get_session, subject_of
from services.work import Work


async def list_past(request: ButtonRequest[ListPast], work: Work) -> Reply:
    """Sessions that are over."""
    found = await past.list_past(work, request.action.page)
    entries = [(one.session, one.group_code, one.has_minutes) for one in found.entries]
    return Reply(edit=texts.past(entries, found.page, work.zone, work.language))


async def read(request: ButtonRequest[ReadMinutes], work: Work) -> Reply:
    """The minutes below the card, which stays and edits itself."""
    shown = await minutes.get_shown(work, request.action.session_id)
    if shown is None:
        return Reply(toast=texts.none_yet(work.language), alert=True)
    return Reply(message=texts.minutes(shown, work.zone, work.language))


async def write(request: ButtonRequest[WriteMinutes], work: Work) -> Reply:
    """The question, below the card."""
    return await _next(await minutes.begin(work, request.action.session_id), work)


async def typed(request: TextRequest, work: Work) -> Reply:
    """The minutes as text; also in the place of what the preview shows."""
    return await _next(await minutes.type_text(work, request.dialog, request.text), work)


async def attach(request: FileRequest, work: Work) -> Reply:
    """The minutes as a file."""
    if request.is_photo:
        raise NotReadable("document")
    return await _next(await minutes.attach(work, request.dialog, request.file_id, request.name), work)


async def go_back(dialog: Dialog, work: Work) -> Reply:
    """The question before."""
    return await _next(await minutes.go_back(work, dialog), work)


async def save(dialog: Dialog, work: Work) -> Reply:
    """The last button."""
    session_id = minutes.draft_of(dialog).session_id
    dialog, outcome = await minutes.save(work, dialog)
    toast = texts.saved(outcome, work.language)
    if isinstance(outcome, Overtaken):
        return Reply(toast=toast, alert=True, step=await question(dialog, work))
    return Reply(toast=toast, edit=await card(work, session_id), subject=subject_of(session_id))


async def _next(dialog: Dialog, work: Work) -> Reply:
    return Reply(step=await question(dialog, work))


async def question(dialog: Dialog, work: Work) -> Message:
    """The question a dialog is at."""
    draft = minutes.draft_of(dialog)
    session = await get_session(work, draft.session_id, Permission.RUN_EVENTS)
    code = (await get_group(work, session.group_id)).code
    if dialog.step == "preview":
        return texts.preview(session, code, draft, dialog.revision, work.language)
    return texts.ask(session, code, dialog.revision, work.language)


FLOW = Flow(back=go_back, hand_in=save)

ROUTES: list[Route] = [
    ButtonPress(ListPast, list_past, Permission.SEE_MATERIAL),
    ButtonPress(ReadMinutes, read, Permission.SEE_MATERIAL),
    ButtonPress(WriteMinutes, write, Permission.RUN_EVENTS),
    DialogInput(
        minutes.DIALOG,
        typed,
        Permission.RUN_EVENTS,
        again=question,
        file=attach,
        file_steps=frozenset({"text", "preview"}),
    ),
]
