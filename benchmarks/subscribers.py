"""`python -m benchmarks.subscribers`: what a webinar with many subscribers costs, on a SQLite file.

Moving it (one transaction), firing a reminder (one INSERT ... SELECT), a tick that finds nothing due, and how long
after its due time the first reminder leaves, to a local Telegram in this process.
"""

import asyncio
import contextlib
import statistics
import tempfile
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import typer
from pydantic import SecretStr
from sqlalchemy import func, select

from benchmarks.peers import FIRST_PERSON, TOKEN, Spent, Watch
from bot import logs
from bot.settings import Settings
from bot.wiring import assemble
from domain.events import Event, EventState, LinkPolicy
from domain.groups import Group
from domain.people import DEFAULT_LEADS
from domain.process import Process
from domain.webinars import Scope
from gateway.clocks import Clock
from sandbox.clock import WallClock
from sandbox.telegram import LocalTelegram
from services import occasions, webinars
from services.purposes import PURPOSES
from services.work import Background
from storage import events, groups, schema
from storage import occasions as stored_occasions
from storage.database import Database, Tx
from storage.tables import leads, outbox, people, subscriptions

PROCESS = Process("Europe/Berlin", "en", "prework_bot", "https://t.me", frozenset())

MOST_SECONDS = 1.0
"""The floors: moving a webinar with 100,000 subscribers, and what is due until it leaves, take no longer."""

IDLE_TICKS = 200

TIMED = ("move", "again", "fire", "idle")

WARM_UP = 100
"""Subscribers of a round before the clock starts: connections, caches, first statements."""


@dataclass(frozen=True)
class Measured:
    """One round: to move a webinar, to move it while nobody has been told of the first move, to fire a reminder.

    `idle`: a tick that finds nothing due. `late`: seconds from the due time to the first call.
    """

    move: Spent
    again: Spent
    fire: Spent
    idle: Spent
    late: float


