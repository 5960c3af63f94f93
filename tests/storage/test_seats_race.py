"""What happens when many want the last seats at once: on a SQLite file and on PostgreSQL, over several connections."""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from domain.errors import OutOfDate
from domain.groups import (
    AlreadyDecided,
    ApplicationState,
    DecideOutcome,
    Group,
    LeaveOutcome,
    Left,
    Roster,
    Seated,
    Waitlisted,
)
from domain.members import Removed, RemoveOutcome
from domain.people import Person
from domain.permissions import Actor
from domain.process import Process
from domain.undo import UNDO_WITHIN
from services import applications as deciding
from services import members, seats, settling
from services.work import Background, Work
from storage import applications, groups, people
from storage.database import Database, Tx
from storage.tables import audit, outbox
from storage.tables import seats as seats_table

NOW = datetime(2022, 3, 14, 12, tzinfo=UTC)
PROCESS = Process("Europe/Berlin", "en", "prework_bot", "https://t.me", frozenset())
OLGA, OTTO = (Person(number, name, "en", started_at=NOW) for number, name in ((900, "Olga"), (901, "Otto")))
CONNECTIONS = 4


def work_of(tx: Tx, person: Person = OLGA, now: datetime = NOW) -> Work:
    """An organiser at work."""
    return Work(tx, now, PROCESS, person, Actor(person.id, is_organiser=True))


class Many:
    """Several processes' worth of connections to one database."""

    def __init__(self, databases: list[Database]) -> None:
        self._databases = databases

    def __getitem__(self, number: int) -> Database:
        return self._databases[number % len(self._databases)]

    async def together(self, works: list[Callable[[Tx], Awaitable[object]]]) -> list[object]:
        """Each in a transaction of its own, all at the same time, in any order."""

        async def run(number: int, work: Callable[[Tx], Awaitable[object]]) -> object:
            async with self[number].write() as tx:
                return await work(tx)

        numbered = list(enumerate(works))
        random.Random(40).shuffle(numbered)
        results = dict(
            zip((n for n, _ in numbered), await asyncio.gather(*(run(*one) for one in numbered)), strict=True)
        )
        return [results[number] for number in range(len(works))]


@pytest.fixture
async def many(database: Database) -> AsyncIterator[Many]:
    async with AsyncExitStack() as stack:
        others = [Database(database.url.render_as_string(hide_password=False)) for _ in range(CONNECTIONS - 1)]
        for other in others:
            stack.push_async_callback(other.close)
        yield Many([database, *others])


async def add_group(database: Database, most: int = 5, members: range = range(0)) -> int:
    async with database.write() as tx:
        group_id = await groups.add(tx, Group(0, "PWG 1", {"en": "A title"}, {"en": "A theme"}, 1, most))
        for person in (OLGA, OTTO):
            await people.add(tx, person, NOW)
        for person_id in members:
            await people.add(tx, Person(person_id, f"Person {person_id}", "en", started_at=NOW), NOW)
            await groups.take_seat(tx, group_id, person_id, NOW)
    return group_id


async def ask(database: Database, group_id: int, ids: range) -> list[int]:
    async with database.write() as tx:
        for person_id in ids:
            await people.add(tx, Person(person_id, f"Person {person_id}", "en", started_at=NOW), NOW)
        return [await applications.add(tx, group_id, person_id, "why", "where", NOW) for person_id in ids]


async def queue(database: Database, group_id: int, ids: range) -> None:
    """People accepted one after the other while no seat was free."""
    for application_id in await ask(database, group_id, ids):
        async with database.write() as tx:
            assert isinstance(
                await deciding.accept(work_of(tx, now=NOW - timedelta(hours=1)), application_id), Waitlisted
            )
    async with database.write() as tx:
        await settling.settle(Background(tx, NOW, PROCESS))


async def roster_of(database: Database, group_id: int) -> Roster:
    async with database.read() as tx:
        return await groups.get_roster(tx, group_id)


