"""Everything that somebody can get to see who belongs to nothing: over HTTP, in a chat with the bot, in the channel."""

import json
import re
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

from sqlalchemy import select

from domain.buttons import coding
from domain.buttons.publications import ShowText
from domain.buttons.screens import Page
from domain.calendar import hash_of
from domain.results import ResultState
from domain.social import Network
from messages.languages import LANGUAGES
from sandbox.files import Upload
from sandbox.state import Message, Version
from storage import calendar
from storage.database import Tx
from storage.tables import metadata
from tests.chat.publishing import CHANNEL, PUBLIC_URL, Stage, open_stage
from tests.chat.world import TOKEN, Visitor
from tests.web.canaries import Canaries, Filling, Origin
from tests.web.desk import PLACES as DESK
from tests.web.site import Site, serving

_LINK = re.compile(rf'(?:href="|<loc>)(?:{PUBLIC_URL})?(/(?!/|static/)[^"<]*)')

FEED = "f" * 43
"""The token of a stranger's own calendar."""

COMMANDS = (
    *("/start", "/help", "/webinars", "/join", "/results", "/sessions", "/privacy", "/settings", "/manage"),
    *("/organise", "/submit", "/broadcast", "/link PWG 3"),
)

SHOWN_BY_NUMBER = {"w": "events", "m": "events", "k": "events", "s": "events", "g": "groups", "r": "results"}
"""Tables whose rows the bot shows by their numbers, by the letter of the payload."""

MOST_AT_ONCE = 15
"""Whoever asks for more within ten seconds is not answered."""


REGISTER = "er"
"""The one button that gives a right: who is registered may have the link."""

MOST_ALIKE = 2
"""So many buttons of one kind are pressed."""


@dataclass
class World:
    """A bot, filled with canaries. `outputs`: what is public, by where it was found."""

    stage: Stage
    site: Site
    canaries: Canaries
    outputs: dict[str, str] = field(default_factory=dict)

    async def ids(self, table: str) -> list[int]:
        """Of all rows, those that nobody may see included."""
        async with self.stage.chat.bot.database.read() as tx:
            return list((await tx.execute(select(metadata.tables[table].c.id))).scalars())

    async def read_again(self) -> None:
        """Rows change their states when something is done with them."""
        results = metadata.tables["results"]
        async with self.stage.chat.bot.database.read() as tx:
            now = {row.id: dict(row._mapping) for row in await tx.execute(select(results))}
        for origin in (*self.canaries.texts.values(), *self.canaries.others.values()):
            if origin.table == "results":
                origin.row.update(now[origin.row["id"]])


@asynccontextmanager
async def open_world(folder: Path) -> AsyncIterator[World]:
    """With a channel and a homepage, and nothing asked for yet."""
    async with open_stage(folder) as stage, serving(stage.chat) as site:
        await stage.sets_homepage()
        secrets = {stage.secret: "homepage_secret", TOKEN: "token", "Owen": "name", "Olga": "name"}
        canaries = Canaries(others={secret: Origin("", name, {}) for secret, name in secrets.items()})
        for visitor in (stage.anna, stage.carla, stage.olga, stage.owner):
            canaries.numbers[str(visitor.id)] = Origin("people", "id", {})
        world = World(stage, site, canaries)
        async with stage.chat.bot.database.write() as tx:
            await Filling(canaries, stage.chat.clock.now()).fill(tx)
            await _upload(world, tx)
        yield world


async def _upload(world: World, tx: Tx) -> None:
    """Give results files that Telegram knows, or they are not sent, fetched and served."""
    results = metadata.tables["results"]
    for row in (await tx.execute(select(results).where(results.c.file_id.is_not(None)))).all():
        file_id = world.stage.chat.telegram.files.store(Upload("brief.pdf", b"%PDF-1.7 invented"), "document").file_id
        world.canaries.others[file_id] = world.canaries.texts.pop(row.file_id)
        await tx.execute(results.update().where(results.c.id == row.id).values(file_id=file_id))


async def collect(world: World) -> None:
    """Let everything be published and asked for, and keep what was seen. It takes less than ten minutes."""
    await _publish(world)
    await _ask(world)
    world.site.passes(seconds=2)
    await _fetch(world)
    await world.read_again()


# --- Over HTTP --------------------------------------------------------------------------------


async def _fetch(world: World) -> None:
    """What has an address that somebody could guess, and whatever links lead to from there."""
    paths = await _paths(world)
    while paths:
        path = paths.pop()
        if path in world.outputs:
            continue
        answer = await world.site.get(path)
        head = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
        world.outputs[path] = f"{head}\n\n{answer.text}"
        paths += _LINK.findall(answer.text)


