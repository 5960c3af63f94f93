"""One approval publishes a result everywhere; one correction or withdrawal changes it everywhere."""

import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from aiohttp import web

from sandbox.state import Message
from tests.chat.world import OWNER, Chat, Visitor, open_chat
from tests.chat.writing import SUMMARY, TITLE, comes_to_preview, writes
from tests.web.site import Site, serving

CHANNEL = -1001000000777
PUBLIC_URL = "https://pages.example.org"


@dataclass
class Received:
    """A notice as the homepage got it."""

    key: str
    signature: str
    body: str

    @property
    def said(self) -> dict[str, object]:
        found: dict[str, object] = json.loads(self.body)
        return found


@dataclass
class ConferenceHomepage:
    """A receiver, as somebody would write one with the standard library: docs/homepage-webhook.md."""

    answers: list[int] = field(default_factory=list)
    received: list[Received] = field(default_factory=list)
    address: str = ""

    async def take(self, request: web.Request) -> web.Response:
        body = await request.text()
        headers = request.headers
        self.received.append(Received(headers["Idempotency-Key"], headers["Prework-Signature"], body))
        status = self.answers.pop(0) if self.answers else 204
        return web.Response(status=status, headers={"Location": "https://elsewhere.example.org/"})

    @property
    def events(self) -> list[object]:
        return [one.said["event"] for one in self.received]


def is_genuine(received: Received, secret: str, now: float) -> bool:
    """What a receiver checks: the signature over time and body, and that it is not old."""
    parts = dict(part.split("=", 1) for part in received.signature.split(","))
    signed = f"{parts['t']}.{received.body}".encode()
    expected = hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected, parts["v1"]) and abs(now - int(parts["t"])) < 300


@asynccontextmanager
async def conference_homepage() -> AsyncIterator[ConferenceHomepage]:
    homepage = ConferenceHomepage()
    app = web.Application()
    app.router.add_post("/notices", homepage.take)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    homepage.address = f"http://127.0.0.1:{port}/notices"
    try:
        yield homepage
    finally:
        await runner.cleanup()


@dataclass
class Stage:
    """A bot with a channel, a homepage and a public page."""

    chat: Chat
    homepage: ConferenceHomepage
    anna: Visitor
    carla: Visitor
    olga: Visitor
    owner: Visitor
    secret: str = ""

    @property
    def posts(self) -> list[Message]:
        """What the bot wrote in the channel and is still there."""
        return [m for m in self.chat.telegram.chats[CHANNEL] if not m.is_service]

    async def accepted(self, file: bytes | int | None = None, name: str = "brief.pdf") -> None:
        await writes(self.anna)
        if file is None:
            await comes_to_preview(self.anna)
        else:
            self.anna.client.send_file(name, file)
            await self.chat.settles()
            await self.anna.presses("No")
            await self.anna.presses("Nobody else")
        await self.anna.presses("Send")
        await self.carla.presses("Accept")

    async def published(self, file: bytes | int | None = None, name: str = "brief.pdf") -> None:
        await self.accepted(file, name)
        await self.olga.presses("Publish")

    async def corrected(self, title: str) -> None:
        await self.olga.presses("Correct")
        await self.olga.sends(title)
        await self.olga.presses("Keep it")
        await self.olga.presses("Keep it")
        await self.olga.sends("The title was wrong.")
        await self.olga.presses("Correct it")

    async def withdrawn(self) -> None:
        await self.olga.starts("r_1")
        await self.olga.presses("Withdraw")
        await self.olga.sends("Permission of a partner is missing.")
        await self.olga.presses("Withdraw it")

    async def standings(self) -> list[str]:
        """What the organiser's card says of each outlet."""
        await self.olga.starts("r_1")
        return self.olga.screen.text.partition("Where it stands\n")[2].split("\n\n")[0].split("\n")

    async def sets_homepage(self) -> None:
        await self.owner.sends("/organise")
        await self.owner.presses("Conference homepage")
        await self.owner.presses("Set the address")
        self.owner.looks()
        await self.owner.sends(self.homepage.address)
        self.secret = next(m.text.rsplit("\n", 1)[-1] for m in self.owner.new_messages if "secret" in m.text)


