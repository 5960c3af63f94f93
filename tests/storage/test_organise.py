"""What organisers look at: progress, news, exports."""

from collections import Counter
from datetime import timedelta
from typing import Any

from domain.digest import News
from domain.events import EventKind, EventState
from domain.exports import Member, Numbers
from domain.organise import Progress
from domain.permissions import Role
from storage import digest, exports, groups, organise, people
from storage.database import Database, Tx
from storage.tables import answers, applications, results
from tests.storage.people_and_events import NOW, add_event, add_group, add_people

DAY = timedelta(days=1)


async def add_result(tx: Tx, group_id: int, state: str, **values: Any) -> None:
    standard = {"title": "T", "summary": "S", "reason": "", "version": 1, "created_at": NOW}
    await tx.execute(results.insert().values(group_id=group_id, state=state, **standard, **values))


async def add_application(tx: Tx, group_id: int, person_id: int, state: str, **values: Any) -> None:
    standard = {"motivation": "", "affiliation": "", "created_at": NOW}
    row = {**standard, "group_id": group_id, "person_id": person_id, "state": state, **values}
    await tx.execute(applications.insert().values(**row))


async def test_progress_counts_what_each_group_has_and_nothing_of_the_others(database: Database) -> None:
    async with database.write() as tx:
        first, second, empty = [await add_group(tx, code) for code in ("PWG 1", "PWG 2", "PWG 3")]
        await add_people(tx, 1, 2, 3, 4)
        for person in (1, 2):
            await groups.take_seat(tx, first, person, NOW)
        await groups.take_seat(tx, second, 3, NOW)
        await people.grant(tx, 4, Role.COORDINATOR, first)
        await people.grant(tx, 4, Role.GUEST, second)
        await add_result(tx, first, "published")
        await add_result(tx, first, "submitted", submitted_at=NOW - DAY)
        await add_result(tx, first, "submitted", submitted_at=NOW - 2 * DAY)
        await add_result(tx, second, "draft")
        await add_application(tx, second, 1, "open", created_at=NOW - 3 * DAY)
        await add_application(tx, second, 2, "open")
        await add_application(tx, second, 4, "declined", created_at=NOW - 9 * DAY)
    for slug, group, values in (
        ("held", first, {"starts_at": NOW - DAY}),
        ("ahead", first, {}),
        ("draft", first, {"state": EventState.DRAFT}),
        ("cancelled", second, {"state": EventState.CANCELLED}),
        ("session-2", second, {"kind": EventKind.SESSION, "starts_at": NOW + 2 * DAY}),
        ("session-1", second, {"kind": EventKind.SESSION, "starts_at": NOW + DAY}),
        ("session-0", second, {"kind": EventKind.SESSION, "starts_at": NOW - DAY}),
    ):
        await add_event(database, group, slug, **values)

    async with database.read() as tx:
        found = await organise.get_progress(tx, [first, second, empty], NOW)
        ahead = [await organise.count_events_ahead(tx, group, NOW) for group in (first, second, empty)]

    assert found == {
        first: Progress(coordinators=1, members=2, webinars=2, results=1, reviews=2, reviews_since=NOW - 2 * DAY),
        second: Progress(members=1, next_session_at=NOW + DAY, requests=2, requests_since=NOW - 3 * DAY),
        empty: Progress(),
    }
    assert ahead == [1, 2, 0]


async def test_news_are_of_one_week_its_first_moment_included_and_its_last_not(database: Database) -> None:
    since, until = NOW - 7 * DAY, NOW
    async with database.write() as tx:
        group, other = await add_group(tx), await add_group(tx, "PWG 2")
        await add_people(tx, 1, 2, 3)
        for person, at in ((1, since), (2, until), (3, since - timedelta(seconds=1))):
            await groups.take_seat(tx, group, person, at)
            await add_application(tx, other, person, "open", created_at=at)
        await add_result(tx, group, "published", published_at=NOW - DAY)
        await add_result(tx, group, "published", published_at=NOW - 8 * DAY)
    await add_event(database, group, "held", starts_at=NOW - DAY)
    await add_event(database, group, "called-off", starts_at=NOW - DAY, state=EventState.CANCELLED)
    await add_event(database, group, "met", starts_at=NOW - DAY, kind=EventKind.SESSION)

    async with database.read() as tx:
        found = await digest.get_news(tx, [group, other], since, until)

    assert found == {group: News(members=1, webinars=1, sessions=1, results=1), other: News(requests=1)}