async def run(count: int) -> Measured:
    """One round with so many subscribers, on a fresh file."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{Path(folder) / 'bench.db'}"
        database = Database(url)
        await schema.migrate(database)
        now = datetime.now(UTC)
        webinar_id = await _fill(database, count, now)
        move = await _move(database, webinar_id, now, count)
        again = await _move(database, webinar_id, now, count)
        await _forget(database)
        fire = await _fire(database, webinar_id, count)
        await _forget(database)
        idle = await _idle(database, now)
        late = await _first_reminder(database, url, webinar_id)
        await database.close()
    return Measured(move, again, fire, idle, late)


async def _fill(database: Database, count: int, now: datetime) -> int:
    """People with the default lead times who follow one webinar, three ways in turn; returns its id."""
    ids = range(FIRST_PERSON, FIRST_PERSON + count)
    async with database.write() as tx:
        group_id = await groups.add(tx, Group(0, "PWG 1", {"en": "Climate"}, {"en": "Theme"}, 7, 10))
        webinar_id = await webinars.add(tx, webinar(group_id, now + timedelta(days=8)), now, None)
        scopes = [(Scope.WEBINAR, webinar_id), (Scope.GROUP, group_id), (Scope.ALL, 0)]
        rows = [{"id": n, "name": "Anna", "language": "en", "started_at": now, "created_at": now} for n in ids]
        await tx.execute(people.insert(), rows)
        used = [{"person_id": n, "minutes": minutes} for n in ids for minutes in DEFAULT_LEADS]
        await tx.execute(leads.insert(), used)
        await tx.execute(subscriptions.insert(), [_choice(n, *scopes[n % 3], now) for n in ids])
    return webinar_id


def webinar(group_id: int, starts_at: datetime) -> Event:
    """A webinar of a group, as yet nowhere."""
    return Event(
        0, group_id, "cities", {"en": "Cities as climate havens?"}, {"en": "Abstract"}, ("Institute",), ("en",),
        starts_at, 60, "Europe/Berlin", None, LinkPolicy.GUARDED, EventState.ANNOUNCED, 1,
    )  # fmt: skip


def _choice(person_id: int, scope: Scope, target_id: int, now: datetime) -> dict[str, Any]:
    return {"person_id": person_id, "scope": scope, "target_id": target_id, "wanted": True, "created_at": now}


async def _move(database: Database, webinar_id: int, now: datetime, count: int) -> Spent:
    """The transaction that moves the webinar by a day and owes everybody the news."""
    watch = Watch()
    async with database.write() as tx:
        old = await _load(tx, webinar_id)
        await webinars.change(tx, old, replace(old, starts_at=old.starts_at + timedelta(days=1)), now, None)
    spent = watch.stop()
    await _check(database, "change", count)
    return spent


async def _fire(database: Database, webinar_id: int, count: int) -> Spent:
    """The transaction in which a reminder becomes due for everybody."""
    async with database.read() as tx:
        due = (await _load(tx, webinar_id)).starts_at - timedelta(minutes=DEFAULT_LEADS[0])
    watch = Watch()
    async with database.write() as tx:
        await occasions.fire_due(Background(tx, due, PROCESS), PURPOSES)
    spent = watch.stop()
    await _check(database, "reminder", count)
    return spent


async def _idle(database: Database, now: datetime) -> Spent:
    """Looks at the occasions that find nothing due."""
    watch = Watch()
    for _ in range(IDLE_TICKS):
        async with database.read() as tx:
            due = await stored_occasions.next_due_at(tx)
        if due is not None and due <= now:
            raise RuntimeError("something is due")
    return watch.stop()


async def _first_reminder(database: Database, url: str, webinar_id: int) -> float:
    """Seconds from the due time of a reminder to its first call, with the whole bot running."""
    async with database.write() as tx:
        old = await _load(tx, webinar_id)
        due = datetime.now(UTC) + timedelta(seconds=2)
        new = replace(old, starts_at=due + timedelta(minutes=min(DEFAULT_LEADS)))
        await events.save(tx, replace(new, revision=old.revision + 1))
        await occasions.plan(tx, replace(new, revision=old.revision + 1), datetime.now(UTC))
    telegram = LocalTelegram(WallClock(), limits=None, keep_calls=1000)
    telegram.add_bot(token=TOKEN)
    server = await telegram.serve()
    try:
        async with _running(server.url, url):
            while not any(call.method == "sendMessage" for call in telegram.calls):
                await asyncio.sleep(0.001)
            return (datetime.now(UTC) - due).total_seconds()
    finally:
        await server.close()


@contextlib.asynccontextmanager
async def _running(telegram: str, database_url: str) -> AsyncIterator[None]:
    settings = Settings(
        _env_file=None,
        token=SecretStr(TOKEN),
        owner_ids=frozenset({1}),
        database_url=database_url,
        api_url=telegram,
    )
    bot = await assemble(settings, Database(database_url), Clock())
    sending = asyncio.create_task(bot.sender.run())
    bot.ticks.start()
    try:
        yield
    finally:
        bot.ticks.stop()
        await asyncio.sleep(0.1)  # what a tick has begun ends
        bot.sender.stop()
        await sending
        await bot.close()


async def _load(tx: Tx, webinar_id: int) -> Event:
    found = await events.get(tx, webinar_id)
    if found is None:
        raise RuntimeError("the webinar is not there")
    return found


async def _check(database: Database, kind: str, count: int) -> None:
    """Every subscriber is owed it, once."""
    async with database.read() as tx:
        pending = outbox.c.state == "pending"
        found = await tx.scalar(select(func.count()).where(outbox.c.kind == kind, pending))
    if found != count:
        raise RuntimeError(f"{found} of {count} are owed a {kind}")


async def _forget(database: Database) -> None:
    async with database.write() as tx:
        await tx.execute(outbox.delete())


async def measure(rounds: int, counts: list[int]) -> bool:
    """Run all rounds and print the table of medians; returns whether the floors are met."""
    print("seconds, and in brackets those of the processor; one look in microseconds")
    print("subscribers             move it        move it again      fire a reminder   idle tick   first one leaves")
    await run(WARM_UP)
    met = True
    for count in counts:
        found = [await run(count) for _ in range(rounds)]
        late = statistics.median(one.late for one in found)
        move, again, fire, idle = (_median([getattr(one, of) for one in found]) for of in TIMED)
        columns = "   ".join(_shown(one, count) for one in (move, again, fire))
        print(f"{count:11,}   {columns}   {idle.seconds / IDLE_TICKS * 1e6:6.0f} us   {late:5.3f} s", flush=True)
        met = met and max(move.seconds, late) < MOST_SECONDS
    print(f"floor {MOST_SECONDS:g} s: {'met' if met else 'MISSED'}")
    return met


def _median(found: list[Spent]) -> Spent:
    return Spent(statistics.median(one.seconds for one in found), statistics.median(one.cpu for one in found))


def _shown(spent: Spent, count: int) -> str:
    return f"{spent.seconds:5.3f} ({spent.cpu:5.3f}) {count / spent.cpu:7,.0f}/s"


def main(rounds: int = 3, counts: list[int] = [1_000, 10_000, 100_000]) -> None:  # noqa: B006 - typer reads it only
    """Measure; `--counts N` as often as wanted."""
    logs.set_up("json", "CRITICAL")  # a tick that is under way at the end is cut off
    if not asyncio.run(measure(rounds, counts)):
        raise SystemExit(1)


if __name__ == "__main__":
    app = typer.Typer(pretty_exceptions_enable=False, add_completion=False)
    app.command()(main)
    app()
