"""One's own data: what is stored, a copy of it, the end of it."""

from domain.buttons.privacy import AskErase, Erase, TakeOwnData
from domain.erasing import Erasable
from domain.permissions import Permission
from handlers.requests import ButtonRequest, CommandRequest, Reply
from handlers.routes import ButtonPress, Command, Route, Where, marked
from messages import consents as consent_texts
from messages import privacy as texts
from messages.markup import Message
from services import consents, erasing, own_data
from services.work import Work


async def show(request: CommandRequest, work: Work) -> Reply:
    """`/privacy`."""
    del request
    return Reply(message=await screen(work))


async def screen(work: Work) -> Message:
    """What is stored, and why."""
    is_private = work.place.is_private
    agreed = consent_texts.given(await consents.get(work), work.zone, work.language) if is_private else None
    return texts.privacy(agreed, work.language)


async def take(request: ButtonRequest[TakeOwnData], work: Work) -> Reply:
    """A copy."""
    del request
    await own_data.order(work)
    return Reply(toast=texts.ordered(work.language))


async def ask_erase(request: ButtonRequest[AskErase], work: Work) -> Reply:
    """What would go, and what would stay."""
    del request
    return Reply(edit=texts.ask_erase(await erasing.get_groups(work), work.language))


async def erase(request: ButtonRequest[Erase], work: Work) -> Reply:
    """It begins."""
    del request
    outcome = await erasing.ask(work)
    if isinstance(outcome, Erasable):
        return Reply(edit=texts.being_erased(work.language))
    return Reply(edit=texts.refused(outcome, work.language))


ROUTES: list[Route] = [
    Command("privacy", show, Permission.USE_BOT, menu=marked("What is stored about you"), where=Where.BOTH),
    ButtonPress(TakeOwnData, take, Permission.OWN_DATA),
    ButtonPress(AskErase, ask_erase, Permission.OWN_DATA),
    ButtonPress(Erase, erase, Permission.OWN_DATA),
]
