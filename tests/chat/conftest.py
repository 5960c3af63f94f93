from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.chat.world import Chat, open_chat
from tests.databases import fresh_postgresql


@pytest.fixture
async def chat(tmp_path: Path) -> AsyncIterator[Chat]:
    async with open_chat(tmp_path) as opened:
        yield opened


@pytest.fixture
async def chat_on_postgresql(tmp_path: Path) -> AsyncIterator[Chat]:
    """The same bot on PostgreSQL."""
    async with fresh_postgresql() as url, open_chat(tmp_path, database_url=url) as opened:
        yield opened
