"""Asking the bot something and seeing what comes of it, nothing kept: the real doors, a transaction taken back."""

import re
import sqlite3
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import bindparam, event, func, insert, select
from telegram.ext import ApplicationBuilder

from domain.errors import NotAllowed, NotFound, OutOfDate, UserError
from domain.permissions import Role
from domain.process import Process
from gateway.clocks import Clock
from gateway.dispatch import AnyApplication, Dispatcher
from gateway.identity import KnownBot
from gateway.routing import build_handlers
from gateway.transport import HttpTransport
from handlers.routes import Route
from messages import chats, manage, organise, shared
from messages.errors import said
from storage import tables
from storage.database import Database, Tx
from storage.inbox import StoredUpdate
from tests.databases import fresh_sqlite
from tests.rights import scene
from tests.rights.page import Way
from tests.rights.updates import BOT, Ask, update_of

WEB = "https://prework.example.org"
PROCESS = Process(
    "Europe/Berlin", "en", "prework_bot", "https://t.me", frozenset({scene.PEOPLE[Role.OWNER]}), web_url=WEB
)

REFUSALS = (said(NotAllowed(), "en"), manage.nothing("en").text, organise.not_for_you("en").text)
"""How it is said that something is not for somebody."""

OTHER_NOES = (said(NotFound(), "en"), said(OutOfDate(), "en"), chats.wrong_code("en").text)

AWAY = tuple(shared.in_private("", "en", is_anonymous=one).text for one in (False, True))
"""How a command in a group is sent on to the private chat; a button goes there by itself."""

KEPT_BY_ANY_ANSWER = {"inbox", "outbox", "people", "leads"}
"""Tables in which a refusal may write: the update, the answer, and that somebody was here."""

WRITES = re.compile(r"(?:INSERT INTO|UPDATE|DELETE FROM) (\w+)")


class Outcome(StrEnum):
    """What came of it. `NO`: refused for another reason than rights. `BROKEN`: a bug, to be tried again."""

    DONE = "done"
    REFUSED = "refused"
    NO = "another no"
    AWAY = "away"
    SILENT = "silent"
    BROKEN = "broken"


@dataclass(frozen=True)
class Answer:
    """`texts`: all that is written to anybody; `chats`: to whom; `changed`: the tables written to."""

    outcome: Outcome
    texts: str
    chats: frozenset[int]
    changed: frozenset[str]


class Rehearsal(Database):
    """A database in which nothing is kept: within `rehearse`, transactions are parts of one that is taken back.

    `changed`: the tables to which they wrote, those that failed left out.
    """

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.changed: set[str] = set()
        self._open: Tx | None = None

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Tx]:
        if self._open is None:
            async with super().write() as tx:
                yield tx
            return
        before = set(self.changed)
        try:
            with self._open.sync_connection.begin_nested():  # type: ignore[attr-defined]  # SQLite's writer has it
                yield self._open
        except BaseException:
            self.changed.intersection_update(before)
            raise

    @asynccontextmanager
    async def rehearse(self) -> AsyncIterator[Tx]:
        with suppress(_Over):
            async with super().write() as tx:
                self._open = tx
                try:
                    yield tx
                finally:
                    self._open = None
                raise _Over


class _Over(Exception):
    """Takes the transaction back."""


class StandingClock(Clock):
    """Wall time stands; a minute of monotonic time passes between two looks, so that nobody floods."""

    def __init__(self) -> None:
        self._seconds = 0.0

    def now(self) -> datetime:
        return scene.NOW

    def monotonic(self) -> float:
        self._seconds += 60
        return self._seconds


_JOURNAL = insert(tables.inbox).returning(tables.inbox.c.id)
_ERRORS = select(tables.inbox.c.error).where(tables.inbox.c.state != "done", tables.inbox.c.bot_id == BOT["id"])
_OWED = select(tables.outbox.c.kind, tables.outbox.c.chat_id, tables.outbox.c.payload).where(
    tables.outbox.c.id > bindparam("since")
)
_NEWEST = select(func.coalesce(func.max(tables.outbox.c.id), 0))


