"""Coming in: greeting, links that open one thing, help, and the way out of dialogs and messages."""

from collections.abc import Awaitable, Callable, Mapping

from domain.buttons.broadcasts import StartMessages, StopMessages
from domain.buttons.dialogs import Cancel
from domain.buttons.screens import Open, Page
from domain.errors import NotFound, UserError
from domain.permissions import Permission
from handlers import calendar, groups, invites, privacy, questions, results, sessions, settings, talks, webinars
from handlers.deep_links import HOME
from handlers.requests import ButtonRequest, CommandRequest, Reply
from handlers.routes import ButtonPress, Command, Route, Where, marked
from messages import start as texts
from messages.errors import said
from messages.markup import Message
from services import deciding, pages, people
from services.work import Work

DEEP_LINKS: Mapping[str, Callable[[Work, int], Awaitable[Message]]] = {
    "w": webinars.card,
    "m": webinars.how_wide,
    "k": calendar.card_and_file,
    "g": groups.card,
    "r": results.card,
    "s": sessions.card,
}
"""What `/start w_7` opens: the letter before the underscore, and the screen for the number after it."""

REPLIES: Mapping[str, Callable[[Work, int], Awaitable[Reply]]] = {
    "q": questions.open_,
}
"""The same, where it begins a dialog."""

LIVE: Mapping[str, Callable[[int], str]] = {"s": sessions.subject_of}
"""Those of them that edit themselves from then on, with the name of what they show.

Not the card of a webinar: a hundred thousand may have opened it, and each change would cost an edit for every one of
them. Whoever follows it is told in words; whoever only looks finds it up to date the next time.
"""

TOKEN_LINKS: Mapping[str, Callable[[Work, str], Awaitable[Message]]] = {
    "i": invites.card,
}
"""What `/start i_TOKEN` opens: links that nobody can guess."""


async def start(request: CommandRequest, work: Work) -> Reply:
    """`/start`, alone or with the payload of a link."""
    await people.come_back(work)
    await deciding.show_unseen(work)
    if request.payload in {"", HOME}:
        return Reply(message=texts.home(work.actor, work.person.name, work.language))
    try:
        return await _linked(work, request.payload)
    except UserError as error:
        return Reply(message=texts.home(work.actor, work.person.name, work.language, said(error, work.language)))


async def _linked(work: Work, payload: str) -> Reply:
    if payload in PAGES:
        return Reply(message=await PAGES[Page(payload)](work))
    letter, _, number = payload.partition("_")
    if letter in TOKEN_LINKS:
        return Reply(message=await TOKEN_LINKS[letter](work, number))
    if not (number.isascii() and number.isdecimal() and len(number) < 16):
        raise NotFound
    if letter in REPLIES:
        return await REPLIES[letter](work, int(number))
    screen = DEEP_LINKS.get(letter)
    if screen is None:
        raise NotFound
    message, subject_of = await screen(work, int(number)), LIVE.get(letter)
    return Reply(message=message, subject=subject_of(int(number)) if subject_of else "")


async def help_(request: CommandRequest, work: Work) -> Reply:
    """`/help`: what you can do here, in your role."""
    del request
    if not work.place.is_private:
        return Reply(message=texts.help_in_group(work.process.start_link(HOME), work.language))
    return Reply(message=texts.help_(work.actor, work.language))


async def open_page(request: ButtonRequest[Open], work: Work) -> Reply:
    """A screen in place of this one."""
    return Reply(edit=await PAGES[request.action.page](work))


async def cancel(request: CommandRequest | ButtonRequest[Cancel], work: Work) -> Reply:
    """Leave the dialog; the draft is kept."""
    left = await people.leave_dialog(work)
    message = texts.left(left, work.language)
    return Reply(edit=message) if isinstance(request, ButtonRequest) else Reply(step=message)


async def stop(request: CommandRequest, work: Work) -> Reply:
    """`/stop`: nothing any more but direct answers."""
    del request
    await people.stop_messages(work)
    return Reply(message=texts.stopped(work.language))


async def stop_by_button(request: ButtonRequest[StopMessages], work: Work) -> Reply:
    """*Stop these messages* below a broadcast."""
    del request
    await people.stop_messages(work)
    return Reply(message=texts.stopped(work.language))


async def start_messages(request: ButtonRequest[StartMessages], work: Work) -> Reply:
    """Take `/stop` back."""
    del request
    await people.come_back(work)
    return Reply(edit=texts.home(work.actor, work.person.name, work.language))


async def _home(work: Work) -> Message:
    return texts.home(work.actor, work.person.name, work.language)


async def _help_page(work: Work) -> Message:
    return texts.help_(work.actor, work.language)


async def _contact(work: Work) -> Message:
    return texts.contact(await pages.get_contact(work), work.language)


PAGES: Mapping[Page, Callable[[Work], Awaitable[Message]]] = {
    Page.HOME: _home,
    Page.HELP: _help_page,
    Page.PRIVACY: privacy.screen,
    Page.CONTACT: _contact,
    Page.WEBINARS: webinars.first_page,
    Page.GROUPS: groups.first_page,
    Page.RESULTS: results.first_page,
    Page.TALKS: talks.first_page,
    Page.SESSIONS: sessions.first_page,
    Page.SETTINGS: settings.screen,
    Page.CALENDAR: calendar.screen,
}

ROUTES: list[Route] = [
    Command("start", start, Permission.USE_BOT),
    Command("help", help_, Permission.USE_BOT, menu=marked("What you can do here"), where=Where.BOTH),
    Command("cancel", cancel, Permission.USE_BOT, menu=marked("Leave the dialog, keep the draft")),
    Command("stop", stop, Permission.USE_BOT, menu=marked("Stop all messages")),
    ButtonPress(Open, open_page, Permission.USE_BOT),
    ButtonPress(Cancel, cancel, Permission.USE_BOT),
    ButtonPress(StopMessages, stop_by_button, Permission.USE_BOT),
    ButtonPress(StartMessages, start_messages, Permission.USE_BOT),
]
