"""Servers of finished files, a process each: `python -m benchmarks.page_peers NAME FOLDER PORT`."""

import asyncio
import sys
from collections.abc import Callable, Coroutine
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import uvloop


async def starlette(folder: str, port: int) -> None:
    """Starlette's static files, under uvicorn with the very settings of ours."""
    from web.app import WebServer, listen

    with listen("127.0.0.1", port) as listening:
        await WebServer(_files(folder), listening).run_until_stopped()


async def starlette_fast(folder: str, port: int) -> None:
    """The same under uvicorn as it comes: with a parser in C, which does not bound the head of a request."""
    import uvicorn

    await uvicorn.Server(uvicorn.Config(_files(folder), port=port, access_log=False, log_level="warning")).serve()


def _files(folder: str) -> Any:
    from starlette.applications import Starlette
    from starlette.routing import Mount
    from starlette.staticfiles import StaticFiles

    return Starlette(routes=[Mount("/", StaticFiles(directory=folder))])


async def aiohttp_static(folder: str, port: int) -> None:
    """aiohttp's static files."""
    from aiohttp import web

    app = web.Application()
    app.router.add_static("/", folder)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    await asyncio.Event().wait()


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"  # connections stay open

    def log_message(self, *_: object) -> None:
        """The others keep no log either."""


async def http_server(folder: str, port: int) -> None:
    """What comes with Python; it has no tags, only dates."""
    server = ThreadingHTTPServer(("127.0.0.1", port), partial(_Handler, directory=folder))
    await asyncio.to_thread(server.serve_forever)


PEERS: dict[str, Callable[[str, int], Coroutine[Any, Any, None]]] = {
    "starlette": starlette,
    "starlette_fast": starlette_fast,
    "aiohttp_static": aiohttp_static,
    "http_server": http_server,
}


def main() -> None:
    """NAME FOLDER PORT: serve the folder until killed."""
    name, folder, port = sys.argv[1:4]
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(PEERS[name](folder, int(port)))


if __name__ == "__main__":
    main()
