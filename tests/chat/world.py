"""The whole bot as people use it: only Telegram is local, at the HTTP boundary."""

import asyncio
import math
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from bot.settings import Settings
from bot.wiring import Bot, assemble
from domain.events import Event, EventKind, EventState, LinkPolicy
from domain.groups import Group
from domain.permissions import Role
from gateway.clocks import Clock
from handlers.routes import Route
from handlers.table import ROUTES
from sandbox.clock import WallClock
from sandbox.people import Person
from sandbox.state import CallbackQuery, Message
from sandbox.telegram import LocalTelegram
from services import session_changes, webinars
from storage import groups, people
from storage.database import Database
from tests.databases import Revision, fresh_sqlite, revisions

TOKEN = "123456:AAabcdefghijklmnopqrstuvwxyz0123456"
OWNER = 99
OFTEN = 5
"""Seconds: ticks that come at least this often are run whenever something has been done."""
START = datetime(2022, 3, 14, 12, tzinfo=UTC)


class TestClock(Clock):
    """Stands still: wall time moves when the test says so, monotonic time when somebody has to wait."""

    __test__ = False

    def __init__(self, wall: WallClock) -> None:
        self.wall = wall
        self._seconds = 1000.0

    def now(self) -> datetime:
        return self.wall.now()

    def monotonic(self) -> float:
        return self._seconds

    def pass_by(self, seconds: float) -> None:
        self._seconds += seconds
        self.wall.move(timedelta(seconds=seconds))

    async def wait(self, event: asyncio.Event, seconds: float) -> bool:
        raise AssertionError(f"nobody waits in a conversation test, but something asked for {seconds} s of {event}")


class Visitor:
    """Somebody with a Telegram client."""

    def __init__(self, chat: "Chat", client: Person) -> None:
        self.chat = chat
        self.client = client
        self.id = client.user.id
        self._seen = 0

    async def starts(self, payload: str = "") -> Message:
        self.client.start(payload)
        return await self._answered()

    async def sends(self, text: str) -> Message:
        self.client.send(text)
        return await self._answered()

    async def sends_file(self, name: str, size: int = 1000, mime: str = "application/pdf") -> Message:
        self.client.send_file(name, size, mime=mime)
        return await self._answered()

    async def presses(self, label: str, on: Message | None = None) -> CallbackQuery:
        query = self.client.press(on or self.message_with(label), label)
        await self.chat.settles()
        return query

    async def forges(self, data: str, on: Message | None = None) -> CallbackQuery:
        query = self.client.press_data(on or self.screen, data)
        await self.chat.settles()
        return query

    def message_with(self, label: str) -> Message:
        """The newest message that offers this button."""
        for message in reversed(self.messages):
            if any(label in row for row in message.labels):
                return message
        raise AssertionError(f"no button {label!r}; the screen says: {self.screen.text!r} {self.screen.labels}")

    @property
    def messages(self) -> list[Message]:
        """What the bot wrote in the private chat and is still there."""
        return [m for m in self.client.inbox() if m.sender is None or m.sender.is_bot]

    @property
    def screen(self) -> Message:
        return self.messages[-1]

    @property
    def refusal(self) -> str:
        """What was wrong with an answer: it stands above the question, which is put once more with its buttons."""
        text, _, question = self.screen.text.partition("\n\n")
        assert question
        assert any("Cancel" in row for row in self.screen.labels)
        return text

    @property
    def new_messages(self) -> list[Message]:
        """What came since the last look."""
        fresh = self.messages[self._seen :]
        self._seen = len(self.messages)
        return fresh

    def looks(self) -> None:
        """Everything so far is read."""
        self._seen = len(self.messages)

    @property
    def toasts(self) -> list[str]:
        return [str(t) for t in self.client.toasts]

    async def _answered(self) -> Message:
        await self.chat.settles()
        return self.screen


