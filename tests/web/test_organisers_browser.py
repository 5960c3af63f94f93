"""The organisers' pages in a real browser: signing in, reviewing by keyboard, on a phone, without a script."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Literal

import html5lib
import pytest
from playwright.async_api import Page, ViewportSize, expect

from domain.permissions import Role
from storage import people
from tests.chat.world import Visitor
from tests.sandbox.browsing import DESKTOP, PHONE, chrome
from tests.web.desk import PLACES, ask_for_link
from tests.web.site import Site, fill, open_site
from tests.web.test_organisers_resending import lost
from tests.web.test_organisers_work import FILE, submitted, under_way
from tests.web.test_page_browser import AXE, Visit

pytestmark = pytest.mark.slow

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


@asynccontextmanager
async def visiting(folder: Path) -> AsyncIterator[Visit]:
    async with open_site(folder, public_url="http://127.0.0.1") as site, chrome() as browser:
        await fill(site)
        await settle(site)
        visit = Visit(site, browser)
        yield visit
        assert [url for url in visit.requests if not url.startswith(f"{site.root}/")] == []


async def settle(site: Site) -> None:
    """Something to see on every page."""
    group = site.groups["PWG 3"]
    mia = await site.chat.member("Mia", group)
    await site.chat.coordinator("Clara", group)
    await submitted(site, mia, "A draft brief")
    await submitted(site, mia, "An accepted brief", state="accepted")
    await under_way(site, mia.id, "sent", "uncertain", "pending", "failed")
    await site.chat.session(group, site.chat.clock.now() - timedelta(days=1), "First meeting")


@pytest.fixture
async def visit(tmp_path: Path) -> AsyncIterator[Visit]:
    async with visiting(tmp_path) as opened:
        yield opened
        assert opened.complaints == []


async def signs_in(
    visit: Visit,
    viewport: ViewportSize = DESKTOP,
    scheme: Literal["light", "dark"] = "light",
    language: str = "en",
    *,
    is_bare: bool = False,
) -> Page:
    """From the link in the chat to the overview. `is_bare`: without the page's own rules, to let axe run."""
    olga = await visit.site.chat.organiser("Olga", "en")
    path = await ask_for_link(olga)
    if language != "en":
        await olga.forges(f"sl1:{language}")
    options = {"bypass_csp": True} if is_bare else {"java_script_enabled": False}
    page = await visit.opens(path, viewport, scheme, **options)
    await page.locator("main button").click()
    await expect(page.locator("main table")).to_be_visible()
    return page


@pytest.mark.timeout(300)
@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
async def test_axe_finds_nothing_on_any_page(
    visit: Visit, viewport: ViewportSize, scheme: Literal["light", "dark"]
) -> None:
    page = await signs_in(visit, viewport, scheme, "de", is_bare=True)
    found = {}
    for place in (*PLACES, "nothing", "broadcasts?live=1", "results?said=accepted", "enter/x"):
        await page.goto(f"{visit.site.root}/organisers/{place}")
        html5lib.HTMLParser(strict=True).parse((await page.content()).encode(), transport_encoding="utf-8")
        await page.evaluate(AXE)
        report = await page.evaluate("axe.run(document, {resultTypes: ['violations', 'incomplete']})")
        found[place] = [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in report["violations"]]
        assert len(report["passes"]) > 10
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), place
    visit.complaints[:] = [said for said in visit.complaints if "404" not in said]

    assert {place: rules for place, rules in found.items() if rules} == {}


async def test_a_result_is_accepted_and_published_by_keyboard_without_a_script(visit: Visit) -> None:
    page = await signs_in(visit)

    await tabs_to(page, "link", "Results")
    await page.keyboard.press("Enter")
    await tabs_to(page, "button", "Accept: A draft brief")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("status")).to_have_text("Accepted. It can be published now.")
    await tabs_to(page, "button", "Publish: A draft brief")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("status")).to_have_text("Published.")

    visit.site.passes(seconds=1)
    await page.goto(f"{visit.site.root}/en/results")
    await expect(page.get_by_role("link", name="A draft brief")).to_be_visible()


async def owner(visit: Visit) -> Visitor:
    """Somebody who was made an owner, and what did not arrive: certainly, perhaps, for good."""
    otto, anna = await visit.site.chat.person("Otto"), await visit.site.chat.person("Anna")
    async with visit.site.chat.bot.database.write() as tx:
        await people.grant(tx, otto.id, Role.OWNER)
    await lost(visit.site, anna)
    await lost(visit.site, anna, "comment", state="uncertain")
    await lost(visit.site, anna, "web_link")
    return otto


async def enters(visit: Visit, visitor: Visitor, **options: bool) -> Page:
    page = await visit.opens(await ask_for_link(visitor), DESKTOP, "light", **options)
    await page.locator("main button").click()
    return page


