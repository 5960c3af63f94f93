"""A bot with a channel, a public page and a conference homepage, and the way of a result into all of them."""

import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from aiohttp import web

from sandbox.state import Message
from services import webinars
from storage import events
from tests.chat.world import OWNER, Chat, Visitor, open_chat
from tests.chat.writing import SUMMARY, TITLE, comes_to_preview, writes

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

    async def accepted(self, file: bytes | int | None = None, name: str = "brief.pdf", summary: str = SUMMARY) -> None:
        await writes(self.anna, TITLE, summary)
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
        if ["Yes", "No", "It will follow"] in self.olga.screen.labels:
            await self.olga.presses("No")
        await self.olga.sends("The title was wrong.")
        await self.olga.presses("Correct it")

    async def withdrawn(self) -> None:
        await self.olga.starts("r_1")
        await self.olga.presses("Withdraw the result")
        await self.olga.sends("Permission of a partner is missing.")
        await self.olga.presses("Withdraw it")

    async def standings(self) -> list[str]:
        """What the organiser's card says of each outlet."""
        await self.olga.starts("r_1")
        return self.olga.screen.text.partition("Where it stands\n")[2].split("\n\n")[0].split("\n")

    async def changes_webinar(self, number: int, **values: object) -> None:
        async with self.chat.bot.database.write() as tx:
            old = await events.get(tx, number)
            assert old is not None
            new = replace(old, **values)  # type: ignore[arg-type]
            await webinars.change(tx, old, new, self.chat.clock.now(), None)
        await self.chat.settles()

    async def sets_homepage(self) -> None:
        await self.owner.sends("/organise")
        await self.owner.presses("Conference homepage")
        await self.owner.presses("Set the address")
        self.owner.looks()
        await self.owner.sends(self.homepage.address)
        self.secret = next(m.text.rsplit("\n", 1)[-1] for m in self.owner.new_messages if "secret" in m.text)


@asynccontextmanager
async def open_stage(
    folder: Path, *, channel: int | None = CHANNEL, language: str = "en", database_url: str | None = None
) -> AsyncIterator[Stage]:
    opened = open_chat(
        folder,
        publish_chat_id=channel,
        public_url=PUBLIC_URL,
        link_base="http://127.0.0.1/t.me",
        language=language,
        database_url=database_url,
    )
    async with conference_homepage() as homepage, opened as chat:
        bot = chat.telegram.first_bot.user
        chat.telegram.add_group("Prework news", kind="channel", admins=[bot], chat_id=CHANNEL)
        group = await chat.group("PWG 3")
        anna, carla = await chat.member("Anna", group), await chat.coordinator("Carla", group)
        olga = await chat.organiser("Olga")
        owner = Visitor(chat, chat.telegram.as_person(chat.telegram.add_user("Owen", user_id=OWNER)))
        await owner.starts()
        yield Stage(chat, homepage, anna, carla, olga, owner)
