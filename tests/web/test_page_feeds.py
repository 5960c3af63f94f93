"""Feeds and data for machines, read back by readers that do not know who wrote them; and hostile texts everywhere."""

import json
from pathlib import Path
from typing import Any

import feedparser
import html5lib

from tests.web.site import Site, open_site
from web.feeds import identity


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
