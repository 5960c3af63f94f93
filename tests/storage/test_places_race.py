"""What happens when many register for the last places at once: on a SQLite file and on PostgreSQL."""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from domain.events import Event, EventState, LinkPolicy
from domain.groups import Group
from domain.people import Person
from domain.permissions import Actor
from domain.process import Process
from domain.registering import AlreadyThere, Queued, Registered, RegisterOutcome, WithdrawOutcome
from services import registering as service
from services import webinars
from services.work import Work
from storage import events, groups, people, registering
from storage import webinars as stored
from storage.database import Database, Tx
from storage.tables import outbox, registrations

NOW = datetime(2022, 3, 14, 12, tzinfo=UTC)
AT = datetime(2022, 3, 22, 15, tzinfo=UTC)
PROCESS = Process("Europe/Berlin", "en", "prework_bot", "https://t.me", frozenset())
CONNECTIONS = 4
Do = Callable[[Tx], Awaitable[object]]


def work_of(tx: Tx, person_id: int) -> Work:
    return Work(tx, NOW, PROCESS, Person(person_id, f"Person {person_id}", "en", started_at=NOW), Actor(person_id))


class Many:
    """Several processes' worth of connections to one database."""

    def __init__(self, databases: list[Database]) -> None:
        self._databases = databases

    @property
    def first(self) -> Database:
        return self._databases[0]

    async def together(self, works: list[Do]) -> list[object]:
        """Each in a transaction of its own, all at the same time, begun in any order."""

        async def run(number: int) -> tuple[int, object]:
            async with self._databases[number % len(self._databases)].write() as tx:
                return number, await works[number](tx)

        order = random.Random(40).sample(range(len(works)), len(works))
        done = dict(await asyncio.gather(*(run(number) for number in order)))
        return [done[number] for number in range(len(works))]


@pytest.fixture
async def many(database: Database) -> AsyncIterator[Many]:
    async with AsyncExitStack() as stack:
        others = [Database(database.url.render_as_string(hide_password=False)) for _ in range(CONNECTIONS - 1)]
        for other in others:
            stack.push_async_callback(other.close)
        yield Many([database, *others])


async def add_webinar(database: Database, capacity: int, persons: int) -> int:
    async with database.write() as tx:
        group_id = await groups.add(tx, Group(0, "PWG 1", {"en": "A title"}, {"en": "A theme"}, 1, 10))
        for person_id in range(1, persons + 1):
            await people.add(tx, Person(person_id, f"Person {person_id}", "en", started_at=NOW), NOW)
        event = Event(
            id=0,
            group_id=group_id,
            slug="a-webinar",
            titles={"en": "A webinar"},
            abstracts={},
            speakers=(),
            languages=("en",),
            starts_at=AT,
            minutes=60,
            zone="Europe/Berlin",
            link="https://meet.example.org/1",
            link_policy=LinkPolicy.GUARDED,
            state=EventState.ANNOUNCED,
            revision=1,
            capacity=capacity,
            registers=True,
        )
        return await events.add(tx, event)


def register(webinar: int, person_id: int) -> Do:
    def run(tx: Tx) -> Awaitable[RegisterOutcome]:
        return service.register(work_of(tx, person_id), webinar)

    return run


def withdraw(webinar: int, person_id: int) -> Do:
    def run(tx: Tx) -> Awaitable[WithdrawOutcome]:
        return service.withdraw(work_of(tx, person_id), webinar)

    return run


async def standing(database: Database, webinar: int) -> tuple[set[int], list[int]]:
    """Who comes, and who waits in order."""
    query = select(registrations).where(registrations.c.event_id == webinar).order_by(registrations.c.queued_at)
    async with database.read() as tx:
        rows = (await tx.execute(query)).all()
    come = {row.person_id for row in rows if row.state == "registered"}
    return come, [row.person_id for row in rows if row.state == "waiting"]


async def told(database: Database) -> list[int]:
    """Who is to be told that a place has become free; whoever is told twice is here twice."""
    query = select(outbox.c.person_id).where(outbox.c.kind == "registration").order_by(outbox.c.person_id)
    async with database.read() as tx:
        return list((await tx.execute(query)).scalars())


async def test_of_forty_who_register_at_once_five_have_a_place_and_the_others_queue_without_gaps(many: Many) -> None:
    webinar = await add_webinar(many.first, capacity=5, persons=40)

    outcomes = await many.together([register(webinar, person) for person in range(1, 41)])

    by_position = {o.position: person for person, o in enumerate(outcomes, 1) if isinstance(o, Queued)}
    seated = {person for person, outcome in enumerate(outcomes, 1) if isinstance(outcome, Registered)}
    assert len(seated) == 5
    assert sorted(by_position) == list(range(1, 36))
    assert await standing(many.first, webinar) == (seated, [by_position[position] for position in range(1, 36)])
    assert await told(many.first) == []


async def test_one_person_who_taps_forty_times_has_one_place(many: Many) -> None:
    webinar = await add_webinar(many.first, capacity=5, persons=1)

    outcomes = await many.together([register(webinar, 1)] * 40)

    assert sum(isinstance(outcome, Registered) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, AlreadyThere) for outcome in outcomes) == 39
    assert await standing(many.first, webinar) == ({1}, [])


async def test_all_take_it_back_at_once_and_each_place_goes_to_one_who_waits(many: Many) -> None:
    webinar = await add_webinar(many.first, capacity=5, persons=12)
    for person in range(1, 13):
        await many.together([register(webinar, person)])

    await many.together([withdraw(webinar, person) for person in range(1, 6)] * 3)

    assert await standing(many.first, webinar) == ({6, 7, 8, 9, 10}, [11, 12])
    assert await told(many.first) == [6, 7, 8, 9, 10]


async def test_more_places_while_others_register_are_never_given_twice(many: Many) -> None:
    webinar = await add_webinar(many.first, capacity=1, persons=20)
    for person in range(1, 5):
        await many.together([register(webinar, person)])

    async def enlarge(tx: Tx) -> None:
        old = await stored.lock(tx, webinar)
        assert old is not None
        await webinars.change(tx, old, replace(old, capacity=3), NOW, None)

    await many.together([enlarge, *(register(webinar, person) for person in range(5, 21))])

    come, wait = await standing(many.first, webinar)
    assert (come, wait[0], sorted(wait)) == ({1, 2, 3}, 4, list(range(4, 21)))
    assert await told(many.first) == [2, 3]


async def test_whoever_comes_back_stands_at_the_end(many: Many) -> None:
    webinar = await add_webinar(many.first, capacity=1, persons=3)
    for person in (1, 2, 3):
        await many.together([register(webinar, person)])

    await many.together([withdraw(webinar, 2)])
    again = await many.together([register(webinar, 2)])

    async with many.first.read() as tx:
        seen = [await registering.get(tx, webinar, person) for person in (1, 2, 3)]
        count = await tx.scalar(select(func.count()).select_from(registrations))
    assert again == [Queued(2)]
    assert [booking.position for booking in seen] == [None, 2, 1]
    assert [(booking.taken, booking.waiting) for booking in seen] == [(1, 2)] * 3
    assert count == 3
