"""Handing in a result, question by question."""

from domain.buttons.results import (
    ChooseAccessible,
    ChooseGroup,
    ChooseKind,
    ChooseLanguage,
    DropFile,
    NameCoauthor,
    NewDraft,
    ResumeDraft,
    Revise,
    TurnCoauthors,
)
from domain.dialogs import Dialog
from domain.permissions import Permission
from domain.results import FileKind
from domain.submissions import Step
from handlers.dialogs import Flow
from handlers.requests import (
    ButtonRequest,
    CommandRequest,
    EditRequest,
    FileRequest,
    LateEditRequest,
    Reply,
    TextRequest,
)
from handlers.routes import ButtonPress, Command, DialogInput, Route, marked
from messages import submissions as texts
from messages.markup import Message
from services import submissions
from services.submissions import HandedIn
from services.work import Work


async def submit(request: CommandRequest, work: Work) -> Reply:
    """`/submit`."""
    del request
    return _ask(await submissions.begin(work), work)


async def resume(request: ButtonRequest[ResumeDraft], work: Work) -> Reply:
    """Go on with the draft."""
    return _ask(await submissions.resume(work, request.action.result_id), work)


async def begin_anew(request: ButtonRequest[NewDraft], work: Work) -> Reply:
    """Delete the draft and begin another."""
    return _ask(await submissions.begin_anew(work, request.action.result_id), work)


async def revise(request: ButtonRequest[Revise], work: Work) -> Reply:
    """Work on what came back."""
    return _ask(await submissions.revise(work, request.action.result_id), work)


async def choose_group(request: ButtonRequest[ChooseGroup], work: Work) -> Reply:
    """The group the result is for."""
    return _ask(await submissions.choose_group(work, request.action.group_id, request.action.revision), work)


async def choose_kind(request: ButtonRequest[ChooseKind], work: Work) -> Reply:
    """What sort of text it is."""
    return _ask(await submissions.choose_kind(work, request.action.kind, request.action.revision), work)


async def choose_language(request: ButtonRequest[ChooseLanguage], work: Work) -> Reply:
    """In which language it is written."""
    return _ask(await submissions.choose_language(work, request.action.language, request.action.revision), work)


async def choose_accessible(request: ButtonRequest[ChooseAccessible], work: Work) -> Reply:
    """Whether everybody can read the file."""
    return _ask(await submissions.choose_accessible(work, request.action.accessible, request.action.revision), work)


async def name_coauthor(request: ButtonRequest[NameCoauthor], work: Work) -> Reply:
    """With somebody, or without."""
    action = request.action
    return _ask(await submissions.name_coauthor(work, action.person_id, action.page, action.revision), work)


async def turn_coauthors(request: ButtonRequest[TurnCoauthors], work: Work) -> Reply:
    """Others of the group."""
    return _ask(await submissions.turn_coauthors(work, request.action.page, request.action.revision), work)


async def drop_file(request: ButtonRequest[DropFile], work: Work) -> Reply:
    """Without file or link."""
    return _ask(await submissions.drop_file(work, request.action.revision), work)


async def type_answer(request: TextRequest, work: Work) -> Reply:
    """Title, summary, or a link."""
    return _ask(await submissions.type_answer(work, request.dialog, request.text, request.message_id), work)


async def edit_answer(request: EditRequest, work: Work) -> Reply:
    """What was answered before, edited in the chat."""
    return _ask(await submissions.edit_answer(work, request.dialog, Step(request.step), request.text), work)


async def edit_handed_in(request: LateEditRequest, work: Work) -> Reply | None:
    """What was said before it was handed in, edited in the chat."""
    edited = await submissions.edit_handed_in(work, request.message_id, request.text)
    return Reply(message=texts.edited(edited.result, work.language, is_taken=edited.is_taken)) if edited else None


async def attach(request: FileRequest, work: Work) -> Reply:
    """A document or a photo."""
    kind = FileKind.PHOTO if request.is_photo else FileKind.DOCUMENT
    return _ask(await submissions.attach(work, request.dialog, request.file_id, request.name, kind), work)


async def _skip(dialog: Dialog, work: Work) -> Reply:
    return _ask(await submissions.skip(work, dialog), work)


async def _back(dialog: Dialog, work: Work) -> Reply:
    return _ask(await submissions.back(work, dialog), work)


async def _hand_in(dialog: Dialog, work: Work) -> Reply:
    outcome = await submissions.hand_in(work, dialog)
    if isinstance(outcome, HandedIn):
        return Reply(step=texts.handed_in(outcome.group_code, outcome.circle, work.language))
    return _ask(outcome, work)


async def _again(dialog: Dialog, work: Work) -> Message:
    return texts.question(await submissions.ask_again(work, dialog), work.language)


def _ask(asked: texts.Question, work: Work) -> Reply:
    return Reply(step=texts.question(asked, work.language))


FLOW = Flow(back=_back, skip=_skip, hand_in=_hand_in)

ROUTES: list[Route] = [
    Command("submit", submit, Permission.SUBMIT_RESULT, menu=marked("Hand in an interim result")),
    ButtonPress(ResumeDraft, resume, Permission.SUBMIT_RESULT),
    ButtonPress(NewDraft, begin_anew, Permission.SUBMIT_RESULT),
    ButtonPress(Revise, revise, Permission.SUBMIT_RESULT),
    ButtonPress(ChooseGroup, choose_group, Permission.SUBMIT_RESULT),
    ButtonPress(DropFile, drop_file, Permission.SUBMIT_RESULT),
    ButtonPress(ChooseKind, choose_kind, Permission.SUBMIT_RESULT),
    ButtonPress(ChooseLanguage, choose_language, Permission.SUBMIT_RESULT),
    ButtonPress(ChooseAccessible, choose_accessible, Permission.SUBMIT_RESULT),
    ButtonPress(NameCoauthor, name_coauthor, Permission.SUBMIT_RESULT),
    ButtonPress(TurnCoauthors, turn_coauthors, Permission.SUBMIT_RESULT),
    DialogInput(
        submissions.DIALOG,
        type_answer,
        Permission.SUBMIT_RESULT,
        again=_again,
        file=attach,
        file_steps=frozenset({Step.FILE, Step.ACCESSIBLE, Step.COAUTHORS, Step.PREVIEW}),
        edited=edit_answer,
        edited_late=edit_handed_in,
    ),
]
