"""Serves the organisers' pages: signing in and out, each page by its place, and what their forms ask for."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from domain.errors import UserError
from messages.organiser_labels import labels
from services import web_access
from services.work import Work
from web import organiser_texts
from web.forms import Form
from web.organiser_deeds import DEEDS, Shown
from web.organiser_frame import HEADERS, MENU, base_of, entrance, inside, told, turn_to
from web.organiser_guard import Door, Guard, refused
from web.organiser_programme import ProgrammeFiles
from web.organiser_views import VIEWS, View

ALL_VIEWS, ALL_DEEDS = {**VIEWS, **organiser_texts.VIEWS}, {**DEEDS, **organiser_texts.DEEDS}
"""By the place below /organisers."""

NOT_FOUND = View("told.html", "not_found", {"text": ""})


class OrganiserPages:
    """Everything below /organisers."""

    def __init__(self, door: Door) -> None:
        self._door = door
        self._process = door.process
        self._guard = Guard(door)
        self._cookie = self._guard.cookie
        self._files = ProgrammeFiles(self._guard)

    def routes(self) -> list[BaseRoute]:
        """All of them."""
        return [
            Route("/organisers/enter/{link}", self._look_at_link, methods=["GET"]),
            Route("/organisers/enter/{link}", self._enter, methods=["POST"]),
            Route("/organisers/leave", self._leave, methods=["POST"]),
            Route("/organisers/leave/everywhere", self._leave_everywhere, methods=["POST"]),
            *self._files.routes(),
            Route("/organisers", self._show, methods=["GET"]),
            Route("/organisers/{place:path}", self._show, methods=["GET"]),
            Route("/organisers/{place:path}", self._do, methods=["POST"]),
        ]

    # --- signing in and out ---

    async def _look_at_link(self, request: Request) -> Response:
        """Uses nothing up: whoever only looks, such as a preview of the link, presses nothing."""
        link, place = request.path_params["link"], _place_in(request)
        return entrance(self._process, self._guard.language(request), link, place)

    async def _enter(self, request: Request) -> Response:
        language = self._guard.language(request)
        no = told(self._process, language, "door", labels(language).link_is_used, 403)
        if not self._guard.may_try_link(request):
            return no
        async with self._door.writing() as work:
            session = await web_access.redeem(work, request.path_params["link"])
        if session is None:
            return no
        response = RedirectResponse(f"{base_of(self._process)}/{_place_in(request)}", 303, HEADERS)
        self._cookie.give(response, session)
        return response

    async def _leave(self, request: Request) -> Response:
        async def leave(work: Work, _: Form) -> Response:
            await web_access.sign_out(work, self._cookie.read(request))
            return self._out(work)

        return await self._guard.act(request, leave)

    async def _leave_everywhere(self, request: Request) -> Response:
        async def leave(work: Work, _: Form) -> Response:
            await web_access.sign_out_everywhere(work)
            return self._out(work)

        return await self._guard.act(request, leave)

    def _out(self, work: Work) -> Response:
        response = told(self._process, work.language, "door", labels(work.language).signed_out_text, 200)
        self._cookie.take(response)
        return response

    # --- pages and deeds ---

    async def _show(self, request: Request) -> Response:
        """A page, by its place; the right to it is read in the same transaction."""
        session = self._cookie.read(request)
        place = request.path_params.get("place", "")
        async with self._door.reading() as background:
            work = await self._guard.visitor(request, background)
            if work is None:
                return self._guard.outside(request)
            viewer = ALL_VIEWS.get(place)
            if viewer is None:
                return inside(work, session, place, NOT_FOUND, status=404)
            try:
                view = await viewer(work, request.query_params)
            except UserError as error:
                return refused(work, session, error)
        return inside(work, session, place, view, news=request.query_params.get("said", ""))

    async def _do(self, request: Request) -> Response:
        """What a form asks for; afterwards the page itself, so that reloading does nothing twice."""
        deed = ALL_DEEDS.get(request.path_params["place"])

        async def act(work: Work, form: Form) -> Response:
            if deed is None:
                return inside(work, self._cookie.read(request), "", NOT_FOUND, status=404)
            done = await deed(work, form)
            if isinstance(done, Shown):
                return inside(work, self._cookie.read(request), done.place, done.view, status=done.status)
            return turn_to(self._process, done.place, done.news)

        return await self._guard.act(request, act)


def _place_in(request: Request) -> str:
    """The page that a link leads to: one of ours, else the overview."""
    place = request.query_params.get("to", "")
    return place if place in MENU else ""
