"""Serves the files of published results: to be saved, never to be shown, and never looked into."""

import re
from pathlib import Path
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from services import published_files
from web.buckets import Buckets
from web.shelf import Opening

_NAME = re.compile("[0-9a-f]{32}")

_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "public, max-age=60",
    "X-Robots-Tag": "noindex",
}


class PublishedFiles:
    """`folder`: where they lie, each under the random name that is also its address."""

    def __init__(self, opening: Opening, folder: Path, buckets: Buckets) -> None:
        self._opening = opening
        self._folder = folder
        self._buckets = buckets

    def routes(self) -> list[BaseRoute]:
        """The one address."""
        return [Route("/files/{name}", self._file)]

    async def _file(self, request: Request) -> Response:
        if not self._buckets.take(request.client.host if request.client else ""):
            return PlainTextResponse("Too many requests. Please wait a moment.\n", 429, headers={"Retry-After": "5"})
        name = request.path_params["name"]
        if not _NAME.fullmatch(name):
            return _not_there()
        async with self._opening() as work:
            known = await published_files.get(work, name)
        path = self._folder / name
        if known is None or not path.is_file():
            return _not_there()
        headers = {**_HEADERS, "Content-Disposition": disposition(known.shown_name)}
        return FileResponse(path, media_type=known.media_type, headers=headers)


def disposition(name: str) -> str:
    """To be saved under this name: RFC 6266, with a plain name for those who read no other."""
    plain = re.sub(r"[^A-Za-z0-9._-]", "_", name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _not_there() -> Response:
    return PlainTextResponse("There is no such file.\n", 404, headers={"X-Content-Type-Options": "nosniff"})
