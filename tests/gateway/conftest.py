from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from domain.permissions import Permission
from handlers.requests import CommandRequest, Reply
from handlers.routes import Command
from services.work import Work
from tests.chat.world import Chat, open_chat


async def _fail(request: CommandRequest, work: Work) -> Reply:
    raise LookupError("a bug")


@pytest.fixture
async def chat(tmp_path: Path) -> AsyncIterator[Chat]:
    """The bot, with one command more: /fail is a bug."""
    async with open_chat(tmp_path, more_routes=[Command("fail", _fail, Permission.USE_BOT)]) as opened:
        yield opened
