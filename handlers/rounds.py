"""What organisers can ask about deadlines for results: set, move, end."""

from domain.buttons.rounds import ChooseRoundGroup, CloseRound, ListRounds, MoveRound, NewRound, ShowRound
from domain.dialogs import Dialog
from domain.permissions import Permission
from domain.rounds import LANGUAGE_OF, Step
from handlers.dialogs import Flow
from handlers.parsing import read_moment
from handlers.requests import ButtonRequest, Reply, TextRequest
from handlers.routes import ButtonPress, DialogInput, Route
from messages import rounds as texts
from messages.markup import Message
from services import rounds
from services.work import Work


async def section(work: Work) -> Message:
    """The section of the cockpit: all deadlines."""
    return await _page(work, 0)


async def turn_page(request: ButtonRequest[ListRounds], work: Work) -> Reply:
    """Other deadlines."""
    return Reply(edit=await _page(work, request.action.page))


async def _page(work: Work, page: int) -> Message:
    listed = await rounds.list_rounds(work, page)
    return texts.listed(listed.rounds, listed.codes, listed.page, work.zone, work.language)


async def show(request: ButtonRequest[ShowRound], work: Work) -> Reply:
    """One deadline."""
    return Reply(edit=await _card(work, request.action.round_id))


async def _card(work: Work, round_id: int) -> Message:
    shown = await rounds.get_round(work, round_id)
    return texts.card(shown.round, shown.code, shown.results, work.now, work.zone, work.language)


# --- A new one --------------------------------------------------------------------------------


async def create(request: ButtonRequest[NewRound], work: Work) -> Reply:
    """The first question."""
    del request
    return await _ask(await rounds.begin(work), work)


async def typed(request: TextRequest, work: Work) -> Reply:
    """A title or a date; where a button was to be pressed, the question is put again."""
    dialog, step = request.dialog, Step(request.dialog.step)
    if step in LANGUAGE_OF:
        return await _ask(await rounds.type_title(work, dialog, request.text), work)
    if step is Step.DUE:
        moment = read_moment(request.text, work.now, work.zone, work.language)
        return await _ask(await rounds.choose_due(work, dialog, moment.at), work)
    return await _ask(await rounds.ask_again(work, dialog), work)


async def choose_group(request: ButtonRequest[ChooseRoundGroup], work: Work) -> Reply:
    """All groups, or one."""
    return await _ask(await rounds.choose_group(work, request.action.group_id, request.action.revision), work)


async def _skip(dialog: Dialog, work: Work) -> Reply:
    return await _ask(await rounds.skip(work, dialog), work)


async def _back(dialog: Dialog, work: Work) -> Reply:
    return await _ask(await rounds.back(work, dialog), work)


async def _hand_in(dialog: Dialog, work: Work) -> Reply:
    return Reply(edit=await _card(work, await rounds.hand_in(work, dialog)))


async def _again(dialog: Dialog, work: Work) -> Message:
    return await _question(await rounds.ask_again(work, dialog), work)


async def _ask(asked: texts.Question, work: Work) -> Reply:
    return Reply(step=await _question(asked, work))


async def _question(asked: texts.Question, work: Work) -> Message:
    return texts.question(asked, await rounds.list_groups(work), work.zone, work.language)


# --- Changing one -----------------------------------------------------------------------------


async def begin_move(request: ButtonRequest[MoveRound], work: Work) -> Reply:
    """Until when instead?"""
    return Reply(step=await _ask_move(await rounds.begin_move(work, request.action.round_id), work))


async def type_date(request: TextRequest, work: Work) -> Reply:
    """Until then."""
    moment = read_moment(request.text, work.now, work.zone, work.language)
    return Reply(step=await _card(work, await rounds.move(work, request.dialog, moment.at)))


async def _ask_move(dialog: Dialog, work: Work) -> Message:
    shown = await rounds.get_round(work, int(str(dialog.data["round_id"])))
    return texts.ask_move(shown.round, dialog.revision, work.zone, work.language)


async def close(request: ButtonRequest[CloseRound], work: Work) -> Reply:
    """Ask; then end it."""
    action = request.action
    if not action.sure:
        return Reply(edit=texts.ask_to_close((await rounds.get_round(work, action.round_id)).round, work.language))
    await rounds.close(work, action.round_id)
    return Reply(edit=await _card(work, action.round_id))


FLOW = Flow(back=_back, skip=_skip, hand_in=_hand_in)

ROUTES: list[Route] = [
    ButtonPress(ListRounds, turn_page, Permission.EDIT_GROUPS),
    ButtonPress(ShowRound, show, Permission.EDIT_GROUPS),
    ButtonPress(NewRound, create, Permission.EDIT_GROUPS),
    ButtonPress(ChooseRoundGroup, choose_group, Permission.EDIT_GROUPS),
    ButtonPress(MoveRound, begin_move, Permission.EDIT_GROUPS),
    ButtonPress(CloseRound, close, Permission.EDIT_GROUPS),
    DialogInput(rounds.DIALOG, typed, Permission.EDIT_GROUPS, again=_again),
    DialogInput(rounds.MOVE_DIALOG, type_date, Permission.EDIT_GROUPS, again=_ask_move),
]
