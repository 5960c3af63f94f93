"""Measuring seconds on a machine that may be busy with something else."""

import os
from collections.abc import Awaitable, Callable
from pathlib import Path

ATTEMPTS = 3


async def measured(measure: Callable[[Path], Awaitable[None]], folder: Path) -> None:
    """Measure in a folder of its own; again, at most twice, where the machine had more to do than it has cores.

    A busy machine makes the bot slower, never faster: one good measurement proves what it can do.
    """
    for attempt in range(1, ATTEMPTS + 1):
        own = folder / str(attempt)
        own.mkdir()
        try:
            await measure(own)
        except AssertionError as finding:
            load, cores = os.getloadavg()[0], os.cpu_count() or 1
            if attempt == ATTEMPTS or load <= cores:
                raise
            print(f"attempt {attempt}, load {load:.1f} on {cores} cores: {finding}")
        else:
            return