async def _paths(world: World) -> list[str]:
    events, groups, results = [await world.ids(name) for name in ("events", "groups", "results")]
    async with world.stage.chat.bot.database.read() as tx:
        files = (await tx.execute(select(metadata.tables["files"].c.name))).scalars()
        codes = (await tx.execute(select(metadata.tables["groups"].c.code))).scalars()
        calendars = ["webinars", FEED, "u" * 43, *(f"webinar-{number}" for number in events)]
        calendars += ["-".join(code.lower().split()) for code in codes]
        served = [f"/files/{name}" for name in files]
    places = ["", "webinars", "webinars/past", "webinars/past?page=2", "groups", "results", "results?page=2"]
    places += ["privacy", "imprint", "embed", "nothing", *(f"groups/{number}" for number in groups)]
    places += [f"{name}.{kind}" for name, kind in product(("webinars", "results"), ("atom", "json"))]
    places += [f"webinars/{number}" for number in events] + [f"results/{number}" for number in results]
    return [
        *(f"/{language}/{place}" for language, place in product(LANGUAGES, places)),
        *(f"/calendar/{name}.ics?lang={language}" for language, name in product(LANGUAGES, calendars)),
        *served,
        *("/", "/sitemap.xml", "/robots.txt", "/healthz", "/readyz", "/metrics", "/telegram", "/members.csv", "/%00"),
        *(f"/organisers/{place}" for place in (*DESK, "programme.csv", "programme.yaml", "enter/x", "members.csv")),
    ]


# --- In Telegram ------------------------------------------------------------------------------


async def _ask(world: World) -> None:
    """Strangers open whatever has an address, type to share it, and subscribe to their calendar."""
    payloads = [f"{letter}_{number}" for letter, table in SHOWN_BY_NUMBER.items() for number in await world.ids(table)]
    said = [*COMMANDS, *(f"/start {payload}" for payload in (*payloads, *Page, "i_token", "w_0", "x_1"))]
    for language in LANGUAGES:
        stranger = await world.stage.chat.person("Stranger", language)
        await _types(world, stranger, language, said if language == "en" else said[: len(COMMANDS)])
        await _searches(world, stranger, language)
        async with world.stage.chat.bot.database.write() as tx:
            token = FEED if language == "en" else language
            await calendar.put_feed(tx, stranger.id, hash_of(token), world.stage.chat.clock.now())


async def _types(world: World, stranger: Visitor, language: str, said: list[str]) -> None:
    for begin in range(0, len(said), MOST_AT_ONCE):
        for words in said[begin : begin + MOST_AT_ONCE]:
            stranger.client.send(words)
        await world.stage.chat.settles()
        world.stage.chat.clock.pass_by(10)
    if language == "en":
        await _presses(world, stranger)
    for message in stranger.messages:
        versions: list[Message | Version] = [message, *message.history]
        for number, version in enumerate(versions):
            world.outputs[f"to a stranger: {language} {message.message_id}.{number}"] = _seen(world, version)
    world.outputs[f"to a stranger: {language} in passing"] = "\n".join(stranger.toasts)


async def _presses(world: World, stranger: Visitor) -> None:
    """Every kind of button that is offered, and those that come up below it."""
    pressed = Counter({REGISTER: MOST_ALIKE})
    tried: set[str] = set()
    while True:
        offered = {button.get("callback_data", "") for m in stranger.messages for row in m.keyboard for button in row}
        new = [data for data in sorted(offered - tried) if data and pressed[data.partition(":")[0]] < MOST_ALIKE]
        if not new:
            return
        for data in new[:MOST_AT_ONCE]:
            pressed[data.partition(":")[0]] += 1
            tried.add(data)
            stranger.client.press_data(stranger.screen, data)
        await world.stage.chat.settles()
        world.stage.chat.clock.pass_by(5)


async def _searches(world: World, stranger: Visitor, language: str) -> None:
    for offset in ("", "20", "40"):
        query = stranger.client.inline("", offset=offset)
        await world.stage.chat.settles()
        world.outputs[f"typed by a stranger: {language} {offset}"] = json.dumps(query.answer)


def _seen(world: World, message: Message | Version) -> str:
    """All that Telegram shows of a message: words, addresses behind them, buttons, a file with what is in it."""
    content = dict(message.content)
    document = content.pop("document", {})
    files = world.stage.chat.telegram.files.by_id
    inside = files[document["file_id"]].data.decode() if document else ""
    shown = [content, message.reply_markup, document.get("file_name", "")]
    return json.dumps(shown, ensure_ascii=False) + inside


# --- Published --------------------------------------------------------------------------------


async def _publish(world: World) -> None:
    """Publish what waits for it: every post in every version, every notice, and texts to be copied."""
    stage, chat = world.stage, world.stage.chat
    accepted = await _results(world, ResultState.ACCEPTED)
    for number in accepted:
        await stage.olga.starts(f"r_{number}")
        await stage.olga.presses("Publish")
    for number, network, language in product(accepted, Network, LANGUAGES):
        await stage.olga.forges(coding.encode(ShowText(number, network, language)))
        world.outputs[f"text for {network}: {number}, {language}"] = stage.olga.screen.text
    for message in chat.telegram.chats[CHANNEL].messages.values():
        versions: list[Message | Version] = [message, *message.history]
        for version in versions:
            world.outputs[f"channel: {len(world.outputs)}"] = _seen(world, version)
    for notice in stage.homepage.received:
        world.outputs[f"homepage: {notice.key}"] = f"{notice.key}\n{notice.signature}\n{notice.body}"


async def _results(world: World, state: ResultState) -> list[int]:
    results = metadata.tables["results"]
    async with world.stage.chat.bot.database.read() as tx:
        return list((await tx.execute(select(results.c.id).where(results.c.state == state))).scalars())
