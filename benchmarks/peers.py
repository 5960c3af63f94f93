"""One contestant in one discipline, as a process of its own: `python -m benchmarks.peers NAME URL ...`."""

import asyncio
import contextlib
import json
import sys
import tempfile
import time
import warnings
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import uvloop
from pydantic import SecretStr

from bot import logs

TOKEN = "424242:benchmark-token-of-a-local-server"
FIRST_PERSON = 5_200_000_001
CALLS = 32
"""Calls under way at once, where nothing else suits a contestant better."""

BEST_OF_STOCK = 8
"""Of 1, 8 and 32 calls under way, stock python-telegram-bot is fastest with 8: it runs like that as well."""

BEST_OF_OURS = 64
"""Of 32, 48, 64 and 128 (BOT_CALLS_IN_FLIGHT), 64 suit our outbox best: while one batch waits for the disk, another is
under way."""

WARM_UP = 200
"""Sends before the clock starts, for everybody: connections, caches, first statements."""

TEXT = "Starts in 1 hour: Cities as climate havens?\nTue, 22 Mar 2022, 16:00 (Berlin)"


@dataclass(frozen=True)
class Spent:
    """Seconds on the clock, and of the processor."""

    seconds: float = 0.0
    cpu: float = 0.0


class Watch:
    """Runs from its making on."""

    def __init__(self) -> None:
        self._began, self._cpu = time.perf_counter(), time.process_time()

    def stop(self) -> Spent:
        """What has been spent."""
        return Spent(time.perf_counter() - self._began, time.process_time() - self._cpu)


async def spread(count: int, send: Callable[[int], Awaitable[object]], calls: int = CALLS) -> Spent:
    """Call `send(person id)` for `count` people after a warm-up, `calls` at a time."""

    async def call(people: Iterator[int]) -> None:
        for person in people:
            await send(person)

    watch = Watch()
    for number in (WARM_UP, count):
        people = iter(range(FIRST_PERSON, FIRST_PERSON + number))
        watch = Watch()
        await asyncio.gather(*(call(people) for _ in range(calls)))
    return watch.stop()


# --- Sending: a bare send_message, and ours with everything that belongs to it ---


async def ptb_send(url: str, count: int) -> Spent:
    """Stock python-telegram-bot."""
    from telegram import Bot

    async with Bot(TOKEN, base_url=f"{url}/bot") as bot:
        return await spread(count, lambda person: bot.send_message(person, TEXT))


async def ptb_best_send(url: str, count: int) -> Spent:
    """Stock python-telegram-bot with as many calls under way as suit it best."""
    from telegram import Bot

    async with Bot(TOKEN, base_url=f"{url}/bot") as bot:
        return await spread(count, lambda person: bot.send_message(person, TEXT), BEST_OF_STOCK)


async def aiogram_send(url: str, count: int) -> Spent:
    """Stock aiogram."""
    from aiogram import Bot
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer

    async with Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(url))) as bot:
        return await spread(count, lambda person: bot.send_message(person, TEXT))


async def prework_send(url: str, count: int) -> Spent:
    """Our outbox: claim, send, record; SQLite with synchronous=FULL."""
    async with prework(url) as bot:
        sender = asyncio.create_task(bot.sender.run())
        await _through_the_outbox(bot, range(FIRST_PERSON, FIRST_PERSON + WARM_UP), "warm-up")
        elapsed = await _through_the_outbox(bot, range(FIRST_PERSON, FIRST_PERSON + count), "bench")
        bot.sender.stop()
        await sender
        return elapsed


async def _through_the_outbox(bot: Any, people: range, name: str) -> Spent:
    """Owe everybody a message, then let the sender go; what is spent until the last is recorded."""
    from domain.deliveries import owe
    from storage import outbox

    now = bot.clock.now()
    payload = {"text": TEXT, "parse_mode": "HTML"}
    rows = [owe("reply", f"{name}:{p}", now, chat_id=p, payload={"chat_id": p, **payload}) for p in people]
    async with bot.database.write() as tx:
        await outbox.add(tx, rows, now)
    watch = Watch()
    bot.sender.wake()
    while await _is_owed(bot):
        await asyncio.sleep(0.02)
    return watch.stop()


async def _is_owed(bot: Any) -> bool:
    from storage import outbox

    async with bot.database.read() as tx:
        return bot.sender.is_busy or await outbox.next_due_at(tx) is not None


# --- Answering a command: a bare echo, and our /webinars ---


async def ptb_poll(url: str, _: int) -> Spent:
    """Stock python-telegram-bot, an echo, by polling."""
    application = _ptb_echo(url)
    async with application:
        await application.start()
        await application.updater.start_polling(timeout=10)
        await asyncio.Event().wait()
    return Spent()


async def ptb_webhook(url: str, port: int) -> Spent:
    """Stock python-telegram-bot, an echo, by its own webhook server."""
    application = _ptb_echo(url)
    async with application:
        await application.start()
        await application.updater.start_webhook(
            "127.0.0.1", port, "telegram", webhook_url=f"http://127.0.0.1:{port}/telegram"
        )
        await asyncio.Event().wait()
    return Spent()


