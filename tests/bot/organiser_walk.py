"""A result on its way through the organisers' pages, picture by picture: what docs/organiser-pages.md shows."""

from playwright.async_api import Page, ViewportSize, expect

from tests.bot.walking import Walk, reload_until
from tests.sandbox.browsing import SECONDS

TITLE = "What work will be in 2035"
DESK = ViewportSize(width=1280, height=800)
LOW = ViewportSize(width=1280, height=760)


async def hand_in(walk: Walk) -> None:
    """Indah hands in a result."""
    await walk.page.set_viewport_size(LOW)
    await walk.becomes("Indah Contoh")
    await walk.says("/submit")
    await walk.sees("What is it?")
    await walk.presses("Research brief")
    await walk.sees("In which language is it written?")
    await walk.presses("English")
    await walk.answers(("What is the title?", TITLE), ("Sum it up", "Three futures of work, and what each asks of us."))
    await walk.answers(("Is there a file or a page to it?", "https://results.example.org/work-2035"))
    await walk.sees("Can everybody read the file")
    await walk.presses("Yes")
    await walk.sees("Did somebody of the group write it with you?")
    await walk.presses("Nobody else")
    await walk.sees("Now the coordinators of PWG 2")
    await walk.presses("Send")
    await walk.sees("Sent to the coordinators of PWG 2")


async def publish_in_the_browser(walk: Walk) -> None:
    """Olga opens her pages by the link in the chat, accepts, and publishes."""
    await walk.becomes("Olga Organiser")
    await walk.says("/organise")
    await walk.sees("All groups")
    await walk.presses("Open in the browser")
    await walk.keeps("organisers-link", "The organisers' pages")
    desk = await _opens_link(walk)
    await desk.get_by_role("button", name="Sign in on this device").click()
    await expect(desk.get_by_role("heading", level=1)).to_have_text("Overview")
    await walk.photograph("organisers-overview", desk.locator("html"))
    await desk.get_by_role("link", name="Results", exact=True).click()
    await walk.photograph("organisers-results", desk.locator("html"))
    await desk.get_by_role("button", name=f"Accept: {TITLE}").click()
    await desk.get_by_role("button", name=f"Publish: {TITLE}").click()
    await expect(desk.get_by_role("status")).to_have_text("Published.")
    await _is_public(desk)


async def _opens_link(walk: Walk) -> Page:
    await walk.presses("Open in the browser")
    async with walk.page.expect_popup() as opened:
        await walk.page.get_by_role("button", name="Open in a new tab").click()
    desk = await opened.value
    await desk.set_viewport_size(DESK)
    desk.set_default_timeout(SECONDS * 1000)
    return desk


async def _is_public(desk: Page) -> None:
    await desk.get_by_role("link", name="Public page").click()
    await desk.get_by_role("link", name="Results", exact=True).first.click()
    await reload_until(desk, desk.get_by_role("link", name=TITLE))


STEPS = (hand_in, publish_in_the_browser)
