"""Lets in on the organisers' pages whoever has a session and the right, with forms of our own pages; nobody else."""

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from domain.errors import UserError
from domain.process import Process
from domain.web_sessions import is_form_token
from messages.errors import said
from messages.organiser_labels import labels
from services import web_access
from services.work import Background, Work
from web.buckets import Buckets
from web.choosing import preferred_language
from web.forms import Form, NotAForm, TooLarge, read_form
from web.organiser_frame import at_the_door, inside, told
from web.organiser_views import View
from web.sessions import Cookie, is_ours

Opening = Callable[[], AbstractAsyncContextManager[Background]]

TRIES, TRIES_A_SECOND = 20, 0.2
"""So many links an address may try at once, and in the long run."""


@dataclass(frozen=True)
class Door:
    """The ways into the bot. `wake`: something may be owed now."""

    process: Process
    reading: Opening
    writing: Opening
    wake: Callable[[], None]
    monotonic: Callable[[], float]


class Guard:
    """Who asks, and whether with a form of ours. Who is not let in reads the same sentence at every address."""

    def __init__(self, door: Door) -> None:
        self.door = door
        self.process = door.process
        self.cookie = Cookie(door.process.web_url or "")
        self._asked = Buckets(door.monotonic)
        self._tried = Buckets(door.monotonic, TRIES, TRIES_A_SECOND, spares_us=False)

    def may_try_link(self, request: Request) -> bool:
        """Whether a link may be tried: on our own page, and not too often."""
        return is_ours(request) and self._tried.take(_address(request))

    async def visitor(self, request: Request, background: Background) -> Work | None:
        """The work of whoever asks; None where nobody is let in."""
        session = self.cookie.read(request)
        if not session or not self._asked.take(_address(request)):
            return None
        return await web_access.visit(background, session)

    def outside(self, request: Request) -> Response:
        """What everybody sees who is not let in."""
        return at_the_door(self.process, self.language(request))

    def language(self, request: Request) -> str:
        """The one that the browser asks for: of whoever is not let in, nothing else is known."""
        return preferred_language(request.headers.get("Accept-Language", ""), self.process.language)

    async def form(self, request: Request) -> Form | Response:
        """The form, if somebody is let in who sent it from our own page; else what to answer."""
        async with self.door.reading() as background:
            work = await self.visitor(request, background)
        if work is None:
            return self.outside(request)
        words = labels(work.language)
        try:
            form = await read_form(request)
        except TooLarge:
            return told(self.process, work.language, "refused", words.too_large, 413)
        except NotAForm:
            return told(self.process, work.language, "refused", words.stale_form, 400)
        if not is_ours(request) or not is_form_token(self.cookie.read(request), form["token"]):
            return told(self.process, work.language, "refused", words.stale_form, 403)
        return form

    async def act(self, request: Request, act: Callable[[Work, Form], Awaitable[Response]]) -> Response:
        """Do something in one transaction, for a form of this session; a "no" leaves nothing behind."""
        form = await self.form(request)
        if isinstance(form, Response):
            return form
        work: Work | None = None
        try:
            async with self.door.writing() as background:
                work = await self.visitor(request, background)
                response = await act(work, form) if work is not None else self.outside(request)
        except UserError as error:
            assert work is not None  # noqa: S101 - only a deed of somebody is refused
            return refused(work, self.cookie.read(request), error)
        self.door.wake()
        return response


def refused(work: Work, session: str, error: UserError) -> Response:
    """The sentence that the chat says, too."""
    view = View("told.html", "refused", {"text": said(error, work.language)})
    return inside(work, session, "", view, status=403)


def _address(request: Request) -> str:
    return request.client.host if request.client else ""
