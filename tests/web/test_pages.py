"""The public page over real HTTP: what is answered, how long it is kept, and what a browser may do with it."""

import gzip
import socket
from itertools import product
from pathlib import Path

from sqlalchemy import text

from domain.pages import Note
from tests.web.site import PLACES, Site, fill, open_site
from web.app import listen
from web.buckets import A_SECOND, BURST, MOST_KEPT, Buckets
from web.choosing import knows, preferred_language, takes_gzip

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


async def test_every_page_is_there_in_every_language(site: Site) -> None:
    for language, place in product(("en", "de", "fr"), PLACES):
        answer = await site.get(f"/{language}/{place}")

        assert answer.status == 200, place
        assert f'<html lang="{language}">' in answer.text
        assert {name: answer.headers.get(name) for name in ("Content-Type", "Cache-Control", "Vary")} == {
            "Content-Type": "text/html; charset=utf-8",
            "Cache-Control": "public, max-age=60",
            "Vary": "Accept-Encoding",
        }
        assert answer.headers["Content-Security-Policy"] == POLICY
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "Set-Cookie" not in answer.headers


WISHES = {
    "de": "de",
    "de-AT,en;q=0.5": "de",
    "en;q=0.4, fr-CA;q=0.8": "fr",
    "es, pt;q=0.9": "en",
    "": "en",
    "de;q=0": "en",
    "de;q=nonsense, fr;q=0.1": "fr",
    "*": "en",
    "DE": "de",
}


async def test_the_reader_s_language_is_chosen(site: Site) -> None:
    answers = {header: await site.get("/", **{"Accept-Language": header}) for header in WISHES}

    assert {header: answer.headers["Location"] for header, answer in answers.items()} == {
        header: f"/{language}/" for header, language in WISHES.items()
    }
    assert {(answer.status, answer.headers["Vary"]) for answer in answers.values()} == {(302, "Accept-Language")}


async def test_a_language_alone_leads_to_its_start_page(site: Site) -> None:
    answer = await site.get("/de", **{"Accept-Language": "fr"})

    assert (answer.status, answer.headers["Location"]) == (302, "/de/")


async def test_only_what_has_changed_is_sent_again(site: Site) -> None:
    first = await site.get("/en/webinars")
    site.passes(hours=1)

    again = await site.get("/en/webinars", **{"If-None-Match": first.headers["ETag"]})
    head = await site.get("/en/webinars", "HEAD")

    assert (again.status, again.body, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
    assert again.headers["Content-Security-Policy"] == POLICY
    assert (head.status, head.body, head.headers["ETag"]) == (200, b"", first.headers["ETag"])
    assert int(head.headers["Content-Length"]) > 0


async def test_the_tag_changes_when_something_public_does_and_only_then(site: Site) -> None:
    group, tags = site.groups["PWG 3"], [await tags_of(site)]

    await site.chat.member("Mira", group)
    await site.change(1, link="https://meet.example.org/other", backstage_link="https://meet.example.org/behind")
    await site.chat.session(group, site.chat.clock.now())
    site.passes(seconds=1)
    assert await tags_of(site) == tags[0]

    for change in (
        site.change(1, titles={"en": "Other cities"}),
        site.publish("Another", group),
        site.write(Note.ABOUT, "en", "Who we are."),
        site.change(2, minutes=90),
    ):
        await change
        site.passes(seconds=1)
        tags.append(await tags_of(site))

    assert len(set(tags)) == len(tags)
    # A result that was not there changes nothing on the page of a webinar.
    assert [tag["webinars/1"] for tag in tags[1:]] == [tags[1]["webinars/1"]] * 4


async def tags_of(site: Site) -> "Tags":
    return Tags({place: (await site.get(f"/en/{place}")).headers["ETag"] for place in ("", "webinars", "webinars/1")})


class Tags(dict[str, str]):
    """Tags by place, to be put into sets."""

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(tuple(self.items()))


async def test_time_alone_moves_a_webinar_to_the_past(site: Site) -> None:
    before = await site.text("/en/webinars")
    site.passes(days=8, hours=3, minutes=30)
    during = await site.text("/en/webinars")
    site.passes(hours=1)
    after = await site.text("/en/webinars")

    assert "Cities as climate havens?" in before
    assert "On now" not in before
    assert "On now PWG 3" in during
    assert "Cities as climate havens?" not in after
    assert "Cities as climate havens?" in await site.text("/en/webinars/past")


async def test_what_was_changed_past_the_bot_stands_there_after_a_minute(site: Site) -> None:
    first = await site.text("/en/groups")
    await site.chat.group("PWG 5", title="A new one")
    site.passes(seconds=2)
    soon = await site.text("/en/groups")
    site.passes(seconds=60)

    assert first == soon
    assert "PWG 5" in await site.text("/en/groups")


async def test_pages_are_compressed_for_whoever_reads_that(site: Site) -> None:
    async with site.http.get(f"{site.root}/en/", headers={"Accept-Encoding": "gzip"}, auto_decompress=False) as answer:
        packed, headers = await answer.read(), answer.headers
    plain = await site.get("/en/", **{"Accept-Encoding": "identity"})

    assert headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed) == plain.body
    assert len(packed) < len(plain.body) / 2
    assert "Content-Encoding" not in plain.headers
    assert headers["ETag"] == plain.headers["ETag"]


