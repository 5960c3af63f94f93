"""Erasing somebody else, who asked for it."""

from domain.buttons.erasing import BeginOrder, GoOn, PickFound, TurnFound
from domain.dialogs import Dialog
from domain.permissions import Permission
from handlers.dialogs import Flow
from handlers.requests import ButtonRequest, Reply, TextRequest
from handlers.routes import ButtonPress, DialogInput, Route
from messages import erasing as texts
from messages.markup import Message
from services import ordering
from services.work import Work


async def section(work: Work) -> Message:
    """When to do it: the section of the cockpit."""
    work.require(Permission.ERASE_OTHER)
    return texts.about(work.language)


async def begin(request: ButtonRequest[BeginOrder], work: Work) -> Reply:
    """Whose data?"""
    del request
    return await _ask(await ordering.begin(work), work)


async def type_name(request: TextRequest, work: Work) -> Reply:
    """A part of a name, or a number."""
    return await _ask(await ordering.look_for(work, request.dialog, request.text), work)


async def turn_page(request: ButtonRequest[TurnFound], work: Work) -> Reply:
    """Others who were found."""
    return await _ask(await ordering.turn(work, request.action.page, request.action.revision), work)


async def pick(request: ButtonRequest[PickFound], work: Work) -> Reply:
    """This person."""
    return await _ask(await ordering.pick(work, request.action.person_id, request.action.revision), work)


async def go_on(request: ButtonRequest[GoOn], work: Work) -> Reply:
    """Sure?"""
    return await _ask(await ordering.go_on(work, request.action.revision), work)


async def _back(dialog: Dialog, work: Work) -> Reply:
    return await _ask(await ordering.go_back(work, dialog), work)


async def _hand_in(dialog: Dialog, work: Work) -> Reply:
    person, outcome = await ordering.hand_in(work, dialog)
    return Reply(edit=texts.ordered(person, outcome, work.language))


async def _ask(dialog: Dialog, work: Work) -> Reply:
    return Reply(step=await _question(dialog, work))


async def _question(dialog: Dialog, work: Work) -> Message:
    asked = await ordering.get_question(work, dialog)
    revision, language = asked.revision, work.language
    if asked.person is None or asked.holds is None or asked.outcome is None:
        if asked.step == "found":
            return texts.found(asked.typed, asked.found, asked.page, revision, language)
        return texts.ask_name(revision, language)
    if asked.step == "sure":
        return texts.sure(asked.person, asked.outcome, revision, language)
    held, codes = asked.holds, asked.holds.group_codes
    holds = texts.holdings(held.actor, codes, held.entries, held.published, language)
    return texts.holds(asked.person, holds, asked.outcome, revision, language)


FLOW = Flow(back=_back, hand_in=_hand_in)

ROUTES: list[Route] = [
    ButtonPress(BeginOrder, begin, Permission.ERASE_OTHER),
    ButtonPress(TurnFound, turn_page, Permission.ERASE_OTHER),
    ButtonPress(PickFound, pick, Permission.ERASE_OTHER),
    ButtonPress(GoOn, go_on, Permission.ERASE_OTHER),
    DialogInput(ordering.DIALOG, type_name, Permission.ERASE_OTHER, again=_question),
]
