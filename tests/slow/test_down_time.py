"""Reminders of a bot that is a real process: on time while it runs, made up for when it was down."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from domain.occasions import Planned
from domain.people import Person
from domain.webinars import Scope
from storage import following, occasions, people
from tests.slow.audit import audit
from tests.slow.measuring import measured
from tests.slow.process import World, add_webinar, open_world, opened, until

pytestmark = pytest.mark.slow

LEAD = 60


async def plan(world: World, folder: Path, *, due_at: datetime, starts_at: datetime) -> None:
    """A follower whose next reminder is due at this moment."""
    world.add_crowd(1)
    follower = world.crowd[0].user
    async with opened(folder) as database:
        webinar = await add_webinar(database, starts_at)
        async with database.write() as tx:
            now = datetime.now(UTC)
            await people.add(tx, Person(follower.id, follower.full_name, "en", started_at=now), now)
            await following.follow(tx, follower.id, Scope.WEBINAR, webinar, now)
            await occasions.plan(tx, webinar, 1, [Planned(LEAD, due_at)])


def reminders(world: World) -> list[str]:
    """The first line of each; the second says when."""
    return [m.text.splitlines()[0] for m in world.crowd[0].inbox() if m.text.startswith("Starts in")]


async def test_what_was_due_while_the_process_was_dead_comes_at_its_start_with_the_true_remaining_time(
    tmp_path: Path,
) -> None:
    await measured(reminder_after_down_time, tmp_path)


async def reminder_after_down_time(folder: Path) -> None:
    async with open_world(folder) as world:
        due_at = datetime.now(UTC) + timedelta(seconds=4)
        await plan(world, folder, due_at=due_at, starts_at=due_at + timedelta(minutes=42))
        await world.process.start_and_wait()
        await asyncio.sleep(0.5)
        world.process.kill()
        assert datetime.now(UTC) < due_at, "it was alive when the reminder was due"

        await asyncio.sleep((due_at - datetime.now(UTC)).total_seconds() + 1)
        await world.process.start_and_wait()
        await until(lambda: reminders(world), 3, "the reminder")
        await asyncio.sleep(1)
        world.process.terminate()
        assert await world.process.ends(10) == 0

        assert reminders(world) == ["Starts in 42 minutes: Climate"]
        assert audit(world.path, world.telegram, world.process.log, most_doubles=0, seeded=world.seeded) == []


async def test_a_reminder_comes_within_a_second_of_its_time(tmp_path: Path) -> None:
    await measured(reminder_while_it_runs, tmp_path)


async def reminder_while_it_runs(folder: Path) -> None:
    async with open_world(folder) as world:
        due_at = datetime.now(UTC) + timedelta(seconds=3)
        await plan(world, folder, due_at=due_at, starts_at=due_at + timedelta(minutes=LEAD))
        await world.process.start_and_wait()
        assert datetime.now(UTC) < due_at, "it was not up in time"

        await until(lambda: reminders(world), 6, "the reminder")
        came_at = datetime.now(UTC)

        assert timedelta() <= came_at - due_at < timedelta(seconds=1)
        assert reminders(world) == ["Starts in 1 hour: Climate"]


async def test_nothing_comes_when_the_process_starts_after_the_webinar_did(tmp_path: Path) -> None:
    async with open_world(tmp_path) as world:
        starts_at = datetime.now(UTC) + timedelta(seconds=2)
        await plan(world, tmp_path, due_at=starts_at - timedelta(seconds=1), starts_at=starts_at)

        await asyncio.sleep((starts_at - datetime.now(UTC)).total_seconds())
        await world.process.start_and_wait()
        await asyncio.sleep(2)
        world.process.terminate()
        assert await world.process.ends(10) == 0

        assert world.count("SELECT count(*) FROM occasions WHERE fired_at IS NULL AND lead > 0") == 0
        assert reminders(world) == []
