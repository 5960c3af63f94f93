"""Roles and chores as rows: given once, found by name, opened once."""

import asyncio

from sqlalchemy import select

from domain.chores import Chore, ChoreKind
from domain.people import Person
from domain.permissions import Actor, Role
from domain.process import Process
from domain.roles import StepDownOutcome, TakeOutcome
from services import handing_over as handing
from services import roles as giving
from services.work import Work
from storage import chores, groups, people, roles, tables
from storage.database import Database, Tx
from tests.storage.people_and_events import NOW, add_group, add_people


async def test_a_role_given_by_many_at_once_is_given_once(database: Database) -> None:
    async with database.write() as tx:
        group = await add_group(tx)
        await add_people(tx, 1)

    async def give(role: Role, group_id: int | None) -> bool:
        async with database.write() as tx:
            return await people.grant(tx, 1, role, group_id)

    organiser = await asyncio.gather(*(give(Role.ORGANISER, None) for _ in range(5)))
    coordinator = await asyncio.gather(*(give(Role.COORDINATOR, group) for _ in range(5)))

    async with database.read() as tx:
        held = [(one.role, one.group_code) for one in await roles.get_all(tx)]
    assert sorted(organiser) == sorted(coordinator) == [False] * 4 + [True]
    assert held == [(Role.ORGANISER, ""), (Role.COORDINATOR, "PWG 1")]


async def test_roles_are_listed_highest_first_and_guests_are_left_out(database: Database) -> None:
    async with database.write() as tx:
        second, first = await add_group(tx, "PWG 2"), await add_group(tx, "PWG 1")
        await add_people(tx, 1, 2, 3)
        for person, role, group in (
            (1, Role.COORDINATOR, second),
            (2, Role.COORDINATOR, first),
            (3, Role.GUEST, first),
            (3, Role.ORGANISER, None),
            (2, Role.OWNER, None),
        ):
            await people.grant(tx, person, role, group)

        listed = [(one.person.id, one.role, one.group_code) for one in await roles.get_all(tx)]

    assert listed == [
        (2, Role.OWNER, ""),
        (3, Role.ORGANISER, ""),
        (2, Role.COORDINATOR, "PWG 1"),
        (1, Role.COORDINATOR, "PWG 2"),
    ]


async def test_a_role_is_taken_from_one_person_in_one_place(database: Database) -> None:
    async with database.write() as tx:
        first, second = await add_group(tx, "PWG 1"), await add_group(tx, "PWG 2")
        await add_people(tx, 1, 2)
        for person, role, group in (
            (1, Role.COORDINATOR, first),
            (1, Role.COORDINATOR, second),
            (2, Role.COORDINATOR, first),
            (1, Role.ORGANISER, None),
            (2, Role.ORGANISER, None),
        ):
            await people.grant(tx, person, role, group)

        taken = [
            await roles.revoke(tx, 1, Role.COORDINATOR, first),
            await roles.revoke(tx, 1, Role.COORDINATOR, first),
            await roles.revoke(tx, 1, Role.ORGANISER),
        ]
        left = {(one.person.id, one.role, one.group_id) for one in await roles.get_all(tx)}

    assert taken == [True, False, True]
    assert left == {
        (1, Role.COORDINATOR, second),
        (2, Role.COORDINATOR, first),
        (2, Role.ORGANISER, None),
    }


async def test_an_owner_by_row_is_an_owner(database: Database) -> None:
    async with database.write() as tx:
        await add_people(tx, 1, 2)
        await people.grant(tx, 1, Role.OWNER)

        owner, other = await people.get_actor(tx, 1, ()), await people.get_actor(tx, 2, ())
        owners = await people.owners(tx, {7, 1})

    assert (owner.is_owner, other.is_owner) == (True, False)
    assert owners == [1, 7]


async def test_people_are_found_by_any_part_of_their_name_in_any_case(database: Database) -> None:
    async with database.write() as tx:
        for number, name in enumerate(("Özil Mesut", "Anna_1", "Anna%2", "anna", "Ben"), 1):
            await people.add(tx, Person(number, name, "en"), NOW)

        found = {
            typed: sorted(person.id for person in await roles.search(tx, typed, 0, 10))
            for typed in ("özil", "ÖZIL", "ANN", "anna_", "%", "nobody")
        }
        counted = await roles.count_found(tx, "ann")
        paged = [person.name for person in await roles.search(tx, "ann", 1, 1)]

    assert found == {"özil": [1], "ÖZIL": [1], "ANN": [2, 3, 4], "anna_": [2], "%": [3], "nobody": []}
    assert (counted, len(paged)) == (3, 1)