class Chat:
    """A local Telegram with the bot in it."""

    def __init__(self, telegram: LocalTelegram, bot: Bot, clock: TestClock, routes: Sequence[Route]) -> None:
        self.telegram = telegram
        self.bot = bot
        self.clock = clock
        self._routes = routes
        self._looked_at = clock.now() - timedelta(days=1)

    # --- people ---

    async def person(self, name: str = "Anna", language: str = "en", *, starts: bool = True) -> Visitor:
        visitor = Visitor(self, self.telegram.as_person(self.telegram.add_user(name, language_code=language)))
        if starts:
            await visitor.starts()
            visitor.looks()
        return visitor

    async def member(self, name: str, group: int, language: str = "en") -> Visitor:
        visitor = await self.person(name, language)
        async with self.bot.database.write() as tx:
            await groups.take_seat(tx, group, visitor.id, self.clock.now())
        return visitor

    async def takes_seat(self, visitor: Visitor, group: int) -> None:
        async with self.bot.database.write() as tx:
            await groups.take_seat(tx, group, visitor.id, self.clock.now())

    async def coordinator(self, name: str, group: int, language: str = "en") -> Visitor:
        return await self._with_role(await self.person(name, language), Role.COORDINATOR, group)

    async def organiser(self, name: str = "Olga", language: str = "en") -> Visitor:
        return await self._with_role(await self.person(name, language), Role.ORGANISER, None)

    async def _with_role(self, visitor: Visitor, role: Role, group: int | None) -> Visitor:
        async with self.bot.database.write() as tx:
            await people.grant(tx, visitor.id, role, group)
        return visitor

    # --- the programme ---

    async def group(self, code: str = "PWG 3", *, most: int = 10, title: str = "Climate change") -> int:
        titles = {"en": title, "de": f"{title} (de)", "fr": f"{title} (fr)"}
        themes = {"en": "A theme.", "de": "Ein Thema.", "fr": "Un thème."}
        async with self.bot.database.write() as tx:
            return await groups.add(tx, Group(0, code, titles, themes, 7, most))

    async def webinar(self, group: int, titles: dict[str, str], starts_at: datetime, **values: object) -> int:
        standard: dict[str, object] = {
            "abstracts": {"en": "An abstract.", "de": "Eine Zusammenfassung.", "fr": "Un résumé."},
            "speakers": ("Institute of Examples",),
            "languages": ("en",),
            "minutes": 60,
            "zone": "Europe/Berlin",
            "link": "https://meet.example.org/1",
            "link_policy": LinkPolicy.GUARDED,
            "state": EventState.ANNOUNCED,
            "revision": 1,
        }
        slug = f"{titles['en']}-{starts_at:%Y%m%d%H%M}".lower().replace(" ", "-")[:60]
        event = Event(id=0, group_id=group, slug=slug, titles=titles, starts_at=starts_at, **{**standard, **values})  # type: ignore[arg-type]
        async with self.bot.database.write() as tx:
            return await webinars.add(tx, event, self.clock.now(), None)

    async def session(
        self, group: int, starts_at: datetime, title: str = "Planned relocation", **values: object
    ) -> int:
        standard: dict[str, object] = {
            "titles": {"en": title, "de": f"{title} (de)", "fr": f"{title} (fr)"},
            "abstracts": {},
            "speakers": (),
            "languages": (),
            "minutes": 60,
            "zone": "Europe/Berlin",
            "link": "https://meet.example.org/session",
            "link_policy": LinkPolicy.GUARDED,
            "state": EventState.ANNOUNCED,
            "revision": 1,
            "kind": EventKind.SESSION,
        }
        slug = f"session-{group}-{starts_at:%Y%m%d%H%M}"
        event = Event(id=0, group_id=group, slug=slug, starts_at=starts_at, **{**standard, **values})  # type: ignore[arg-type]
        async with self.bot.database.write() as tx:
            return (await session_changes.add(tx, event, self.clock.now(), None)).id

    # --- time ---

    async def settles(self) -> None:
        """Until the inbox is empty, nothing is due and no call is under way.

        The ticks are what takes longest: they look once all else is at rest, and again as long as they find something.
        """
        with revisions(self.bot.database) as revision:
            await self._settles(revision)

    async def _settles(self, revision: Revision) -> None:
        seen = None
        for _ in range(10_000):
            progress = await self.bot.poller.poll_once(0)
            await self.bot.inline.idle()
            await self.bot.lanes.idle()
            self.bot.sender.wake()
            turn = await self.bot.sender.turn()
            await self.bot.sender.calls_done()
            if progress or turn.started or self.bot.sender.is_busy:
                continue
            if turn.wait is not None:
                self.clock.pass_by(turn.wait + 0.001)
                continue
            now = await revision()
            if now == seen:
                return
            seen = now
            await self._ticks()
            await self.bot.lanes.idle()  # a tick may have taken up failed updates
        raise AssertionError("the bot does not come to rest")

    async def _ticks(self) -> None:
        """What is looked at every few seconds; the rest, once the clock has moved: it is half of what a test costs."""
        has_moved = self.clock.now() >= self._looked_at + timedelta(seconds=OFTEN)
        await self.bot.ticks.run_all(math.inf if has_moved else OFTEN)
        if has_moved:
            self._looked_at = self.clock.now()

    async def restarts(self, settings: Settings | None = None) -> None:
        """The process ends and a new one begins, five seconds later, on the same database: memory is gone.

        `settings`: other ones from then on.
        """
        settings = settings or self.bot.settings
        await self.bot.close()
        self.clock.pass_by(5)
        self.bot = await assemble(settings, Database(settings.database_url), self.clock, self._routes)
        await self.bot.sender.recover()
        await self.settles()

    async def time_passes(self, **duration: float) -> None:
        """Move the clock in one go, as after down time."""
        self.clock.pass_by(timedelta(**duration).total_seconds())
        await self.settles()

    async def time_goes_to(self, moment: datetime) -> None:
        await self.time_passes(seconds=(moment - self.clock.now()).total_seconds())


def make_settings(api_url: str, database_url: str, **others: Any) -> Settings:
    return Settings(
        _env_file=None,
        token=SecretStr(TOKEN),
        owner_ids=frozenset({OWNER}),
        database_url=database_url,
        api_url=api_url,
        timezone="Europe/Berlin",
        **others,
    )


@asynccontextmanager
async def open_chat(
    folder: Path,
    start: datetime = START,
    *,
    database_url: str | None = None,
    more_routes: Sequence[Route] = (),
    **settings: Any,
) -> AsyncIterator[Chat]:
    """A local Telegram and a bot on a fresh database; the real thing but for the clock.

    `database_url`: another database than a SQLite file in `folder`. `more_routes` come before those of the bot.
    `settings`: those that differ from the usual.
    """
    wall = WallClock(start=start, frozen=True)
    clock = TestClock(wall)
    telegram = LocalTelegram(wall, monotonic=clock.monotonic)
    telegram.add_bot(token=TOKEN)
    server = await telegram.serve()
    url = database_url or await fresh_sqlite(folder)
    database = Database(url)
    routes = [*more_routes, *ROUTES]
    others = {"files": folder / "files", **settings}
    bot = await assemble(make_settings(server.url, url, **others), database, clock, routes)
    chat = Chat(telegram, bot, clock, routes)
    try:
        await chat.settles()
        yield chat
    finally:
        await chat.bot.close()
        await server.close()
