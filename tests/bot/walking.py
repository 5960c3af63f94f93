"""Somebody who walks through the demo in a browser, and takes pictures by name."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal
from urllib.parse import urljoin

from playwright.async_api import Locator, Page, ViewportSize, expect

from tests.bot.demo_process import running_demo
from tests.sandbox.browsing import SECONDS, chrome

WINDOW = ViewportSize(width=1280, height=1300)
"""High enough for the longest card."""

DESK = ViewportSize(width=1080, height=860)
"""What one sees of the public page before one scrolls."""

CHAT = "Berlin 2022 – chats"
CHANNEL = "News from Berlin"


@dataclass(frozen=True)
class Walk:
    """A browser in front of the demo, and somebody who takes pictures by name."""

    page: Page
    photograph: Callable[[str, Locator], Awaitable[None]]

    async def becomes(self, name: str) -> None:
        """Be this person, in their chat with the bot."""
        await self.page.locator("#people").get_by_role("button", name=name).click()
        await expect(self.page.locator("#chats-title")).to_have_text(f"Chats of {name.partition(' ')[0]}")
        await expect(self.page.locator("#talk-title")).to_have_text("Prework")

    async def goes_to(self, chat: str, topic: str | None = None) -> None:
        await self.page.locator("#chats").get_by_role("button", name=chat).click()
        await expect(self.page.locator("#talk-title")).to_have_text(chat)
        if topic:
            chip = self.page.locator("#topics").get_by_role("button", name=topic, exact=True)
            await chip.click()
            await expect(chip).to_have_attribute("aria-pressed", "true")

    async def says(self, text: str) -> None:
        await self.page.locator("#write").fill(text)
        await self.page.keyboard.press("Enter")

    async def presses(self, label: str) -> None:
        """The newest button with this label."""
        await self.page.locator("#messages").get_by_role("button", name=label, exact=True).last.click()

    async def chooses(self, label: str) -> None:
        """From the menu of the chat."""
        await self.page.get_by_role("button", name="What to do in this chat").click()
        await self.page.get_by_role("menuitem", name=label, exact=True).click()

    async def sees(self, *words: str) -> Locator:
        """A message with all of these words; the newest of several."""
        bubble = self.page.locator(".message")
        for each in words:
            bubble = bubble.filter(has_text=each)
        await expect(bubble.last).to_be_visible()
        return bubble.last

    async def answers(self, *pairs: tuple[str, str]) -> None:
        """See a question, send an answer, and so on."""
        for question, answer in pairs:
            await self.sees(question)
            await self.says(answer)

    async def skips(self, question: str) -> None:
        """See a question, and leave it out."""
        await self.sees(question)
        await self.presses("Skip")

    async def public(self, place: str) -> str:
        """The address of a place on the public page, such as "en/results"."""
        address = await self.page.get_by_role("link", name="Public page", exact=True).get_attribute("href")
        assert address
        return urljoin(address, place)

    async def reads(self, place: str, window: ViewportSize = DESK, scheme: Literal["light", "dark"] = "light") -> Page:
        """Open the public page at a place, as somebody who was never there before."""
        browser = self.page.context.browser
        assert browser is not None
        page = await browser.new_page(viewport=window, color_scheme=scheme)
        page.set_default_timeout(SECONDS * 1000)
        await page.goto(await self.public(place))
        return page

    async def waits_until(self, moment: datetime) -> None:
        """Set the clock of everybody."""
        moved = await self.page.request.post("/sandbox/clock", data={"to": moment.isoformat()})
        assert moved.ok, await moved.text()

    async def keeps(self, name: str, *words: str) -> None:
        """Take a picture of the message with these words."""
        await self.takes(name, await self.sees(*words))

    async def takes(self, name: str, what: Locator) -> None:
        """Take a picture, without the mouse on a button and without what pops up for a moment."""
        await self.page.mouse.move(0, 0)
        await expect(self.page.locator(".snack")).to_have_count(0)
        await self.photograph(name, what)


Step = Callable[[Walk], Awaitable[None]]


async def reload_until(page: Page, shown: Locator) -> None:
    """The public page looks once a second whether something is new."""
    async with asyncio.timeout(SECONDS):
        while not await shown.is_visible():
            await page.reload()


async def first_look(page: Page) -> Locator:
    """What one sees of a page before one scrolls."""
    await page.evaluate("document.body.style.cssText = 'height: 100vh; overflow: hidden'")
    return page.locator("html")


@asynccontextmanager
async def walking(folder: Path, photograph: Callable[[str, Locator], Awaitable[None]]) -> AsyncIterator[Walk]:
    """Start the demo and a browser in front of it."""
    async with running_demo(folder) as (_, url), chrome() as browser:
        context = await browser.new_context(
            base_url=url, viewport=WINDOW, color_scheme="light", timezone_id="Europe/Berlin"
        )
        page = await context.new_page()
        page.set_default_timeout(SECONDS * 1000)
        await page.goto("/")
        await page.locator("body.ready").wait_for()
        yield Walk(page, photograph)
