"""From the public page of the demo to bot, calendar, feeds and organisers, in one language."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from urllib.parse import urljoin

import feedparser
from icalendar import Calendar
from playwright.async_api import Page, expect

from bot.demo import FILES
from programme.reading import read
from tests.bot.result_stories import STORIES
from tests.bot.spoken_walk import SpokenWalk
from tests.bot.walking import Step, Walk

SLUG = "climate-havens"


@dataclass(frozen=True)
class Visit(SpokenWalk):
    """Somebody of the public looks at a webinar."""

    reader: str
    title: str

    async def finds(self) -> Page:
        """Click through from the start page to the webinar, in the browser in which one is the reader on Telegram."""
        page = await self.walk.page.context.new_page()
        await page.goto(await self.walk.public(f"{self.language}/"))
        await page.get_by_role("link", name=self.title, exact=True).click()
        await expect(page.get_by_role("heading", level=1)).to_have_text(self.title)
        return page


async def ask_to_be_reminded(visit: Visit) -> None:
    """The link opens the bot, with the question what of."""
    await visit.walk.becomes(visit.reader)
    page = await visit.finds()
    await expect(page.get_by_role("img", name=visit.label("QR code of the link"))).to_be_visible()
    await page.get_by_role("link", name=visit.label("Remind me on Telegram"), exact=True).click()
    dialog = page.get_by_role("dialog")
    await expect(dialog).to_contain_text(f"as {visit.reader}?")
    await dialog.get_by_role("button", name="Open", exact=True).click()
    chat = replace(visit, walk=replace(visit.walk, page=page))
    await chat.sees("What shall we remind you of?", visit.title)
    await chat.presses("This webinar")
    await chat.sees("You will be reminded.", visit.title)


async def put_it_into_the_calendar(visit: Visit) -> None:
    """As a file, and as an address to subscribe to."""
    page = await visit.finds()
    for label in ("Calendar file", "Subscribe in your calendar"):
        href = await page.get_by_role("link", name=visit.label(label)).get_attribute("href")
        address = urljoin(page.url, (href or "").replace("webcal://", "http://"))
        answer = await page.request.get(address)
        assert (answer.status, answer.headers["content-type"].partition(";")[0]) == (200, "text/calendar")
        (event,) = Calendar.from_ical(await answer.body()).walk("VEVENT")
        assert str(event["SUMMARY"]).split() == visit.title.split()  # a narrow space may be a common one there


async def subscribe_to_the_feeds(visit: Visit) -> None:
    """Atom and JSON name the same webinars, and where to read on."""
    page = await visit.finds()
    there = page.url
    await page.get_by_role("link", name=visit.label("Webinars"), exact=True).first.click()
    addresses = [
        urljoin(page.url, await page.get_by_role("link", name=kind, exact=True).get_attribute("href") or "")
        for kind in ("Atom", "JSON Feed")
    ]
    atom, json = [await page.request.get(address) for address in addresses]
    feed = feedparser.parse(await atom.body())
    assert not feed.bozo, feed.bozo_exception
    named = {(entry.title, entry.link) for entry in feed.entries}
    assert (visit.title, there) in named
    assert {(item["title"], item["url"]) for item in (await json.json())["items"]} == named


async def find_the_organisers(visit: Visit) -> None:
    """At the foot of every page is the way to them."""
    page = await visit.finds()
    await page.get_by_role("link", name=visit.label("Contact the organisers"), exact=True).click()
    await expect(page.get_by_role("heading", level=1)).to_have_text(visit.label("Contact the organisers"))
    await expect(page.get_by_role("main")).to_contain_text("pre-conference@example.org")


VISIT: Sequence[Callable[[Visit], Awaitable[None]]] = (
    ask_to_be_reminded,
    put_it_into_the_calendar,
    subscribe_to_the_feeds,
    find_the_organisers,
)


def steps(language: str) -> list[Step]:
    """The visit of somebody who reads this language."""
    (webinar,) = [one for one in read(FILES / "imcb22.yaml").webinars if one.slug == SLUG]

    async def go(step: Callable[[Visit], Awaitable[None]], walk: Walk) -> None:
        await step(Visit(walk, language, STORIES[language].reader, webinar.titles[language]))

    return [partial(go, step) for step in VISIT]
