"""`python -m benchmarks.pages`: what a hit on the public page costs, and what many of them do to the reminders.

The bot runs as in production, on a SQLite file. For the costs it has one core, as has each file server beside it, and
whoever asks another. Rounds are interleaved; figures are medians; what counts are the ratios.
"""

import asyncio
import statistics
import tempfile
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import typer

from benchmarks import lateness, processes
from benchmarks.hits import PAGES, fetch, flat_out, known_by, question
from benchmarks.page_peers import PEERS
from benchmarks.served import serving

BASELINE = "starlette"

FILES = dict(zip(PAGES, ("start.html", "webinar.html", "result.html", "webinars.atom"), strict=True))

WARM_UP = 200
"""Hits on each page before the first is measured."""

STATUSES = (200, 304)
"""Whoever comes for the first time gets the page; whoever has it already, and asks whether it has changed, does not."""


@dataclass
class Contestant:
    """A server that runs. `paths`: its address of each page; `measured`: microseconds a hit, by page and status."""

    name: str
    process_id: int
    port: int
    paths: Mapping[str, str]
    measured: dict[tuple[str, int], list[float]] = field(default_factory=dict)

    async def serve(self, page: str, status: int, hits: int) -> float:
        """Microseconds of its processor for each of so many hits on a page that are answered like this."""
        path = self.paths[page]
        more = (known_by(await fetch(self.port, path)),) if status == 304 else ()
        questions = [question(path, number, *more) for number in range(hits)]
        before = processes.cpu_seconds(self.process_id)
        await flat_out(self.port, questions, status)
        return (processes.cpu_seconds(self.process_id) - before) / hits * 1e6

    def median(self, page: str, status: int) -> float:
        """Over all rounds."""
        return statistics.median(self.measured[page, status])

    def total(self, status: int) -> float:
        """Of all pages together."""
        return sum(self.median(page, status) for page in PAGES)


async def compare_costs(rounds: int, hits: int) -> None:
    """Run all rounds and print the table of medians."""
    async with AsyncExitStack() as opened:
        folder, files = (Path(opened.enter_context(tempfile.TemporaryDirectory())) for _ in range(2))
        tomorrow = datetime.now(UTC) + timedelta(days=1)
        dues = [tomorrow + timedelta(days=number) for number in range(10)]
        world, port = await opened.enter_async_context(serving(folder, dues))
        processes.keep_to_measured_core(world.process.pid)
        ours = Contestant("prework", world.process.pid, port, PAGES)
        sizes = await _keep(files, port)
        peers = [await opened.enter_async_context(_peer(name, files)) for name in PEERS]
        contestants = [ours, *peers]
        await _run(contestants, 1, WARM_UP)
        for one in contestants:
            one.measured.clear()
        await _run(contestants, rounds, hits)
    report(contestants, sizes)


async def _keep(folder: Path, port: int) -> dict[str, int]:
    """Put the pages into files; returns how many bytes each has."""
    return {page: (folder / FILES[page]).write_bytes((await fetch(port, path)).body) for page, path in PAGES.items()}


@asynccontextmanager
async def _peer(name: str, folder: Path) -> AsyncIterator[Contestant]:
    port = processes.free_port()
    process = await processes.start("benchmarks.page_peers", name, folder, port)
    try:
        await processes.listens(port)
        yield Contestant(name, process.pid, port, {page: f"/{file}" for page, file in FILES.items()})
    finally:
        process.kill()
        await process.wait()


async def _run(contestants: Sequence[Contestant], rounds: int, hits: int) -> None:
    for _ in range(rounds):
        for status in STATUSES:
            for page in PAGES:
                for one in contestants:
                    one.measured.setdefault((page, status), []).append(await one.serve(page, status, hits))


def report(contestants: Sequence[Contestant], sizes: Mapping[str, int]) -> None:
    """Print medians, and ratios of the sums over all pages."""
    print("\nprocessor time of a hit in microseconds; the ratio is that of all four pages together")
    baseline = next(one for one in contestants if one.name == BASELINE)
    for status, what in zip(STATUSES, ("the page", "not modified (304)"), strict=True):
        print(f"\n{what:20}" + "".join(f"{page:>13}" for page in PAGES))
        if status == 200:
            print(f"{'bytes':20}" + "".join(f"{sizes[page]:13,}" for page in PAGES))
        for one in contestants:
            figures = "".join(f"{one.median(page, status):13.0f}" for page in PAGES)
            print(f"{one.name:20}{figures}  {one.total(status) / baseline.total(status):6.2f} x {BASELINE}")


async def measure(rounds: int, hits: int, seconds: int, rate: float, only: str) -> bool:
    """Run what is wanted; returns whether the floor is met."""
    held = only == "cost" or await lateness.compare(rounds, seconds, rate)
    if only != "lateness":
        processes.move_aside()
        await compare_costs(rounds, hits)
    return held


def main(rounds: int = 5, hits: int = 2000, seconds: int = 60, rate: float = 500, only: str = "") -> None:
    """Measure; `--only cost` or `--only lateness` runs one of the two."""
    if not asyncio.run(measure(rounds, hits, seconds, rate, only)):
        raise SystemExit(1)


if __name__ == "__main__":
    app = typer.Typer(pretty_exceptions_enable=False, add_completion=False)
    app.command()(main)
    app()
