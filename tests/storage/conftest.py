from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from storage.database import Database
from tests.databases import empty_postgresql, fresh_postgresql, fresh_sqlite, sqlite_url

pytest.register_assert_rewrite("tests.storage.review_machine")  # its assertions explain themselves like a test's

BOTH = ["sqlite", "postgresql"]


@pytest.fixture(params=BOTH)
async def database(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    """A migrated database of each kind."""
    async with AsyncExitStack() as stack:
        on_sqlite = request.param == "sqlite"
        url = await (fresh_sqlite(tmp_path) if on_sqlite else stack.enter_async_context(fresh_postgresql()))
        opened = Database(url)
        stack.push_async_callback(opened.close)
        yield opened


@pytest.fixture(params=BOTH)
async def empty_database(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    """A database of each kind without tables."""
    async with AsyncExitStack() as stack:
        on_sqlite = request.param == "sqlite"
        url = sqlite_url(tmp_path) if on_sqlite else await stack.enter_async_context(empty_postgresql())
        opened = Database(url)
        stack.push_async_callback(opened.close)
        yield opened


@pytest.fixture
async def sqlite_database(tmp_path: Path) -> AsyncIterator[Database]:
    """A migrated SQLite file, for what only SQLite has."""
    opened = Database(await fresh_sqlite(tmp_path))
    yield opened
    await opened.close()


@pytest.fixture
async def postgresql_database() -> AsyncIterator[Database]:
    """A migrated PostgreSQL database, for what only PostgreSQL has."""
    async with fresh_postgresql() as url:
        opened = Database(url)
        yield opened
        await opened.close()
