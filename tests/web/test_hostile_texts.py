"""Whatever stands in titles, texts, names and addresses is read back as it was by whoever knows nothing of us."""

import json
import unicodedata
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import feedparser
import html5lib
import pytest
import vobject
from aiohttp.multipart import content_disposition_filename, parse_content_disposition
from hypothesis import given, settings
from hypothesis import strategies as st
from ical.calendar_stream import IcsCalendarStream

from bot.run import reading
from domain.pages import Note, is_web_address, one_line, paragraphs, readable
from domain.process import Process
from domain.publications import shown_name_of
from messages.calendar_file import one_line as in_calendar
from services import pages
from storage import pages as stored
from tests.hostile import HOSTILE, storable
from tests.web.site import Site, add_hostile, open_site
from web.contents import Contents
from web.files import disposition
from web.rendering import isolated, linked
from web.structured import as_data

TEXTS = [storable(text) for text in HOSTILE]

PROCESS = Process(
    "UTC", "en", "prework_bot", "https://t.me", frozenset(), bot_id=1, web_url="https://pages.example.org"
)

ATOM = "{http://www.w3.org/2005/Atom}"

ENTRIES = 50
"""So many entries has a feed."""


def titled(text: str) -> str:
    """A title in one line; where nothing of it can be seen there are words to press all the same."""
    line = one_line(text)
    return line if any(unicodedata.category(c)[0] in "LNPS" for c in line) else "Without a title"


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    """All of them as titles, texts, speakers, names of files and addresses, past the door where people type."""
    async with open_site(tmp_path) as opened:
        group = await opened.chat.group("PWG 3")
        for number, text in enumerate(TEXTS):
            await add_hostile(opened, group, number, text)
        opened.passes(seconds=61)
        yield opened


@pytest.mark.timeout(300)
async def test_three_hundred_hostile_texts_come_back_as_they_were(site: Site) -> None:
    for number, text in enumerate(TEXTS, 1):
        assert_webinar(await site.read(f"/en/webinars/{number}"), text)
        assert_result(await site.read(f"/en/results/{number}"), text)
    assert_calendar((await site.get("/calendar/webinars.ics")).body)
    await assert_lists(site)
    await assert_feeds(site)


def assert_webinar(page: str, text: str) -> None:
    tree = parse_strictly(page)
    data = data_on(tree)

    assert_head(tree, text)
    assert inside(tree.find(".//h1")) == titled(text)
    assert inside(tree.find(".//dl")).count(one_line(text)) >= 1  # who speaks
    said = tree.find(".//div[@class='text']/p")
    assert ("" if said is None else inside(said)) == readable(text)
    assert (data["name"], data["description"]) == (titled(text), readable(text))
    assert data["performer"][0]["name"] == one_line(text)
    assert data["location"]["url"] in {text, data["url"]}
    assert_followed(tree, text)


def assert_result(page: str, text: str) -> None:
    tree = parse_strictly(page)

    assert_head(tree, text)
    assert inside(tree.find(".//h1")) == titled(text)
    said = [inside(part) for part in tree.findall(".//div[@class='text']/p")]
    assert said == paragraphs(readable(text))
    assert_followed(tree, one_line(text))


def assert_head(tree: Any, text: str) -> None:
    """What tabs, search engines and those who show a link say."""
    told = {meta.get("property"): meta.get("content") for meta in tree.iter("meta")}

    assert tree.find(".//title").text == f"{isolated(titled(text))} · Pre-conference process"
    assert told["og:title"] == titled(text)
    assert told["og:description"].rstrip("…") in " ".join(readable(text).split())


def assert_followed(tree: Any, link: str) -> None:
    """An address of the web or of mail can be pressed as it was typed, and nothing else can."""
    ours = ("/", "#", "https://t.me/", "https://pages.example.org/", "webcal://pages.example.org/")
    found = [a.get("href") for a in tree.iter("a")]
    others = [href.removeprefix("mailto:") for href in found if not href.startswith(ours)]
    mail = {href.removeprefix("mailto:") for href in found if href.startswith("mailto:")}

    assert all("@" in address and "/" not in address and ":" not in address for address in mail)
    assert all((is_web_address(href) or href in mail) and href in link for href in others)
    assert (link in others) == (is_web_address(link) and not link.startswith(ours))


def assert_calendar(content: bytes) -> None:
    shown = [in_calendar(text) for text in TEXTS]

    assert [event.summary.value for event in vobject.readOne(content.decode()).vevent_list] == shown
    assert [event.summary or "" for event in IcsCalendarStream.calendar_from_ics(content.decode()).events] == shown


async def assert_lists(site: Site) -> None:
    """Those of webinars and results, a group's page, what other sites frame."""
    titles = [titled(text) for text in TEXTS]
    results = [parse_strictly(await site.read(f"/en/results?page={page}")) for page in range(1, 16)]
    webinars, group, start, embed = [
        parse_strictly(await site.read(f"/en/{place}")) for place in ("webinars", "groups/1", "", "embed")
    ]

    assert list(headings(*results, level=2)) == titles[::-1]
    assert list(headings(webinars, level=2)) == titles
    assert list(headings(group, level=3)) == [*titles, *titles[::-1]]
    assert list(headings(start, level=3)) == [*titles[:4], "Climate change", *titles[:-4:-1]]
    assert [inside(link) for link in embed.findall(".//li/a")] == titles[:5]


