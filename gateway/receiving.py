"""Tells Telegram how this bot takes its updates: by webhook, or fetched by polling."""

import asyncio

import structlog
from telegram import Bot
from telegram.error import TelegramError

from gateway.clocks import Clock
from gateway.journal import ALLOWED_UPDATES

log = structlog.get_logger()

FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0


async def agree(bot: Bot, clock: Clock, url: str | None, secret: str | None) -> None:
    """Set the webhook, or remove one that stands in the way of polling; goes on until Telegram agrees."""
    wait = FIRST_WAIT
    while True:
        try:
            if url is None:
                await bot.delete_webhook(drop_pending_updates=False)
            else:
                await bot.set_webhook(url, secret_token=secret, allowed_updates=ALLOWED_UPDATES)
        except TelegramError as error:
            log.warning("receiving_not_agreed", webhook=url is not None, reason=error.message)
            await clock.wait(asyncio.Event(), wait)
            wait = min(2 * wait, LONGEST_WAIT)
        else:
            return
