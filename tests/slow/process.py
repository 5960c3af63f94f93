"""The bot as a process of its own, beside a local Telegram in the test's process."""

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from domain.events import Event, EventState, LinkPolicy
from domain.groups import Group
from sandbox import happenings
from sandbox.clock import WallClock
from sandbox.limits import Limits
from sandbox.people import Person
from sandbox.state import Message
from sandbox.telegram import FIRST_USER_ID, LocalTelegram
from services import webinars
from storage import groups, schema
from storage.database import Database
from tests.databases import sqlite_url

TOKEN = "123456:AAabcdefghijklmnopqrstuvwxyz0123456"
OWNER = FIRST_USER_ID + 1  # the second of a crowd
LAUNCHER = Path(__file__).with_name("launcher.py")

POLL_SECONDS = 0.005


async def until(condition: Callable[[], object], seconds: float, what: str) -> None:
    """Wait for something to become true; fail with `what` when it does not in time."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {seconds} s: {what}")
        await asyncio.sleep(POLL_SECONDS)


class BotProcess:
    """`prework run`, started, killed and started again on the same database."""

    def __init__(self, folder: Path, settings: dict[str, str]) -> None:
        self.log_path = folder / "bot.log"
        self.pid = 0
        self.kills = 0
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("BOT_")}
        self._launcher = subprocess.Popen(
            [sys.executable, str(LAUNCHER)],
            cwd=folder,  # not where a developer's .env lies
            env=inherited | settings,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
        )
        assert self._hear() == "ready", "the bot cannot be imported"

    @property
    def log(self) -> str:
        """All that it has written so far."""
        return self.log_path.read_text() if self.log_path.exists() else ""

    @property
    def starts(self) -> int:
        """How often it came as far as being ready."""
        return self.log.count("started  ")

    def start(self) -> None:
        """Start it; it is not ready yet when this returns."""
        assert self.pid == 0, "it runs already"
        self.pid = int(self._say(f"start {self.log_path}"))

    async def start_and_wait(self, seconds: float = 20.0) -> None:
        """Start it and wait until it is ready."""
        before = self.starts
        self.start()
        deadline = time.monotonic() + seconds
        while self.starts == before:
            ended = self.exit_code()
            assert ended is None, f"it ended with {ended}\n{self.log[-3000:]}"
            assert time.monotonic() < deadline, f"no start within {seconds} s\n{self.log[-3000:]}"
            await asyncio.sleep(POLL_SECONDS)

    def kill(self) -> None:
        """kill -9; it is gone when this returns."""
        assert self.exit_code() is None, f"it had ended by itself\n{self.log[-3000:]}"
        self._say(f"kill {self.pid}")
        self.pid = 0
        self.kills += 1

    def pause(self) -> None:
        """Hold it where it stands, all threads."""
        self._say(f"pause {self.pid}")

    def resume(self) -> None:
        """Let it go on."""
        self._say(f"resume {self.pid}")

    def exit_code(self) -> int | None:
        """None while it runs."""
        answer = self._say(f"poll {self.pid}")
        if answer == "running":
            return None
        self.pid = 0
        return int(answer)

    def terminate(self) -> None:
        """SIGTERM, as systemd and Docker send it."""
        os.kill(self.pid, signal.SIGTERM)

    async def ends(self, seconds: float) -> int:
        """Wait for the end; returns the exit code."""
        deadline = time.monotonic() + seconds
        while (code := self.exit_code()) is None:
            assert time.monotonic() < deadline, f"still running after {seconds} s\n{self.log[-3000:]}"
            await asyncio.sleep(POLL_SECONDS)
        return code

    def close(self) -> None:
        """End whatever still runs."""
        if self.pid and self.exit_code() is None:
            self._say(f"kill {self.pid}")
        assert self._launcher.stdin is not None
        self._launcher.stdin.close()
        self._launcher.wait(10)
        assert self._launcher.stdout is not None
        self._launcher.stdout.close()

    def _say(self, command: str) -> str:
        assert self._launcher.stdin is not None
        self._launcher.stdin.write(command + "\n")
        return self._hear()

    def _hear(self) -> str:
        assert self._launcher.stdout is not None
        return self._launcher.stdout.readline().strip()


@dataclass
class World:
    """A local Telegram, a bot process and its database file."""

    telegram: LocalTelegram
    process: BotProcess
    path: Path
    crowd: list[Person] = field(default_factory=list)
    seeded: list[Message] = field(default_factory=list)
    """Messages of the bot that the test put there, one for each of the crowd: something with buttons to press."""

    def add_crowd(self, count: int) -> None:
        """People with the bot in their list of chats."""
        for number in range(1, count + 1):
            user = self.telegram.add_user(f"Person {number}")
            chat = self.telegram.private_chat(user)
            chat.started = True
            self.crowd.append(self.telegram.as_person(user))
            self.seeded.append(happenings.post(self.telegram, chat, self.telegram.first_bot.user, {"text": "Hello"}))

    def query(self, sql: str, *values: object) -> list[tuple[object, ...]]:
        """Read from the database file, beside the bot."""
        with closing(sqlite3.connect(f"file:{self.path}?mode=ro", uri=True, timeout=5)) as connection:
            return connection.execute(sql, values).fetchall()

    def count(self, sql: str, *values: object) -> int:
        """The number that a query finds."""
        return int(str(self.query(sql, *values)[0][0]))

    def is_in_transaction(self) -> bool:
        """Whether somebody else is writing to the database right now: then nobody can begin to."""
        with closing(sqlite3.connect(self.path, timeout=0, isolation_level=None)) as probe:
            try:
                probe.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                    raise
                return True
            probe.execute("ROLLBACK")
            return False

    async def settles(self, seconds: float) -> None:
        """Until every update is handled and every delivery that is due has ended."""

        def is_quiet() -> bool:
            # In this order: what is handled becomes what is owed.
            if len(self.telegram.first_bot.queue):
                return False
            if self.count("SELECT count(*) FROM inbox WHERE state = 'new'"):
                return False
            return not self.count("SELECT count(*) FROM outbox WHERE state IN ('pending', 'sending')")

        deadline = time.monotonic() + seconds
        while not is_quiet():
            if time.monotonic() > deadline:
                states = self.query("SELECT kind, state, count(*) FROM outbox GROUP BY kind, state")
                raise AssertionError(f"no rest within {seconds} s: {states}\n{self.process.log[-3000:]}")
            await asyncio.sleep(0.05)


@asynccontextmanager
async def open_world(folder: Path, *, limits: Limits | None = None, **settings: object) -> AsyncIterator[World]:
    """A local Telegram on a free port, a migrated database, a bot that is not started yet.

    `settings`: more of the bot's, such as rate=200. Without `limits` Telegram takes any number of messages.
    """
    telegram = LocalTelegram(WallClock(), limits=limits)
    telegram.add_bot(token=TOKEN)
    server = await telegram.serve()
    environment = {
        "BOT_TOKEN": TOKEN,
        "BOT_OWNER_IDS": str(OWNER),
        "BOT_DATABASE_URL": sqlite_url(folder),
        "BOT_API_URL": server.url,
        "BOT_WEB_PORT": "0",
    } | {f"BOT_{name.upper()}": str(value) for name, value in settings.items()}
    process = BotProcess(folder, environment)
    try:
        async with opened(folder) as database:
            await schema.migrate(database)
        yield World(telegram, process, folder / "prework.db")
    finally:
        process.close()
        await server.close()
    assert telegram.problems == []


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[Database]:
    """The database, while the bot does not run."""
    database = Database(sqlite_url(folder))
    try:
        yield database
    finally:
        await database.close()


async def add_webinar(database: Database, starts_at: datetime) -> int:
    """A webinar of a working group, with its reminders planned; returns its id."""
    names = {"en": "Climate"}
    async with database.write() as tx:
        group = await groups.add(tx, Group(0, f"PWG {starts_at:%H%M%S%f}", names, names, 7, 10))
        event = Event(
            id=0,
            group_id=group,
            slug=f"climate-{starts_at:%Y%m%d%H%M%S%f}",
            titles=names,
            abstracts=names,
            speakers=(),
            languages=("en",),
            starts_at=starts_at,
            minutes=60,
            zone="Europe/Berlin",
            link=None,
            link_policy=LinkPolicy.PUBLIC,
            state=EventState.ANNOUNCED,
            revision=1,
        )
        return await webinars.add(tx, event, datetime.now(UTC), None)
