"""SQLite's one writer: statements run where they stand, only the commit waits on the disk in a thread.

aiosqlite hops to a thread and back three times a statement: under load that was most of what an update cost.
A statement of ours takes 20 to 200 microseconds, so the hops are left out; the commit (an fsync) keeps its thread.
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, CursorResult, Dialect, Engine, Executable, create_engine, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

T = TypeVar("T")

PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",
)

BUSY_SECONDS = 5.0
"""How long a transaction waits for somebody else's to end (a backup, a person with a database tool)."""

BUSY_POLL_SECONDS = 0.02


class WriterTx:
    """The face of an AsyncConnection over a connection that is used in place. Nothing here suspends."""

    def __init__(self, connection: Connection) -> None:
        self.sync_connection = connection

    @property
    def dialect(self) -> Dialect:
        """SQLite's."""
        return self.sync_connection.dialect

    async def execute(self, statement: Executable, parameters: Any = None) -> CursorResult[*tuple[Any, ...]]:
        """Run a statement."""
        return self.sync_connection.execute(statement, parameters)

    async def scalar(self, statement: Executable, parameters: Any = None) -> Any:
        """Run a statement and return the first column of its first row."""
        return self.sync_connection.scalar(statement, parameters)

    async def run_sync(self, work: Callable[..., T], *arguments: Any) -> T:
        """Call `work(connection, *arguments)`."""
        return work(self.sync_connection, *arguments)


class Writer:
    """The only connection that writes, one transaction at a time."""

    def __init__(self, url: URL, **engine_options: Any) -> None:
        self._engine = create_engine(
            url.set(drivername="sqlite+pysqlite"),
            connect_args={"check_same_thread": False, "timeout": 0},
            poolclass=NullPool,
            **engine_options,
        )
        prepare(self._engine, "BEGIN IMMEDIATE")
        self._lock = asyncio.Lock()
        self._connection: Connection | None = None
        self._disk = ThreadPoolExecutor(1, thread_name_prefix="commit")

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[WriterTx]:
        """Commits at the end, rolls back when anything is raised."""
        async with self._lock:
            connection = self._connect()
            transaction = await self._begin(connection)
            try:
                yield WriterTx(connection)
                await self._commit(connection)
            except BaseException:
                if transaction.is_active:  # it is over when the caller was cancelled while the disk was waited for
                    transaction.rollback()
                raise

    @asynccontextmanager
    async def rebuilding(self) -> AsyncIterator[WriterTx]:
        """A transaction without foreign keys, as SQLite needs it to copy a table that others refer to."""
        connection = self._connect()
        _pragma(connection, "foreign_keys=OFF")
        try:
            async with self.transaction() as tx:
                yield tx
        finally:
            _pragma(connection, "foreign_keys=ON")

    async def truncate_log(self) -> bool:
        """Bring the write-ahead log into the file and empty it; False while a reader is still in the way."""
        async with self._lock:
            connection = self._connect()
            done = asyncio.get_running_loop().run_in_executor(self._disk, _truncate_log, connection)
            return await asyncio.shield(done)

    def close(self) -> None:
        """Close the connection; the file is whole at any moment."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        self._disk.shutdown()
        self._engine.dispose()

    def _connect(self) -> Connection:
        if self._connection is None or self._connection.invalidated:
            self._connection = self._engine.connect()
        return self._connection

    async def _begin(self, connection: Connection) -> Any:
        """BEGIN IMMEDIATE, tried again while another process holds the lock: the loop goes on meanwhile."""
        deadline = asyncio.get_running_loop().time() + BUSY_SECONDS
        while True:
            try:
                return connection.begin()
            except OperationalError as error:
                connection.rollback()
                if not _is_busy(error) or asyncio.get_running_loop().time() >= deadline:
                    raise
                await asyncio.sleep(BUSY_POLL_SECONDS)

    async def _commit(self, connection: Connection) -> None:
        """Wait for the disk in a thread; a cancelled caller waits all the same, or it would leave half of one."""
        done = asyncio.get_running_loop().run_in_executor(self._disk, connection.commit)
        cancelled: asyncio.CancelledError | None = None
        while not done.done():
            try:
                await asyncio.shield(done)
            except asyncio.CancelledError as error:
                cancelled = error
        done.result()
        if cancelled is not None:
            raise cancelled


def prepare(engine: Engine, begin_with: str, *more_pragmas: str) -> None:
    """Set the pragmas on each new connection, and begin transactions ourselves."""

    @event.listens_for(engine, "connect")
    def configure(connection: Any, record: object) -> None:
        del record
        connection.isolation_level = None  # the driver shall not begin anything by itself
        cursor = connection.cursor()
        for pragma in (*PRAGMAS, *more_pragmas):
            cursor.execute(pragma)
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin_with)


def _pragma(connection: Connection, setting: str) -> None:
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)  # noqa: S101 - the engine above makes no other
    driver.execute(f"PRAGMA {setting}").close()


def _truncate_log(connection: Connection) -> bool:
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)  # noqa: S101 - the engine above makes no other
    [(is_busy, _, _)] = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    return not is_busy


def _is_busy(error: OperationalError) -> bool:
    return getattr(error.orig, "sqlite_errorcode", 0) & 0xFF in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
