"""Feeds and data for machines, read back by readers that do not know who wrote them; and hostile texts everywhere."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import feedparser
import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.events import Event, EventState, LinkPolicy
from domain.pages import one_line, paragraphs, readable
from storage import events
from tests.web.site import AT, Site, fill, open_site
from web.feeds import identity
from web.rendering import linked
from web.structured import as_data

NASTY = [
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</title></head><img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    "<!-- no end",
    "--><b>x",
    "]]><x>",
    "<![CDATA[x",
    "&lt;b&gt;&amp;amp;&#0;&nbsp",
    "{{ 7*7 }}{% raw %}",
    "{0} {title} %s %(x)s",
    "\u202eesrever\u202c",
    "\u202eno end",
    "\u2067right to left\u2069",
    "עברית (1) العربية",
    "a\x00b\x01c\x1b[31m",
    "tab\tand\r\nlines\rhere",
    "a\u2028b\u2029c\x85d",
    "x\ufffe\uffff\ufdd0\U0001ffff",
    "𝕌𝕟𝕚𝕔𝕠𝕕𝕖 👩‍👩‍👧 é",
    "=1+1",
    "BEGIN:VCALENDAR\nEND:VCALENDAR",
    "javascript:alert(1)",
    "https://example.org/?a=1&b=<2>\"'",
    'https://example.org/"><script>alert(1)</script>',
    "   spaces   inside   ",
    "x" * 3000,
    "\u202e",
    "\\u003c/script\\u003e",
]


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    async with open_site(tmp_path) as opened:
        await fill(opened)
        yield opened


async def feed_of(site: Site, path: str) -> Any:
    answer = await site.get(path)
    found = feedparser.parse(answer.body, response_headers={"content-type": answer.headers["Content-Type"]})
    assert not found.bozo, found.get("bozo_exception")
    return found


async def test_results_are_a_feed(site: Site) -> None:
    found = await feed_of(site, "/de/results.atom")

    assert found.version == "atom10"
    assert found.feed.title == "Ergebnisse · Vorkonferenzprozess"
    assert found.feed.language == "de"
    assert found.feed.author == "Vorkonferenzprozess"
    assert {link.rel: link.href for link in found.feed.links} == {
        "alternate": "https://pages.example.org/de/results",
        "self": "https://pages.example.org/de/results.atom",
    }
    assert [(entry.title, entry.link, entry.summary, entry.updated) for entry in found.entries] == [
        ("Recruiting fairly", "https://pages.example.org/de/results/2", "What we found.", "2022-03-14T12:00:00+00:00"),
        (
            "Cities that expect newcomers",
            "https://pages.example.org/de/results/1",
            "What we found.",
            "2022-03-14T12:00:00+00:00",
        ),
    ]


async def test_webinars_are_a_feed_that_says_what_is_cancelled(site: Site) -> None:
    site.passes(hours=1)
    await site.change(1, titles={"en": "Cities, renamed"})
    site.passes(seconds=1)

    found = await feed_of(site, "/en/webinars.atom")

    assert [entry.title for entry in found.entries] == [
        "Cities, renamed",
        "Held",
        "Cancelled: Called off",
        "Ethical recruitment in care",
    ]
    assert found.entries[0].summary == (
        "Tuesday, 22 March 2022, 16:00 to 17:00, Berlin time, 15:00 to 16:00 UTC<br /><br />An abstract."
    )


async def test_the_same_things_are_a_json_feed(site: Site) -> None:
    for name in ("webinars", "results"):
        found = json.loads(await site.read(f"/fr/{name}.json"))
        atom = await feed_of(site, f"/fr/{name}.atom")

        assert found["version"] == "https://jsonfeed.org/version/1.1"
        assert (found["feed_url"], found["language"]) == (f"https://pages.example.org/fr/{name}.json", "fr")
        assert [(item["id"], item["url"], item["title"]) for item in found["items"]] == [
            (entry.id, entry.link, entry.title) for entry in atom.entries
        ]
        assert [item["date_modified"] for item in found["items"]] == [entry.updated for entry in atom.entries]


async def test_scripts_of_other_sites_may_read_feeds_and_no_pages(site: Site) -> None:
    answers = {
        place: await site.get(f"/en/{place}") for place in ("webinars.atom", "results.json", "webinars", "embed")
    }

    assert {place: answer.headers.get("Access-Control-Allow-Origin") for place, answer in answers.items()} == {
        "webinars.atom": "*",
        "results.json": "*",
        "webinars": None,
        "embed": None,
    }
    assert answers["webinars.atom"].headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert answers["results.json"].headers["Content-Type"] == "application/feed+json; charset=utf-8"


async def test_a_feed_without_entries_stays_the_same(tmp_path: Path) -> None:
    async with open_site(tmp_path) as site:
        first = await site.get("/en/results.atom")
        site.passes(days=2)

        assert (await site.get("/en/results.atom")).body == first.body
        assert (await feed_of(site, "/en/results.atom")).entries == []
        assert json.loads(await site.read("/en/results.json"))["items"] == []


def test_a_thing_keeps_its_identity_wherever_the_page_moves() -> None:
    assert identity(42, "webinar-7") == "urn:uuid:136b7b60-325b-5cef-ba65-9a8ffa4fc8db"
    assert identity(42, "webinar-7") != identity(43, "webinar-7")


async def test_search_engines_read_a_webinar_as_data(site: Site) -> None:
    found = data_on(await site.read("/de/webinars/2"))

    assert found == {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": "Ethische Anwerbung in der Pflege",
        "description": "Eine Zusammenfassung.",
        "startDate": "2022-04-05T23:00:00+08:00",
        "endDate": "2022-04-06T00:00:00+08:00",
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": "https://schema.org/OnlineEventAttendanceMode",
        "location": {"@type": "VirtualLocation", "url": "https://meet.example.org/open"},
        "organizer": {"@type": "Organization", "name": "Vorkonferenzprozess"},
        "performer": [{"@type": "Organization", "name": "Institute of Examples"}],
        "inLanguage": ["en"],
        "isAccessibleForFree": True,
        "url": "https://pages.example.org/de/webinars/2",
    }
    guarded, cancelled = data_on(await site.read("/en/webinars/1")), data_on(await site.read("/en/webinars/3"))
    assert guarded["location"]["url"] == "https://pages.example.org/en/webinars/1"
    assert cancelled["eventStatus"] == "https://schema.org/EventCancelled"


def data_on(page: str) -> Any:
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    scripts = list(tree.iter("script"))
    assert [script.get("type") for script in scripts] == ["application/ld+json"]
    return json.loads(scripts[0].text or "")


async def test_whoever_shows_a_link_to_a_page_finds_what_to_show(site: Site) -> None:
    tree = html5lib.parse(await site.read("/fr/webinars/1"), namespaceHTMLElements=False)
    found = {meta.get("property"): meta.get("content") for meta in tree.iter("meta") if meta.get("property")}
    image = found.pop("og:image") or ""

    assert found == {
        "og:title": "Des villes refuges ?",
        "og:description": "Un résumé.",
        "og:site_name": "Processus préparatoire",
        "og:type": "website",
        "og:locale": "fr",
        "og:url": "https://pages.example.org/fr/webinars/1",
    }
    assert (await site.get(image.removeprefix("https://pages.example.org"))).headers["Content-Type"] == "image/png"


# --- Hostile texts ----------------------------------------------------------------------------


@pytest.mark.timeout(300)
async def test_three_hundred_hostile_texts_come_back_as_they_were(tmp_path: Path) -> None:
    texts = [f"{NASTY[n % len(NASTY)]}{'' if n < len(NASTY) else f' {n} {NASTY[n % 7]}'}" for n in range(300)]
    async with open_site(tmp_path) as site:
        group = await site.chat.group("PWG 3")
        numbers = [await add(site, group, n, text) for n, text in enumerate(texts)]
        site.passes(seconds=61)

        for (webinar, result), text in zip(numbers, texts, strict=True):
            await assert_webinar(site, webinar, text)
            await assert_result(site, result, text)
        await assert_feeds(site, texts)


async def add(site: Site, group: int, number: int, text: str) -> tuple[int, int]:
    said = {"titles": {"en": text}, "abstracts": {"en": text}, "speakers": (text,), "languages": ("en",)}
    how = {"link": text, "link_policy": LinkPolicy.PUBLIC, "state": EventState.ANNOUNCED, "revision": 1}
    starts_at = AT + timedelta(minutes=number)
    event = Event(0, group, f"hostile-{number}", starts_at=starts_at, minutes=60, zone="UTC", **said, **how)  # type: ignore[arg-type]
    async with site.chat.bot.database.write() as tx:
        webinar = await events.add(tx, event)
    return webinar, await site.publish(text, group, summary=text, link=text, file_id="x", file_name=text)


async def assert_webinar(site: Site, number: int, text: str) -> None:
    page = await site.read(f"/en/webinars/{number}")
    tree = parse_strictly(page)
    heading = tree.find(".//h1")

    assert "".join(heading.itertext()) == one_line(text)
    assert "".join(tree.find(".//div[@class='text']/p").itertext()) == readable(text)
    assert data_on(page)["name"] == one_line(text)
    assert data_on(page)["performer"][0]["name"] == one_line(text)


async def assert_result(site: Site, number: int, text: str) -> None:
    tree = parse_strictly(await site.read(f"/en/results/{number}"))

    assert "".join(tree.find(".//h1").itertext()) == one_line(text)
    said = ["".join(p.itertext()) for p in tree.findall(".//div[@class='text']/p")]
    assert said == paragraphs(readable(text))


def parse_strictly(page: str) -> Any:
    """Refuses what is not good HTML, runs or could run."""
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        assert element.tag not in {"img", "iframe", "object", "embed", "base", "form", "style"}
        assert [name for name in element.attrib if name.startswith("on") or name == "style"] == []
        if element.tag == "a":
            assert element.get("href").startswith(("/", "#", "https://", "http://", "webcal://"))
    return tree


async def assert_feeds(site: Site, texts: list[str]) -> None:
    atom = ElementTree.fromstring((await site.get("/en/results.atom")).body)
    titles = [title.text or "" for title in atom.iter("{http://www.w3.org/2005/Atom}title")][1:]
    items = json.loads(await site.read("/en/results.json"))["items"]

    assert titles == [item["title"] for item in items]
    assert set(titles) <= {one_line(text) for text in texts}
    assert len(titles) == 50
    assert not (await feed_of(site, "/en/webinars.atom")).bozo


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_whatever_people_write_becomes_harmless(text: str) -> None:
    kept = readable(text)
    shown = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parseFragment(str(linked(kept)))

    assert json.loads(str(as_data(text.encode("utf-8", "replace").decode()))) is not None
    assert not set("<>&") & set(str(as_data({"x": kept})))
    assert "".join(shown.itertext()) == kept
    assert readable(kept) == kept
