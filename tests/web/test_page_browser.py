"""The public page in a real browser: nobody is kept out, nothing runs, and nothing leaves this machine."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.async_api import Browser, Page, Route, ViewportSize, expect

from domain.pages import Note
from tests.hostile import HOSTILE, storable
from tests.sandbox.browsing import DESKTOP, PHONE, chrome
from tests.web.site import PLACES, Site, add_hostile, fill, open_site

pytestmark = pytest.mark.slow

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text()
EVERYWHERE = (*PLACES, "embed", "nothing")


@dataclass
class Visit:
    """A browser in front of the page; every request and every complaint is noted."""

    site: Site
    browser: Browser
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    async def opens(
        self, path: str, viewport: ViewportSize = DESKTOP, scheme: Literal["light", "dark"] = "light", **options: Any
    ) -> Page:
        context = await self.browser.new_context(viewport=viewport, color_scheme=scheme, **options)
        await context.route("**/*", self._note)
        page = await context.new_page()
        page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        await page.goto(f"{self.site.root}{path}")
        return page

    async def _note(self, route: Route) -> None:
        self.requests.append(route.request.url)
        if route.request.url.startswith(f"{self.site.root}/"):
            await route.continue_()
        else:
            await route.abort()


@asynccontextmanager
async def visiting(folder: Path) -> AsyncIterator[Visit]:
    async with open_site(folder) as site, chrome() as browser:
        await fill(site)
        visit = Visit(site, browser)
        yield visit
        assert [url for url in visit.requests if not url.startswith(f"{site.root}/")] == []
        assert visit.requests != []


@pytest.fixture
async def visit(tmp_path: Path) -> AsyncIterator[Visit]:
    async with visiting(tmp_path) as opened:
        yield opened
        assert [said for said in opened.complaints if "404" not in said] == []


@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    ("viewport", "scheme", "language"),
    [(DESKTOP, "light", "en"), (DESKTOP, "dark", "de"), (PHONE, "light", "fr"), (PHONE, "dark", "en")],
    ids=["desktop-light", "desktop-dark", "phone-light", "phone-dark"],
)
async def test_axe_finds_nothing_on_any_page(
    visit: Visit, viewport: ViewportSize, scheme: Literal["light", "dark"], language: str
) -> None:
    # Its script is ours to run, and nobody else's: the page itself allows none.
    page = await visit.opens("/en/", viewport, scheme, bypass_csp=True)
    found = {}
    for place in EVERYWHERE:
        await page.goto(f"{visit.site.root}/{language}/{place}")
        await page.evaluate(AXE)
        report = await page.evaluate("axe.run(document)")
        found[place] = [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in report["violations"]]
        assert len(report["passes"]) > 10

    assert {place: rules for place, rules in found.items() if rules} == {}


async def test_every_page_fits_on_a_phone_and_at_four_times_the_size(visit: Visit) -> None:
    page = await visit.opens("/en/", ViewportSize(width=320, height=640))
    for language, place in product(("en", "de", "fr"), EVERYWHERE):
        await page.goto(f"{visit.site.root}/{language}/{place}")

        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{language}/{place}"


async def test_a_page_needs_three_requests_and_no_script(visit: Visit) -> None:
    page = await visit.opens("/en/webinars/1", java_script_enabled=False)

    await expect(page.get_by_role("heading", level=1)).to_have_text("Cities as climate havens?")
    assert [url.removeprefix(visit.site.root).partition("-")[0] for url in visit.requests] == [
        "/en/webinars/1",
        "/static/page",
        "/static/icon",
    ]


async def test_a_journey_by_keyboard_from_the_start_to_a_reminder_in_german(visit: Visit) -> None:
    page = await visit.opens("/en/")

    await page.keyboard.press("Tab")
    await expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.locator("#content")).to_be_focused()
    await tabs_to(page, "Cities as climate havens?")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Cities as climate havens?")
    await tabs_to(page, "Deutsch")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Städte als Klimazuflucht?")
    await tabs_to(page, "Auf Telegram erinnern")

    link = page.get_by_role("link", name="Auf Telegram erinnern")
    await expect(link).to_have_attribute("href", visit.site.chat.bot.process.start_link("m_1"))


async def tabs_to(page: Page, name: str) -> None:
    """Press Tab until this link has the focus, and one can see that it has."""
    link = page.get_by_role("link", name=name, exact=True).first
    for _ in range(40):
        await page.keyboard.press("Tab")
        if await link.evaluate("link => link === document.activeElement"):
            assert await link.evaluate("link => getComputedStyle(link).outlineStyle") == "solid"
            return
    raise AssertionError(f"no Tab leads to {name}")


SHOT = """
for (const name of ['alert', 'confirm', 'prompt', 'print', 'open'])
    window[name] = () => window.parent.document.title = 'broken';