@asynccontextmanager
async def open_stage(folder: Path, *, channel: int | None = CHANNEL, **settings: object) -> AsyncIterator[Stage]:
    values = {"public_url": PUBLIC_URL, "publish_chat_id": channel, "link_base": "http://127.0.0.1/t.me", **settings}
    async with conference_homepage() as homepage, open_chat(folder, **values) as chat:
        bot = chat.telegram.first_bot.user
        chat.telegram.add_group("Prework news", kind="channel", admins=[bot], chat_id=CHANNEL)
        group = await chat.group("PWG 3")
        anna, carla = await chat.member("Anna", group), await chat.coordinator("Carla", group)
        olga = await chat.organiser("Olga")
        owner = Visitor(chat, chat.telegram.as_person(chat.telegram.add_user("Owen", user_id=OWNER)))
        await owner.starts()
        yield Stage(chat, homepage, anna, carla, olga, owner)


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with open_stage(tmp_path) as opened:
        yield opened


PDF = b"%PDF-1.7 invented"


async def test_a_result_is_published_corrected_and_withdrawn_in_every_place(stage: Stage) -> None:
    await stage.sets_homepage()
    async with serving(stage.chat) as site:
        await stage.published(PDF)
        await later(site)

        frame = "Statement · PWG 3: Climate change\nMon, 14 Mar 2022, 13:00 (Berlin)"
        assert [post.text for post in stage.posts] == [f"{TITLE}\n\n{frame}\n\n{SUMMARY}\n\nOn the public page"]
        assert stage.posts[0].content["document"]["file_name"] == "brief.pdf"
        link = await file_link(site)
        served = await site.get(link)
        assert (served.status, served.body) == (200, PDF)
        assert TITLE in await site.read("/en/results.atom")
        notice = stage.homepage.received[0]
        assert is_genuine(notice, stage.secret, stage.chat.clock.now().timestamp())
        assert notice.said == {
            "key": "result:1:1:published",
            "event": "result.published",
            "id": 1,
            "version": 1,
            "group": "PWG 3",
            "kind": "statement",
            "language": "en",
            "title": TITLE,
            "summary": SUMMARY,
            "link": None,
            "file": f"{PUBLIC_URL}{link}",
            "file_name": "brief.pdf",
            "accessible": "no",
            "published_at": notice.said["published_at"],
            "corrected_at": None,
            "correction": "",
            "pages": {code: f"{PUBLIC_URL}/{code}/results/1" for code in ("en", "de", "fr")},
        }
        assert await stage.standings() == [
            "Public page and feeds: done",
            "File on the page: done",
            "Channel: done",
            "Conference homepage: done",
        ]

        await stage.corrected("Planned relocation: what truly helps")
        await later(site)

        corrected = f"Planned relocation: what truly helps\n\n{frame}\n\n{SUMMARY}\n\nOn the public page"
        assert [post.text for post in stage.posts] == [f"{corrected}\n\nCorrected: The title was wrong."]
        assert await file_link(site) == link
        assert "what truly helps" in await site.read("/en/results.atom")
        assert stage.homepage.received[1].said["title"] == "Planned relocation: what truly helps"

        await stage.withdrawn()
        await later(site)

        assert stage.posts == []
        assert "what truly helps" not in await site.read("/en/results.atom")
        assert (await site.get(link)).status == 404
        assert list(stage.chat.bot.settings.files_folder.iterdir()) == []
        assert stage.homepage.received[2].said == {
            "key": "result:1:2:withdrawn",
            "event": "result.withdrawn",
            "id": 1,
            "withdrawn_at": stage.homepage.received[2].said["withdrawn_at"],
            "withdrawal": "Permission of a partner is missing.",
        }
        assert await stage.standings() == [
            "Public page and feeds: withdrawn",
            "File on the page: withdrawn",
            "Channel: withdrawn",
            "Conference homepage: withdrawn",
        ]


async def later(site: Site) -> None:
    """The page looks once a second whether something has changed."""
    site.passes(seconds=2)


async def file_link(site: Site) -> str:
    page = await site.read("/en/results/1")
    return page.partition(f'href="{PUBLIC_URL}')[2].partition("/files/")[1] + page.partition("/files/")[2][:32]
