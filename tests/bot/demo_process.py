"""`prework demo` as a process, started as people start it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.bot.prework import PREWORK, environment

START_SECONDS = 60


@asynccontextmanager
async def running_demo(folder: Path) -> AsyncIterator[tuple[asyncio.subprocess.Process, str]]:
    """The process, and the address of its page. Settings around do not count: none of these could be used."""
    process = await asyncio.create_subprocess_exec(
        *PREWORK,
        "demo",
        cwd=folder,
        env=environment(TOKEN="x", TIMEZONE="Atlantis", NONSENSE="1") | {"TMPDIR": str(folder)},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stdout
    async with asyncio.timeout(START_SECONDS):
        line = (await process.stdout.readline()).decode()
    try:
        yield process, line.removeprefix("Prework demo: open ").removesuffix("/ in your browser.\n")
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
