"""How late reminders come while many read the page, and how late they come while nobody does."""

import asyncio
import json
import os
import statistics
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks import processes
from benchmarks.hits import Load
from benchmarks.served import FOLLOWERS, number_in, serving
from sandbox.state import Call

MOST_RATIO = 1.5
"""The floor: with the hits, the median and the 95th percentile are at most so many times those without."""

LEAST_SHARE = 0.98
"""A load counts only if so much of its pace was kept, to the last answer, and every answer was a good one."""

SETTLING = timedelta(seconds=8)
"""In this time the world is made and the bot started; then reminders begin to be due, and hits to come."""

GOLDEN = 0.618_034
"""Its multiples leave every part of a second equally often behind the comma."""


@dataclass(frozen=True)
class Lateness:
    """Seconds from when reminders were due to when they arrived at Telegram."""

    median: float
    p95: float
    most: float


@dataclass(frozen=True)
class Round:
    """`load`: of the hits that came meanwhile; None if none did."""

    late: Lateness
    load: Load | None


def spread(begins_at: datetime, seconds: int) -> list[datetime]:
    """A moment in each second but the first and the last, anywhere in it: the bot looks twice a second what is due."""
    return [begins_at + timedelta(seconds=n + n * GOLDEN % 1) for n in range(1, seconds - 1)]


def late_by(calls: Iterable[Call], dues: Sequence[datetime]) -> list[float]:
    """Seconds by which each reminder among the calls came in after it was due."""
    sent = [(call, number_in(str(call.params.get("text", "")))) for call in calls if call.method == "sendMessage"]
    return [(call.at - dues[number]).total_seconds() - call.seconds for call, number in sent if number is not None]


def lateness_of(seconds: Sequence[float]) -> Lateness:
    """Of at least two."""
    hundredths = statistics.quantiles(seconds, n=100, method="inclusive")
    return Lateness(hundredths[49], hundredths[94], max(seconds))


async def measure(seconds: int, rate: float) -> Round:
    """A fresh bot with so many seconds of reminders, and so many hits a second on its page meanwhile."""
    begins_at = datetime.now(UTC) + SETTLING
    dues = spread(begins_at, seconds)
    with tempfile.TemporaryDirectory() as folder:
        async with serving(Path(folder), dues) as (world, port):
            visitors = asyncio.create_task(_visit(port, rate, seconds, begins_at)) if rate else None
            if datetime.now(UTC) > begins_at:
                raise RuntimeError(f"not ready within {SETTLING}")
            await asyncio.sleep((begins_at - datetime.now(UTC)).total_seconds() + seconds)
            load = await visitors if visitors else None
            await world.settles(60)
            late = late_by(world.telegram.calls, dues)
    if len(late) != len(dues) * FOLLOWERS:
        raise RuntimeError(f"{len(late)} reminders instead of {len(dues) * FOLLOWERS}")
    return Round(lateness_of(late), load)


async def _visit(port: int, rate: float, seconds: int, begins_at: datetime) -> Load:
    process = await processes.start("benchmarks.hits", port, rate, seconds, begins_at.timestamp(), measured=False)
    output, _ = await process.communicate()
    return Load(**json.loads(output))


async def compare(rounds: int, seconds: int, rate: float) -> bool:
    """Run all rounds, without hits and with them in turn, and print the table; returns whether the floor is met."""
    reminders = len(spread(datetime.now(UTC), seconds)) * FOLLOWERS
    print(f"lateness of {reminders:,} reminders in {seconds} s, while {rate:g} pages a second are read and without")
    without: list[Round] = []
    beside: list[Round] = []
    pair = ((without, 0.0), (beside, rate))
    for number in range(1, rounds + 1):
        for kept, hits in pair if number % 2 else reversed(pair):
            one = await measure(seconds, hits)
            kept.append(one)
            print(f"round {number}/{rounds}  {shown(one)}   machine: {os.getloadavg()[0]:.1f}", flush=True)
    return report(without, beside, rate)


def report(without: Sequence[Round], beside: Sequence[Round], rate: float) -> bool:
    """Print medians and their ratios; returns whether the floor is met under the whole load."""
    quiet, busy = (Lateness(*median_of([one.late for one in kept])) for kept in (without, beside))
    ratios = ratio(busy, quiet)
    print("medians            median       p95       max")
    for name, late in (("nobody reads", quiet), (f"{rate:g} hits/s", busy)):
        print(f"{name:14}  {late.median:7.3f} s {late.p95:7.3f} s {late.most:7.3f} s")
    print(f"{'ratio':14}  {ratios.median:7.2f} x {ratios.p95:7.2f} x {ratios.most:7.2f} x")
    loads = [one.load for one in beside if one.load]
    print(f"pages: {shown_load(*median_of(loads))}")
    held = is_whole(loads, rate) and max(ratios.median, ratios.p95) <= MOST_RATIO
    print(f"floor {MOST_RATIO:g} x for median and p95, with all hits answered: {'HELD' if held else 'MISSED'}")
    return held


def median_of(found: Sequence[Lateness] | Sequence[Load]) -> list[float]:
    """Each figure's median over the rounds."""
    return [statistics.median(figures) for figures in zip(*map(astuple, found), strict=True)]


def ratio(busy: Lateness, quiet: Lateness) -> Lateness:
    """How many times as late."""
    return Lateness(busy.median / quiet.median, busy.p95 / quiet.p95, busy.most / quiet.most)


def is_whole(loads: Sequence[Load], rate: float) -> bool:
    """Whether what was asked for was also asked and answered."""
    return all(load.rate >= LEAST_SHARE * rate and not load.errors for load in loads)


def shown(one: Round) -> str:
    """On one line."""
    late = f"late: median {one.late.median:.3f} s, p95 {one.late.p95:.3f}, max {one.late.most:.3f}"
    return f"{late}   pages: {shown_load(*astuple(one.load)) if one.load else 'nobody reads'}"


def shown_load(rate: float, p50: float, p99: float, errors: float) -> str:
    """The figures of a `Load`, in milliseconds."""
    return f"{rate:.1f} a second, p50 {p50 * 1000:.1f} ms, p99 {p99 * 1000:.1f} ms, {errors:g} errors"