async def test_what_did_not_arrive_is_sent_again_by_keyboard_without_a_script(visit: Visit) -> None:
    page = await enters(visit, await owner(visit), java_script_enabled=False)
    await page.goto(f"{visit.site.root}/organisers/deliveries")

    question = page.get_by_text("It may have arrived. Sent again, it may arrive twice.")
    await expect(question).to_be_hidden()
    await page.locator("summary").focus()
    await page.keyboard.press("Enter")
    await expect(question).to_be_visible()
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("status")).to_have_text("It goes out again.")

    await expect(page.locator("summary")).to_have_count(0)
    await expect(page.get_by_role("button", name="Send again: News of a role, Anna")).to_be_visible()


async def test_a_text_is_looked_at_and_saved_by_keyboard_without_a_script(visit: Visit) -> None:
    page = await signs_in(visit)
    await page.goto(f"{visit.site.root}/organisers/texts")

    await tabs_to(page, "link", "Edit: Contact the organisers, Deutsch")
    await page.keyboard.press("Enter")
    await page.get_by_label("Contact the organisers, Deutsch").fill("Verein Beispiel\n\nhttps://example.org/kontakt")
    await tabs_to(page, "button", "Preview")
    await page.keyboard.press("Enter")
    await expect(page.locator(".look").get_by_role("link", name="https://example.org/kontakt")).to_be_visible()
    await tabs_to(page, "button", "Save")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("status")).to_have_text("Saved. The public page shows it.")

    visit.site.passes(seconds=1)
    await page.goto(f"{visit.site.root}/de/")
    await page.get_by_role("link", name="An die Organisation schreiben").click()
    await expect(page.get_by_role("link", name="https://example.org/kontakt")).to_be_visible()


@pytest.mark.parametrize("typed", ["Words.", "x" * 1501])
async def test_axe_finds_nothing_in_what_owners_see_and_in_a_look_at_a_text(visit: Visit, typed: str) -> None:
    page = await enters(visit, await owner(visit), bypass_csp=True)

    await page.goto(f"{visit.site.root}/organisers/deliveries")
    await page.locator("summary").click()
    deliveries = await complaints(page)
    await page.goto(f"{visit.site.root}/organisers/texts/edit?note=about&language=fr")
    await page.locator("#text").fill(typed)
    await page.get_by_role("button", name="Preview").click()
    look = await complaints(page)
    visit.complaints[:] = [said for said in visit.complaints if "422" not in said]

    assert (deliveries, look) == ([], [])


async def complaints(page: Page) -> list[tuple[str, list[str]]]:
    """What axe finds wrong."""
    await page.evaluate(AXE)
    report = await page.evaluate("axe.run(document)")
    return [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in report["violations"]]


async def tabs_to(page: Page, role: Literal["link", "button"], name: str) -> None:
    """Press Tab until this has the focus; one can see that it has."""
    wanted = page.get_by_role(role, name=name, exact=True).first
    for _ in range(60):
        await page.keyboard.press("Tab")
        focused = page.locator(":focus-visible")
        if await focused.count() and await focused.first.inner_html() == await wanted.inner_html():
            label = await focused.first.get_attribute("aria-label") or await focused.first.inner_text()
            if label == name:
                return
    raise AssertionError(f"no Tab leads to {name}")


async def test_a_file_is_taken_over_and_another_browser_knows_nothing_of_it(visit: Visit) -> None:
    page = await signs_in(visit)
    await page.goto(f"{visit.site.root}/organisers/programme")

    plan = {"name": "plan.yaml", "mimeType": "application/yaml", "buffer": FILE.encode()}
    await page.get_by_label("File").set_input_files(plan)  # type: ignore[arg-type]
    await page.get_by_role("button", name="Show what would change").click()
    await expect(page.locator(".numbers")).to_contain_text("groups new")
    await page.get_by_role("button", name="Take it over").click()
    await expect(page.get_by_role("status")).to_have_text("Taken over.")
    await expect(page.get_by_role("rowheader", name="A new webinar")).to_be_visible()

    other = await visit.opens("/organisers/programme")
    visit.complaints.clear()  # it says that it was answered 403
    await expect(other.locator("main")).to_contain_text("Send /organise to the bot")


async def test_the_link_of_another_page_does_not_bring_the_session_along(visit: Visit) -> None:
    page = await signs_in(visit)
    cookie = next(one for one in await page.context.cookies() if one["name"] == "prework")

    assert (cookie["httpOnly"], cookie["sameSite"], cookie["path"]) == (True, "Strict", "/organisers")
    await page.get_by_role("button", name="Sign out", exact=True).click()
    await expect(page.locator("main")).to_contain_text("You are signed out.")
    assert [one for one in await page.context.cookies() if one["name"] == "prework"] == []
