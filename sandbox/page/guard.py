"""Keeps the page local: only a browser on this machine, and only this page in it, may look or act."""

from collections.abc import Awaitable, Callable

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})
BOT_API = ("/bot", "/file/")

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def is_local(request: web.Request) -> bool:
    """Whether the request names this machine as its host and comes from no other site's page.

    A foreign name that resolves to 127.0.0.1 (DNS rebinding) shows in Host, a foreign page in Origin. Programs
    send no Origin and may pass: what they could do here they could do anyway.
    """
    host = request.headers.get("Host", "")
    name = host.rsplit(":", 1)[0] if host.rsplit(":", 1)[-1].isdigit() else host
    if name.lower() not in LOOPBACK:
        return False
    return request.headers.get("Origin") in {None, f"http://{host}"}


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse foreign requests to everything but the Bot API, which has its token."""
    if request.path.startswith(BOT_API):
        return await handler(request)
    if not is_local(request):
        return web.json_response({"error": "The sandbox answers its own page on this computer only."}, status=403)
    return await handler(request)


async def add_headers(request: web.Request, response: web.StreamResponse) -> None:
    """Send the strict policy with every answer of the page, also with streams and refusals."""
    if not request.path.startswith(BOT_API):
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
