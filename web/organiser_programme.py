"""The programme as a file: handed out, and taken over from one after a look at what it would change."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from domain.programme import ProgrammeError
from messages.organiser_labels import labels
from messages.organiser_pages import News
from programme.writing import as_table, as_yaml
from services import programme as programmes
from web.forms import NotAForm
from web.organiser_frame import HEADERS, inside, told, turn_to
from web.organiser_guard import Guard
from web.organiser_uploads import Tried, pack, read_upload, try_out, unpack
from web.organiser_views import View


class ProgrammeFiles:
    """The files below /organisers/programme."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        self._door = guard.door
        self._process = guard.process

    def routes(self) -> list[BaseRoute]:
        """All of them."""
        return [
            Route("/organisers/programme.yaml", self._export),
            Route("/organisers/programme.csv", self._export),
            Route("/organisers/programme/preview", self._preview, methods=["POST"]),
            Route("/organisers/programme/take", self._take_over, methods=["POST"]),
        ]

    async def _export(self, request: Request) -> Response:
        async with self._door.reading() as background:
            work = await self._guard.visitor(request, background)
            if work is None:
                return self._guard.outside(request)
            programme = await programmes.show(work)
        is_table = request.url.path.endswith(".csv")
        text = as_table(programme) if is_table else as_yaml(programme)
        name = "programme.csv" if is_table else "programme.yaml"
        kind = "text/csv" if is_table else "application/yaml"
        headers = {**HEADERS, "Content-Disposition": f'attachment; filename="{name}"'}
        return Response(text, 200, headers, f"{kind}; charset=utf-8")

    async def _preview(self, request: Request) -> Response:
        """What a file would change, tried out in a transaction that is given up; or what is wrong in which row."""
        form = await self._guard.form(request)
        if isinstance(form, Response):
            return form
        name, content = form.files.get("file", ("", b""))
        return await self._try(request, name, content)

    async def _try(self, request: Request, name: str, content: bytes) -> Response:
        values: dict[str, object] = {"name": name, "content": "", "applied": None, "findings": []}
        try:
            programme = await read_upload(name, content)
            async with self._door.writing() as background:
                work = await self._guard.visitor(request, background)
                if work is None:
                    return self._guard.outside(request)
                await try_out(work, programme)
        except Tried as tried:
            values |= {"content": pack(content), "applied": tried.applied}
        except ProgrammeError as error:
            values["findings"] = str(error).splitlines()
        async with self._door.reading() as background:
            work = await self._guard.visitor(request, background)
        if work is None:
            return self._guard.outside(request)
        status = 422 if values["findings"] else 200
        session = self._guard.cookie.read(request)
        return inside(work, session, "programme", View("preview.html", "previewed", values), status=status)

    async def _take_over(self, request: Request) -> Response:
        """The file that was shown, taken over; what has changed meanwhile is looked at once more."""
        form = await self._guard.form(request)
        if isinstance(form, Response):
            return form
        try:
            content = unpack(form)
            programme = await read_upload(form["name"], content)
        except (NotAForm, ProgrammeError):
            language = self._guard.language(request)
            return told(self._process, language, "refused", labels(language).stale_form, 400)
        try:
            async with self._door.writing() as background:
                work = await self._guard.visitor(request, background)
                if work is None:
                    return self._guard.outside(request)
                await programmes.take_over(work, programme)
        except ProgrammeError:
            return await self._try(request, form["name"], content)
        self._door.wake()
        return turn_to(self._process, "programme", News.IMPORTED)
