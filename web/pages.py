"""Serves the public page: `/en/…`, `/de/…`, `/fr/…`, its shared files, and what search engines ask for."""

from collections.abc import Awaitable, Callable, Mapping

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from messages.languages import LANGUAGES
from web.buckets import Buckets
from web.choosing import knows, preferred_language, takes_gzip
from web.documents import ATOM, JSON_FEED, Document
from web.shelf import Shelf
from web.static_files import FILES

FRESH = "public, max-age=60"
FOR_EVER = "public, max-age=31536000, immutable"

_POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors "
NOWHERE, ANYWHERE = "'none'", "*"

MOST_DIGITS = 6
"""No list has more pages."""

Handler = Callable[[Request], Awaitable[Response]]


class PublicPages:
    """The addresses. Whoever asks too often is asked to wait."""

    def __init__(self, shelf: Shelf, buckets: Buckets) -> None:
        self._shelf = shelf
        self._buckets = buckets

    def routes(self) -> list[BaseRoute]:
        """All of them; what stands nowhere is for `not_found`."""
        addresses: list[tuple[str, Handler]] = [
            ("/", self._choose),
            ("/static/{name}", self._file),
            ("/robots.txt", self._robots),
            ("/sitemap.xml", self._sitemap),
        ]
        addresses += [(f"/{code}", self._choose) for code in LANGUAGES]
        addresses += [(f"/{code}/{{place:path}}", self._page) for code in LANGUAGES]
        return [Route(address, self._limited(handler)) for address, handler in addresses]

    async def not_found(self, request: Request, _: Exception) -> Response:
        """The page that says so, in the language of the address or else of the reader."""
        language = request.url.path.split("/")[1]
        if language not in LANGUAGES:
            language = await self._language(request)
        return answer(request, await self._shelf.not_found(language), status=404, caching="no-store")

    async def _page(self, request: Request) -> Response:
        language, place = request.url.path.lstrip("/").split("/", 1)
        page = _page_number(request.query_params.get("page", "1"))
        return answer(request, _there(await self._shelf.get(language, place, page) if page else None))

    async def _choose(self, request: Request) -> Response:
        """To the start page: in the language of the address, or in that which the reader likes best."""
        language = request.url.path.strip("/") or await self._language(request)
        headers = {"Vary": "Accept-Language", "Cache-Control": FRESH}
        return RedirectResponse(f"{await self._shelf.root()}/{language}/", 302, headers=headers)

    async def _language(self, request: Request) -> str:
        return preferred_language(request.headers.get("Accept-Language", ""), await self._shelf.fallback())

    async def _file(self, request: Request) -> Response:
        return answer(request, _there(FILES.get(request.path_params["name"])), caching=FOR_EVER)

    async def _robots(self, request: Request) -> Response:
        return answer(request, await self._shelf.robots())

    async def _sitemap(self, request: Request) -> Response:
        return answer(request, _there(await self._shelf.sitemap()))

    def _limited(self, handler: Handler) -> Handler:
        async def limited(request: Request) -> Response:
            if self._buckets.take(request.client.host if request.client else ""):
                return await handler(request)
            return PlainTextResponse("Too many requests. Please wait a moment.\n", 429, headers={"Retry-After": "5"})

        return limited


def _there(document: Document | None) -> Document:
    if document is None:
        raise HTTPException(404)
    return document


def answer(request: Request, document: Document, *, status: int = 200, caching: str = FRESH) -> Response:
    """The document, compressed for who can read that, or only 304 for who has it already."""
    headers = _headers(document, caching)
    if status == 200 and knows(request.headers.get("If-None-Match", ""), document.tag):
        return Response(status_code=304, headers=headers)
    headers["Content-Type"] = document.media_type
    if takes_gzip(request.headers.get("Accept-Encoding", "")):
        return Response(document.gzipped, status, headers={**headers, "Content-Encoding": "gzip"})
    return Response(document.content, status, headers=headers)


def _headers(document: Document, caching: str) -> dict[str, str]:
    # Scripts of other sites may read feeds: these hold nothing that is not for everybody, whoever asks.
    open_to_scripts = {"Access-Control-Allow-Origin": "*"} if document.media_type in {ATOM, JSON_FEED} else {}
    return {
        **open_to_scripts,
        "ETag": document.tag,
        "Cache-Control": caching,
        "Vary": "Accept-Encoding",
        **safety(ANYWHERE if document.framed else NOWHERE),
    }


def safety(framed_by: str) -> Mapping[str, str]:
    """What a browser may do with what we send: show it, and nothing else."""
    return {
        "Content-Security-Policy": _POLICY + framed_by,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
    }


def _page_number(text: str) -> int:
    """Counted from 1; 0 for what is no number."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS else 0
