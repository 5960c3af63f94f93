"""The people of a group: who they are, whom the bot reaches, and taking a seat back."""

from domain.buttons.members import (
    ListPeople,
    ListSilent,
    Remove,
    RemoveForSure,
    RemoveWithReason,
    ShowPerson,
    UndoRemoval,
)
from domain.dialogs import Dialog
from domain.members import MOST_REASON, Removed, RemoveOutcome
from domain.permissions import Permission
from handlers.requests import ButtonRequest, Reply, TextRequest
from handlers.routes import ButtonPress, DialogInput, Route
from messages import members as texts
from messages.markup import Message
from services import dialogs, members
from services.work import Work

DIALOG = "remove"


async def turn_page(request: ButtonRequest[ListPeople], work: Work) -> Reply:
    """Previous, next, or back to the list."""
    return Reply(edit=await _people(work, request.action.group_id, request.action.page))


async def show(request: ButtonRequest[ShowPerson], work: Work) -> Reply:
    """One of them."""
    return Reply(edit=await _person(work, request.action.group_id, request.action.person_id))


async def turn_silent_page(request: ButtonRequest[ListSilent], work: Work) -> Reply:
    """Previous or next of those who hear nothing."""
    return Reply(edit=await _silent(work, request.action.group_id, request.action.page))


async def section(work: Work, group_id: int) -> Message:
    """Everybody who belongs to a group."""
    return await _people(work, group_id, 0)


async def reach_section(work: Work, group_id: int) -> Message:
    """Those whom the bot cannot or must not write to."""
    return await _silent(work, group_id, 0)


async def _people(work: Work, group_id: int, page: int) -> Message:
    listed = await members.list_people(work, group_id, page)
    return texts.people(listed.group, listed.people, listed.page, work.language)


async def _silent(work: Work, group_id: int, page: int) -> Message:
    listed = await members.list_people(work, group_id, page, silent=True)
    return texts.silent(listed.group, listed.people, listed.page, work.zone, work.language)


async def _person(work: Work, group_id: int, person_id: int) -> Message:
    shown = await members.get_person(work, group_id, person_id)
    return texts.person(shown.group, shown.person, shown.roles, shown.seated_at, work.zone, work.language)


# --- Removing ---------------------------------------------------------------------------------


async def ask_before(request: ButtonRequest[Remove], work: Work) -> Reply:
    """What follows from it, unless they cannot be removed now."""
    group_id, person_id = request.action.group_id, request.action.person_id
    outcome = await members.check_remove(work, group_id, person_id)
    if not isinstance(outcome, Removed):
        return await _not_removed(outcome, group_id, work)
    shown = await members.get_person(work, group_id, person_id)
    return Reply(edit=texts.ask_before_removing(shown.group, shown.person, shown.waiting, work.language))


async def remove(request: ButtonRequest[RemoveForSure], work: Work) -> Reply:
    """Take the seat back without a word."""
    group_id, person_id = request.action.group_id, request.action.person_id
    outcome, removal_id = await members.remove(work, group_id, person_id)
    if not isinstance(outcome, Removed):
        return await _not_removed(outcome, group_id, work)
    return Reply(edit=await _removed(work, group_id, removal_id))


async def ask_reason(request: ButtonRequest[RemoveWithReason], work: Work) -> Reply:
    """Why?"""
    group_id, person_id = request.action.group_id, request.action.person_id
    outcome = await members.check_remove(work, group_id, person_id)
    if not isinstance(outcome, Removed):
        return await _not_removed(outcome, group_id, work)
    dialog = await dialogs.go(work, DIALOG, "reason", {"group_id": group_id, "person_id": person_id})
    return Reply(step=await _question(dialog, work))


async def _not_removed(outcome: RemoveOutcome, group_id: int, work: Work) -> Reply:
    return Reply(toast=texts.not_removed(outcome, work.language), alert=True, edit=await _people(work, group_id, 0))


async def type_reason(request: TextRequest, work: Work) -> Reply:
    """The reason: with it the removal counts, if they are still there."""
    group_id, person_id = _about(request.dialog)
    outcome, removal_id = await members.remove(work, group_id, person_id, request.text)
    await dialogs.end(work)
    if not isinstance(outcome, Removed):
        return Reply(step=texts.not_removed_message(outcome, group_id, work.language))
    return Reply(step=await _removed(work, group_id, removal_id))


async def _question(dialog: Dialog, work: Work) -> Message:
    name = await members.get_name(work, *_about(dialog))
    return texts.ask_reason(name, MOST_REASON, dialog.revision, work.language)


async def _removed(work: Work, group_id: int, removal_id: int) -> Message:
    removed = await members.get_removed(work, group_id, removal_id)
    return texts.removed(removed.group, removed.name, removal_id, work.language)


def _about(dialog: Dialog) -> tuple[int, int]:
    return int(str(dialog.data["group_id"])), int(str(dialog.data["person_id"]))


async def undo(request: ButtonRequest[UndoRemoval], work: Work) -> Reply:
    """Give the seat back."""
    removal = await members.undo_removal(work, request.action.removal_id)
    return Reply(toast=texts.undone(work.language), edit=await _person(work, removal.group_id, removal.person_id))


ROUTES: list[Route] = [
    ButtonPress(ListPeople, turn_page, Permission.DECIDE_PEOPLE),
    ButtonPress(ShowPerson, show, Permission.DECIDE_PEOPLE),
    ButtonPress(ListSilent, turn_silent_page, Permission.DECIDE_PEOPLE),
    ButtonPress(Remove, ask_before, Permission.DECIDE_PEOPLE),
    ButtonPress(RemoveForSure, remove, Permission.DECIDE_PEOPLE),
    ButtonPress(RemoveWithReason, ask_reason, Permission.DECIDE_PEOPLE),
    DialogInput(DIALOG, type_reason, Permission.DECIDE_PEOPLE, again=_question),
    ButtonPress(UndoRemoval, undo, Permission.DECIDE_PEOPLE),
]
