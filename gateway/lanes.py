"""Updates of one chat are handled one after the other, those of many chats side by side."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence

import structlog

from gateway.clocks import Clock
from storage import inbox
from storage.database import Database
from storage.inbox import StoredUpdate

log = structlog.get_logger()

SIDE_BY_SIDE = 16
"""Lanes worked on at once. On SQLite they take turns at the writer anyway."""

BATCH = 100


class Lanes:
    """Feeds journalled updates to `handle`, in order within each lane."""

    def __init__(self, database: Database, clock: Clock, handle: Callable[[StoredUpdate], Awaitable[None]]) -> None:
        self._database = database
        self._clock = clock
        self._handle = handle
        self._waiting: dict[int, deque[StoredUpdate]] = {}
        self._known: set[int] = set()
        self._slots = asyncio.Semaphore(SIDE_BY_SIDE)
        self._tasks: set[asyncio.Task[None]] = set()

    def add(self, updates: Sequence[StoredUpdate]) -> None:
        """Queue updates; work on them begins at once."""
        for update in updates:
            self._known.add(update.id)
            queue = self._waiting.get(update.lane)
            if queue is not None:
                queue.append(update)
                continue
            self._waiting[update.lane] = deque([update])
            task = asyncio.create_task(self._work(update.lane))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def take_unfinished(self) -> int:
        """Take up what an earlier process left, and failed updates whose time has come; returns how many."""
        async with self._database.read() as tx:
            if not await inbox.is_any_due(tx, self._clock.now(), skip=self._known):
                return 0
        async with self._database.write() as tx:
            found = await inbox.take_unfinished(tx, self._clock.now(), BATCH, skip=self._known)
        self.add(found)
        return len(found) or await self._take_suspects()

    async def _take_suspects(self) -> int:
        """Updates that may be what ended earlier processes: one after the other, each to its end; how many."""
        count = 0
        while not self._known and count < BATCH:
            async with self._database.write() as tx:
                found = await inbox.take_suspect(tx, self._clock.now())
            if not found:
                break
            count += 1
            self.add(found)
            await self.idle()
        return count

    async def idle(self) -> None:
        """Wait until nothing is queued or at work."""
        while self._tasks:
            await asyncio.gather(*self._tasks)

    @property
    def backlog(self) -> int:
        """Updates queued or at work."""
        return len(self._known)

    async def _work(self, lane: int) -> None:
        queue = self._waiting[lane]
        async with self._slots:
            while queue:
                await self._handle_safely(queue.popleft())
            del self._waiting[lane]

    async def _handle_safely(self, update: StoredUpdate) -> None:
        try:
            await self._handle(update)
        except Exception:  # the database refuses: the row stays new and is taken up again
            log.exception("update_not_saved", update=update.update_id)
        finally:
            self._known.discard(update.id)
