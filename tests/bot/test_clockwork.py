"""What time brings: a duty that fails holds up no other."""

from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.chat.test_privacy import ERASED, erases
from tests.chat.world import open_chat
from tests.databases import fresh_postgresql


@pytest.mark.parametrize("on_postgresql", [False, True])  # there a failed statement ends the whole transaction
async def test_a_duty_that_cannot_even_look_holds_up_none_of_its_pace(tmp_path: Path, on_postgresql: bool) -> None:
    async with AsyncExitStack() as stack:
        url = await stack.enter_async_context(fresh_postgresql()) if on_postgresql else None
        chat = await stack.enter_async_context(open_chat(tmp_path, database_url=url))
        anna = await chat.person("Anna")
        async with chat.bot.database.write() as tx:  # it is looked at just before the erasures
            await tx.execute(text("ALTER TABLE publications RENAME TO somewhere_else"))

        await erases(anna)

        assert anna.screen.text == ERASED
        async with chat.bot.database.write() as tx:
            await tx.execute(text("ALTER TABLE somewhere_else RENAME TO publications"))