async def assert_feeds(site: Site) -> None:
    """In parts: a feed tells the newest only."""
    async with reading(site.chat.bot) as work:
        public = (await pages.read_site(work)).site
    for begin in range(0, len(TEXTS), ENTRIES):
        part = slice(begin, begin + ENTRIES)
        contents = Contents(
            replace(public, webinars=public.webinars[part], results=public.results[part]), PROCESS, "en"
        )
        assert_feed(contents, "webinars", TEXTS[part], own_words=True)
        assert_feed(contents, "results", TEXTS[::-1][part])


def assert_feed(contents: Contents, name: str, texts: Sequence[str], *, own_words: bool = False) -> None:
    """`own_words`: the time stands before the text."""
    atom, data = contents.make(f"{name}.atom"), contents.make(f"{name}.json")
    assert atom is not None
    assert data is not None
    entries = list(ElementTree.fromstring(atom.content).iter(f"{ATOM}entry"))
    items = json.loads(data.content)["items"]
    titles = [entry.findtext(f"{ATOM}title") or "" for entry in entries]
    said = [as_text(entry.findtext(f"{ATOM}summary") or "") for entry in entries]

    assert not feedparser.parse(atom.content, response_headers={"content-type": atom.media_type}).bozo
    assert sorted(titles) == sorted(item["title"] for item in items) == sorted(map(titled, texts))
    assert said == [item["content_text"] for item in items]
    bodies = [body.partition("\n\n")[2] if own_words else body for body in said]
    assert sorted(bodies) == sorted(readable(text).rstrip() if own_words else readable(text) for text in texts)


def as_text(html: str) -> str:
    """What a reader of feeds shows of its HTML."""
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parseFragment(html)
    assert {element.tag for element in tree.iter()} <= {"DOCUMENT_FRAGMENT", "br"}
    for line_end in tree.iter("br"):
        line_end.text = "\n"
    return inside(tree)


def headings(*trees: Any, level: int) -> Iterator[str]:
    for tree in trees:
        yield from (inside(link) for link in tree.findall(f".//li//h{level}/a"))


def inside(element: Any) -> str:
    return "".join(element.itertext())


def data_on(tree: Any) -> Any:
    (script,) = tree.iter("script")
    assert script.get("type") == "application/ld+json"
    return json.loads(script.text)


def parse_strictly(page: str) -> Any:
    """Refuses what is not good HTML, runs or could run."""
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        assert element.tag not in {"img", "iframe", "object", "embed", "base", "form", "style"}
        assert [name for name in element.attrib if name.startswith("on") or name == "style"] == []
        if element.tag == "a":
            assert element.get("href").startswith(("/", "#", "https://", "http://", "HTTPS://", "webcal://", "mailto:"))
    return tree


# --- Names of files ---------------------------------------------------------------------------


def test_a_file_is_saved_under_its_name_whatever_it_is_called() -> None:
    for text in TEXTS:
        name = shown_name_of(text)
        header = disposition(name)

        kind, said = parse_content_disposition(header)
        assert (kind, content_disposition_filename(said)) == ("attachment", name)
        assert header.isascii()
        assert header.isprintable()
        assert name.isprintable()
        assert not set('/\\:*?"<>|') & set(name)


# --- What organisers write --------------------------------------------------------------------


@pytest.mark.parametrize("note", Note)
async def test_what_organisers_write_is_shown_as_they_wrote_it(tmp_path: Path, note: Note) -> None:
    text = "\n\n".join(filter(None, map(readable, TEXTS)))
    async with open_site(tmp_path) as site:
        async with site.chat.bot.database.write() as tx:
            await stored.put_note(tx, note, "en", text)
        async with reading(site.chat.bot) as work:
            contents = Contents((await pages.read_site(work)).site, PROCESS, "en")
    page = contents.make("" if note in {Note.NAME, Note.ABOUT} else note.value)
    assert page is not None

    tree = parse_strictly(page.content.decode())

    if note is Note.NAME:
        assert inside(tree.find(".//h1")) == text
    elif note is Note.ABOUT:
        assert text in inside(tree.find(".//main"))
    else:
        assert [inside(part) for part in tree.findall(".//article/div/p")] == paragraphs(text)


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_whatever_people_write_becomes_harmless(text: str) -> None:
    kept = readable(text)
    shown = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parseFragment(str(linked(kept)))

    assert json.loads(str(as_data(text.encode("utf-8", "replace").decode()))) is not None
    assert not set("<>&") & set(str(as_data({"x": kept})))
    assert "".join(shown.itertext()) == kept
    assert readable(kept) == kept


def test_there_are_three_hundred_of_them_and_no_two_alike() -> None:
    assert len(set(TEXTS)) == len(HOSTILE) == 300
