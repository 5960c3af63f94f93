"""What is kept of the public page, and how seldom the database is asked."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.run import reading
from services.work import Background
from tests.chat.world import Chat, open_chat
from web.shelf import LOOK_SECONDS, Shelf


@dataclass
class Looks:
    """Opens what the shelf reads, and counts how often."""

    chat: Chat
    count: int = 0

    @asynccontextmanager
    async def opening(self) -> AsyncIterator[Background]:
        self.count += 1
        async with reading(self.chat.bot) as work:
            yield work


@pytest.fixture
async def looks(tmp_path: Path) -> AsyncIterator[Looks]:
    async with open_chat(tmp_path) as chat:
        yield Looks(chat)


@pytest.fixture
def shelf(looks: Looks) -> Shelf:
    return Shelf(looks.opening, looks.chat.clock.monotonic)


async def test_however_many_ask_it_is_looked_once_a_second(looks: Looks, shelf: Shelf) -> None:
    first = await asyncio.gather(*(shelf.get("en", "webinars") for _ in range(500)))
    at_once = looks.count
    looks.chat.clock.pass_by(LOOK_SECONDS)
    later = await asyncio.gather(*(shelf.get("en", "webinars") for _ in range(500)))

    assert (at_once, looks.count) == (1, 2)
    assert len({id(document) for document in [*first, *later]}) == 1


async def test_a_change_of_something_else_leaves_the_pages_as_they_are(looks: Looks, shelf: Shelf) -> None:
    before = await shelf.get("en", "groups")
    await looks.chat.organiser("Olga")
    looks.chat.clock.pass_by(61)
    same = await shelf.get("en", "groups")
    await looks.chat.group("PWG 3")
    looks.chat.clock.pass_by(61)

    assert same is before
    assert await shelf.get("en", "groups") is not before


async def test_what_is_not_there_takes_no_room(looks: Looks, shelf: Shelf) -> None:
    missing = [await shelf.get("en", f"webinars/{number}") for number in range(100)]
    pages = [await shelf.get("en", place, number) for place in ("", "webinars", "results") for number in range(2, 50)]

    assert {*missing, *pages} == {None}
    assert await shelf.not_found("de") is await shelf.not_found("de")


async def test_without_a_first_reading_the_fault_is_not_hidden(looks: Looks) -> None:
    def broken() -> AbstractAsyncContextManager[Background]:
        raise OSError("No database")

    with pytest.raises(OSError, match="No database"):
        await Shelf(broken, looks.chat.clock.monotonic).get("en", "")