NOWHERE = [
    "/en/nothing",
    "/en/webinars/999",
    "/en/webinars/01",
    "/en/webinars/1/2",
    "/en/webinars/" + "9" * 5000,
    "/en/webinars/-1",
    "/en/webinars/",
    "/en/groups/PWG%203",
    "/en/results/%00",
    "/en/results/%FF",
    "/en/results?page=0",
    "/en/results?page=2",
    "/en/results?page=99999999999999999999",
    "/en/results?page=one",
    "/en/webinars?page=2",
    "/en/webinars.xml",
    "/es/",
    "/static/../pages.py",
    "/static/%2e%2e%2fpages.py",
    "/static/page.css",
    "/favicon.ico",
    "/wp-login.php",
    "//example.org",
    "/%0d%0aSet-Cookie:%20a=b",
]


async def test_what_there_is_not_is_said_on_a_page(site: Site) -> None:
    for path in NOWHERE:
        answer = await site.get(path, **{"Accept-Language": "fr"})
        said = "There is no such page" if path.startswith("/en") else "Cette page n’existe pas"

        assert (path, answer.status, said in answer.text) == (path, 404, True)
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Content-Security-Policy"] == POLICY
        assert "Set-Cookie" not in answer.headers


async def test_only_reading_is_served(site: Site) -> None:
    for method in ("POST", "PUT", "DELETE", "OPTIONS"):
        assert (await site.get("/en/", method)).status == 405


async def test_shared_files_are_kept_for_ever_under_their_hashes(site: Site) -> None:
    page = await site.read("/en/")
    names = {piece.split('"')[0] for piece in page.split("/static/")[1:]}

    for name in names:
        answer = await site.get(f"/static/{name}")
        assert answer.status == 200
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert {name.rpartition(".")[2] for name in names} == {"css", "svg", "png"}


async def test_only_the_list_for_other_sites_may_stand_in_a_frame(site: Site) -> None:
    answer = await site.get("/en/embed")

    assert answer.headers["Content-Security-Policy"] == POLICY.replace("frame-ancestors 'none'", "frame-ancestors *")
    assert "Cities as climate havens?" in answer.text
    assert len(answer.body) < 3000


async def test_search_engines_find_every_page_in_every_language(site: Site) -> None:
    found = await site.read("/sitemap.xml")

    for place in PLACES:
        for language in ("en", "de", "fr"):
            assert f"<loc>https://pages.example.org/{language}/{place}</loc>" in found
    assert "Sitemap: https://pages.example.org/sitemap.xml" in await site.read("/robots.txt")


async def test_without_a_public_address_there_are_relative_ones_and_it_is_said(tmp_path: Path) -> None:
    async with open_site(tmp_path, public_url=None) as site:
        await fill(site)
        page = await site.read("/en/webinars")

        assert "This page does not know its public address" in page
        assert '<link rel="canonical" href="/en/webinars">' in page
        assert "webcal:" not in page
        assert (await site.get("/sitemap.xml")).status == 404
        assert "Sitemap" not in await site.read("/robots.txt")


