"""What co-authors can answer."""

from typing import assert_never

from domain.buttons.results import ConfirmCoauthor, DeclineCoauthor
from domain.coauthors import AlreadyAnswered, Answered, CoauthorState
from domain.permissions import Permission
from handlers.requests import ButtonRequest, Reply
from handlers.results import card
from handlers.routes import ButtonPress, Route
from messages import coauthors as texts
from services import coauthors
from services.results import get_result
from services.work import Work


async def confirm(request: ButtonRequest[ConfirmCoauthor], work: Work) -> Reply:
    """Yes, that is right."""
    return await _answer(work, request.action.result_id, CoauthorState.CONFIRMED)


async def decline(request: ButtonRequest[DeclineCoauthor], work: Work) -> Reply:
    """No; also after a yes."""
    return await _answer(work, request.action.result_id, CoauthorState.DECLINED)


async def _answer(work: Work, result_id: int, said: CoauthorState) -> Reply:
    title = (await get_result(work, result_id)).title
    outcome = await coauthors.answer(work, result_id, said)
    match outcome:
        case Answered(state=state) | AlreadyAnswered(state=state):
            toast = texts.answered(state, work.language)
        case _:
            assert_never(outcome)
    if state is CoauthorState.DECLINED:
        return Reply(toast=toast, edit=texts.declined(title, work.language))
    return Reply(toast=toast, edit=await card(work, result_id))


ROUTES: list[Route] = [
    ButtonPress(ConfirmCoauthor, confirm, Permission.CO_AUTHOR),
    ButtonPress(DeclineCoauthor, decline, Permission.CO_AUTHOR),
]
