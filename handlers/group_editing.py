"""What organisers can ask about the groups themselves: create, change part by part, close."""

from typing import assert_never

from domain.buttons.group_editing import (
    CloseForSure,
    CloseGroup,
    EditGroup,
    EditPart,
    ListEditable,
    NewGroup,
    ShowNames,
)
from domain.dialogs import Dialog
from domain.errors import OutOfDate
from domain.group_editing import (
    MOST_CODE,
    MOST_MEMBERS,
    MOST_THEME,
    MOST_TITLE,
    Answer,
    ChangedMeanwhile,
    CodeTaken,
    Saved,
    Step,
)
from domain.permissions import Permission
from domain.typed import one_line, paragraphs, within
from handlers.dialogs import Flow
from handlers.parsing import read_day, read_number
from handlers.requests import ButtonRequest, Reply, TextRequest
from handlers.routes import ButtonPress, DialogInput, Route
from messages import group_editing as texts
from messages import group_questions as questions
from messages.markup import Message
from services import dialogs, group_editing
from services.work import Work


async def section(work: Work) -> Message:
    """The section of the cockpit: all groups."""
    return await _page(work, 0)


async def turn_page(request: ButtonRequest[ListEditable], work: Work) -> Reply:
    """Another page of the groups."""
    return Reply(edit=await _page(work, request.action.page))


async def _page(work: Work, page: int) -> Message:
    listed = await group_editing.list_editable(work, page)
    return texts.listed([entry.group for entry in listed.entries], listed.page, work.language)


async def show(request: ButtonRequest[EditGroup], work: Work) -> Reply:
    """Everything about one group."""
    return Reply(edit=await _card(work, request.action.group_id))


async def _card(work: Work, group_id: int) -> Message:
    shown = await group_editing.get_editable(work, group_id)
    return texts.card(shown.group, shown.members, is_over=shown.is_over, language=work.language)


# --- Question by question ---------------------------------------------------------------------


async def create(request: ButtonRequest[NewGroup], work: Work) -> Reply:
    """A new group, from its first question or from where it was left."""
    del request
    return Reply(step=await _question(await group_editing.begin_new(work), work))


async def edit(request: ButtonRequest[EditPart], work: Work) -> Reply:
    """One part of a group."""
    action = request.action
    dialog = await group_editing.begin(work, action.group_id, action.part, action.language)
    return Reply(step=await _question(dialog, work))


async def typed(request: TextRequest, work: Work) -> Reply:
    """An answer. Where a button was to be pressed, the question is put again."""
    dialog, step = request.dialog, Step(request.dialog.step)
    if step in {Step.NAMES, Step.PREVIEW}:
        return Reply(step=await _question(dialog, work))
    draft = await group_editing.get_draft(work, dialog)
    given = _read(step, request.text, draft.group.least_members, work)
    return Reply(step=await _question(await group_editing.answer(work, dialog, given), work))


def _read(step: Step, text: str, least: int, work: Work) -> Answer:
    match step:
        case Step.CODE:
            return within(one_line(text), MOST_CODE)
        case Step.TITLE:
            return within(one_line(text), MOST_TITLE)
        case Step.THEME:
            return within(paragraphs(text), MOST_THEME)
        case Step.LEAST:
            return read_number(text, 1, MOST_MEMBERS)
        case Step.MOST:
            return read_number(text, least, MOST_MEMBERS)
        case Step.OPENS | Step.CLOSES:
            return read_day(text, work.today, work.language).isoformat()
        case Step.NAMES | Step.PREVIEW:
            raise OutOfDate
        case _:
            assert_never(step)


async def choose_names(request: ButtonRequest[ShowNames], work: Work) -> Reply:
    """Yes or no."""
    dialog = await dialogs.current(work, request.action.revision)
    if dialog.name != group_editing.DIALOG or dialog.step != Step.NAMES:
        raise OutOfDate
    return Reply(step=await _question(await group_editing.answer(work, dialog, bool(request.action.shows)), work))


async def skip(dialog: Dialog, work: Work) -> Reply:
    """*No date*."""
    if Step(dialog.step) not in {Step.OPENS, Step.CLOSES}:
        raise OutOfDate
    return Reply(step=await _question(await group_editing.answer(work, dialog, None), work))


async def go_back(dialog: Dialog, work: Work) -> Reply:
    """The question before."""
    return Reply(step=await _question(await group_editing.back(work, dialog), work))


async def save(dialog: Dialog, work: Work) -> Reply:
    """*Create* or *Save*."""
    outcome = await group_editing.save(work, dialog)
    match outcome:
        case Saved(group=group, is_new=True):
            return Reply(edit=texts.created(group, work.language))
        case Saved(group=group):
            return Reply(toast=texts.saved(outcome, work.language), edit=await _card(work, group.id))
        case CodeTaken():
            return Reply(toast=texts.not_saved(outcome, work.language), alert=True, step=await _question(dialog, work))
        case ChangedMeanwhile():
            await dialogs.end(work)
            card = await _card(work, int(str(dialog.data["group_id"])))
            return Reply(toast=texts.not_saved(outcome, work.language), alert=True, edit=card)
        case _:
            assert_never(outcome)


async def _question(dialog: Dialog, work: Work) -> Message:
    draft, steps, step = await group_editing.get_draft(work, dialog), group_editing.steps_of(dialog), Step(dialog.step)
    if step is Step.PREVIEW:
        return questions.preview(
            draft.group,
            draft.members,
            draft.moving_up,
            steps,
            dialog.revision,
            is_new=draft.is_new,
            language=work.language,
        )
    return questions.question(
        step,
        steps,
        draft.group,
        dialog.revision,
        is_new=draft.is_new,
        text_in=draft.language,
        language=work.language,
    )


# --- Closing ----------------------------------------------------------------------------------


async def ask_to_close(request: ButtonRequest[CloseGroup], work: Work) -> Reply:
    """What follows from closing."""
    return Reply(
        edit=texts.ask_to_close(
            **vars(await group_editing.get_closing(work, request.action.group_id)), language=work.language
        )
    )


async def close(request: ButtonRequest[CloseForSure], work: Work) -> Reply:
    """Close it."""
    group = await group_editing.close(work, request.action.group_id)
    return Reply(toast=texts.closed(work.language), edit=await _card(work, group.id))


FLOW = Flow(back=go_back, skip=skip, hand_in=save)

ROUTES: list[Route] = [
    ButtonPress(ListEditable, turn_page, Permission.EDIT_GROUPS),
    ButtonPress(EditGroup, show, Permission.EDIT_GROUPS),
    ButtonPress(NewGroup, create, Permission.EDIT_GROUPS),
    ButtonPress(EditPart, edit, Permission.EDIT_GROUPS),
    ButtonPress(ShowNames, choose_names, Permission.EDIT_GROUPS),
    ButtonPress(CloseGroup, ask_to_close, Permission.EDIT_GROUPS),
    ButtonPress(CloseForSure, close, Permission.EDIT_GROUPS),
    DialogInput(group_editing.DIALOG, typed, Permission.EDIT_GROUPS, again=_question),
]