"""
"""Whatever runs, and does what those texts ask for, leaves a mark."""

LOOK = """
const unwanted = 'script:not([type="application/ld+json"]), img, iframe, object, embed, base, form, style';
const look = page => [
    page.querySelectorAll(unwanted).length,
    [...page.querySelectorAll('*')].filter(one => [...one.attributes].some(a => /^on|^style$/.test(a.name))).length,
    [...page.links].filter(one => !/^(https?|webcal|mailto):$/.test(one.protocol)).length,
    page.querySelectorAll('main').length,
];
const framed = async place => {
    const frame = document.createElement('iframe');
    frame.srcdoc = await (await fetch(place)).text();  // the address itself may not be framed
    await new Promise(loaded => { frame.onload = loaded; document.body.append(frame); });
    const found = [place, look(frame.contentDocument)];
    frame.remove();
    return found;
};
"""
"""What could run on a page, counted; the last number is one of every page there is."""

HARMLESS = [0, 0, 0, 1]


@pytest.mark.timeout(300)
async def test_300_hostile_texts_run_nothing_even_where_the_page_may_run_scripts(visit: Visit) -> None:
    """Without the policy that forbids scripts only what we escape is in their way."""
    group = visit.site.groups["PWG 3"]
    pairs = [await add_hostile(visit.site, group, number, storable(text)) for number, text in enumerate(HOSTILE)]
    await visit.site.write(Note.IMPRINT, "en", "\n\n".join(map(storable, HOSTILE)))
    visit.site.passes(seconds=61)
    places = ["webinars", f"groups/{group}", "embed", "imprint", *(f"results?page={number}" for number in range(1, 17))]
    places += [f"webinars/{webinar}" if webinar % 2 else f"results/{result}" for webinar, result in pairs]
    page = await visit.opens("/en/privacy", bypass_csp=True)
    await page.context.unroute_all()
    await page.add_init_script(SHOT)
    await page.goto(f"{visit.site.root}/en/")

    found = {"": await page.evaluate(f"() => {{ {LOOK} return look(document) }}")}
    for begin in range(0, len(places), 25):
        some = places[begin : begin + 25]
        found |= dict(await page.evaluate(f"places => {{ {LOOK} return Promise.all(places.map(framed)) }}", some))

    assert {place: counted for place, counted in found.items() if counted != HARMLESS} == {}
    assert len(found) == len(places) + 1
    assert await page.title() == "Pre-conference process"


async def test_the_check_for_what_runs_finds_what_runs(visit: Visit) -> None:
    page = await visit.opens("/en/privacy", bypass_csp=True)
    await page.add_init_script(SHOT)
    await page.goto(f"{visit.site.root}/en/")

    hostile = "<img src=x onerror=alert(1)><a href=javascript:1>x</a>"
    await page.evaluate("html => document.querySelector('main').innerHTML = html", hostile)
    await page.wait_for_function("document.title === 'broken'")

    assert await page.evaluate(f"() => {{ {LOOK} return look(document) }}") == [1, 1, 1, 1]
    visit.complaints.clear()


async def test_other_sites_can_frame_the_list_and_nothing_else(visit: Visit) -> None:
    page = await visit.opens("/en/privacy", bypass_csp=True)
    for place in ("embed", "webinars"):
        await page.evaluate(
            "place => new Promise(done => { const frame = document.createElement('iframe');"
            "frame.name = place; frame.src = place; frame.onload = done; document.body.append(frame) })",
            place,
        )

    shown = {frame.name: await frame.locator("main").count() for frame in page.frames if frame.name}
    assert shown == {"embed": 1, "webinars": 0}
    assert [said.partition("'")[0] for said in visit.complaints] == ["Framing "]
    visit.complaints.clear()


async def test_a_printed_page_shows_the_code_and_no_menus(visit: Visit) -> None:
    page = await visit.opens("/en/webinars/1", PHONE)
    await page.emulate_media(media="print")

    await expect(page.get_by_role("img", name="QR code of the link")).to_be_visible()
    await expect(page.locator(".pages")).to_be_hidden()
