import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
import uvloop

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


def pytest_asyncio_loop_factories(item: pytest.Item) -> dict[str, Callable[[], asyncio.AbstractEventLoop]]:
    """The client is tested on both loops: asyncio's own runs the other tests and the demo, uvloop runs the bot."""
    both = item.path.name == "test_connections.py"
    return {"asyncio": asyncio.new_event_loop} | ({"uvloop": uvloop.new_event_loop} if both else {})
