"""Rosters, the order of the waiting list, and what can be taken back."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from domain.events import Event, EventKind, EventState, LinkPolicy
from domain.groups import Application, ApplicationState, Group, Roster
from domain.members import Removal
from domain.people import Person
from domain.permissions import Role
from storage import applications, events, groups, people, removals, settling
from storage.database import Database, Tx

NOW = datetime(2022, 3, 14, 12, tzinfo=UTC)


async def add_group(tx: Tx, code: str = "PWG 1", most: int = 5) -> int:
    group = Group(0, code, {"en": "A title"}, {"en": "A theme"}, 1, most, closes_on=date(2022, 9, 9))
    return await groups.add(tx, group)


async def add_people(tx: Tx, ids: range | list[int]) -> None:
    for person_id in ids:
        await people.add(tx, Person(person_id, f"Person {person_id}", "en", started_at=NOW), NOW)


async def stored(tx: Tx, application_id: int) -> Application:
    application = await applications.get(tx, application_id)
    assert application is not None
    return application


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
            await applications.change(tx, await stored(tx, application_id), ApplicationState(state))
        for application_id in (asked[2], asked[0]):
            await applications.queue(tx, await stored(tx, application_id), NOW)
        await people.grant(tx, 7, Role.COORDINATOR, group_id)
        await people.grant(tx, 2, Role.COORDINATOR, other)
        for at in (group_id, other):
            removal = Removal(0, at, 6, NOW, 2, "", None, NOW, NOW)
            await removals.settle(tx, [await removals.add(tx, removal)])
            await removals.add(tx, removal)

        roster = await groups.get_roster(tx, group_id)

    assert roster == Roster(frozenset({1}), (5, 3), frozenset({4}), frozenset({7}), kept=1)


async def test_the_queue_keeps_its_order_when_the_clock_is_put_back(database: Database) -> None:
    async with database.write() as tx:
        group_id = await add_group(tx)
        await add_people(tx, [1, 2, 3])
        for person_id, at in ((3, NOW), (1, NOW - timedelta(hours=1)), (2, NOW)):
            application = await stored(tx, await applications.add(tx, group_id, person_id, "", "", NOW))
            await applications.change(tx, application, ApplicationState.WAITING)
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
        await applications.change(tx, await stored(tx, first), ApplicationState.DECLINED)
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


async def test_what_is_decided_stands_from_its_last_moment_on(database: Database) -> None:
    later = NOW + timedelta(seconds=60)
    async with database.write() as tx:
        group_id = await add_group(tx)
        await add_people(tx, [1, 2])
        asked = [await applications.add(tx, group_id, person_id, "", "", NOW) for person_id in (1, 2)]
        for application_id, until in zip(asked, (NOW, later), strict=True):
            application = await stored(tx, application_id)
            await applications.change(tx, application, ApplicationState.ACCEPTED, undo_until=until)
        removed = await removals.add(tx, Removal(0, group_id, 1, NOW, 2, "Why", 2, NOW, later))

        early = (await settling.next_due_at(tx), await applications.unsettled(tx, NOW - timedelta(seconds=1)))
        over = [application.id for application in await applications.unsettled(tx, NOW)]
        await applications.settle(tx, over)
        left = await settling.next_due_at(tx)
        gone = await removals.unsettled(tx, later)
        await applications.settle(tx, asked)
        of_the_removal = await settling.next_due_at(tx)
        await removals.undo(tx, removed, NOW)

        assert early == (NOW, [])
        assert over == asked[:1]
        assert left == later
        assert gone == [Removal(removed, group_id, 1, NOW, 2, "Why", 2, NOW, later)]
        assert of_the_removal == later
        assert await settling.next_due_at(tx) is None
        assert (await stored(tx, asked[0])).revision == 1
