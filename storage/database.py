"""The database itself: engines, pragmas, the one writer, the lock that keeps a second process out."""

import fcntl
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import IO, Any, Protocol, TypeVar, cast

import orjson
from sqlalchemy import CursorResult, Dialect, Executable, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from storage import sqlite
from storage.errors import AlreadyRunning, DatabaseDamaged, DatabaseUnreachable, DatabaseUnwritable
from storage.sqlite import Writer

T = TypeVar("T")


class Tx(Protocol):
    """An open transaction, of either database. Services pass it on; only `storage/` executes on it."""

    @property
    def dialect(self) -> Dialect:
        """Tells which database it is."""

    async def execute(self, statement: Executable, parameters: Any = None) -> CursorResult[*tuple[Any, ...]]:
        """Run a statement, once or (with a list of parameters) many times."""

    async def scalar(self, statement: Executable, parameters: Any = None) -> Any:
        """Run a statement and return the first column of its first row."""

    async def run_sync(self, work: Callable[..., T], *arguments: Any) -> T:
        """Call `work(connection, *arguments)` with the synchronous connection below."""


LEADER_LOCK = 0x507265776F726B
"""Key of the PostgreSQL advisory lock ("Prework" in ASCII)."""

JSON: dict[str, Any] = {
    "json_serializer": lambda value: orjson.dumps(value).decode(),
    "json_deserializer": orjson.loads,
}

POSTGRESQL_SETTINGS = {
    "statement_timeout": "10000",
    "idle_in_transaction_session_timeout": "15000",
    "lock_timeout": "5000",
}


class Database:
    """One SQLite file or one PostgreSQL database.

    SQLite has one writer, each transaction begun by BEGIN IMMEDIATE (a deferred BEGIN failed 136 of 160
    concurrent writers, IMMEDIATE none); readers are aiosqlite connections that refuse to write.
    """

    def __init__(self, url: str) -> None:
        self.url: URL = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self._lock_file: IO[str] | None = None
        self._leader: AsyncConnection | None = None
        self._writer = Writer(self.url, **JSON) if self.is_sqlite else None
        self._engine = self._make_engine()

    @property
    def path(self) -> Path | None:
        """The file of a SQLite database; None for PostgreSQL and for a database in memory."""
        name = self.url.database
        return Path(name) if self.is_sqlite and name and name != ":memory:" else None

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Tx]:
        """Open the writing transaction: commits at the end, rolls back when anything is raised."""
        if self._writer is not None:
            async with self._writer.transaction() as tx:
                yield tx
        else:
            async with self._engine.begin() as connection:
                yield cast("Tx", connection)

    @asynccontextmanager
    async def rebuild(self) -> AsyncIterator[Tx]:
        """Open the writing transaction of a migration.

        SQLite alters a table by dropping and copying it; with foreign keys on, the drop would delete
        every row that refers to it. The switch works outside a transaction only.
        """
        async with self._writer.rebuilding() if self._writer is not None else self.write() as tx:
            yield tx

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Tx]:
        """Open a reading transaction; the connection refuses writes."""
        async with self._engine.connect() as connection:
            if not self.is_sqlite:
                await connection.execution_options(postgresql_readonly=True)
            yield cast("Tx", connection)

    async def truncate_log(self) -> bool:
        """Leave nothing of what was deleted in the write-ahead log; False when it has to be tried again.

        PostgreSQL writes over what is deleted by its own plan (autovacuum, recycling of its log).
        """
        return await self._writer.truncate_log() if self._writer is not None else True

    async def lead(self) -> None:
        """Become the one process that polls, ticks and sends; raise AlreadyRunning if there is one."""
        if self.is_sqlite:
            self._lock_sqlite()
            return
        self._leader = await self._connect_or_explain()
        taken = await self._leader.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": LEADER_LOCK})
        await self._leader.commit()
        if not taken:
            await self._leader.close()
            self._leader = None
            raise AlreadyRunning(self.url.render_as_string(hide_password=True))

    async def still_leads(self) -> bool:
        """Ask whether the lock is still ours (a PostgreSQL lock goes with its connection)."""
        if self._leader is None:
            return self._lock_file is not None
        try:
            await self._leader.execute(text("SELECT 1"))
            await self._leader.commit()
        except DBAPIError:
            return False
        return True

    async def ping(self) -> None:
        """Reach the database once; raise what keeps us out, with the reason."""
        self._make_folder()
        connection = await self._connect_or_explain()
        await connection.close()

    async def close(self) -> None:
        """Give everything back. Safe to call twice."""
        if self._leader is not None:
            await self._leader.close()
            self._leader = None
        if self._writer is not None:
            self._writer.close()
        await self._engine.dispose()
        if self._lock_file is not None:
            self._lock_file.close()
            self._lock_file = None

    async def _connect_or_explain(self) -> AsyncConnection:
        try:
            return await self._engine.connect()
        except (OSError, DBAPIError) as error:
            cause = getattr(error, "orig", None) or error
            if self.path is not None and is_damage(error):
                raise DatabaseDamaged(str(self.path), str(cause)) from error
            if self.path is not None:
                raise DatabaseUnwritable(str(self.path), str(cause)) from error
            raise DatabaseUnreachable(self.url.render_as_string(hide_password=True), str(cause)) from error

    def _make_folder(self) -> None:
        if self.path is None:
            return
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise DatabaseUnwritable(str(self.path), error.strerror or str(error)) from error

    def _lock_sqlite(self) -> None:
        """Hold an exclusive flock beside the file for as long as the process lives."""
        if self.path is None:
            return
        self._make_folder()
        try:
            lock_file = self.path.with_name(self.path.name + ".lock").open("w")
        except OSError as error:
            raise DatabaseUnwritable(str(self.path), error.strerror or str(error)) from error
        try:
            fcntl.flock(lock_file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            lock_file.close()
            raise AlreadyRunning(str(self.path)) from error
        self._lock_file = lock_file

    def _make_engine(self) -> AsyncEngine:
        if not self.is_sqlite:
            # Connections are tested before use: a database restarted in the night costs no update.
            options = {"server_settings": POSTGRESQL_SETTINGS, "timeout": 10}
            return create_async_engine(self.url, connect_args=options, pool_pre_ping=True, **JSON)
        engine = create_async_engine(self.url, **JSON)
        sqlite.prepare(engine.sync_engine, "BEGIN", "PRAGMA busy_timeout=5000", "PRAGMA query_only=ON")
        return engine


def is_damage(error: Exception) -> bool:
    """Whether SQLite says that the file is broken, or no database at all."""
    code = getattr(getattr(error, "orig", None), "sqlite_errorcode", 0)
    return code & 0xFF in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
