"""People, lead times, roles."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from domain.people import DEFAULT_LEADS, Person
from domain.permissions import Actor, Role
from storage import groups, people
from storage.database import Database
from storage.tables import leads
from storage.tables import people as table
from tests.storage.people_and_events import NOW, add_group, add_people


async def test_somebody_new_has_the_default_leads(database: Database) -> None:
    anna = Person(5_200_000_001, "Anna", "de", zone="Asia/Manila", started_at=NOW)
    async with database.write() as tx:
        await people.add(tx, anna, NOW)

        assert await people.get(tx, anna.id) == anna
        assert await people.get_leads(tx, anna.id) == DEFAULT_LEADS
        assert await people.get(tx, 404) is None
        assert await people.get_many(tx, []) == {}
        assert await people.get_many(tx, [anna.id, 404]) == {anna.id: anna}


async def test_to_meet_somebody_again_changes_nothing(database: Database) -> None:
    async with database.write() as tx:
        await people.add(tx, Person(1, "Anna", "de"), NOW)
        await people.set_leads(tx, 1, [60])

        await people.add(tx, Person(1, "Other", "en"), NOW)

        found = await people.get(tx, 1)
        assert found is not None
        assert (found.name, found.language) == ("Anna", "de")


async def test_only_those_named_are_changed(database: Database) -> None:
    async with database.write() as tx:
        await add_people(tx, 1, 2)

        await people.change(tx, 1, blocked_at=NOW + timedelta(days=1))

        first, second = await people.get(tx, 1), await people.get(tx, 2)
        assert first is not None
        assert second is not None
        assert (first.can_be_written_to, second.can_be_written_to) == (False, True)


async def test_reachable_are_those_who_started_and_neither_blocked_nor_stopped(database: Database) -> None:
    async with database.write() as tx:
        await add_people(tx, 1, 2, 3)
        await people.add(tx, Person(4, "Never started", "en"), NOW)
        await people.change(tx, 2, blocked_at=NOW)
        await people.change(tx, 3, stopped_at=NOW)

        assert list((await tx.execute(people.reachable())).scalars()) == [1]


async def test_an_actor_has_every_role_they_hold_now(database: Database) -> None:
    async with database.write() as tx:
        await add_people(tx, 1, 2)
        first, second, third = [await add_group(tx, f"PWG {number}") for number in (1, 2, 3)]
        await people.grant(tx, 1, Role.COORDINATOR, first)
        await people.grant(tx, 1, Role.ORGANISER)
        await groups.take_seat(tx, second, 1, NOW)
        await groups.take_seat(tx, third, 2, NOW)

        assert await people.get_actor(tx, 1, owner_ids={2}) == Actor(
            1, is_organiser=True, coordinates=frozenset({first}), member_of=frozenset({first, second})
        )
        assert await people.get_actor(tx, 2, owner_ids={2}) == Actor(2, is_owner=True, member_of=frozenset({third}))
        assert await people.get_actor(tx, 404, owner_ids={2}) == Actor(404)
        assert await people.coordinators_of(tx, first) == [1]
        assert await people.coordinators_of(tx, second) == []
        assert await people.organisers(tx) == [1]


@pytest.mark.parametrize("everywhere", [True, False])
async def test_a_role_is_granted_once(database: Database, everywhere: bool) -> None:
    async with database.write() as tx:
        await add_people(tx, 1)
        group = None if everywhere else await add_group(tx)
        role = Role.ORGANISER if everywhere else Role.COORDINATOR

        assert await people.grant(tx, 1, role, group)
        assert not await people.grant(tx, 1, role, group)


async def test_leads_are_replaced_and_known_in_all(database: Database) -> None:
    async with database.write() as tx:
        await add_people(tx, 1, 2)

        await people.set_leads(tx, 1, [30, 2880])
        await people.set_leads(tx, 2, [])

        assert await people.get_leads(tx, 1) == (2880, 30)
        assert await people.get_leads(tx, 2) == ()
        assert await people.all_leads(tx) == (10, 30, 60, 1440, 2880)


async def test_with_a_person_their_rows_go(database: Database) -> None:
    async with database.write() as tx:
        await add_people(tx, 1, 2)
        await tx.execute(table.delete().where(table.c.id == 1))

        assert set((await tx.execute(select(leads.c.person_id))).scalars()) == {2}
