"""A browser in front of the chat page, a bot of a few lines behind it, and a note of every request."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest
from playwright.async_api import Browser, Page, Route, ViewportSize, async_playwright, expect

from sandbox.clock import WallClock
from sandbox.state import TELEGRAM_ID, Chat, User
from sandbox.telegram import LocalTelegram

TOKEN = "4200000001:" + "x" * 35
SECONDS = 20
"""To wait at most until something shows: other processes may want the machine, too."""

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP = ViewportSize(width=1280, height=800)
PHONE = ViewportSize(width=360, height=740)
TABLET = ViewportSize(width=820, height=1180)


def chromium() -> str:
    """Return the path of the browser; without one, CI fails and everybody else sees why these tests are skipped."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None and os.environ.get("CI"):
        pytest.fail("no Chromium found: install the package chromium")
    if found is None:
        pytest.skip("no Chromium found: the chat page was not tried in a browser")
    return found


@asynccontextmanager
async def chrome() -> AsyncIterator[Browser]:
    """A browser, and how long its tests wait."""
    path = chromium()
    expect.set_options(timeout=SECONDS * 1000)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        await browser.close()


@dataclass
class EchoBot:
    """A bot of a few lines: greets with buttons, counts presses by editing, echoes the rest."""

    url: str
    http: aiohttp.ClientSession
    presses: int = 0
    keys: dict[str, Any] = field(
        default_factory=lambda: {
            "inline_keyboard": [
                [{"text": "Count", "callback_data": "count"}, {"text": "Warn", "callback_data": "warn"}],
                [{"text": "Open group 2", "url": "https://t.me/prework_bot?start=g_2"}],
                [{"text": "Share", "switch_inline_query": "w_7"}],
            ]
        }
    )

    async def call(self, method: str, **params: object) -> Any:
        async with self.http.post(f"{self.url}/bot{TOKEN}/{method}", json=params) as answer:
            return (await answer.json())["result"]

    async def run(self) -> None:
        offset = 0
        while True:
            for update in await self.call("getUpdates", offset=offset, timeout=10):
                offset = update["update_id"] + 1
                if "message" in update:
                    await self.answer(update["message"])
                if "inline_query" in update:
                    await self.offer(update["inline_query"])
                if "callback_query" in update:
                    await self.pressed(update["callback_query"])

    async def answer(self, message: dict[str, Any]) -> None:
        text, chat_id = message.get("text", ""), message["chat"]["id"]
        if text.startswith("/start"):
            hello = f"<b>Hello</b> {text[7:]}"
            await self.call("sendMessage", chat_id=chat_id, text=hello, parse_mode="HTML", reply_markup=self.keys)
        elif "document" in message:
            await self.call("sendMessage", chat_id=chat_id, text=f"Got {message['document']['file_name']}")
        elif text:
            await self.call("sendMessage", chat_id=chat_id, text=f"You said: {text}")

    async def offer(self, query: dict[str, Any]) -> None:
        said = {"message_text": f"Found {query['query']}"}
        result = {"type": "article", "id": "1", "title": "Webinar", "input_message_content": said}
        if query["query"] == "nothing":
            way_out = {"text": "Nothing found", "start_parameter": "webinars"}
            await self.call("answerInlineQuery", inline_query_id=query["id"], results=[], button=way_out)
            return
        if query["query"] == "many":
            result["title"] = f"Webinar {query['offset'] or 0}"
            further = "1" if not query["offset"] else ""
            await self.call("answerInlineQuery", inline_query_id=query["id"], results=[result], next_offset=further)
            return
        await self.call("answerInlineQuery", inline_query_id=query["id"], results=[result])

    async def pressed(self, query: dict[str, Any]) -> None:
        if query["data"] == "warn":
            await self.call("answerCallbackQuery", callback_query_id=query["id"], text="Careful", show_alert=True)
            return
        self.presses += 1
        await self.call("answerCallbackQuery", callback_query_id=query["id"], text="Counted")
        place = {"chat_id": query["message"]["chat"]["id"], "message_id": query["message"]["message_id"]}
        await self.call("editMessageText", **place, text=f"Pressed {self.presses}×", reply_markup=self.keys)


@dataclass
class World:
    """The served sandbox with its people; `opens` gives a tab whose every request is noted."""

    url: str
    telegram: LocalTelegram
    browser: Browser
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    async def opens(self, place: str = "", viewport: ViewportSize = DESKTOP) -> Page:
        context = await self.browser.new_context(viewport=viewport)
        await context.route("**/*", self._note)
        page = await context.new_page()
        page.set_default_timeout(SECONDS * 1000)
        page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        await page.goto(f"{self.url}/{place}")
        await page.locator("body.ready").wait_for()
        return page

    async def becomes(self, page: Page, name: str) -> None:
        """Choose a person on the left."""
        await page.locator("#people").get_by_role("button", name=name).click()
        await expect(page.locator("#chats-title")).to_have_text(f"Chats of {name.partition(' ')[0]}")

    async def goes_to(self, page: Page, title: str) -> None:
        """Choose a chat."""
        await page.locator("#chats").get_by_role("button", name=title).click()
        await expect(page.locator("#talk-title")).to_have_text(title)

    async def chooses(self, page: Page, label: str, menu: str = "What to do in this chat") -> None:
        """Open a menu and choose what it offers."""
        await page.get_by_role("button", name=menu).click()
        await page.get_by_role("menuitem", name=label, exact=True).click()

    @property
    def people(self) -> list[User]:
        return [user for user in self.telegram.users.values() if not user.is_bot and user.id != TELEGRAM_ID]

    async def bot_says(self, text: str) -> None:
        """The bot writes to the first person, who has pressed Start."""
        self.telegram.as_person(self.people[0]).start()
        async with aiohttp.ClientSession() as http:
            await EchoBot(self.url, http).call("sendMessage", chat_id=self.people[0].id, text=text, parse_mode="HTML")

    def chat(self, title: str) -> Chat:
        return next(chat for chat in self.telegram.chats.values() if chat.title == title and not chat.migrated_to)

    async def _note(self, route: Route) -> None:
        self.requests.append(route.request.url)
        if route.request.url.startswith(f"{self.url}/"):
            await route.continue_()
        else:
            await route.abort()


@asynccontextmanager
async def browse() -> AsyncIterator[World]:
    """Serve a small world with a bot, and open a browser; afterwards nothing may have left this machine."""
    telegram = LocalTelegram(WallClock(start=datetime(2022, 3, 21, 12, tzinfo=UTC), frozen=True))
    telegram.add_bot(token=TOKEN)
    telegram.add_user("Anna", last_name="Feld", note="a member of the public", zone="Asia/Jakarta")
    esi = telegram.add_user("Esi", last_name="Badu", note="coordinator of PWG 3")
    telegram.add_user("Olga", last_name="Stern", note="an organiser")
    group = telegram.add_group("PWG 3", owner=esi)
    telegram.as_person(esi).add_bot(group)
    server = await telegram.serve(page=True)
    async with aiohttp.ClientSession() as http, chrome() as browser:
        bot = EchoBot(server.url, http)
        await bot.call("setMyCommands", commands=[{"command": "webinars", "description": "Upcoming webinars"}])
        polling = asyncio.create_task(bot.run())
        world = World(server.url, telegram, browser)
        yield world
        polling.cancel()
        with suppress(asyncio.CancelledError):
            await polling
    await server.close()
    assert world.complaints == []
    assert [url for url in world.requests if not url.startswith(f"{server.url}/")] == []
    assert len(world.requests) > 10
