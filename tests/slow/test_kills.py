"""kill -9 while updates come in: nothing lost, nothing done twice."""

import asyncio
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from functools import partial
from pathlib import Path

import pytest

from domain.buttons.coding import Action, encode
from domain.buttons.settings import ToggleLead
from domain.buttons.webinars import Subscribe
from domain.webinars import Scope
from sandbox.faults import FaultKind
from tests.slow.audit import audit
from tests.slow.process import World, add_webinar, open_world, opened, until

pytestmark = pytest.mark.slow

UPDATES = 300
CALLS = 8
LEAD = 180


class Moment(Enum):
    """When the bot is killed; the value says how often."""

    CALL_UNDER_WAY = 6, "Telegram has not carried it out"
    CALL_CARRIED_OUT = 6, "the answer has not come"
    CONFIRMED = 5, "Telegram has just been told that the updates are safe"
    TRANSACTION = 9, "nothing is committed"
    ANYWHERE = 4, "from the first instruction on"


MOMENTS = [moment for moment in Moment for _ in range(moment.value[0])]

Push = Callable[[], object]
"""Somebody does something: an update comes in."""


async def test_thirty_kills_while_three_hundred_updates_come_in(tmp_path: Path, rng: random.Random) -> None:
    async with open_world(tmp_path, rate=1000, calls_in_flight=CALLS) as world:
        async with opened(tmp_path) as database:
            webinar = await add_webinar(database, datetime.now(UTC) + timedelta(days=3))
        coming = updates(world, webinar, rng)

        proven = [await kill(world, moment, coming, rng) for moment in rng.sample(MOMENTS, len(MOMENTS))]
        assert list(coming) == []
        await world.process.start_and_wait()
        await world.settles(30)
        world.process.terminate()
        assert await world.process.ends(10) == 0

        print(f"{sum(proven)} of {world.process.kills} kills were inside a transaction or a call")
        assert sum(proven) >= 20
        assert world.telegram.first_bot.queue.pushed == UPDATES
        doubles = world.process.kills * CALLS
        assert audit(world.path, world.telegram, world.process.log, most_doubles=doubles, seeded=world.seeded) == []
        assert effects(world) == Effects(
            follow=ids(world, FOLLOW), reminded_earlier=ids(world, TOGGLE_ONCE), stopped=ids(world, STOP)
        )


# --- What people do -----------------------------------------------------------------------------

STOP, FOLLOW, TOGGLE_ONCE, TOGGLE_FOUR_TIMES = range(100), range(100, 175), range(175, 200), range(200, 225)
"""Who of the crowd does what. Done twice, each would show: in the audit, as a lead time that is off, or on."""


def updates(world: World, webinar: int, rng: random.Random) -> Iterator[Push]:
    """What the crowd does, in any order."""
    world.add_crowd(TOGGLE_FOUR_TIMES.stop)
    pushes: list[Push] = [partial(world.crowd[number].send, "/stop") for number in STOP]
    pushes += [press(world, number, Subscribe(webinar, Scope.WEBINAR)) for number in FOLLOW]
    pushes += [press(world, number, ToggleLead(LEAD)) for number in TOGGLE_ONCE]
    pushes += [press(world, number, ToggleLead(LEAD)) for number in TOGGLE_FOUR_TIMES for _ in range(4)]
    rng.shuffle(pushes)
    return iter(pushes)


def press(world: World, number: int, action: Action) -> Push:
    return partial(world.crowd[number].press_data, world.seeded[number], encode(action))


@dataclass(frozen=True)
class Effects:
    """Person ids, sorted, each as often as it happened."""

    follow: list[int]
    reminded_earlier: list[int]
    stopped: list[int]


def effects(world: World) -> Effects:
    """What all this left in the database."""

    def people(sql: str, *values: object) -> list[int]:
        return sorted(int(str(row[0])) for row in world.query(sql, *values))

    return Effects(
        follow=people("SELECT person_id FROM subscriptions"),
        reminded_earlier=people("SELECT person_id FROM leads WHERE minutes = ?", LEAD),
        stopped=people("SELECT actor_id FROM audit WHERE action = 'stopped'"),
    )


def ids(world: World, who: range) -> list[int]:
    return sorted(world.crowd[number].user.id for number in who)


# --- The kills ----------------------------------------------------------------------------------

SENDS = ("sendMessage", "editMessageText", "answerCallbackQuery")


async def kill(world: World, moment: Moment, coming: Iterator[Push], rng: random.Random) -> bool:
    """Start the bot, let a thirtieth of the updates come in, kill it at this moment.

    True where it was inside a call or a transaction for certain.
    """
    pushes = [next(coming) for _ in range(UPDATES // len(MOMENTS))]
    match moment:
        case Moment.TRANSACTION:
            proven = await start_until_transaction(world, pushes, rng)
        case Moment.ANYWHERE:
            proven = await start_until_some_moment(world, pushes, rng)
        case Moment.CONFIRMED:
            proven = await start_until_confirmed(world, pushes)
        case Moment.CALL_CARRIED_OUT:
            proven = await start_until_call(world, FaultKind.HOLD_ANSWER, pushes)
        case Moment.CALL_UNDER_WAY:
            proven = await start_until_call(world, FaultKind.HOLD, pushes)
    world.process.kill()
    world.telegram.faults.clear()
    return proven


async def start_until_call(world: World, kind: FaultKind, pushes: list[Push]) -> bool:
    """Until a send is under way, which then gets no answer."""
    faults = [world.telegram.faults.add(kind, method=method, times=None) for method in SENDS]
    for push in pushes:
        push()
    world.process.start()
    await until(lambda: any(fault.struck.is_set() for fault in faults), 20, f"a call of {SENDS}")
    await asyncio.sleep(0.02)
    return True


async def start_until_confirmed(world: World, pushes: list[Push]) -> bool:
    """Until the very poll that tells Telegram to forget the updates just fetched: they have to be on the disk."""
    await world.process.start_and_wait()
    await until(lambda: world.telegram.first_bot.queue.has_poller, 10, "a poll that waits")
    confirming = world.telegram.faults.add(FaultKind.HOLD_ANSWER, method="getUpdates")
    for push in pushes:
        push()
    async with asyncio.timeout(10):
        await confirming.struck.wait()
    return True


async def start_until_transaction(world: World, pushes: list[Push], rng: random.Random) -> bool:
    """Hold the bot again and again, until nobody else can begin to write: then it stands inside a transaction."""
    await world.process.start_and_wait()
    for push in pushes:
        push()
    deadline = time.monotonic() + 3
    while time.monotonic() < deadline:
        world.process.pause()
        if world.is_in_transaction():
            return True
        world.process.resume()
        await asyncio.sleep(rng.uniform(0, 0.002))
    return False


async def start_until_some_moment(world: World, pushes: list[Push], rng: random.Random) -> bool:
    """Any time from the first instruction on."""
    for push in pushes:
        push()
    world.process.start()
    await asyncio.sleep(rng.uniform(0, 1))
    return False
