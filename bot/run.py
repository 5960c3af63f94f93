"""`prework run`: the bot from start to a clean end."""

import asyncio
import os
import signal
import socket
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import structlog

from bot.report import count, make_report
from bot.settings import Settings
from bot.wiring import Bot, assemble
from gateway.clocks import Clock
from gateway.receiving import agree
from services.work import Background
from storage import schema
from storage.database import Database
from web.app import WEBHOOK_PATH, WebServer, listen, make_app
from web.buckets import Buckets
from web.calendar import CalendarPages
from web.files import PublishedFiles
from web.organiser_guard import Door
from web.organisers import OrganiserPages
from web.pages import PublicPages
from web.shelf import Shelf
from web.webhook import Webhook

log = structlog.get_logger()

STUCK_SECONDS = 60.0
"""A loop that has not turned for this long will not again: the process ends, to be started anew."""


class PortTaken(Exception):
    """Health and webhook cannot be served there; `str()` says what to do."""


async def run(
    settings: Settings,
    clock: Clock,
    *,
    other_bot: bool = False,
    stop: asyncio.Event | None = None,
    listening: socket.socket | None = None,
    beside: Callable[[Bot], Awaitable[None]] | None = None,
) -> None:
    """Run until `stop`, by default until SIGTERM or SIGINT. Raises what keeps it from starting.

    A part that dies ends the process: all of them are raised as a group.
    `other_bot`: the database may have belonged to another bot until now.
    `listening`: a socket to serve the web side on, instead of one made by the settings.
    `beside`: runs next to the other parts, and is cancelled with them.
    """
    stop = stop or stop_on_signals()
    database = Database(settings.database_url)
    async with AsyncExitStack() as opened:
        opened.push_async_callback(database.close)
        await open_leading(database)
        await schema.migrate(database)
        web_socket = opened.enter_context(listening or _listen(settings))
        bot = await assemble(settings, database, clock, other_bot=other_bot)
        opened.push_async_callback(bot.close)
        await _serve(bot, web_socket, beside, stop)


async def open_leading(database: Database) -> None:
    """Become the one process on this database, and see that it is whole; raises StorageError."""
    await database.lead()
    await database.ping()
    await schema.check_integrity(database)


def stop_on_signals() -> asyncio.Event:
    """An event that SIGTERM and SIGINT set, from now on."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    return stop


def _listen(settings: Settings) -> socket.socket:
    host, port = settings.web_host, settings.web_port
    try:
        return listen(host, port)
    except (OSError, UnicodeError) as error:
        # Not its own sentence, which names the address once more.
        number = error.errno if isinstance(error, OSError) else None
        reason = os.strerror(number) if number and number > 0 else error
        raise PortTaken(
            f"Cannot listen on {host}, port {port} ({reason}). Set BOT_WEB_HOST, BOT_WEB_PORT (0: any free port)."
        ) from error


async def _serve(
    bot: Bot, web_socket: socket.socket, beside: Callable[[Bot], Awaitable[None]] | None, stop: asyncio.Event
) -> None:
    server, watchdog = _web_server(bot, web_socket), Watchdog()
    bot.ticks.start()
    await bot.lanes.take_unfinished()
    log.info("started", bot=bot.process.bot_username, web="{}:{}".format(*web_socket.getsockname()[:2]))
    # A task group: when one part dies, all end, and the process with them.
    async with asyncio.TaskGroup() as parts:
        parts.create_task(server.run_until_stopped())
        parts.create_task(bot.sender.run())
        if bot.health.polls:
            parts.create_task(bot.poller.run())
        endless = [parts.create_task(watchdog.beat()), parts.create_task(_agree(bot))]
        if beside is not None:
            endless.append(parts.create_task(_beside(beside, bot)))
        await stop.wait()
        log.info("stopping")
        for task in endless:
            task.cancel()
        await _stop(bot, server)
    log.info("stopped")


async def _stop(bot: Bot, server: WebServer) -> None:
    """Take nothing in any more, finish what was taken in, send what is under way."""
    server.stop()
    bot.ticks.stop()
    bot.poller.stop()
    await bot.lanes.idle()
    bot.sender.stop()


async def _beside(beside: Callable[[Bot], Awaitable[None]], bot: Bot) -> None:
    await beside(bot)


def _web_server(bot: Bot, web_socket: socket.socket) -> WebServer:
    async def store(updates: Sequence[Mapping[str, Any]]) -> None:
        await bot.journal.store(updates)
        bot.health.last_update_at = bot.clock.now()

    secret = bot.settings.webhook_secret
    webhook = Webhook(secret.get_secret_value(), store) if secret else None
    calendars = CalendarPages(lambda: reading(bot))
    monotonic = bot.clock.monotonic
    buckets = Buckets(monotonic)
    pages = PublicPages(Shelf(lambda: reading(bot), monotonic), buckets)
    files = PublishedFiles(lambda: reading(bot), bot.settings.files_folder, buckets)
    organisers = OrganiserPages(door_to(bot)) if bot.process.web_url else None
    app = make_app(lambda: make_report(bot), webhook, calendars, pages, lambda: count(bot), files, organisers)
    return WebServer(app, web_socket)


def door_to(bot: Bot) -> Door:
    """What the organisers' pages reach of the bot."""
    return Door(bot.process, lambda: reading(bot), lambda: writing(bot), bot.sender.wake, bot.clock.monotonic)


@asynccontextmanager
async def reading(bot: Bot) -> AsyncIterator[Background]:
    """A reading transaction, for the web side."""
    async with bot.database.read() as tx:
        yield Background(tx, bot.clock.now(), bot.process)


@asynccontextmanager
async def writing(bot: Bot) -> AsyncIterator[Background]:
    """A writing transaction, for the organisers' pages."""
    async with bot.database.write() as tx:
        yield Background(tx, bot.clock.now(), bot.process)


async def _agree(bot: Bot) -> None:
    settings = bot.settings
    if settings.webhook_secret is None:
        await agree(bot.application.bot, bot.clock, None, None)
    else:
        url = f"{settings.public_url}{WEBHOOK_PATH}"
        await agree(bot.application.bot, bot.clock, url, settings.webhook_secret.get_secret_value())


class Watchdog:
    """Ends the process when the event loop hangs. It never minds what Telegram or the disk refuse."""

    def __init__(self) -> None:
        self._last = time.monotonic()
        threading.Thread(target=self._watch, daemon=True, name="watchdog").start()

    async def beat(self) -> None:
        """Show that the loop turns."""
        while True:
            self._last = time.monotonic()
            await asyncio.sleep(1)

    def _watch(self) -> None:
        while time.monotonic() - self._last < STUCK_SECONDS:
            time.sleep(5)
        log.critical("loop_stuck")
        os._exit(1)
