"""`make bench`: our two doors beside stock python-telegram-bot and aiogram, in one run, on one core.

The local Telegram runs here, on the last core; each contestant is a process pinned to the first. Rounds are
interleaved, so that whatever else the machine does hits all alike. Figures are medians; what counts are the ratios.
"""

import asyncio
import contextlib
import json
import signal
import statistics
import time
from dataclasses import dataclass, field

import aiohttp
import typer

from benchmarks import processes
from benchmarks.peers import FIRST_PERSON, TOKEN
from sandbox.clock import WallClock
from sandbox.people import Person
from sandbox.server import Server
from sandbox.telegram import LocalTelegram

WARM_UP = 50


@dataclass
class Discipline:
    """What is compared, with what was measured of each contestant, round by round."""

    title: str
    contestants: tuple[str, ...]
    baseline: str
    ours: str
    floor: float | None
    measured: dict[str, list["Measured"]] = field(default_factory=dict)


@dataclass(frozen=True)
class Measured:
    """One round of one contestant: operations a second, and its processor time for each in microseconds."""

    rate: float
    cpu: float


DISCIPLINES = (
    Discipline(
        "sends: our whole outbox (claim, send, record; durable) and a bare send_message",
        ("ptb_send", "ptb_best_send", "aiogram_send", "prework_send"),
        "ptb_best_send",
        "prework_send",
        floor=5.0,
    ),
    Discipline(
        "commands by polling: our /webinars (durable) and a bare echo",
        ("ptb_poll", "aiogram_poll", "prework_poll"),
        "ptb_poll",
        "prework_poll",
        floor=None,
    ),
    Discipline(
        "commands by webhook: our /webinars (durable) and a bare echo",
        ("ptb_webhook", "aiogram_webhook", "prework_webhook"),
        "ptb_webhook",
        "prework_webhook",
        floor=None,
    ),
)


class Arena:
    """A local Telegram with as many people as needed, and the contestants' processes."""

    def __init__(self, telegram: LocalTelegram, server: Server, people: list[Person]) -> None:
        self.telegram = telegram
        self.server = server
        self.people = people

    async def run_sends(self, name: str, count: int) -> Measured:
        """Let one contestant send."""
        process = await self._start(name, count)
        output, _ = await process.communicate()
        said = json.loads(output.splitlines()[-1])
        return Measured(count / said["seconds"], said["cpu"] / count * 1e6)

    async def run_commands(self, name: str, count: int) -> Measured:
        """Let one contestant answer, from the first command in to the last answer out."""
        port = processes.free_port()
        process = await self._start(name, port)
        by_webhook = name.endswith("webhook")
        try:
            await (processes.listens(port) if by_webhook else self._polls())
            await self._commands(WARM_UP, port if by_webhook else None)
            began, cpu = time.perf_counter(), processes.cpu_seconds(process.pid)
            await self._commands(count, port if by_webhook else None)
            seconds, cpu = time.perf_counter() - began, processes.cpu_seconds(process.pid) - cpu
            return Measured(count / seconds, cpu / count * 1e6)
        finally:
            with contextlib.suppress(ProcessLookupError):
                process.send_signal(signal.SIGKILL)
            await process.wait()
            self.telegram.first_bot.queue.remove_webhook()
            self.telegram.first_bot.queue.drop_pending()

    async def _commands(self, count: int, port: int | None) -> None:
        goal = self._answers() + count
        if port is None:
            for person in self.people[:count]:
                person.send("/webinars")
        else:
            await self._post(count, port)
        while self._answers() < goal:
            await asyncio.sleep(0.002)

    def _answers(self) -> int:
        return self.telegram.first_bot.traffic.total

    async def _post(self, count: int, port: int) -> None:
        """Deliver updates as Telegram's webhook does, eight connections at a time."""
        queue = self.telegram.first_bot.queue
        for person in self.people[:count]:
            person.send("/webinars")
        bodies = iter([json.dumps(update).encode() for update in queue.waiting])
        queue.drop_pending()
        headers = {"Content-Type": "application/json", "X-Telegram-Bot-Api-Secret-Token": "secret"}
        async with aiohttp.ClientSession(headers=headers) as session:

            async def deliver() -> None:
                for body in bodies:
                    async with session.post(f"http://127.0.0.1:{port}/telegram", data=body) as answer:
                        answer.raise_for_status()

            await asyncio.gather(*(deliver() for _ in range(8)))

    async def _polls(self) -> None:
        """Return once the contestant asks for updates."""
        deadline = time.monotonic() + processes.PATIENCE_SECONDS
        while not self.telegram.first_bot.queue.has_poller:
            if time.monotonic() > deadline:
                raise RuntimeError("the contestant does not come up")
            await asyncio.sleep(0.05)

    async def _start(self, name: str, number: int) -> asyncio.subprocess.Process:
        return await processes.start("benchmarks.peers", name, self.server.url, number)


async def compare(rounds: int, sends: int, commands: int, only: str) -> bool:
    """Run all rounds and print the table; returns whether the floors are met."""
    processes.move_aside()
    telegram = LocalTelegram(WallClock(), limits=None, keep_calls=100, keep_messages=10)
    telegram.add_bot(token=TOKEN)
    people = [
        telegram.as_person(telegram.add_user(f"Person {n}", user_id=FIRST_PERSON + n))
        for n in range(max(sends, commands))
    ]
    for person in people:
        person.start()
    telegram.first_bot.queue.drop_pending()
    server = await telegram.serve()
    arena = Arena(telegram, server, people)
    try:
        for number in range(1, rounds + 1):
            for discipline in DISCIPLINES:
                for name in discipline.contestants:
                    if only and only not in name:
                        continue
                    run = arena.run_sends(name, sends) if name.endswith("send") else arena.run_commands(name, commands)
                    one = await run
                    discipline.measured.setdefault(name, []).append(one)
                    print(f"round {number}/{rounds}  {name:16} {one.rate:8.0f}/s {one.cpu:8.0f} us", flush=True)
    finally:
        await server.close()
    met = [report(discipline) for discipline in DISCIPLINES]
    return all(met)


def report(discipline: Discipline) -> bool:
    """Print medians and ratios of a discipline; returns whether its floor is met."""
    if not discipline.measured:
        return True
    print(f"\n{discipline.title}")
    medians = {name: statistics.median(one.rate for one in all_) for name, all_ in discipline.measured.items()}
    base = medians.get(discipline.baseline)
    for name, rounds in discipline.measured.items():
        rates = [one.rate for one in rounds]
        cpu = statistics.median(one.cpu for one in rounds)
        ratio = f"{medians[name] / base:6.2f} x {discipline.baseline}" if base else ""
        print(f"  {name:16} {medians[name]:8.0f}/s  ({min(rates):.0f} to {max(rates):.0f})  {cpu:6.0f} us cpu  {ratio}")
    if discipline.floor is None or not base or discipline.ours not in medians:
        return True
    met = medians[discipline.ours] / base >= discipline.floor
    print(f"  floor {discipline.floor:g} x: {'met' if met else 'MISSED'}")
    return met


def main(rounds: int = 5, sends: int = 2000, commands: int = 500, only: str = "") -> None:
    """Compare; `--only NAME` runs the contestants whose name contains it."""
    if not asyncio.run(compare(rounds, sends, commands, only)):
        raise SystemExit(1)


if __name__ == "__main__":
    app = typer.Typer(pretty_exceptions_enable=False, add_completion=False)
    app.command()(main)
    app()
