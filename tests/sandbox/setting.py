"""A local Telegram with a bot and two people, reached over real HTTP; its clocks stand still until moved."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp

from sandbox.bots import Bot
from sandbox.clock import WallClock
from sandbox.limits import Limits
from sandbox.people import Person
from sandbox.server import Server
from sandbox.state import Json
from sandbox.telegram import LocalTelegram

START = datetime(2022, 3, 1, 12, tzinfo=UTC)
TOKEN = "7000000001:AA-sandbox-test"


class Stopwatch:
    """A monotonic clock that only the test moves."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@dataclass
class Client:
    """Calls the Bot API as a bot does: raw HTTP."""

    url: str
    token: str
    session: aiohttp.ClientSession

    async def raw(self, method: str, params: Json) -> tuple[int, Json]:
        async with self.session.post(f"{self.url}/bot{self.token}/{method}", json=params) as answer:
            return answer.status, await answer.json()

    async def __call__(self, method: str, **params: Any) -> Any:
        status, answer = await self.raw(method, params)
        assert status == 200, answer
        return answer["result"]

    async def refused(self, method: str, **params: Any) -> str:
        status, answer = await self.raw(method, params)
        assert status == answer["error_code"], answer
        return str(answer["description"])

    async def updates(self, **params: Any) -> list[Json]:
        """Fetch what waits and confirm it."""
        found: list[Json] = await self("getUpdates", **params)
        if found:
            await self("getUpdates", offset=found[-1]["update_id"] + 1)
        return found


@dataclass
class World:
    """What a test needs at hand."""

    telegram: LocalTelegram
    server: Server
    bot: Bot
    call: Client
    anna: Person
    ben: Person
    stopwatch: Stopwatch

    def time_passes(self, **units: float) -> None:
        self.telegram.clock.move(timedelta(**units))
        self.stopwatch.seconds += timedelta(**units).total_seconds()


@asynccontextmanager
async def open_world(limits: Limits | None = None) -> AsyncIterator[World]:
    """Serve a small world for the length of a test."""
    stopwatch = Stopwatch()
    telegram = LocalTelegram(WallClock(START, frozen=True), limits=limits, monotonic=stopwatch, sleep=no_wait)
    bot = telegram.add_bot(token=TOKEN)
    anna = telegram.as_person(telegram.add_user("Anna", last_name="Okafor", language_code="de"))
    ben = telegram.as_person(telegram.add_user("Ben", username="ben_k"))
    server = await telegram.serve()
    async with aiohttp.ClientSession() as session:
        yield World(telegram, server, bot, Client(server.url, TOKEN, session), anna, ben, stopwatch)
    await server.close()
    assert telegram.problems == []


async def no_wait(_seconds: float) -> None:
    """Wait as a test does: let others run once."""
    await asyncio.sleep(0)