async def test_below_a_path_all_addresses_begin_with_it(tmp_path: Path) -> None:
    async with open_site(tmp_path, public_url="https://example.org/prework") as site:
        await fill(site)
        page = await site.read("/en/webinars")
        answer = await site.get("/", **{"Accept-Language": "de"})

    assert answer.headers["Location"] == "/prework/de/"
    assert '<a class="brand" href="/prework/en/">' in page
    assert '<link rel="canonical" href="https://example.org/prework/en/webinars">' in page
    assert 'href="/en' not in page


async def test_long_lists_have_pages(site: Site) -> None:
    for number in range(40):
        await site.publish(f"Brief {number}")
    site.passes(seconds=1)

    first, last = await site.read("/en/results"), await site.read("/en/results?page=3")

    assert first.count('class="paper"') == 20
    assert "Brief 39" in first
    assert 'rel="next" href="/en/results?page=2"' in first
    assert last.count('class="paper"') == 2
    assert 'rel="prev" href="/en/results?page=2"' in last
    assert 'href="/de/results?page=3"' in last
    assert (await site.get("/en/results?page=4")).status == 404


async def test_while_the_database_does_not_answer_the_last_pages_stay(site: Site) -> None:
    before = await site.read("/en/webinars")
    async with site.chat.bot.database.write() as tx:
        await tx.execute(text("ALTER TABLE audit RENAME TO lost"))
    site.passes(hours=1)

    assert await site.read("/en/webinars") == before


def test_one_address_gets_so_many_answers_and_others_theirs() -> None:
    now = 0.0
    buckets = Buckets(lambda: now)

    burst = [buckets.take("192.0.2.1") for _ in range(int(BURST) + 5)]
    now += 1
    second = [buckets.take("192.0.2.1") for _ in range(int(A_SECOND) + 5)]

    assert burst == [True] * int(BURST) + [False] * 5
    assert second == [True] * int(A_SECOND) + [False] * 5
    assert buckets.take("2001:db8::1")
    assert all(buckets.take("127.0.0.1") for _ in range(int(BURST) * 2))


async def test_whoever_asks_too_often_has_to_wait_and_nobody_else(site: Site) -> None:
    flooding, reading = {"X-Forwarded-For": "192.0.2.1"}, {"X-Forwarded-For": "192.0.2.2"}
    answers = [(await site.get("/en/", **flooding)).status for _ in range(int(BURST) + 1)]
    refused = await site.get("/en/", **flooding)

    assert answers == [200] * int(BURST) + [429]
    assert refused.headers["Retry-After"] == "5"
    assert (await site.get("/en/", **reading)).status == 200
    assert (await site.get("/en/")).status == 200


def test_no_more_addresses_are_remembered_than_there_is_room_for() -> None:
    buckets = Buckets(lambda: 0.0)
    for _ in range(int(BURST)):
        buckets.take("192.0.2.1")
    refused = buckets.take("192.0.2.1")

    for number in range(MOST_KEPT):
        buckets.take(f"2001:db8::{number:x}")

    assert not refused
    assert buckets.take("192.0.2.1")


def test_what_heads_of_requests_say() -> None:
    assert preferred_language(",".join(["xx"] * 5000 + ["de"]), "fr") == "fr"
    assert [takes_gzip(header) for header in ("gzip", "br, GZIP;q=0.1", "gzip;q=0", "", "x-gzip")] == [
        True,
        True,
        False,
        False,
        False,
    ]
    assert [knows(header, 'W/"a"') for header in ('"a"', '"b", W/"a"', "*", '"b"', "")] == [
        True,
        True,
        True,
        False,
        False,
    ]


def test_a_body_does_not_wait_for_its_head_to_be_acknowledged() -> None:
    with listen("127.0.0.1", 0) as listening, socket.create_connection(listening.getsockname()):
        accepted, _ = listening.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) != 0
