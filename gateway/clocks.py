"""The two clocks and the way to wait: wall time may jump, monotonic time never does."""

import asyncio
import time
from datetime import UTC, datetime


class Clock:
    """Wall time for due times and expiry; monotonic seconds for pace, leases and timeouts."""

    def now(self) -> datetime:
        """Wall time, aware, UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds since some moment; never goes back."""
        return time.monotonic()

    async def wait(self, event: asyncio.Event, seconds: float) -> bool:
        """Wait for the event, at most so long; True if it came. Clears it."""
        try:
            async with asyncio.timeout(max(0.0, seconds)):
                await event.wait()
        except TimeoutError:
            return False
        event.clear()
        return True
