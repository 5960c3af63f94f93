"""The HTTP server: Bot API, files, and the clock; with the chat page if wanted."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aiohttp import web

from sandbox.api import BotApi
from sandbox.control import Control

if TYPE_CHECKING:
    from sandbox.telegram import LocalTelegram

MOST_BODY = 64 * 1024 * 1024


@dataclass(eq=False)
class Server:
    """A listening server."""

    url: str
    telegram: "LocalTelegram"
    _runner: web.AppRunner

    async def close(self) -> None:
        """Stop listening and end what waits: polls, holds, webhooks."""
        self.telegram.faults.clear()
        for bot in self.telegram.bots.values():
            await bot.queue.close()
        await self._runner.cleanup()


async def start_server(telegram: "LocalTelegram", host: str, port: int, *, page: bool) -> Server:
    """Listen on host and port (0: a free one)."""
    app = web.Application(client_max_size=MOST_BODY)
    api = BotApi(telegram)
    app.router.add_route("*", "/bot{token}/{method}", api.handle)
    app.router.add_get("/file/bot{token}/{path:.+}", api.download)
    Control(telegram).add_to(app)
    if page:
        from sandbox.page import add_routes  # noqa: PLC0415  (the page is optional)

        add_routes(app, telegram)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    site = web.TCPSite(runner, host, port)
    await site.start()
    bound: tuple[Any, ...] = runner.addresses[0]
    return Server(f"http://{bound[0]}:{bound[1]}", telegram, runner)
