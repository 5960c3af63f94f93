"""Serves the organisers' pages: lets in whoever has a session and the right, and nobody else."""

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from domain.errors import UserError
from domain.process import Process
from domain.programme import Programme, ProgrammeError
from domain.web_sessions import is_form_token
from messages.errors import said
from messages.organiser_labels import labels
from messages.organiser_pages import News
from programme.writing import as_table, as_yaml
from services import programme as programmes
from services import web_access
from services.work import Background, Work
from web.buckets import Buckets
from web.choosing import preferred_language
from web.forms import Form, NotAForm, TooLarge, read_form
from web.organiser_deeds import DEEDS
from web.organiser_frame import HEADERS, at_the_door, base_of, entrance, inside, told
from web.organiser_uploads import Tried, pack, read_upload, take_over, try_out, unpack
from web.organiser_views import VIEWS, View
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


class OrganiserPages:
    """Everything below /organisers. Who is not let in reads the same sentence at every address."""

    def __init__(self, door: Door) -> None:
        self._door = door
        self._process = door.process
        self._cookie = Cookie(door.process.web_url or "")
        self._asked = Buckets(door.monotonic)
        self._tried = Buckets(door.monotonic, TRIES, TRIES_A_SECOND, spares_us=False)

    def routes(self) -> list[BaseRoute]:
        """All of them."""
        return [
            Route("/organisers/enter/{link}", self._look_at_link, methods=["GET"]),
            Route("/organisers/enter/{link}", self._enter, methods=["POST"]),
            Route("/organisers/programme.yaml", self._export),
            Route("/organisers/programme.csv", self._export),
            Route("/organisers/programme/preview", self._preview, methods=["POST"]),
            Route("/organisers/programme/take", self._take_over, methods=["POST"]),
            Route("/organisers/leave", self._leave, methods=["POST"]),
            Route("/organisers/leave/everywhere", self._leave_everywhere, methods=["POST"]),
            Route("/organisers", self._show, methods=["GET"]),
            Route("/organisers/{place:path}", self._show, methods=["GET"]),
            Route("/organisers/{place:path}", self._do, methods=["POST"]),
        ]

    # --- the door ---

    async def _look_at_link(self, request: Request) -> Response:
        """Uses nothing up: whoever only looks, such as a preview of the link, presses nothing."""
        return entrance(self._process, self._language(request), request.path_params["link"])

    async def _enter(self, request: Request) -> Response:
        language = self._language(request)
        refused = told(self._process, language, "door", labels(language).link_is_used, 403)
        if not is_ours(request) or not self._tried.take(_address(request)):
            return refused
        async with self._door.writing() as work:
            session = await web_access.redeem(work, request.path_params["link"])
        if session is None:
            return refused
        response = RedirectResponse(f"{base_of(self._process)}/", 303, HEADERS)
        self._cookie.give(response, session)
        return response

    async def _leave(self, request: Request) -> Response:
        async def leave(work: Work, _: Form) -> Response:
            await web_access.sign_out(work, self._cookie.read(request))
            return self._out(work)

        return await self._act(request, leave)

    async def _leave_everywhere(self, request: Request) -> Response:
        async def leave(work: Work, _: Form) -> Response:
            await web_access.sign_out_everywhere(work)
            return self._out(work)

        return await self._act(request, leave)

    def _out(self, work: Work) -> Response:
        response = told(self._process, work.language, "door", labels(work.language).signed_out_text, 200)
        self._cookie.take(response)
        return response

    # --- pages ---

    async def _show(self, request: Request) -> Response:
        """A page, by its place; the right to it is read in the same transaction."""
        session = self._cookie.read(request)
        place = request.path_params.get("place", "")
        async with self._door.reading() as background:
            work = await self._visitor(request, background)
            if work is None:
                return self._outside(request)
            viewer = VIEWS.get(place)
            if viewer is None:
                return inside(work, session, place, View("told.html", "not_found", {"text": ""}), status=404)
            try:
                view = await viewer(work, request.query_params)
            except UserError as error:
                return _refused(work, session, error)
        return inside(work, session, place, view, news=request.query_params.get("said", ""))

    async def _export(self, request: Request) -> Response:
        """The programme as a file."""
        async with self._door.reading() as background:
            work = await self._visitor(request, background)
            if work is None:
                return self._outside(request)
            programme = await programmes.show(work)
        is_table = request.url.path.endswith(".csv")
        text = as_table(programme) if is_table else as_yaml(programme)
        name = "programme.csv" if is_table else "programme.yaml"
        kind = "text/csv" if is_table else "application/yaml"
        headers = {**HEADERS, "Content-Disposition": f'attachment; filename="{name}"'}
        return Response(text, 200, headers, f"{kind}; charset=utf-8")

    async def _visitor(self, request: Request, background: Background) -> Work | None:
        session = self._cookie.read(request)
        if not session or not self._asked.take(_address(request)):
            return None
        return await web_access.visit(background, session)

    def _outside(self, request: Request) -> Response:
        return at_the_door(self._process, self._language(request))

    def _language(self, request: Request) -> str:
        return preferred_language(request.headers.get("Accept-Language", ""), self._process.language)

    # --- deeds ---

    async def _do(self, request: Request) -> Response:
        """What a form asks for; afterwards the page itself, so that reloading does nothing twice."""
        deed = DEEDS.get(request.path_params["place"])

        async def act(work: Work, form: Form) -> Response:
            session = self._cookie.read(request)
            if deed is None:
                return inside(work, session, "", View("told.html", "not_found", {"text": ""}), status=404)
            done = await deed(work, form)
            return self._to(done.place, done.news)

        return await self._act(request, act)

    def _to(self, place: str, news: News) -> Response:
        return RedirectResponse(f"{base_of(self._process)}/{place}?said={news.value}", 303, HEADERS)

    async def _act(self, request: Request, act: Callable[[Work, Form], Awaitable[Response]]) -> Response:
        """Do something in one transaction, for a form of this session; a "no" leaves nothing behind."""
        form = await self._form(request)
        if isinstance(form, Response):
            return form
        work: Work | None = None
        try:
            async with self._door.writing() as background:
                work = await self._visitor(request, background)
                response = await act(work, form) if work is not None else self._outside(request)
        except UserError as error:
            assert work is not None  # noqa: S101 - only a deed of somebody is refused
            return _refused(work, self._cookie.read(request), error)
        self._door.wake()
        return response

    async def _form(self, request: Request) -> Form | Response:
        """The form, if somebody is let in who sent it from our own page; else what to answer."""
        async with self._door.reading() as background:
            work = await self._visitor(request, background)
        if work is None:
            return self._outside(request)
        words = labels(work.language)
        try:
            form = await read_form(request)
        except TooLarge:
            return told(self._process, work.language, "refused", words.too_large, 413)
        except NotAForm:
            return told(self._process, work.language, "refused", words.stale_form, 400)
        if not is_ours(request) or not is_form_token(self._cookie.read(request), form["token"]):
            return told(self._process, work.language, "refused", words.stale_form, 403)
        return form

    # --- the programme ---

    async def _preview(self, request: Request) -> Response:
        """What a file would change, tried out in a transaction that is given up; or what is wrong in which row."""
        form = await self._form(request)
        if isinstance(form, Response):
            return form
        name, content = form.files.get("file", ("", b""))
        return await self._try(request, name, content)

    async def _try(self, request: Request, name: str, content: bytes) -> Response:
        session = self._cookie.read(request)
        values: dict[str, object] = {"name": name, "content": "", "applied": None, "findings": []}
        try:
            programme = await read_upload(name, content)
            async with self._door.writing() as background:
                work = await self._visitor(request, background)
                if work is None:
                    return self._outside(request)
                await try_out(work, programme)
        except Tried as tried:
            values |= {"content": pack(content), "applied": tried.applied}
        except ProgrammeError as error:
            values["findings"] = str(error).splitlines()
        async with self._door.reading() as background:
            work = await self._visitor(request, background)
        if work is None:
            return self._outside(request)
        status = 422 if values["findings"] else 200
        return inside(work, session, "programme", View("preview.html", "previewed", values), status=status)

    async def _take_over(self, request: Request) -> Response:
        """The file that was shown, taken over; what has changed meanwhile is looked at once more."""
        form = await self._form(request)
        if isinstance(form, Response):
            return form
        try:
            content = unpack(form)
            programme: Programme = await read_upload(form["name"], content)
        except (NotAForm, ProgrammeError):
            language = self._language(request)
            return told(self._process, language, "refused", labels(language).stale_form, 400)
        try:
            async with self._door.writing() as background:
                work = await self._visitor(request, background)
                if work is None:
                    return self._outside(request)
                await take_over(work, programme)
        except ProgrammeError:
            return await self._try(request, form["name"], content)
        self._door.wake()
        return self._to("programme", News.IMPORTED)


def _refused(work: Work, session: str, error: UserError) -> Response:
    """The sentence that the chat says, too."""
    view = View("told.html", "refused", {"text": said(error, work.language)})
    return inside(work, session, "", view, status=403)


def _address(request: Request) -> str:
    return request.client.host if request.client else ""
