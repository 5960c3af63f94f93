"""Feeds over real HTTP, as calendar programs fetch them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import vobject

from bot.report import make_report
from bot.run import reading
from domain.calendar import hash_of
from domain.events import EventState, LinkPolicy
from services import webinars
from storage import calendar, events
from tests.chat.world import START, Chat, open_chat
from web.app import WebServer, listen, make_app
from web.calendar import CalendarPages

AT = datetime(2022, 3, 22, 15, tzinfo=UTC)
TOKEN = "t" * 43
NOTHING = "There is no calendar here.\n"


@asynccontextmanager
async def serving(chat: Chat) -> AsyncIterator[str]:
    """The address of the web side of a bot while it is served."""
    pages = CalendarPages(lambda: reading(chat.bot))
    with listen("127.0.0.1", 0) as listening:
        server = WebServer(make_app(lambda: make_report(chat.bot), None, pages), listening)
        task = asyncio.create_task(server.run_until_stopped())
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/calendar"
        server.stop()
        await task


@pytest.fixture
async def chat(tmp_path: Path) -> AsyncIterator[Chat]:
    async with open_chat(tmp_path) as opened:
        yield opened


@pytest.fixture
async def http(chat: Chat) -> AsyncIterator[aiohttp.ClientSession]:
    async with serving(chat) as address, aiohttp.ClientSession(f"{address}/") as session:
        yield session


async def read(http: aiohttp.ClientSession, name: str) -> Any:
    async with http.get(name) as answer:
        assert answer.status == 200, name
        return vobject.readOne(await answer.text())


def titles(found: Any) -> list[str]:
    return [event.summary.value for event in getattr(found, "vevent_list", [])]


async def change(chat: Chat, webinar: int, **values: object) -> None:
    async with chat.bot.database.write() as tx:
        old = await events.get(tx, webinar)
        assert old is not None
        await webinars.change(tx, old, replace(old, **values), chat.clock.now(), None)  # type: ignore[arg-type]


async def test_everybody_can_have_all_webinars_those_of_a_group_or_one(chat: Chat, http: aiohttp.ClientSession) -> None:
    three, four = await chat.group("PWG 3"), await chat.group("PWG 4")
    cities = await chat.webinar(three, {"en": "Cities", "de": "Städte"}, AT)
    await chat.webinar(four, {"en": "Care"}, AT + timedelta(days=1))
    await chat.webinar(three, {"en": "A draft"}, AT, state=EventState.DRAFT)
    await chat.session(three, AT, "A session")

    everything, of_group = await read(http, "webinars.ics"), await read(http, "pwg-3.ics")
    one, german = await read(http, f"webinar-{cities}.ics"), await read(http, "pwg-3.ics?lang=de-AT")
    other = await read(http, "pwg-3.ics?lang=xx")

    assert (everything.x_wr_calname.value, titles(everything)) == ("Webinars", ["Cities", "Care"])
    assert (of_group.x_wr_calname.value, titles(of_group)) == ("Webinars of PWG 3", ["Cities"])
    assert (one.x_wr_calname.value, titles(one)) == ("Cities", ["Cities"])
    assert titles(german) == ["Städte"]
    assert titles(other) == ["Cities"]
    assert everything.vevent.valarm.trigger.value == timedelta(minutes=-15)


async def test_what_is_cancelled_stays_ninety_days_and_what_is_over_too(
    chat: Chat, http: aiohttp.ClientSession
) -> None:
    group = await chat.group("PWG 3")
    await chat.webinar(group, {"en": "Held"}, START - timedelta(days=80))
    await chat.webinar(group, {"en": "Long ago"}, START - timedelta(days=91))
    cancelled = await chat.webinar(group, {"en": "Called off"}, START + timedelta(days=200))
    await change(chat, cancelled, state=EventState.CANCELLED)
    soon = await read(http, "webinars.ics")
    chat.clock.pass_by(timedelta(days=91).total_seconds())
    late = await read(http, "webinars.ics")

    assert titles(soon) == ["Held", "Cancelled: Called off"]
    assert soon.vevent_list[1].status.value == "CANCELLED"
    assert titles(late) == []


async def test_only_what_has_changed_is_sent_again(chat: Chat, http: aiohttp.ClientSession) -> None:
    webinar = await chat.webinar(await chat.group("PWG 3"), {"en": "Cities"}, AT)
    async with http.get("webinars.ics") as answer:
        first, body = answer.headers, await answer.read()
    chat.clock.pass_by(3600)
    for known in (first["ETag"], f'"other", W/{first["ETag"]}', "*"):
        async with http.get("webinars.ics", headers={"If-None-Match": known}) as answer:
            assert (answer.status, await answer.read(), answer.headers["ETag"]) == (304, b"", first["ETag"])
    async with http.head("webinars.ics") as answer:
        head = answer.headers
        assert (answer.status, await answer.read()) == (200, b"")
    await change(chat, webinar, titles={"en": "Cities!"})
    async with http.get("webinars.ics", headers={"If-None-Match": first["ETag"]}) as answer:
        assert answer.status == 200
        assert answer.headers["ETag"] != first["ETag"]
        assert b"Cities!" in await answer.read()

    assert first["Content-Type"] == "text/calendar; charset=utf-8"
    assert first["Cache-Control"] == "public, max-age=300"
    assert first["X-Content-Type-Options"] == "nosniff"
    assert int(first["Content-Length"]) == len(body) == int(head["Content-Length"])
    assert head["ETag"] == first["ETag"]


async def test_ones_own_feed_is_nobody_elses_to_keep(chat: Chat, http: aiohttp.ClientSession) -> None:
    webinar = await chat.webinar(await chat.group("PWG 3"), {"en": "Cities", "de": "Städte"}, AT)
    jana = await chat.person("Jana", "de")
    await jana.forges(f"ws:{webinar}:webinar")
    async with chat.bot.database.write() as tx:
        await calendar.put_feed(tx, jana.id, hash_of(TOKEN), START)

    async with http.get(f"{TOKEN}.ics") as answer:
        found, headers = vobject.readOne(await answer.text()), answer.headers

    assert titles(found) == ["Städte"]
    assert headers["Cache-Control"] == "private, max-age=300"
    assert headers["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize(
    "name",
    [
        "u" * 43,
        "pwg-9",
        "webinar-999",
        "webinar-",
        "webinar-1a",
        "webinar-²",
        "webinar-9" * 9,
        "%00",
        "%FF",
        "..",
        "PWG%203",
    ],
)
async def test_whatever_there_is_not_is_answered_alike(chat: Chat, http: aiohttp.ClientSession, name: str) -> None:
    await chat.session(await chat.group("PWG 3"), AT)

    async with http.get(f"{name}.ics") as answer:
        assert (answer.status, await answer.text()) == (404, NOTHING)
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Content-Length"] == str(len(NOTHING))
        assert "ETag" not in answer.headers


async def test_a_session_or_a_draft_has_no_feed_of_its_own(chat: Chat, http: aiohttp.ClientSession) -> None:
    group = await chat.group("PWG 3")
    session = await chat.session(group, AT)
    draft = await chat.webinar(group, {"en": "A draft"}, AT, state=EventState.DRAFT)

    for number in (session, draft):
        async with http.get(f"webinar-{number}.ics") as answer:
            assert (answer.status, await answer.text()) == (404, NOTHING)


async def test_nothing_private_is_in_a_public_feed(chat: Chat, http: aiohttp.ClientSession) -> None:
    group = await chat.group("PWG 3")
    await chat.member("Canary Member", group)
    await chat.coordinator("Canary Coordinator", group)
    private = {
        "link": "https://meet.example.org/canary-link",
        "backstage_link": "https://meet.example.org/canary-backstage",
        "recording_link": "https://meet.example.org/canary-recording",
    }
    webinar = await chat.webinar(group, {"en": "Guarded"}, AT, **private)
    registered = private | {"link_policy": LinkPolicy.PUBLIC, "registers": True}
    await chat.webinar(group, {"en": "Registered"}, AT, **registered)
    await chat.session(group, AT, "Canary session", link="https://meet.example.org/canary-session")
    chat.clock.pass_by((AT - timedelta(minutes=5) - chat.clock.now()).total_seconds())

    for name in ("webinars", "pwg-3", f"webinar-{webinar}"):
        for language in ("en", "de", "fr"):
            async with http.get(f"{name}.ics?lang={language}") as answer:
                body = (await answer.text()).replace("\r\n ", "")
            assert "Guarded" in body
            assert "canary" not in body.lower()
            assert "meet.example.org" not in body


async def test_a_public_link_is_in_a_public_feed(chat: Chat, http: aiohttp.ClientSession) -> None:
    link = "https://meet.example.org/open"
    await chat.webinar(await chat.group("PWG 3"), {"en": "Open"}, AT, link=link, link_policy=LinkPolicy.PUBLIC)

    assert (await read(http, "webinars.ics")).vevent.url.value == link


async def test_only_reading_is_served(http: aiohttp.ClientSession) -> None:
    for method in ("POST", "PUT", "DELETE", "PROPFIND"):
        async with http.request(method, "webinars.ics") as answer:
            assert answer.status == 405
