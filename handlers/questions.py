"""Asking the speakers of a webinar, and thinking better of it."""

from domain.buttons.questions import AskSpeakers, ListOwnQuestions, TakeQuestionBack
from domain.dialogs import Dialog
from domain.permissions import Permission
from domain.questions import MayAsk
from handlers.dialogs import Flow
from handlers.requests import ButtonRequest, Reply, TextRequest
from handlers.routes import ButtonPress, DialogInput, Route
from messages import questions as texts
from messages.markup import Message
from services import questions
from services.work import Work


async def ask(request: ButtonRequest[AskSpeakers], work: Work) -> Reply:
    """Which question? Or why there is none to be asked."""
    event, begun = await questions.begin(work, request.action.webinar_id)
    if isinstance(begun, Dialog):
        return Reply(step=await _question(begun, work))
    return Reply(
        toast=texts.not_asked(begun, work.language), alert=True, edit=texts.refused(begun, event, work.language)
    )


async def open_(work: Work, webinar_id: int) -> Reply:
    """The same, by a link."""
    event, begun = await questions.begin(work, webinar_id)
    if isinstance(begun, Dialog):
        return Reply(step=await _question(begun, work))
    return Reply(message=texts.refused(begun, event, work.language))


async def type_text(request: TextRequest, work: Work) -> Reply:
    """The question."""
    dialog = await questions.type_text(work, request.dialog, request.text)
    return Reply(step=await _question(dialog, work))


async def _back(dialog: Dialog, work: Work) -> Reply:
    return Reply(step=await _question(await questions.go_back(work, dialog), work))


async def _hand_in(dialog: Dialog, work: Work) -> Reply:
    event = await questions.get_asked(work, dialog)
    outcome = await questions.hand_in(work, dialog)
    if isinstance(outcome, MayAsk):
        return Reply(edit=texts.asked(event, work.language))
    return Reply(edit=texts.refused(outcome, event, work.language))


async def _question(dialog: Dialog, work: Work) -> Message:
    event = await questions.get_asked(work, dialog)
    if dialog.step == "text":
        return texts.ask(event, dialog.revision, work.language)
    return texts.preview(event, questions.text_of(dialog), dialog.revision, work.language)


async def list_own(request: ButtonRequest[ListOwnQuestions], work: Work) -> Reply:
    """My questions."""
    return Reply(edit=await _own(work, request.action.webinar_id, request.action.page))


async def take_back(request: ButtonRequest[TakeQuestionBack], work: Work) -> Reply:
    """One of them is not to be asked any more."""
    question = await questions.take_back(work, request.action.question_id)
    own = await _own(work, question.event_id, request.action.page)
    return Reply(toast=texts.taken_back(work.language), edit=own)


async def _own(work: Work, webinar_id: int, page: int) -> Message:
    return texts.own(await questions.list_own(work, webinar_id, page), work.language)


FLOW = Flow(back=_back, hand_in=_hand_in)

ROUTES: list[Route] = [
    ButtonPress(AskSpeakers, ask, Permission.ASK_SPEAKERS),
    DialogInput(questions.DIALOG, type_text, Permission.ASK_SPEAKERS, again=_question),
    ButtonPress(ListOwnQuestions, list_own, Permission.ASK_SPEAKERS),
    ButtonPress(TakeQuestionBack, take_back, Permission.OWN_DATA),
]
