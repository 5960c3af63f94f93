"""A broadcast is killed, stopped and started again: nobody gets it twice, nobody is forgotten."""

import asyncio
import random
from collections import Counter
from pathlib import Path

import pytest

from sandbox.faults import FaultKind
from tests.slow.audit import audit
from tests.slow.broadcasting import Run, write_broadcast
from tests.slow.process import World, open_world, until

pytestmark = pytest.mark.slow

KILLS = 20
CALLS = 8
NAMED = 80
"""So many names are listed in a report; the others are counted."""


async def test_twenty_kills_in_a_broadcast_to_five_hundred(tmp_path: Path, rng: random.Random) -> None:
    async with open_world(tmp_path, rate=200, calls_in_flight=CALLS) as world:
        run = await write_broadcast(world, tmp_path, 500)
        world.telegram.faults.add(FaultKind.DELAY, method="sendMessage", times=None, seconds=0.03)

        await world.process.start_and_wait()
        await run.start()
        for left in range(KILLS, 0, -1):
            await kill_midway(run, left, rng)
            world.process.start()
        await until(run.report, 30, "the report")
        await world.settles(30)
        world.process.terminate()
        assert await world.process.ends(10) == 0

        copies, sent, unsure = run.copies(), run.people_in("sent"), run.people_in("uncertain")
        print(f"{world.process.kills} kills left {len(unsure)} of {len(copies)} uncertain")
        assert max(copies.values()) == 1
        assert sorted(sent + unsure) == sorted(copies)
        assert all(copies[person] == 1 for person in sent)
        assert 1 <= len(unsure) <= KILLS * CALLS
        assert run.report() == told(world, len(sent), unsure)
        doubles = KILLS * CALLS  # of the progress card, which is sent again rather than lost
        assert audit(world.path, world.telegram, world.process.log, most_doubles=doubles, seeded=world.seeded) == []


async def kill_midway(run: Run, left: int, rng: random.Random) -> None:
    """Kill the bot when it has sent its share of what is still to send."""
    share = len(run.people_in("pending")) / (left + 1)
    goal = run.traffic.total + 1 + int(share * rng.uniform(0.3, 1))
    await until(lambda: run.traffic.total >= goal, 20, "the broadcast goes on")
    await asyncio.sleep(rng.uniform(0, 0.05))
    run.world.process.kill()
    assert run.people_in("pending") != [], "it was over before the last kill"


def told(world: World, sent: int, unsure: list[int]) -> str:
    """The report of a run in which nobody was lost for sure."""
    names = ", ".join(world.telegram.users[person].full_name for person in unsure[:NAMED])
    more = f" and {len(unsure) - NAMED} more" if len(unsure) > NAMED else ""
    return (
        f"Done: {sent} of {len(world.crowd)} have it\nConfirmed by Person 2\nUncertain: {len(unsure)}\n\n"
        f"Uncertain – they may have it or not:\n{names}{more}"
    )


async def test_sigterm_waits_for_the_calls_under_way_and_the_rest_goes_out_after_the_restart(tmp_path: Path) -> None:
    async with open_world(tmp_path, rate=200, calls_in_flight=CALLS) as world:
        run = await write_broadcast(world, tmp_path, 300)
        slow = world.telegram.faults.add(FaultKind.HOLD_ANSWER, chat=world.crowd[40].user.id)
        await world.process.start_and_wait()
        await run.start()
        await until(lambda: run.traffic.total >= 80 and slow.hits, 20, "a broadcast under way, with a slow call")

        world.process.terminate()
        await asyncio.sleep(0.3)
        at_the_signal = run.traffic.total
        await asyncio.sleep(0.7)
        assert world.process.exit_code() is None, "it waits for the slow call"
        slow.release()
        assert await world.process.ends(10) == 0

        assert run.traffic.total == at_the_signal
        states = world.query("SELECT state, count(*) FROM outbox WHERE kind = 'broadcast' GROUP BY state")
        assert {str(state) for state, _ in states} == {"sent", "pending"}
        assert world.crowd[40].user.id in run.people_in("sent")
        await world.process.start_and_wait()
        await until(run.report, 30, "the report")
        await world.settles(10)
        world.process.terminate()
        assert await world.process.ends(10) == 0
        assert Counter(run.copies().values()) == {1: 300}
        assert run.report() == "Done: 300 of 300 have it\nConfirmed by Person 2"
        assert audit(world.path, world.telegram, world.process.log, most_doubles=0, seeded=world.seeded) == []
