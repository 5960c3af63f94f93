"""`prework run`: the bot from start to a clean end."""

import asyncio
import os
import signal
import threading
import time

import structlog

from bot.settings import Settings
from bot.wiring import Bot, assemble
from gateway.clocks import Clock
from storage import schema
from storage.database import Database

log = structlog.get_logger()

STUCK_SECONDS = 60.0
"""A loop that has not turned for this long will not again: the process ends, to be started anew."""

STANDBY_SECONDS = 5.0


async def run(settings: Settings, clock: Clock) -> None:
    """Run until SIGTERM or SIGINT. Raises what keeps it from starting; a part that dies ends the process."""
    database = Database(settings.database_url)
    try:
        await database.lead()
        await database.ping()
        await schema.migrate(database)
        await schema.check_integrity(database)
        bot = await assemble(settings, database, clock)
    except BaseException:
        await database.close()
        raise
    try:
        await _serve(bot)
    finally:
        await bot.close()


async def _serve(bot: Bot) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    watchdog = Watchdog()
    bot.ticks.start()
    await bot.lanes.take_unfinished()
    log.info("started", bot=bot.process.bot_username)
    # A task group: when one part dies, all end, and the process with them.
    async with asyncio.TaskGroup() as parts:
        parts.create_task(bot.sender.run())
        if bot.health.polls:
            parts.create_task(bot.poller.run())
        beat = parts.create_task(watchdog.beat())
        await stop.wait()
        log.info("stopping")
        bot.ticks.stop()
        bot.poller.stop()
        await bot.lanes.idle()
        bot.sender.stop()
        beat.cancel()
    log.info("stopped")


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
