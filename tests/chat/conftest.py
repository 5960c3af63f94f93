from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.chat.world import Chat, open_chat


@pytest.fixture
async def chat(tmp_path: Path) -> AsyncIterator[Chat]:
    async with open_chat(tmp_path) as opened:
        yield opened
