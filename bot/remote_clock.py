"""The wall clock of the demo: the system's, moved as far as the sandbox's clock was moved by hand."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import aiohttp

from gateway.clocks import Clock

WAIT_SECONDS = 25


class RemoteClock(Clock):
    """Tells the sandbox's time without asking each time: only the offset is fetched, when it changes."""

    def __init__(self, sandbox_url: str) -> None:
        self._url = f"{sandbox_url}/sandbox/clock/wait"
        self._offset = 0.0

    def now(self) -> datetime:
        """Wall time of the sandbox, aware, UTC."""
        return super().now() + timedelta(seconds=self._offset)

    async def follow(self, on_jump: Callable[[], Awaitable[None]]) -> None:
        """Follow the sandbox's clock for ever; `on_jump` is awaited after each move. Ends with ClientError."""
        timeout = aiohttp.ClientTimeout(total=WAIT_SECONDS + 10)
        async with aiohttp.ClientSession(timeout=timeout) as session:
            while True:
                if await self._moved(session):
                    await on_jump()

    async def _moved(self, session: aiohttp.ClientSession) -> bool:
        query = {"offset": repr(self._offset), "timeout": str(WAIT_SECONDS)}
        async with session.get(self._url, params=query) as answer:
            answer.raise_for_status()
            offset = float((await answer.json())["offset"])
        moved, self._offset = offset != self._offset, offset
        return moved
