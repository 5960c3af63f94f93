"""The public page of a bot, served over real HTTP, with a little programme on it."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import html5lib

from bot.report import count, make_report
from bot.run import door_to, reading
from domain.events import Event, EventState, LinkPolicy
from domain.pages import Note
from services import pages, webinars
from storage import events, facts, results
from tests.chat.world import Chat, open_chat
from web.app import WebServer, listen, make_app
from web.buckets import Buckets
from web.calendar import CalendarPages
from web.files import PublishedFiles
from web.organisers import OrganiserPages
from web.pages import PublicPages
from web.shelf import READ_SECONDS, Shelf

AT = datetime(2022, 3, 22, 15, tzinfo=UTC)
PUBLIC_URL = "https://pages.example.org"


@dataclass
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass
class Site:
    """The served page of a bot. `root`: where on this machine."""

    chat: Chat
    root: str
    http: aiohttp.ClientSession
    groups: dict[str, int] = field(default_factory=dict)

    async def get(self, path: str, method: str = "GET", **headers: str) -> Answer:
        async with self.http.request(method, f"{self.root}{path}", headers=headers, allow_redirects=False) as answer:
            return Answer(answer.status, answer.headers, await answer.read())

    async def read(self, path: str) -> str:
        """A page that has to be there."""
        answer = await self.get(path)
        assert answer.status == 200, path
        return answer.text

    async def text(self, path: str) -> str:
        """What people read on a page, with single spaces."""
        return " ".join(" ".join(visible(await self.read(path))).split())

    def passes(self, **duration: float) -> None:
        """Time goes by, by both clocks."""
        self.chat.clock.pass_by(timedelta(**duration).total_seconds())

    async def publish(self, title: str = "A brief", group: int | None = None, **values: object) -> int:
        """A result as it stands once an organiser has published it."""
        standard: dict[str, object] = {"title": title, "summary": "What we found.", "state": "published"}
        now = self.chat.clock.now()
        async with self.chat.bot.database.write() as tx:
            number = await results.add_draft(tx, None, now)  # type: ignore[arg-type]
            values = {**standard, "group_id": group, "published_at": now, **values}
            await results.change(tx, number, **values)
            await facts.note(tx, now, None, "result_published", f"result:{number}")
        return number

    async def change(self, webinar: int, **values: object) -> None:
        async with self.chat.bot.database.write() as tx:
            old = await events.get(tx, webinar)
            assert old is not None
            new = replace(old, **values)  # type: ignore[arg-type]
            await webinars.change(tx, old, new, self.chat.clock.now(), None)

    async def write(self, note: Note, language: str, text: str) -> None:
        async with reading(self.chat.bot) as work:
            background = work
        async with self.chat.bot.database.write() as tx:
            await pages.write_note(replace(background, tx=tx), None, note, language, text)


def visible(html: str) -> list[str]:
    """The texts of a page, in order; its head and data are none."""
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    body = tree.find("body")
    assert body is not None
    return [text for text in body.itertext() if text.strip()]


@asynccontextmanager
async def open_site(folder: Path, *, public_url: str | None = PUBLIC_URL) -> AsyncIterator[Site]:
    """The page of a bot on a fresh database."""
    async with open_chat(folder, public_url=public_url) as chat, serving(chat) as site:
        yield site


@asynccontextmanager
async def serving(chat: Chat) -> AsyncIterator[Site]:
    def opening():  # type: ignore[no-untyped-def]
        return reading(chat.bot)

    monotonic = chat.clock.monotonic
    pages = PublicPages(Shelf(opening, monotonic), Buckets(monotonic))
    files = PublishedFiles(opening, chat.bot.settings.files_folder, Buckets(monotonic))
    organisers = OrganiserPages(door_to(chat.bot))
    app = make_app(
        lambda: make_report(chat.bot),
        None,
        CalendarPages(opening),
        pages,
        lambda: count(chat.bot),
        files=files,
        organisers=organisers,
    )
    with listen("127.0.0.1", 0) as listening:
        server = WebServer(app, listening)
        task = asyncio.create_task(server.run_until_stopped())
        async with aiohttp.ClientSession() as http:
            yield Site(chat, f"http://127.0.0.1:{listening.getsockname()[1]}", http)
        server.stop()
        await task


async def fill(site: Site) -> None:
    """Two groups, a webinar of each kind, and results, so that every page has something to show."""
    chat = site.chat
    three = await chat.group("PWG 3", title="Climate change – impact on migration")
    four = await chat.group("PWG 4", title="Conditions for fair migration")
    site.groups = {"PWG 3": three, "PWG 4": four}
    cities = {"en": "Cities as climate havens?", "de": "Städte als Klimazuflucht?", "fr": "Des villes refuges ?"}
    care = {"en": "Ethical recruitment in care", "de": "Ethische Anwerbung in der Pflege", "fr": "Recrutement éthique"}
    await chat.webinar(three, cities, AT, languages=("en", "fr"))
    public = {"link": "https://meet.example.org/open", "link_policy": LinkPolicy.PUBLIC, "zone": "Asia/Manila"}
    await chat.webinar(four, care, AT + timedelta(days=14), **public)
    called_off = {"en": "Called off", "de": "Fällt aus", "fr": "Supprimé"}
    await chat.webinar(four, called_off, AT + timedelta(days=20), state=EventState.CANCELLED)
    held = {"en": "Held", "de": "Gehalten", "fr": "Tenu"}
    recording = "https://video.example.org/1"
    await chat.webinar(three, held, chat.clock.now() - timedelta(days=3), recording_link=recording)
    await site.publish("Cities that expect newcomers", three, link="https://results.example.org/brief")
    await site.publish("Recruiting fairly", four, file_id="AgAD", file_name="brief.pdf", file_kind="document")
    site.passes(seconds=READ_SECONDS)


PLACES = (
    "",
    "webinars",
    "webinars/past",
    "webinars/1",
    "webinars/2",
    "webinars/3",
    "webinars/4",
    "groups",
    "groups/1",
    "groups/2",
    "results",
    "results/1",
    "results/2",
    "privacy",
    "imprint",
)
"""Every page of what `fill` makes, without the language."""


async def add_hostile(site: Site, group: int, number: int, text: str) -> tuple[int, int]:
    """A webinar and a result of which every word is this text, whatever it is; their ids."""
    said = {"titles": {"en": text}, "abstracts": {"en": text}, "speakers": (text,), "languages": ("en",)}
    how = {"link": text, "link_policy": LinkPolicy.PUBLIC, "state": EventState.ANNOUNCED, "revision": 1}
    starts_at = AT + timedelta(minutes=number)
    event = Event(0, group, f"hostile-{number}", starts_at=starts_at, minutes=60, zone="UTC", **said, **how)  # type: ignore[arg-type]
    async with site.chat.bot.database.write() as tx:
        webinar = await events.add(tx, event)
    return webinar, await site.publish(text, group, summary=text, link=text, file_id="x", file_name=text)