async def test_the_summary_goes_to_organisers_and_owners_who_want_it(database: Database) -> None:
    async with database.write() as tx:
        group = await add_group(tx)
        await add_people(tx, 1, 2, 3, 4, 5, 6, 7)
        for person in (1, 2, 3):
            await people.grant(tx, person, Role.ORGANISER)
        await people.grant(tx, 4, Role.COORDINATOR, group)
        await people.grant(tx, 7, Role.OWNER)
        await digest.want(tx, 2, NOW, wanted=False)
        await digest.want(tx, 3, NOW, wanted=False)
        await digest.want(tx, 3, NOW, wanted=True)
        await people.change(tx, 7, stopped_at=NOW)

        found = list((await tx.execute(digest.readers({5, 99}))).scalars())
        wanted = {person: await digest.is_wanted(tx, person) for person in (1, 2, 3)}

    assert sorted(found) == [1, 3, 5]
    assert wanted == {1: True, 2: False, 3: True}


async def test_everybody_in_a_group_is_exported_once(database: Database) -> None:
    async with database.write() as tx:
        group, other = await add_group(tx), await add_group(tx, "PWG 2")
        await add_people(tx, 1, 2, 3, 4)
        await groups.take_seat(tx, group, 2, NOW)
        await groups.take_seat(tx, group, 1, NOW)
        await groups.take_seat(tx, other, 4, NOW)
        await people.grant(tx, 2, Role.COORDINATOR, group)
        await people.grant(tx, 3, Role.GUEST, group)
        await people.grant(tx, 1, Role.GUEST, other)
        await add_application(tx, group, 1, "accepted", affiliation="Institute of Examples")
        await add_application(tx, group, 3, "declined", affiliation="Nobody's business")
        await people.change(tx, 3, blocked_at=NOW)

        found = await exports.get_members(tx, group)

    assert found == [
        Member("Person 2", Role.COORDINATOR, "en", since=NOW),
        Member("Person 1", Role.MEMBER, "en", affiliation="Institute of Examples", since=NOW),
        Member("Person 3", Role.GUEST, "en", can_be_reached=False),
    ]


async def test_numbers_of_groups_tell_what_was_held_from_what_is_ahead(database: Database) -> None:
    async with database.write() as tx:
        group, empty = await add_group(tx), await add_group(tx, "PWG 2")
        await add_people(tx, 1, 2)
        await people.grant(tx, 1, Role.GUEST, group)
        await add_application(tx, group, 2, "waiting")
        await add_result(tx, group, "published", submitted_at=NOW)
        await add_result(tx, group, "draft")
    await add_event(database, group, "held", starts_at=NOW - DAY)
    await add_event(database, group, "ahead")
    await add_event(database, group, "met", starts_at=NOW - DAY, kind=EventKind.SESSION)

    async with database.read() as tx:
        found = await exports.get_numbers(tx, [group, empty], NOW)

    held = Counter({EventKind.WEBINAR: 1, EventKind.SESSION: 1})
    assert found == {
        group: Numbers(held, Counter({EventKind.WEBINAR: 1}), guests=1, waiting=1, submitted=1),
        empty: Numbers(Counter(), Counter()),
    }


async def test_sign_ups_are_counted_by_answer(database: Database) -> None:
    async with database.write() as tx:
        group = await add_group(tx)
        await add_people(tx, 1, 2, 3, 4)
    session = await add_event(database, group, "met", kind=EventKind.SESSION)
    await add_event(database, group, "draft", state=EventState.DRAFT)
    async with database.write() as tx:
        for person, answer, attended in ((1, "yes", True), (2, "yes", False), (3, "no", None), (4, None, True)):
            row = {"event_id": session.id, "person_id": person, "answer": answer, "attended": attended}
            await tx.execute(answers.insert().values(**row))

        found = await exports.get_sign_ups(tx)

    assert [(one.event.slug, one.reminded, one.said, one.attended) for one in found] == [
        ("met", 0, Counter(yes=2, no=1), 2)
    ]