def _ptb_echo(url: str) -> Any:
    from telegram import Update
    from telegram.ext import ApplicationBuilder, ContextTypes, MessageHandler, filters

    async def echo(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        del context
        if update.message is not None and update.message.text is not None:
            await update.message.reply_text(update.message.text)

    application = ApplicationBuilder().token(TOKEN).base_url(f"{url}/bot").build()
    application.add_handler(MessageHandler(filters.TEXT, echo))
    return application


async def aiogram_poll(url: str, _: int) -> Spent:
    """Stock aiogram, an echo, by polling."""
    bot, dispatcher = _aiogram_echo(url)
    await dispatcher.start_polling(bot, handle_signals=False)
    return Spent()


async def aiogram_webhook(url: str, port: int) -> Spent:
    """Stock aiogram, an echo, by its webhook handler on aiohttp."""
    from aiogram.webhook.aiohttp_server import SimpleRequestHandler, setup_application
    from aiohttp import web

    bot, dispatcher = _aiogram_echo(url)
    app = web.Application()
    SimpleRequestHandler(dispatcher=dispatcher, bot=bot).register(app, path="/telegram")
    setup_application(app, dispatcher, bot=bot)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    await asyncio.Event().wait()
    return Spent()


def _aiogram_echo(url: str) -> Any:
    from aiogram import Bot, Dispatcher
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer
    from aiogram.types import Message

    dispatcher = Dispatcher()

    @dispatcher.message()
    async def echo(message: Message) -> None:
        if message.text is not None:
            await message.answer(message.text)

    return Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(url))), dispatcher


async def prework_poll(url: str, _: int) -> Spent:
    """Our bot as `prework run` serves it, by polling: `/webinars` with five webinars, all durable."""
    async with prework(url) as bot, asyncio.TaskGroup() as parts:
        parts.create_task(bot.sender.run())
        parts.create_task(bot.poller.run())
    return Spent()


async def prework_webhook(url: str, port: int) -> Spent:
    """Our bot exactly as `prework run` serves it, by webhook: `/webinars` with five webinars, all durable."""
    from bot.run import run
    from gateway.clocks import Clock

    async with _database(url) as (_, settings):
        by_webhook = {
            "web_port": port,
            "public_url": f"http://127.0.0.1:{port}",
            "webhook_secret": SecretStr("secret"),
        }
        await run(settings.model_copy(update=by_webhook), Clock(), stop=asyncio.Event())
    return Spent()


@contextlib.asynccontextmanager
async def prework(url: str) -> AsyncIterator[Any]:
    """Our bot on a fresh SQLite file with five webinars, limits of pace lifted."""
    from bot.wiring import assemble
    from gateway.clocks import Clock

    async with _database(url) as (database, settings):
        bot = await assemble(settings, database, Clock())
        try:
            yield bot
        finally:
            await bot.close()


@contextlib.asynccontextmanager
async def _database(url: str) -> AsyncIterator[tuple[Any, Any]]:
    from bot.settings import Settings
    from storage import schema
    from storage.database import Database

    with tempfile.TemporaryDirectory() as folder:
        database_url = f"sqlite+aiosqlite:///{Path(folder) / 'bench.db'}"
        settings = Settings(
            _env_file=None,
            token=SecretStr(TOKEN),
            owner_ids=frozenset({1}),
            database_url=database_url,
            api_url=url,
            rate=100_000,
            calls_in_flight=BEST_OF_OURS,
        )
        database = Database(database_url)
        await schema.migrate(database)
        await _programme(database)
        yield database, settings
        await database.close()


async def _programme(database: Any) -> None:
    from datetime import UTC, datetime, timedelta

    from domain.events import Event, EventState, LinkPolicy
    from domain.groups import Group
    from services import webinars
    from storage import groups

    now = datetime.now(UTC)
    async with database.write() as tx:
        group = await groups.add(tx, Group(0, "PWG 1", {"en": "Climate"}, {"en": "Theme"}, 7, 10))
        for number in range(1, 6):
            event = Event(
                0, group, f"webinar-{number}", {"en": f"Webinar {number}"}, {"en": "Abstract"}, ("Institute",), ("en",),
                now + timedelta(days=number), 60, "Europe/Berlin", None, LinkPolicy.GUARDED, EventState.ANNOUNCED, 1,
            )  # fmt: skip
            await webinars.add(tx, event, now, None)


CONTESTANTS: dict[str, Callable[[str, int], Coroutine[Any, Any, Spent]]] = {
    "ptb_send": ptb_send,
    "ptb_best_send": ptb_best_send,
    "aiogram_send": aiogram_send,
    "prework_send": prework_send,
    "ptb_poll": ptb_poll,
    "aiogram_poll": aiogram_poll,
    "prework_poll": prework_poll,
    "ptb_webhook": ptb_webhook,
    "aiogram_webhook": aiogram_webhook,
    "prework_webhook": prework_webhook,
}


def main() -> None:
    """NAME URL NUMBER: run one contestant; a sending one prints what it spent at its end."""
    name, url, number = sys.argv[1:4]
    warnings.simplefilter("ignore")
    logs.set_up("json", "WARNING")
    # Ours runs on the loop that `prework run` runs on; the peers on the one they come with.
    loop_factory = uvloop.new_event_loop if name.startswith("prework") else None
    with asyncio.Runner(loop_factory=loop_factory) as runner:
        print(json.dumps(asdict(runner.run(CONTESTANTS[name](url, int(number))))))


if __name__ == "__main__":
    main()