async def test_members_and_coordinators_can_take_over_guests_and_others_cannot(database: Database) -> None:
    async with database.write() as tx:
        group, other = await add_group(tx, "PWG 1"), await add_group(tx, "PWG 2")
        await add_people(tx, 1, 2, 3, 4)
        await groups.take_seat(tx, group, 1, NOW)
        await people.grant(tx, 1, Role.COORDINATOR, group)
        await people.grant(tx, 2, Role.COORDINATOR, group)
        await people.grant(tx, 3, Role.GUEST, group)
        await groups.take_seat(tx, other, 4, NOW)

        found = [person.id for person in await roles.members_and_coordinators(tx, group)]

    assert found == [1, 2]


async def test_a_fact_makes_one_chore_however_often_it_is_said(database: Database) -> None:
    async with database.write() as tx:
        group = await add_group(tx)
        await add_people(tx, 1)

    async def open_it() -> int | None:
        async with database.write() as tx:
            return await chores.add(tx, "talk:1:slides", ChoreKind.SLIDES_MISSING, NOW, group_id=group, person_id=1)

    opened = await asyncio.gather(*(open_it() for _ in range(5)))

    (chore_id,) = [one for one in opened if one is not None]
    async with database.read() as tx:
        listed = await chores.list_open(tx, group)
    assert listed == [Chore(chore_id, "talk:1:slides", ChoreKind.SLIDES_MISSING, group, None, 1, NOW)]


async def test_a_chore_is_done_once_and_opened_again_only_where_it_happens_once_more(database: Database) -> None:
    async with database.write() as tx:
        group = await add_group(tx)
        await add_people(tx, 1, 2)
        chore_id = await chores.add(tx, "talk:1:check", ChoreKind.CHECK_FAILED, NOW, group_id=group)
        assert chore_id is not None

        done = [await chores.finish(tx, chore_id, person, NOW) for person in (1, 2)]
        same = await chores.add(tx, "talk:1:check", ChoreKind.CHECK_FAILED, NOW, group_id=group)
        after_same = await chores.count_open(tx, group)
        again = await chores.add(tx, "talk:1:check", ChoreKind.CHECK_FAILED, NOW, group_id=group, again=True)
        still_open = await chores.add(tx, "talk:1:check", ChoreKind.CHECK_FAILED, NOW, group_id=group, again=True)
        settled = [await chores.settle(tx, "talk:1:check", NOW) for _ in range(2)]
        row = (await tx.execute(select(tables.chores.c.done_by, tables.chores.c.done_at))).one()

    assert done == [True, False]
    assert (same, after_same) == (None, 0)
    assert (again, still_open) == (chore_id, None)
    assert settled == [chore_id, None]
    assert tuple(row) == (None, NOW)


PROCESS = Process("Europe/Berlin", "en", "prework_bot", "https://t.me", frozenset())


def work_of(tx: Tx, number: int, **roles_held: object) -> Work:
    person = Person(number, f"Person {number}", "en", started_at=NOW)
    return Work(tx, NOW, PROCESS, person, Actor(number, **roles_held))  # type: ignore[arg-type]


async def test_of_two_owners_who_remove_each_other_at_once_one_stays(database: Database) -> None:
    async with database.write() as tx:
        await add_people(tx, 1, 2)
        for number in (1, 2):
            await people.grant(tx, number, Role.OWNER)
        ids = {one.person.id: one.id or 0 for one in await roles.get_all(tx)}

    async def remove(other: int) -> TakeOutcome:
        async with database.write() as tx:
            return await giving.take(work_of(tx, 3 - other, is_owner=True), ids[other])

    outcomes = await asyncio.gather(remove(1), remove(2))

    async with database.read() as tx:
        left = [one.role for one in await roles.get_all(tx)]
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["LastOwner", "Taken"]
    assert left == [Role.OWNER]


async def test_of_three_coordinators_who_go_at_once_one_stays(database: Database) -> None:
    async with database.write() as tx:
        group = await add_group(tx)
        await add_people(tx, 1, 2, 3)
        for number in (1, 2, 3):
            await people.grant(tx, number, Role.COORDINATOR, group)

    async def go(number: int) -> StepDownOutcome:
        async with database.write() as tx:
            return await handing.step_down(work_of(tx, number, coordinates=frozenset({group})), group)

    outcomes = await asyncio.gather(go(1), go(2), go(3))

    async with database.read() as tx:
        left = await people.coordinators_of(tx, group)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["NobodyElse", "SteppedDown", "SteppedDown"]
    assert len(left) == 1
