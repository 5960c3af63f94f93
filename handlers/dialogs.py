"""The buttons that all dialogs share; each feature says what they mean in its own."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from domain.buttons.dialogs import Back, HandIn, Skip
from domain.dialogs import Dialog
from domain.errors import OutOfDate
from domain.permissions import Permission
from handlers.requests import ButtonRequest, Reply
from handlers.routes import ButtonPress, Route
from services import dialogs
from services.work import Work

Step = Callable[[Dialog, Work], Awaitable[Reply]]


async def _not_here(dialog: Dialog, work: Work) -> Reply:
    del dialog, work
    raise OutOfDate


@dataclass(frozen=True)
class Flow:
    """What *Back*, *Skip* and the last button (*Send*) do in one dialog."""

    back: Step = _not_here
    skip: Step = _not_here
    hand_in: Step = _not_here


NO_FLOW = Flow()
"""Of a dialog with one question: there is nothing to go back to. Only a forged button gets here."""


def routes_for(flows: Mapping[str, Flow]) -> list[Route]:
    """Routes of the shared buttons; `flows` by the name of the dialog."""

    async def go_back(request: ButtonRequest[Back], work: Work) -> Reply:
        dialog, flow = await _flow(work, request.action.revision)
        return await flow.back(dialog, work)

    async def skip(request: ButtonRequest[Skip], work: Work) -> Reply:
        dialog, flow = await _flow(work, request.action.revision)
        return await flow.skip(dialog, work)

    async def hand_in(request: ButtonRequest[HandIn], work: Work) -> Reply:
        dialog, flow = await _flow(work, request.action.revision)
        return await flow.hand_in(dialog, work)

    async def _flow(work: Work, revision: int) -> tuple[Dialog, Flow]:
        dialog = await dialogs.current(work, revision)
        return dialog, flows.get(dialog.name, NO_FLOW)

    return [
        ButtonPress(Back, go_back, Permission.USE_BOT),
        ButtonPress(Skip, skip, Permission.USE_BOT),
        ButtonPress(HandIn, hand_in, Permission.USE_BOT),
    ]
