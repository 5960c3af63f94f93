"""What can be asked to correct a published result: question by question, and the organisers' answer."""

from domain.buttons.corrections import (
    ApproveCorrection,
    ChooseCorrectedAccessible,
    CorrectResult,
    DeclineCorrection,
    DropCorrectedFile,
    ShowCorrectionFile,
)
from domain.corrections import Corrected, Proposed, Step
from domain.dialogs import Dialog
from domain.errors import NotFound
from domain.permissions import Permission
from domain.results import FileKind
from handlers.dialogs import Flow
from handlers.requests import ButtonRequest, FileRequest, Reply, TextRequest
from handlers.results import card
from handlers.routes import ButtonPress, DialogInput, Route
from messages import corrections as texts
from messages import results as cards
from messages.corrections import Question
from messages.markup import Message
from services import corrections, dialogs, proposals
from services.work import Work


async def begin(request: ButtonRequest[CorrectResult], work: Work) -> Reply:
    """What is to be different?"""
    return _ask(await corrections.begin(work, request.action.result_id), work)


async def typed(request: TextRequest, work: Work) -> Reply:
    """Title, summary, link, or what was corrected."""
    return _ask(await corrections.type_answer(work, request.dialog, request.text), work)


async def attach(request: FileRequest, work: Work) -> Reply:
    """Another file."""
    kind = FileKind.PHOTO if request.is_photo else FileKind.DOCUMENT
    return _ask(await corrections.attach(work, request.dialog, request.file_id, request.name, kind), work)


async def drop_file(request: ButtonRequest[DropCorrectedFile], work: Work) -> Reply:
    """Without file or link."""
    return _ask(await corrections.drop_file(work, request.action.revision), work)


async def choose_accessible(request: ButtonRequest[ChooseCorrectedAccessible], work: Work) -> Reply:
    """Whether everybody can read the file."""
    return _ask(await corrections.choose_accessible(work, request.action.accessible, request.action.revision), work)


async def _skip(dialog: Dialog, work: Work) -> Reply:
    return _ask(await corrections.skip(work, dialog), work)


async def _back(dialog: Dialog, work: Work) -> Reply:
    return _ask(await corrections.back(work, dialog), work)


async def _again(dialog: Dialog, work: Work) -> Message:
    return texts.question(await corrections.ask_again(work, dialog), work.language)


def _ask(asked: Question, work: Work) -> Reply:
    return Reply(step=texts.question(asked, work.language))


async def hand_in(dialog: Dialog, work: Work) -> Reply:
    """*Correct it* or *Propose it*."""
    outcome = await corrections.hand_in(work, dialog)
    result_id = int(str(dialog.data["result_id"]))
    if isinstance(outcome, Corrected | Proposed):
        return Reply(step=texts.done(outcome, result_id, work.language))
    await dialogs.end(work)
    return Reply(toast=texts.why_not(outcome, {}, work.language), alert=True, edit=await card(work, result_id))


# --- The organisers' answer -------------------------------------------------------------------


async def approve(request: ButtonRequest[ApproveCorrection], work: Work) -> Reply:
    """Publish it."""
    outcome = await proposals.approve(work, request.action.correction_id)
    shown = await proposals.get_card(work, request.action.correction_id)
    toast = texts.why_not(outcome, shown.names, work.language)
    is_done = isinstance(outcome, Corrected)
    return Reply(toast=toast, alert=not is_done, edit=None if is_done else texts.card(shown, work.language))


async def decline(request: ButtonRequest[DeclineCorrection], work: Work) -> Reply:
    """Leave the result as it is."""
    outcome = await proposals.decline(work, request.action.correction_id)
    if outcome is None:
        return Reply(toast=texts.declined(work.language))
    shown = await proposals.get_card(work, request.action.correction_id)
    toast = texts.why_not(outcome, shown.names, work.language)
    return Reply(toast=toast, alert=True, edit=texts.card(shown, work.language))


async def show_file(request: ButtonRequest[ShowCorrectionFile], work: Work) -> Reply:
    """The proposed file, as a message of its own."""
    _, correction = await proposals.get_proposal(work, request.action.correction_id)
    if correction.file_id is None:
        raise NotFound
    return Reply(message=cards.file(correction))


FLOW = Flow(back=_back, skip=_skip, hand_in=hand_in)

ROUTES: list[Route] = [
    ButtonPress(CorrectResult, begin, Permission.CO_AUTHOR),
    ButtonPress(DropCorrectedFile, drop_file, Permission.CO_AUTHOR),
    ButtonPress(ChooseCorrectedAccessible, choose_accessible, Permission.CO_AUTHOR),
    ButtonPress(ApproveCorrection, approve, Permission.PUBLISH_RESULT),
    ButtonPress(DeclineCorrection, decline, Permission.PUBLISH_RESULT),
    ButtonPress(ShowCorrectionFile, show_file, Permission.PUBLISH_RESULT),
    DialogInput(
        corrections.DIALOG,
        typed,
        Permission.CO_AUTHOR,
        again=_again,
        file=attach,
        file_steps=frozenset({Step.FILE, Step.ACCESSIBLE, Step.SENTENCE, Step.PREVIEW}),
    ),
]
