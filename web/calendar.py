"""Serves calendars as programs fetch them: `/calendar/webinars.ics`, a group's, one webinar's, somebody's own."""

import hashlib
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from messages.languages import choose
from services import calendar
from services.work import Background
from web.choosing import knows

Opening = Callable[[], AbstractAsyncContextManager[Background]]
"""Opens a reading transaction, with the moment."""

MEDIA_TYPE = "text/calendar; charset=utf-8"

FRESH_SECONDS = 300
"""So long whoever stands between need not ask again."""


class CalendarPages:
    """`GET /calendar/NAME.ics`, in the language `?lang=de`; one's own in one's own."""

    def __init__(self, opening: Opening) -> None:
        self._opening = opening

    async def calendar(self, request: Request) -> Response:
        """The calendar, 304 for who has it already, or 404: the same for whatever there is not."""
        name = str(request.path_params["name"])
        async with self._opening() as work:
            language = choose(request.query_params.get("lang"), work.process.language)
            public = await calendar.read_public(work, name, language)
            own = await calendar.read_own(work, name) if public is None else None
        content = public if public is not None else own
        if content is None:
            return PlainTextResponse("There is no calendar here.\n", 404, headers={"Cache-Control": "no-store"})
        return _answer(request, content, "public" if public is not None else "private")


def _answer(request: Request, content: bytes, scope: str) -> Response:
    tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    headers = {
        "ETag": tag,
        "Cache-Control": f"{scope}, max-age={FRESH_SECONDS}",
        "X-Content-Type-Options": "nosniff",
        "X-Robots-Tag": "noindex",
    }
    if knows(request.headers.get("If-None-Match", ""), tag):
        return Response(status_code=304, headers=headers)
    return Response(content, headers={**headers, "Content-Type": MEDIA_TYPE})
