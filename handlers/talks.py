"""What presenters can say about their talk, and what coordinators can see of it."""

from domain.buttons.talks import (
    AnswerRecording,
    AskDecline,
    CheckFails,
    CheckWorks,
    ConfirmTalk,
    Consent,
    DeclineTalk,
    EditTalk,
    GetSlides,
    ListTalks,
    SendSlides,
    ShowTalk,
)
from domain.dialogs import Dialog
from domain.errors import NotFound
from domain.permissions import Permission
from handlers.dialogs import Flow
from handlers.requests import ButtonRequest, FileRequest, Reply, TextRequest
from handlers.routes import ButtonPress, DialogInput, Route
from messages import talk_lists as lists
from messages import talking as questions
from messages import talks as texts
from messages.markup import Message
from services import talking, talks
from services.manage import get_managed
from services.talking import Question
from services.work import Work


async def show(request: ButtonRequest[ShowTalk], work: Work) -> Reply:
    """One talk."""
    return await _reply(work, request.action.talk_id)


async def _reply(work: Work, talk_id: int, toast: str = "", *, alert: bool = False) -> Reply:
    """The newest card in place; the presenter's own edits itself from then on."""
    shown = await talks.get_card(work, talk_id)
    own = shown.talk.person_id == work.person.id
    subject = talks.subject(talk_id) if own else ""
    return Reply(toast=toast, alert=alert, edit=await card(work, talk_id), subject=subject)


async def confirm(request: ButtonRequest[ConfirmTalk], work: Work) -> Reply:
    """I will speak."""
    outcome = await talks.confirm(work, request.action.talk_id)
    return await _reply(work, request.action.talk_id, texts.confirmed(outcome, work.language))


async def ask_decline(request: ButtonRequest[AskDecline], work: Work) -> Reply:
    """Sure?"""
    talk, event = await talks.get_talk(work, request.action.talk_id, own=True)
    return Reply(edit=texts.ask_decline(talk, event, work.language))


async def decline(request: ButtonRequest[DeclineTalk], work: Work) -> Reply:
    """I cannot speak."""
    outcome = await talks.decline(work, request.action.talk_id)
    return await _reply(work, request.action.talk_id, texts.declined(outcome, work.language))


async def works(request: ButtonRequest[CheckWorks], work: Work) -> Reply:
    """The technical check went well."""
    return await _checked(work, request.action.talk_id, works=True)


async def fails(request: ButtonRequest[CheckFails], work: Work) -> Reply:
    """It did not."""
    return await _checked(work, request.action.talk_id, works=False)


async def _checked(work: Work, talk_id: int, *, works: bool) -> Reply:
    is_ahead = await talks.check(work, talk_id, works=works)
    return await _reply(work, talk_id, texts.checked(works, is_ahead, work.language), alert=not works)


async def get_slides(request: ButtonRequest[GetSlides], work: Work) -> Reply:
    """The file, as a message of its own."""
    talk, _ = await talks.get_talk(work, request.action.talk_id)
    if talk.slides_id is None:
        raise NotFound
    return Reply(message=lists.slides(talk, work.language))


# --- The questions ----------------------------------------------------------------------------


async def edit(request: ButtonRequest[EditTalk], work: Work) -> Reply:
    """The first question about the talk."""
    return Reply(step=_ask(await talking.begin(work, request.action.talk_id), work))


async def type_answer(request: TextRequest, work: Work) -> Reply:
    """Title, abstract, or who they are."""
    asked = await talking.answer(work, request.dialog, request.text)
    return await _after(asked, talking.talk_id_of(request.dialog), work)


async def answer_recording(request: ButtonRequest[AnswerRecording], work: Work) -> Reply:
    """Whether it may be recorded: the last question."""
    dialog = await talking.current(work, request.action.revision)
    asked = await talking.answer_recording(work, dialog, may=request.action.consent is Consent.YES)
    return await _after(asked, talking.talk_id_of(dialog), work)


async def _skip(dialog: Dialog, work: Work) -> Reply:
    return await _after(await talking.skip(work, dialog), talking.talk_id_of(dialog), work)


