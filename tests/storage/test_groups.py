"""Rosters, the order of the waiting list, and what happens when many want the last seats at once."""

import asyncio
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from domain.events import Event, EventKind, EventState, LinkPolicy
from domain.groups import ApplicationState, DecideOutcome, Group, LeaveOutcome, Left, Roster, Seated, Waitlisted
from domain.people import Person
from domain.permissions import Actor, Role
from domain.process import Process
from services import applications as deciding
from services import seats as leaving
from services.work import Work
from storage import applications, events, groups, people
from storage.database import Database, Tx
from storage.tables import outbox, seats

NOW = datetime(2022, 3, 14, 12, tzinfo=UTC)
PROCESS = Process("Europe/Berlin", "en", "prework_bot", "https://t.me", frozenset())
OLGA = Person(900, "Olga", "en", started_at=NOW)


def work_of(tx: Tx, person: Person = OLGA) -> Work:
    """An organiser at work."""
    return Work(tx, NOW, PROCESS, person, Actor(person.id, is_organiser=True))


async def add_group(tx: Tx, code: str = "PWG 1", most: int = 5) -> int:
    group = Group(0, code, {"en": "A title"}, {"en": "A theme"}, 1, most, closes_on=date(2022, 9, 9))
    return await groups.add(tx, group)


async def add_people(tx: Tx, ids: range | list[int]) -> None:
    for person_id in ids:
        await people.add(tx, Person(person_id, f"Person {person_id}", "en", started_at=NOW), NOW)


async def add_applications(database: Database, group_id: int, ids: range) -> list[int]:
    async with database.write() as tx:
        await add_people(tx, [*ids, OLGA.id])
        return [await applications.add(tx, group_id, person_id, "why", "where", NOW) for person_id in ids]


async def test_a_group_comes_back_as_it_was_stored(database: Database) -> None:
    async with database.write() as tx:
        group_id = await add_group(tx)

    async with database.read() as tx:
        stored = await groups.get(tx, group_id)

    expected = Group(group_id, "PWG 1", {"en": "A title"}, {"en": "A theme"}, 1, 5, closes_on=date(2022, 9, 9))
    assert stored == expected


async def test_groups_are_paged_by_code_and_count_their_members(database: Database) -> None:
    async with database.write() as tx:
        ids = [await add_group(tx, f"PWG {number}") for number in (3, 1, 2)]
        await add_people(tx, [1, 2])
        await groups.take_seat(tx, ids[0], 1, NOW)
        await groups.take_seat(tx, ids[0], 2, NOW)
        await groups.take_seat(tx, ids[0], 2, NOW)

    async with database.read() as tx:
        page = await groups.get_page(tx, 1, 2)
        counted = await groups.count(tx), await groups.count_members(tx, ids)

    assert [group.code for group in page] == ["PWG 2", "PWG 3"]
    assert counted == (3, {ids[0]: 2})


async def test_a_roster_tells_members_queue_askers_and_coordinators_of_one_group_apart(database: Database) -> None:
    async with database.write() as tx:
        group_id, other = await add_group(tx), await add_group(tx, "PWG 2")
        await add_people(tx, range(1, 8))
        await groups.take_seat(tx, group_id, 1, NOW)
        await groups.take_seat(tx, other, 2, NOW)
        asked = [await applications.add(tx, group_id, person_id, "", "", NOW) for person_id in (3, 4, 5, 6)]
        for application_id, state in zip(asked, ("waiting", "open", "waiting", "declined"), strict=True):
            await applications.decide(tx, application_id, ApplicationState(state), None, NOW)
        for application_id in (asked[2], asked[0]):
            application = await applications.get(tx, application_id)
            assert application is not None
            await applications.queue(tx, application, NOW)
        await people.grant(tx, 7, Role.COORDINATOR, group_id)
        await people.grant(tx, 2, Role.COORDINATOR, other)

        roster = await groups.get_roster(tx, group_id)

    assert roster == Roster(frozenset({1}), (5, 3), frozenset({4}), frozenset({7}))


async def test_the_queue_keeps_its_order_when_the_clock_is_put_back(database: Database) -> None:
    async with database.write() as tx:
        group_id = await add_group(tx)
        await add_people(tx, [1, 2, 3])
        for person_id, at in ((3, NOW), (1, NOW - timedelta(hours=1)), (2, NOW)):
            application = await applications.get(tx, await applications.add(tx, group_id, person_id, "", "", NOW))
            assert application is not None
            await applications.decide(tx, application.id, ApplicationState.WAITING, None, at)
            await applications.queue(tx, application, at)

        roster = await groups.get_roster(tx, group_id)
        moved_up = await applications.waiting_of(tx, group_id, [2, 1])

    assert roster.waiting == (3, 1, 2)
    assert [application.person_id for application in moved_up] == [1, 2]


async def test_nobody_has_two_undecided_applications_for_one_group(database: Database) -> None:
    async with database.write() as tx:
        group_id, other = await add_group(tx), await add_group(tx, "PWG 2")
        await add_people(tx, [1])
        first = await applications.add(tx, group_id, 1, "", "", NOW)
        await applications.decide(tx, first, ApplicationState.DECLINED, None, NOW)
        await applications.add(tx, group_id, 1, "", "", NOW)
        await applications.add(tx, other, 1, "", "", NOW)

    with pytest.raises(IntegrityError):
        async with database.write() as tx:
            await applications.add(tx, group_id, 1, "", "", NOW)


