"""The pace in real seconds, beside a Telegram that enforces its limits."""

import asyncio
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from domain.pace import SPARE
from sandbox.faults import FaultKind
from sandbox.limits import Limits
from sandbox.people import Person
from sandbox.state import Call
from tests.slow.audit import audit
from tests.slow.broadcasting import TEXT, write_broadcast
from tests.slow.measuring import measured
from tests.slow.process import World, open_world, until

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

RATE = 28  # what a bot uses that is told nothing else


async def test_a_broadcast_keeps_the_pace_and_answers_come_in_between(tmp_path: Path) -> None:
    await measured(broadcast_with_questions, tmp_path)


async def broadcast_with_questions(folder: Path) -> None:
    async with open_world(folder, limits=Limits()) as world:
        run = await write_broadcast(world, folder, 300)
        await world.process.start_and_wait()
        await warm_up(world)
        await run.start()
        waits: list[float] = []

        for goal in (60, 120, 180, 240):
            await until(lambda goal=goal: run.traffic.total >= goal, 20, "the broadcast goes on")  # type: ignore[misc]
            # Somebody to whom the broadcast has gone already: a chat takes one message a second.
            waits.append(await seconds_to_answer(world, next(p for p in world.crowd if run.copies()[p.user.id])))
        await until(lambda: Counter(run.copies().values()) == {1: 300}, 20, "everybody has it")
        world.process.terminate()
        assert await world.process.ends(10) == 0

        pace = rate(paced(world))
        print(f"{pace:.2f} a second at {RATE} allowed; answers after {', '.join(f'{wait:.2f}' for wait in waits)} s")
        assert run.traffic.refused == Counter()
        assert 0.95 * RATE <= pace <= 1.01 * RATE
        assert max(waits) < 1
        assert audit(world.path, world.telegram, world.process.log, most_doubles=0, seeded=world.seeded) == []


async def warm_up(world: World) -> None:
    """The first call of a process takes longer than those after it, at either end."""
    for person in world.crowd[10:13]:
        await seconds_to_answer(world, person)
    await asyncio.sleep(1)


async def seconds_to_answer(world: World, person: Person) -> float:
    """Ask for help and wait for it."""
    before, began = len(person.inbox()), time.monotonic()
    person.send("/help")
    await until(lambda: len(person.inbox()) >= before + 2, 10, "an answer")  # the question itself is one of them
    return time.monotonic() - began


def paced(world: World) -> list[Call]:
    """The sends and edits, oldest first, from the first message of the broadcast to the last."""
    calls = [c for c in world.telegram.calls if c.method.startswith(("send", "edit"))]
    numbers = [c.number for c in calls if c.params.get("text") == TEXT]
    return [c for c in calls if numbers[0] <= c.number <= numbers[-1]]


def began(call: Call) -> float:
    """When a call came in, monotonic seconds."""
    return call.monotonic - call.seconds


def rate(calls: list[Call]) -> float:
    return (len(calls) - 1) / (began(calls[-1]) - began(calls[0]))


@dataclass
class Asking:
    """Somebody asks for help again and again: answers go on in a pause, but not many."""

    world: World
    asked: int = 0

    async def run(self, people: list[Person]) -> None:
        for person in people:
            person.send("/help")
            self.asked += 1
            await asyncio.sleep(0.25)


BAN = 3.0
UNDER_WAY = 0.1
"""Calls that come in this soon after the 429 had begun before it arrived."""


async def test_after_a_429_nothing_is_sent_for_so_long_and_then_slowly_until_all_have_it(tmp_path: Path) -> None:
    await measured(broadcast_with_flood, tmp_path)


async def broadcast_with_flood(folder: Path) -> None:
    async with open_world(folder, limits=Limits()) as world:
        run = await write_broadcast(world, folder, 130)
        await world.process.start_and_wait()
        await warm_up(world)
        flood = world.telegram.faults.add(FaultKind.FLOOD, method="sendMessage", skip=50, retry_after=BAN)
        await run.start()
        await until(lambda: flood.hits, 20, "a 429")

        asking = Asking(world)
        await asking.run(world.crowd[:10])
        await until(lambda: Counter(run.copies().values()) == {1: 130}, 40, "everybody has it")
        await world.settles(10)
        world.process.terminate()
        assert await world.process.ends(10) == 0

        refused = next(call for call in world.telegram.calls if call.status == 429)
        later = [call for call in paced(world) if began(call) > refused.monotonic + UNDER_WAY]
        in_the_ban = [call for call in later if began(call) < refused.monotonic + BAN]
        after_it = [began(call) - refused.monotonic for call in later if began(call) >= refused.monotonic + BAN]
        print(f"{len(in_the_ban)} probes in the ban, then at {', '.join(f'{at:.2f}' for at in after_it[:10])} s …")
        assert [call.params.get("text") for call in in_the_ban if call.params["text"] == TEXT] == []
        assert len(in_the_ban) <= BAN + 1
        assert all(b - a > 0.95 for a, b in zip(*gaps(in_the_ban), strict=True))
        assert most_in_a_window(after_it, 1.0, until=BAN + 5) <= 5 + SPARE

        assert most_in_a_window(after_it, 1.0, until=BAN + 10) <= 10 + SPARE
        assert run.traffic.refused == Counter()
        assert audit(world.path, world.telegram, world.process.log, most_doubles=0, seeded=world.seeded) == []


def gaps(calls: list[Call]) -> tuple[list[float], list[float]]:
    moments = [began(call) for call in calls]
    return moments[:-1], moments[1:]


def most_in_a_window(moments: list[float], seconds: float, until: float) -> int:
    """The most moments that lie within any so many seconds, before `until`."""
    early = [moment for moment in moments if moment < until]
    return max(sum(start <= moment < start + seconds for moment in early) for start in early)
