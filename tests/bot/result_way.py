"""One who walks the way of a result: in the chats, on the public page, in the feed and the channel."""

from dataclasses import dataclass, field
from typing import Any

import feedparser
from playwright.async_api import Locator, Page, ViewportSize

from tests.bot.result_stories import Story
from tests.bot.spoken_walk import SpokenWalk
from tests.bot.walking import CHANNEL, reload_until

NUMBER = 3
"""Two results are there when the demo begins."""

LOW = ViewportSize(width=1080, height=640)
"""A page with little on it."""


@dataclass(frozen=True)
class Way(SpokenWalk):
    """A walk through a story. `files`: addresses to come back to."""

    story: Story
    files: list[str] = field(default_factory=list)

    @property
    def place(self) -> str:
        """Where the result stands on the public page."""
        return f"{self.language}/results/{NUMBER}"

    async def finds(self) -> Page:
        """Click through from the start page of the public page to the result."""
        page = await self.walk.reads(f"{self.language}/", LOW)
        pages = page.get_by_role("navigation", name=self.label("Pages"), exact=True)
        await pages.get_by_role("link", name=self.label("Results"), exact=True).click()
        link = page.get_by_role("link", name=self.story.title, exact=True)
        await reload_until(page, link)
        await link.click()
        return page

    async def entry(self) -> Any:
        """What the feed says of the result, read as a feed reader reads it."""
        answer = await self.walk.page.request.get(await self.walk.public(f"{self.language}/results.atom"))
        feed = feedparser.parse(await answer.body())
        assert not feed.bozo, feed.bozo_exception
        address = await self.walk.public(self.place)
        (found,) = [entry for entry in feed.entries if entry.link == address]
        return found

    async def looks_into_the_channel(self) -> None:
        """As somebody of the public."""
        await self.walk.becomes(self.story.reader)
        await self.walk.goes_to(CHANNEL)

    def posts(self, words: str) -> Locator:
        """What stands in the channel with these words."""
        return self.walk.page.locator(".message").filter(has_text=words)
