"""The conference homepage in the cockpit: where notices go, and the secret that signs them."""

from domain.buttons.publications import DropHomepage, EditHomepage, RenewSecret
from domain.dialogs import Dialog
from domain.homepage import host_of
from domain.permissions import Permission, can
from handlers.requests import ButtonRequest, Reply, TextRequest
from handlers.routes import ButtonPress, DialogInput, Route
from messages import homepage as texts
from messages.markup import Message, below
from services import dialogs, homepage
from services.work import Work

DIALOG = "homepage"


async def section(work: Work) -> Message:
    """The section of the cockpit: organisers see it, owners change it."""
    work.require(Permission.EDIT_GROUPS)
    known = await homepage.get(work.tx)
    may_set = can(work.actor, Permission.SET_HOMEPAGE)
    return texts.section(host_of(known.address) if known else None, may_set=may_set, language=work.language)


async def edit(request: ButtonRequest[EditHomepage], work: Work) -> Reply:
    """To which address?"""
    del request
    work.require(Permission.SET_HOMEPAGE)
    dialog = await dialogs.go(work, DIALOG, "address", {})
    return Reply(step=texts.ask_address(dialog.revision, work.language))


async def type_address(request: TextRequest, work: Work) -> Reply:
    """The address."""
    await homepage.set_address(work, request.text)
    await dialogs.end(work)
    return Reply(step=below(texts.is_set(work.language), await section(work)))


async def _ask_again(dialog: Dialog, work: Work) -> Message:
    return texts.ask_address(dialog.revision, work.language)


async def renew(request: ButtonRequest[RenewSecret], work: Work) -> Reply:
    """Another secret."""
    del request
    await homepage.renew_secret(work)
    return Reply(toast=texts.renewed(work.language), edit=await section(work))


async def drop(request: ButtonRequest[DropHomepage], work: Work) -> Reply:
    """No notices any more."""
    del request
    await homepage.drop(work)
    return Reply(toast=texts.dropped(work.language), edit=await section(work))


ROUTES: list[Route] = [
    ButtonPress(EditHomepage, edit, Permission.SET_HOMEPAGE),
    ButtonPress(RenewSecret, renew, Permission.SET_HOMEPAGE),
    ButtonPress(DropHomepage, drop, Permission.SET_HOMEPAGE),
    DialogInput(DIALOG, type_address, Permission.SET_HOMEPAGE, again=_ask_again),
]