@dataclass
class Stage:
    """The scene with the bot in it. `asked`: how many times something was asked."""

    database: Rehearsal
    dispatcher: Dispatcher
    asked: int = 0

    async def ask(self, tx: Tx, person: int, way: Way, ask: Ask) -> Answer:
        """What the bot makes of this."""
        return await self._ask(tx, person, [way], ask)

    async def ignores(self, tx: Tx, person: int, ways: Sequence[Way], ask: Ask) -> bool:
        """Whether nothing comes of this, in none of these ways."""
        return (await self._ask(tx, person, ways, ask)).outcome is Outcome.SILENT

    async def _ask(self, tx: Tx, person: int, ways: Sequence[Way], ask: Ask) -> Answer:
        since = await tx.scalar(_NEWEST)
        self.database.changed.clear()
        try:
            for way in ways:
                await self.dispatcher.handle(await self._journal(tx, person, update_of(person, way, ask)))
        except UserError as error:  # not even the refusal could be said
            return Answer(Outcome.BROKEN, repr(error), frozenset(), frozenset())
        errors = (await tx.execute(_ERRORS)).scalars().all()
        if errors:
            return Answer(Outcome.BROKEN, str(errors), frozenset(), frozenset())
        rows = (await tx.execute(_OWED, {"since": since})).all()
        texts = "\n".join(_texts(row.payload or {}) for row in rows)
        chats = frozenset(row.chat_id for row in rows if row.chat_id is not None)
        changed = frozenset(self.database.changed - KEPT_BY_ANY_ANSWER)
        return Answer(_outcome(texts, rows, changed), texts, chats, changed)

    async def _journal(self, tx: Tx, person: int, update: dict[str, Any]) -> StoredUpdate:
        self.asked += 1
        row = {
            "bot_id": BOT["id"],
            "generation": 0,
            "update_id": self.asked,
            "lane": person,
            "attempts": 1,
            "state": "new",
        }
        raw = orjson.dumps(update).decode()
        row_id = (await tx.execute(_JOURNAL, {**row, "raw": raw, "received_at": scene.NOW})).scalar_one()
        return StoredUpdate(row_id, self.asked, person, raw, 1)


def _texts(payload: Any) -> str:
    """Everything in a payload that somebody reads or can press."""
    if isinstance(payload, dict):
        return "\n".join(_texts(value) for value in payload.values())
    if isinstance(payload, list):
        return "\n".join(_texts(value) for value in payload)
    return payload if isinstance(payload, str) else ""


def _outcome(texts: str, rows: Any, changed: frozenset[str]) -> Outcome:
    if any(text in texts for text in REFUSALS):
        return Outcome.REFUSED
    if any(text in texts for text in OTHER_NOES):
        return Outcome.NO
    if any(text in texts for text in AWAY) or any("url" in (row.payload or {}) for row in rows):
        return Outcome.AWAY
    return Outcome.DONE if rows or changed else Outcome.SILENT


@asynccontextmanager
async def open_stage(folder: Path, routes: list[Route]) -> AsyncIterator[Stage]:
    """A fresh database with the scene, and the bot's doors before it: everything but the network."""
    database = Rehearsal(await fresh_sqlite(folder))
    async with database.write() as tx:
        await scene.set(tx)
    application = await _application(routes)
    stage = Stage(database, Dispatcher(database, application, PROCESS, StandingClock(), routes, lambda: None))
    async with database.write() as tx:
        event.listen(tx.sync_connection, "after_cursor_execute", _note_writes(database.changed))  # type: ignore[attr-defined]
    yield stage
    await application.shutdown()
    await database.close()


async def _application(routes: list[Route]) -> AnyApplication:
    bot = KnownBot(
        BOT, token="1:a", request=HttpTransport(connections=1), get_updates_request=HttpTransport(connections=1)
    )
    application: AnyApplication = ApplicationBuilder().bot(bot).updater(None).job_queue(None).build()
    application.add_handlers(build_handlers(routes))
    await application.initialize()
    return application


def _note_writes(changed: set[str]) -> Callable[..., None]:
    rows = 0  # that SQLite has changed on this connection so far

    def note(_connection: object, cursor: sqlite3.Cursor, statement: str, *_: object) -> None:
        nonlocal rows
        written, before, rows = WRITES.match(statement), rows, cursor.connection.total_changes
        if written and rows > before:
            changed.add(written[1])

    return note