async def _back(dialog: Dialog, work: Work) -> Reply:
    return Reply(step=_ask(await talking.go_back(work, dialog), work))


async def _again(dialog: Dialog, work: Work) -> Message:
    return _ask(await talking.get_question(work, dialog), work)


async def _after(asked: Question | None, talk_id: int, work: Work) -> Reply:
    return Reply(step=_ask(asked, work) if asked else await card(work, talk_id))


def _ask(asked: Question, work: Work) -> Message:
    return questions.ask(asked.talk, asked.step, asked.steps, asked.revision, work.language)


async def send_slides(request: ButtonRequest[SendSlides], work: Work) -> Reply:
    """Which file?"""
    talk, dialog = await talking.begin_slides(work, request.action.talk_id)
    return Reply(step=questions.ask_slides(talk, dialog.revision, work.language))


async def type_instead(request: TextRequest, work: Work) -> Reply:
    """Words where a file is needed."""
    return Reply(step=await _slides_again(request.dialog, work))


async def take_slides(request: FileRequest, work: Work) -> Reply:
    """The file."""
    await talking.take_slides(work, request.dialog, request.file_id, request.name, is_photo=request.is_photo)
    return Reply(step=await card(work, talking.talk_id_of(request.dialog)))


async def _slides_again(dialog: Dialog, work: Work) -> Message:
    asked = await talking.get_question(work, dialog)
    return questions.ask_slides(asked.talk, asked.revision, work.language)


# --- Screens ----------------------------------------------------------------------------------


async def card(work: Work, talk_id: int) -> Message:
    """The newest state of a talk: for its presenter to act on, for others to look at."""
    shown = await talks.get_card(work, talk_id)
    if shown.talk.person_id == work.person.id:
        return texts.card(shown, work.now, work.zone, work.language)
    return lists.view(shown, work.zone, work.language)


async def first_page(work: Work) -> Message:
    """The person's own talk, or which of them."""
    mine = await talks.list_own(work)
    if len(mine) == 1:
        return await card(work, mine[0][0].id)
    return texts.own(mine, work.zone, work.language)


async def section(work: Work, group_id: int) -> Message:
    """The talks at the coming events of a group: the section of its card."""
    return await _page(work, group_id, 0)


async def turn_page(request: ButtonRequest[ListTalks], work: Work) -> Reply:
    """Another page, or back to the list."""
    return Reply(edit=await _page(work, request.action.group_id, request.action.page))


async def _page(work: Work, group_id: int, page: int) -> Message:
    group = await get_managed(work, group_id)
    listed = await talks.list_of_group(work, group_id, page)
    return lists.listed(group, listed.entries, listed.page, work.zone, work.language)


FLOW = Flow(back=_back, skip=_skip)
SLIDES_FLOW = Flow()

ROUTES: list[Route] = [
    ButtonPress(ShowTalk, show, Permission.EDIT_TALK),
    ButtonPress(ConfirmTalk, confirm, Permission.EDIT_TALK),
    ButtonPress(AskDecline, ask_decline, Permission.EDIT_TALK),
    ButtonPress(DeclineTalk, decline, Permission.EDIT_TALK),
    ButtonPress(CheckWorks, works, Permission.EDIT_TALK),
    ButtonPress(CheckFails, fails, Permission.EDIT_TALK),
    ButtonPress(GetSlides, get_slides, Permission.EDIT_TALK),
    ButtonPress(EditTalk, edit, Permission.EDIT_TALK),
    ButtonPress(AnswerRecording, answer_recording, Permission.EDIT_TALK),
    DialogInput(talking.DIALOG, type_answer, Permission.EDIT_TALK, again=_again),
    ButtonPress(SendSlides, send_slides, Permission.EDIT_TALK),
    DialogInput(
        talking.SLIDES_DIALOG,
        type_instead,
        Permission.EDIT_TALK,
        again=_slides_again,
        file=take_slides,
        file_steps=frozenset({"file"}),
    ),
    ButtonPress(ListTalks, turn_page, Permission.EDIT_TALK),
]
