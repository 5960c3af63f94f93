"""The clock: everything that happens because time passes. APScheduler only ticks; what is due are rows."""

import math
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

log = structlog.get_logger()


@dataclass(frozen=True)
class Tick:
    """Something to look at every `seconds`."""

    name: str
    seconds: float
    run: Callable[[], Awaitable[object]]


class Ticks:
    """Runs ticks by the clock, or all at once (after a jump of the clock, in tests)."""

    def __init__(self, ticks: list[Tick]) -> None:
        self._ticks = ticks
        # One at a time, late ones still run, several missed ones run once: they look for what is due anyway.
        self._scheduler = AsyncIOScheduler(
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": 3600}, timezone="UTC"
        )

    def start(self) -> None:
        """Begin to tick."""
        for tick in self._ticks:
            self._scheduler.add_job(self._safely, "interval", args=[tick], seconds=tick.seconds, id=tick.name)
        self._scheduler.start()

    def stop(self) -> None:
        """Tick no more."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    async def run_all(self, most_seconds: float = math.inf) -> None:
        """Every tick now, one after the other; only those that come at least every `most_seconds`."""
        for tick in self._ticks:
            if tick.seconds <= most_seconds:
                await self._safely(tick)

    async def _safely(self, tick: Tick) -> None:
        """A tick that fails is logged and comes again; it never ends the clock."""
        try:
            await tick.run()
        except Exception:
            log.exception("tick_failed", tick=tick.name)