async def told(database: Database, fact: str) -> list[int]:
    """Who is to be told a fact, in the order of their ids; whoever is told twice is here twice."""
    query = select(outbox.c.person_id).where(outbox.c.refs["fact"].as_string() == fact, outbox.c.state == "pending")
    async with database.read() as tx:
        return list((await tx.execute(query.order_by(outbox.c.person_id))).scalars())


def accept(application_id: int) -> Callable[[Tx], Awaitable[DecideOutcome]]:
    return lambda tx: deciding.accept(work_of(tx), application_id)


def leave(group_id: int, person_id: int) -> Callable[[Tx], Awaitable[LeaveOutcome]]:
    return lambda tx: seats.leave(work_of(tx, Person(person_id, "A member", "en")), group_id)


async def test_I1_of_forty_accepted_at_once_five_are_seated_and_the_others_queue_without_gaps(many: Many) -> None:
    group_id = await add_group(many[0], most=5)
    asked = await ask(many[0], group_id, range(1, 41))

    outcomes = await many.together([accept(application_id) for application_id in asked])

    by_position = {o.position: person for person, o in enumerate(outcomes, 1) if isinstance(o, Waitlisted)}
    seated = [person for person, outcome in enumerate(outcomes, 1) if isinstance(outcome, Seated)]
    roster = await roster_of(many[0], group_id)
    assert len(seated) == 5
    assert sorted(by_position) == list(range(1, 36))
    assert roster.members == frozenset(seated)
    assert roster.waiting == tuple(by_position[position] for position in range(1, 36))
    assert await told(many[0], "accepted") == seated
    assert await told(many[0], "waiting") == sorted(by_position.values())
    async with many[0].read() as tx:
        noted = await tx.execute(select(audit.c.action, func.count()).group_by(audit.c.action).order_by(audit.c.action))
        assert [tuple(row) for row in noted] == [("accepted", 5), ("waiting", 35)]


async def test_I1_two_take_the_last_seat_and_one_gets_it(many: Many) -> None:
    group_id = await add_group(many[0], most=2, members=range(101, 102))
    first, second = await ask(many[0], group_id, range(1, 3))

    outcomes = await many.together([accept(first), accept(second)])

    roster = await roster_of(many[0], group_id)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Seated", "Waitlisted"]
    assert (len(roster.members), len(roster.waiting)) == (2, 1)


async def test_I1_all_leave_at_once_and_each_seat_goes_to_one_who_waits(many: Many) -> None:
    group_id = await add_group(many[0], most=5, members=range(101, 106))
    await queue(many[0], group_id, range(1, 8))

    outcomes = await many.together([leave(group_id, person_id) for person_id in range(101, 106)])

    promoted = sorted(person for outcome in outcomes if isinstance(outcome, Left) for person in outcome.promoted)
    roster = await roster_of(many[0], group_id)
    assert promoted == [1, 2, 3, 4, 5]
    assert (roster.members, roster.waiting) == (frozenset(promoted), (6, 7))
    assert await told(many[0], "promoted") == promoted


async def test_I1_somebody_leaves_while_others_are_accepted_and_the_first_in_line_moves_up(many: Many) -> None:
    group_id = await add_group(many[0], most=3, members=range(101, 104))
    await queue(many[0], group_id, range(1, 3))
    asked = await ask(many[0], group_id, range(11, 31))

    await many.together(
        [*(accept(application_id) for application_id in asked), leave(group_id, 101), leave(group_id, 101)]
    )

    roster = await roster_of(many[0], group_id)
    assert roster.members == frozenset({102, 103, 1})
    assert roster.waiting[0] == 2
    assert sorted(roster.waiting[1:]) == list(range(11, 31))
    assert await told(many[0], "promoted") == [1]


