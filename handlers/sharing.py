"""Cards of webinars in other chats: looking for one, sharing it, posting it where a group meets."""

from domain.buttons.sharing import PostToChat
from domain.happenings import CardShared
from domain.permissions import Permission
from handlers.requests import ButtonRequest, InlineRequest, Reply
from handlers.routes import ButtonPress, Happening, Route
from messages import sharing as texts
from messages.sharing import Offers
from services import sharing, webinars
from services.work import Background, Work


async def search(request: InlineRequest, work: Work) -> Offers:
    """`@bot climate` in any chat. Not among the routes: it has no update that is kept, and answers beside them."""
    return await sharing.search(work, request.words, request.offset)


async def note_shared(happened: CardShared, work: Background) -> None:
    """A card was put into some chat."""
    await sharing.note_shared(work, happened)


async def post(request: ButtonRequest[PostToChat], work: Work) -> Reply:
    """Into the chat of the webinar's group."""
    event = await webinars.get_webinar(work, request.action.webinar_id, Permission.RUN_EVENTS)
    is_new = await sharing.post(work, event)
    return Reply(toast=texts.posted(work.language, again=not is_new))


ROUTES: list[Route] = [
    Happening(CardShared, note_shared),
    ButtonPress(PostToChat, post, Permission.RUN_EVENTS),
]