async def test_the_soonest_event_of_each_group(database: Database) -> None:
    def event(slug: str, group_id: int, days: int, state: EventState = EventState.ANNOUNCED) -> Event:
        starts_at = NOW + timedelta(days=days)
        titles, policy = {"en": slug}, LinkPolicy.PUBLIC
        return Event(0, group_id, slug, titles, {}, (), ("en",), starts_at, 60, "Europe/Berlin", None, policy, state, 1)

    async with database.write() as tx:
        ids = [await add_group(tx, f"PWG {number}") for number in (1, 2, 3)]
        for one in (
            event("later", ids[0], 9),
            event("sooner", ids[0], 3),
            event("over", ids[0], -1),
            event("cancelled", ids[0], 1, EventState.CANCELLED),
            event("other", ids[1], 2),
        ):
            await events.add(tx, one)

        found = await events.next_of_groups(tx, EventKind.WEBINAR, ids, NOW)

    assert {group_id: one.slug for group_id, one in found.items()} == {ids[0]: "sooner", ids[1]: "other"}


async def test_of_forty_accepted_at_once_five_are_seated_and_the_others_queue_without_gaps(database: Database) -> None:
    async with database.write() as tx:
        group_id = await add_group(tx, most=5)
    asked = await add_applications(database, group_id, range(1, 41))

    async def accept(application_id: int) -> DecideOutcome:
        async with database.write() as tx:
            return await deciding.accept(work_of(tx), application_id)

    outcomes = await asyncio.gather(*(accept(application_id) for application_id in asked))

    queued = [outcome.position for outcome in outcomes if isinstance(outcome, Waitlisted)]
    assert sum(isinstance(outcome, Seated) for outcome in outcomes) == 5
    assert sorted(queued) == list(range(1, 36))
    by_position = {
        o.position: person for person, o in zip(range(1, 41), outcomes, strict=True) if isinstance(o, Waitlisted)
    }
    async with database.read() as tx:
        roster = await groups.get_roster(tx, group_id)
    assert len(roster.members) == 5
    assert roster.waiting == tuple(by_position[position] for position in range(1, 36))


async def test_two_answers_at_once_to_one_application_give_one_seat_and_one_message(database: Database) -> None:
    async with database.write() as tx:
        group_id = await add_group(tx)
    (asked,) = await add_applications(database, group_id, range(1, 2))

    async def answer(*, yes: bool) -> DecideOutcome:
        async with database.write() as tx:
            return await (deciding.accept if yes else deciding.decline)(work_of(tx), asked)

    outcomes = await asyncio.gather(*(answer(yes=number % 2 == 0) for number in range(8)))

    async with database.read() as tx:
        told = await tx.scalar(select(func.count()).select_from(outbox).where(outbox.c.kind == "decision"))
        application = await applications.get(tx, asked)
    assert application is not None
    assert [type(outcome).__name__ for outcome in outcomes].count("AlreadyDecided") == 7
    assert application.state in {ApplicationState.ACCEPTED, ApplicationState.DECLINED}
    assert told == 1


async def test_all_leave_at_once_and_each_seat_goes_to_one_who_waits(database: Database) -> None:
    members = range(101, 106)
    async with database.write() as tx:
        group_id = await add_group(tx, most=5)
        await add_people(tx, members)
        for person_id in members:
            await groups.take_seat(tx, group_id, person_id, NOW)
    for application_id in await add_applications(database, group_id, range(1, 8)):
        async with database.write() as tx:
            await deciding.accept(work_of(tx), application_id)

    async def leave(person_id: int) -> LeaveOutcome:
        async with database.write() as tx:
            return await leaving.leave(work_of(tx, Person(person_id, "A member", "en")), group_id)

    outcomes = await asyncio.gather(*(leave(person_id) for person_id in members))

    promoted = [person for outcome in outcomes if isinstance(outcome, Left) for person in outcome.promoted]
    async with database.read() as tx:
        roster = await groups.get_roster(tx, group_id)
        taken = await tx.scalar(select(func.count()).select_from(seats))
    assert sorted(promoted) == [1, 2, 3, 4, 5]
    assert (roster.members, roster.waiting, taken) == (frozenset(promoted), (6, 7), 5)


async def test_a_higher_quota_promotes_those_who_wait(database: Database) -> None:
    async with database.write() as tx:
        group_id = await add_group(tx, most=1)
    for application_id in await add_applications(database, group_id, range(1, 5)):
        async with database.write() as tx:
            await deciding.accept(work_of(tx), application_id)

    async with database.write() as tx:
        group = await groups.get(tx, group_id)
        assert group is not None
        await groups.save(tx, Group(**{**vars(group), "most_members": 3}))
        await leaving.promote(tx, group_id, NOW)

    async with database.read() as tx:
        roster = await groups.get_roster(tx, group_id)
        keys = await tx.execute(select(outbox.c.key).where(outbox.c.key.like("%:promoted")).order_by(outbox.c.key))
        assert list(keys.scalars()) == ["application:2:promoted", "application:3:promoted"]
    assert (roster.members, roster.waiting) == (frozenset({1, 2, 3}), (4,))
