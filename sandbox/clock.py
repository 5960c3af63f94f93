"""The wall clock of the sandbox: it can be moved, so that a week passes in a test or in the demo."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta


class WallClock:
    """System time plus an offset; with `frozen` it stands still until somebody moves it.

    `start` is an aware moment (default: the system's time). Callbacks given to `on_jump` are called with the
    new offset (seconds) each time the clock is moved by hand.
    """

    def __init__(self, start: datetime | None = None, *, frozen: bool = False) -> None:
        self._frozen_at = (start or self._system()).astimezone(UTC) if frozen else None
        self._base = self._frozen_at or self._system()
        self._offset = timedelta() if frozen or start is None else start.astimezone(UTC) - self._base
        self._jumped = asyncio.Event()
        self._callbacks: list[Callable[[float], None]] = []

    def now(self) -> datetime:
        """The present moment of the sandbox, aware, in UTC."""
        return (self._frozen_at or self._system()) + self._offset

    @property
    def offset(self) -> float:
        """Seconds by which this clock was moved."""
        return self._offset.total_seconds()

    @property
    def is_frozen(self) -> bool:
        """Whether it stands still until somebody moves it."""
        return self._frozen_at is not None

    @property
    def timestamp(self) -> int:
        """The present moment in whole Unix seconds, as Telegram dates everything."""
        return int(self.now().timestamp())

    def move(self, by: timedelta) -> None:
        """Move the clock, usually forward."""
        self._offset += by
        self._jumped.set()
        self._jumped = asyncio.Event()
        for callback in list(self._callbacks):
            callback(self.offset)

    def set(self, moment: datetime) -> None:
        """Move the clock to an aware moment."""
        self.move(moment - self.now())

    def on_jump(self, callback: Callable[[float], None]) -> None:
        """Call `callback(offset)` after each move."""
        self._callbacks.append(callback)

    async def wait_for_jump(self, known_offset: float, timeout_seconds: float) -> float:
        """Return the offset as soon as it differs from `known_offset`, at the latest after the timeout."""
        if self.offset == known_offset:
            try:
                await asyncio.wait_for(self._jumped.wait(), timeout_seconds)
            except TimeoutError:
                return self.offset
        return self.offset

    @staticmethod
    def _system() -> datetime:
        return datetime.now(UTC)
