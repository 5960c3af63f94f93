"""How organisers get to their pages in the browser, and sign out of them from the chat."""

from domain.buttons.web_access import OpenBrowser, OpenTexts, SignOutEverywhere
from domain.permissions import Permission
from handlers.requests import ButtonRequest, Reply
from handlers.routes import ButtonPress, Route
from messages import web_access as texts
from services import web_access
from services.work import Work


async def open_browser(request: ButtonRequest[OpenBrowser], work: Work) -> Reply:
    """*Open in the browser*."""
    del request
    await web_access.order_link(work)
    return Reply(toast=texts.ordered(work.language))


async def open_texts(request: ButtonRequest[OpenTexts], work: Work) -> Reply:
    """*Texts of the page*."""
    del request
    await web_access.order_link(work, "texts")
    return Reply(toast=texts.ordered(work.language))


async def sign_out_everywhere(request: ButtonRequest[SignOutEverywhere], work: Work) -> Reply:
    """*Sign out everywhere*."""
    del request
    return Reply(toast=texts.signed_out(await web_access.sign_out_everywhere(work), work.language))


ROUTES: list[Route] = [
    ButtonPress(OpenBrowser, open_browser, Permission.EDIT_GROUPS),
    ButtonPress(OpenTexts, open_texts, Permission.EDIT_GROUPS),
    ButtonPress(SignOutEverywhere, sign_out_everywhere, Permission.OWN_DATA),
]
