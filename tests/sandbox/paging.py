"""The chat page of a small world over one HTTP session, without a browser."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import aiohttp

from sandbox.clock import WallClock
from sandbox.state import Chat, User
from sandbox.telegram import LocalTelegram

TOKEN = "4200000001:" + "x" * 35
NOON = datetime(2022, 3, 21, 12, tzinfo=UTC)


@dataclass
class Page:
    """The page of a small world, and the bot's calls, over one HTTP session."""

    telegram: LocalTelegram
    anna: User
    esi: User
    group: Chat
    url: str
    http: aiohttp.ClientSession

    async def get(self, path: str, **headers: str) -> tuple[int, Any]:
        async with self.http.get(self.url + path, headers=headers) as answer:
            return answer.status, await answer.json(content_type=None)

    async def does(self, person: User, action: str, **fields: object) -> tuple[int, Any]:
        async with self.http.post(f"{self.url}/sandbox/people/{person.id}/{action}", json=fields) as answer:
            return answer.status, await answer.json()

    async def bot(self, method: str, **params: object) -> Any:
        async with self.http.post(f"{self.url}/bot{TOKEN}/{method}", json=params) as answer:
            return (await answer.json())["result"]

    async def talk(self, person: User, chat: int | None = None) -> Any:
        status, talk = await self.get(f"/sandbox/chats/{person.id}/{chat or person.id}")
        assert status == 200
        return talk

    async def line(self, person: User, chat: int | None = None) -> Any:
        _, state = await self.get("/sandbox/state")
        shown = next(each for each in state["people"] if each["id"] == person.id)
        return next(each for each in shown["chats"] if each["id"] == (chat or person.id))


@asynccontextmanager
async def open_page() -> AsyncIterator[Page]:
    """Serve the page: Anna from the public, and Esi, who owns a group."""
    telegram = LocalTelegram(WallClock(start=NOON, frozen=True))
    telegram.add_bot(token=TOKEN)
    anna = telegram.add_user("Anna", last_name="Feld", language_code="de", note="a member of the public")
    esi = telegram.add_user("Esi", note="coordinator of PWG 3")
    group = telegram.add_group("PWG 3", owner=esi)
    server = await telegram.serve(page=True)
    async with aiohttp.ClientSession() as http:
        yield Page(telegram, anna, esi, group, server.url, http)
    await server.close()
