"""What the state machines share: a SQLite file of their own, worked on in transactions."""

import asyncio
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

from hypothesis.stateful import RuleBasedStateMachine

from storage.database import Database, Tx
from tests.databases import fresh_sqlite

T = TypeVar("T")


class OnFile(RuleBasedStateMachine):
    """Services on a SQLite file, step by step beside a model."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.runner = asyncio.Runner()
        self.database = Database(self.runner.run(fresh_sqlite(Path(self.folder.name))))

    def teardown(self) -> None:
        self.runner.run(self.database.close())
        self.runner.close()
        self.folder.cleanup()

    def do(self, work: Callable[[Tx], Awaitable[T]]) -> T:
        """Do something in a transaction of its own."""

        async def run() -> T:
            async with self.database.write() as tx:
                return await work(tx)

        return self.runner.run(run())
