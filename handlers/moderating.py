"""What moderators can do with the questions at a webinar; those who speak there look on."""

from domain.buttons.questions import (
    AnswerQuestion,
    ChooseSame,
    ListQuestions,
    MergeQuestion,
    MoveQuestion,
    OpenQuestions,
    ReopenQuestion,
    SettleQuestion,
    ShowQuestion,
)
from domain.dialogs import Dialog
from domain.errors import OutOfDate
from domain.permissions import Permission
from domain.questions import Question, Settled, SettledBefore
from handlers.requests import ButtonRequest, Reply, TextRequest
from handlers.routes import ButtonPress, DialogInput, Route
from messages import moderating as texts
from messages.markup import Message
from services import answering, moderating
from services.question_lists import subject_of
from services.work import Work


async def open_(request: ButtonRequest[OpenQuestions], work: Work) -> Reply:
    """The list as a message of its own; it edits itself from then on."""
    webinar_id = request.action.webinar_id
    return Reply(message=await _list(work, webinar_id), subject=subject_of(webinar_id))


async def turn_page(request: ButtonRequest[ListQuestions], work: Work) -> Reply:
    """A page in place. Only the first one edits itself: nobody is taken from the page they turned to."""
    webinar_id, page = request.action.webinar_id, request.action.page
    if page == 0:
        return await _back_to_list(work, webinar_id)
    shown = await _list(work, webinar_id, page)
    await moderating.leave(work, webinar_id)
    return Reply(edit=shown)


async def show(request: ButtonRequest[ShowQuestion], work: Work) -> Reply:
    """One question; the list stands still meanwhile."""
    return Reply(edit=await _detail(work, request.action.question_id))


async def move(request: ButtonRequest[MoveQuestion], work: Work) -> Reply:
    """One up or down."""
    action = request.action
    await moderating.move(work, action.question_id, action.place, action.way)
    return Reply(toast=texts.moved(action.way, work.language), edit=await _detail(work, action.question_id))


async def choose_same(request: ButtonRequest[ChooseSame], work: Work) -> Reply:
    """Which other one asks the same?"""
    question, others, page = await moderating.list_others(work, request.action.question_id, request.action.page)
    return Reply(edit=texts.choose_same(question, others, page, work.language))


async def merge(request: ButtonRequest[MergeQuestion], work: Work) -> Reply:
    """This one."""
    event = await moderating.merge(work, request.action.question_id, request.action.into_id)
    return await _back_to_list(work, event.id, texts.merged(work.language))


async def settle(request: ButtonRequest[SettleQuestion], work: Work) -> Reply:
    """Answered, or dropped; unless somebody was faster."""
    verdict = request.action.verdict
    question, outcome = await moderating.settle(work, request.action.question_id, verdict)
    if isinstance(outcome, Settled):
        return await _back_to_list(work, question.event_id, texts.settled(verdict, work.language), undo=question)
    why = await _why(work, question, outcome)
    return await _back_to_list(work, question.event_id, why, alert=True)


async def reopen(request: ButtonRequest[ReopenQuestion], work: Work) -> Reply:
    """It is not, after all."""
    event = await moderating.reopen(work, request.action.question_id)
    return await _back_to_list(work, event.id, texts.reopened(work.language))


# --- In writing -------------------------------------------------------------------------------


async def begin_answer(request: ButtonRequest[AnswerQuestion], work: Work) -> Reply:
    """What is the answer?"""
    entry, dialog = await answering.begin_answer(work, request.action.question_id)
    await moderating.leave(work, entry.head.event_id)
    return Reply(step=texts.ask_answer(entry, dialog.revision, work.language))


async def type_answer(request: TextRequest, work: Work) -> Reply:
    """The answer."""
    question, outcome, told = await answering.answer(work, request.dialog, request.text)
    box = await moderating.get_list(work, question.event_id, 0)
    if isinstance(outcome, Settled):
        return Reply(step=texts.answered(told, box, work.now, work.language))
    return Reply(step=texts.too_late(await _why(work, question, outcome), box, work.now, work.language))


async def _ask_again(dialog: Dialog, work: Work) -> Message:
    entry = await answering.get_answering(work, dialog)
    return texts.ask_answer(entry, dialog.revision, work.language)


# --- Screens ----------------------------------------------------------------------------------


async def _why(work: Work, question: Question, outcome: object) -> str:
    """Who was faster; raise OutOfDate where the question stands for itself no longer."""
    if not isinstance(outcome, SettledBefore):
        raise OutOfDate
    return texts.settled_before(outcome.state, await moderating.get_settler(work, question), work.language)


async def _list(work: Work, webinar_id: int, page: int = 0, undo: Question | None = None) -> Message:
    return texts.listed(await moderating.get_list(work, webinar_id, page), work.now, work.language, undo=undo)


async def _back_to_list(
    work: Work, webinar_id: int, toast: str = "", *, alert: bool = False, undo: Question | None = None
) -> Reply:
    """The list in place of what the message showed; it edits itself from then on."""
    shown = await _list(work, webinar_id, undo=undo)
    return Reply(toast=toast, alert=alert, edit=shown, subject=subject_of(webinar_id))


async def _detail(work: Work, question_id: int) -> Message:
    found = await moderating.get_detail(work, question_id)
    await moderating.leave(work, found.event.id)
    return texts.detail(found.entry, found.event, found.position, found.count, work.now, work.language)


ROUTES: list[Route] = [
    # Whoever is named as the moderator of a webinar may hold no role at all: who may is decided with the object.
    ButtonPress(OpenQuestions, open_, Permission.MODERATE_OWN),
    ButtonPress(ListQuestions, turn_page, Permission.MODERATE_OWN),
    ButtonPress(ShowQuestion, show, Permission.MODERATE_OWN),
    ButtonPress(MoveQuestion, move, Permission.MODERATE_OWN),
    ButtonPress(ChooseSame, choose_same, Permission.MODERATE_OWN),
    ButtonPress(MergeQuestion, merge, Permission.MODERATE_OWN),
    ButtonPress(SettleQuestion, settle, Permission.MODERATE_OWN),
    ButtonPress(ReopenQuestion, reopen, Permission.MODERATE_OWN),
    ButtonPress(AnswerQuestion, begin_answer, Permission.MODERATE_OWN),
    DialogInput(answering.DIALOG, type_answer, Permission.MODERATE_OWN, again=_ask_again),
]