async def test_I1_removing_somebody_twice_at_once_frees_one_seat_and_promotes_one(many: Many) -> None:
    group_id = await add_group(many[0], most=2, members=range(101, 103))
    await queue(many[0], group_id, range(1, 4))

    async def remove(tx: Tx) -> RemoveOutcome:
        return (await members.remove(work_of(tx), group_id, 101))[0]

    async def settle(tx: Tx) -> None:
        await settling.settle(Background(tx, NOW + UNDO_WITHIN, PROCESS))

    outcomes = await many.together([remove] * 8)
    kept_back = await roster_of(many[0], group_id)
    await many.together([settle] * 8)

    roster = await roster_of(many[0], group_id)
    assert sum(isinstance(outcome, Removed) for outcome in outcomes) == 1
    assert (kept_back.members, kept_back.waiting, kept_back.kept) == (frozenset({102}), (1, 2, 3), 1)
    assert (roster.members, roster.waiting, roster.kept) == (frozenset({102, 1}), (2, 3), 0)
    assert await told(many[0], "promoted") == [1]


async def test_I1_a_removal_taken_back_while_others_are_accepted_never_makes_one_member_too_many(many: Many) -> None:
    group_id = await add_group(many[0], most=2, members=range(101, 103))
    async with many[0].write() as tx:
        _, removal = await members.remove(work_of(tx), group_id, 101)
    asked = await ask(many[0], group_id, range(1, 11))

    async def undo(tx: Tx) -> object:
        return await members.undo_removal(work_of(tx), removal)

    await many.together([*(accept(application_id) for application_id in asked), undo])

    roster = await roster_of(many[0], group_id)
    assert roster.members == frozenset({101, 102})
    assert sorted(roster.waiting) == list(range(1, 11))


async def test_I2_forty_answers_at_once_to_one_application_give_one_seat_and_one_message(many: Many) -> None:
    group_id = await add_group(many[0])
    (asked,) = await ask(many[0], group_id, range(1, 2))

    def answer(number: int) -> Callable[[Tx], Awaitable[DecideOutcome]]:
        person = OLGA if number % 2 else OTTO
        service = deciding.accept if number % 4 < 2 else deciding.decline
        return lambda tx: service(work_of(tx, person), asked)

    outcomes = await many.together([answer(number) for number in range(40)])

    losers = [outcome for outcome in outcomes if isinstance(outcome, AlreadyDecided)]
    async with many[0].read() as tx:
        owed = await tx.scalar(select(func.count()).select_from(outbox).where(outbox.c.kind == "decision"))
        application = await applications.get(tx, asked)
        taken = await tx.scalar(select(func.count()).select_from(seats_table))
    assert application is not None
    assert application.state in {ApplicationState.ACCEPTED, ApplicationState.DECLINED}
    assert losers == [AlreadyDecided(application.state, application.decided_by)] * 39
    assert (owed, taken) == (1, int(application.state is ApplicationState.ACCEPTED))


async def test_I2_an_answer_is_taken_back_once_however_often_it_is_pressed(many: Many) -> None:
    group_id = await add_group(many[0])
    (asked,) = await ask(many[0], group_id, range(1, 2))
    async with many[0].write() as tx:
        await deciding.accept(work_of(tx), asked)

    async def undo(tx: Tx) -> bool:
        try:
            await deciding.undo(work_of(tx), asked)
        except OutOfDate:
            return False
        return True

    outcomes = await many.together([undo] * 8)

    roster = await roster_of(many[0], group_id)
    assert sorted(bool(outcome) for outcome in outcomes) == [False] * 7 + [True]
    assert (roster.members, roster.asking) == (frozenset(), frozenset({1}))
    assert await told(many[0], "accepted") == []


async def test_a_higher_quota_promotes_those_who_wait_and_keeps_seats_back_that_may_be_asked_back(many: Many) -> None:
    group_id = await add_group(many[0], most=2, members=range(101, 103))
    await queue(many[0], group_id, range(1, 5))
    async with many[0].write() as tx:
        await members.remove(work_of(tx), group_id, 101)

    async with many[0].write() as tx:
        group = await groups.get(tx, group_id)
        assert group is not None
        await groups.save(tx, replace(group, most_members=4))
        await seats.promote(tx, group_id, NOW)

    roster = await roster_of(many[0], group_id)
    assert (roster.members, roster.waiting) == (frozenset({102, 1, 2}), (3, 4))
    assert await told(many[0], "promoted") == [1, 2]
