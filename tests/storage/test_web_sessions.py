"""Links and sessions of the organisers' pages, and what the pages count, on both databases."""

import asyncio
from datetime import UTC, date, datetime, timedelta

from domain.people import Person
from storage import organiser_pages, people, results, web_sessions
from storage.database import Database
from storage.tables import broadcasts, groups, outbox, subscriptions

NOW = datetime(2022, 3, 14, 23, 30, tzinfo=UTC)
SOON = NOW + timedelta(minutes=5)
ANNA, BEN = 1, 2


async def meet(database: Database) -> None:
    async with database.write() as tx:
        for number, name in ((ANNA, "Anna"), (BEN, "Ben")):
            await people.add(tx, Person(number, name, "en", started_at=NOW), NOW)


async def test_a_link_is_taken_once_though_many_try_at_a_time(database: Database) -> None:
    await meet(database)
    async with database.write() as tx:
        await web_sessions.put_link(tx, ANNA, "a", NOW, SOON)

    async def take() -> int | None:
        async with database.write() as tx:
            return await web_sessions.take_link(tx, "a", NOW)

    taken = await asyncio.gather(*(take() for _ in range(5)))

    assert sorted(taken, key=str) == [ANNA, None, None, None, None]


async def test_a_link_is_worth_nothing_from_its_last_moment_on(database: Database) -> None:
    await meet(database)
    async with database.write() as tx:
        await web_sessions.put_link(tx, ANNA, "a", NOW, SOON)
        await web_sessions.put_link(tx, BEN, "b", NOW, SOON)

        in_time = await web_sessions.take_link(tx, "a", SOON - timedelta(microseconds=1))
        too_late = await web_sessions.take_link(tx, "b", SOON)

    assert (in_time, too_late) == (ANNA, None)


async def test_a_session_is_its_persons_until_it_ends(database: Database) -> None:
    await meet(database)
    async with database.write() as tx:
        for token, person in (("a", ANNA), ("b", ANNA), ("c", BEN)):
            await web_sessions.add(tx, person, token, NOW, SOON)

        owners = [await web_sessions.owner_of(tx, token, NOW) for token in "abcd"]
        over = await web_sessions.owner_of(tx, "a", SOON)
        await web_sessions.end(tx, "a")
        after_end = [await web_sessions.owner_of(tx, token, NOW) for token in "abc"]
        ended = await web_sessions.end_all(tx, ANNA)
        after_all = [await web_sessions.owner_of(tx, token, NOW) for token in "abc"]

    assert owners == [ANNA, ANNA, BEN, None]
    assert over is None
    assert (after_end, ended, after_all) == ([None, ANNA, BEN], 1, [None, None, BEN])


async def test_days_are_those_of_utc(database: Database) -> None:
    await meet(database)
    moments = [NOW - timedelta(days=3), NOW, NOW + timedelta(minutes=29), NOW + timedelta(minutes=31)]
    async with database.write() as tx:
        for number, moment in enumerate(moments):
            wish = {"person_id": ANNA, "scope": "webinar", "target_id": number, "wanted": True, "created_at": moment}
            await tx.execute(subscriptions.insert().values(wish))
            sent = {
                "key": f"{number}", "kind": "reminder", "lane": 2, "policy": "at_least_once", "method": "sendMessage",
                "state": "sent", "not_before": moment, "finished_at": moment, "attempt": 1, "created_at": moment,
                "refs": {},
            }  # fmt: skip
            await tx.execute(outbox.insert().values(sent))
        await tx.execute(subscriptions.insert().values({**wish, "target_id": 99, "wanted": False}))

    async with database.read() as tx:
        sign_ups = await organiser_pages.sign_ups_by_day(tx, NOW - timedelta(days=1))
        reminders = await organiser_pages.reminders_by_day(tx, NOW - timedelta(days=1))

    assert sign_ups == reminders == {date(2022, 3, 14): 2, date(2022, 3, 15): 1}


async def test_reach_names_the_first_reason_only(database: Database) -> None:
    await meet(database)
    async with database.write() as tx:
        await people.add(tx, Person(3, "Carl", "en"), NOW)
        await people.change(tx, 3, blocked_at=NOW, stopped_at=NOW)
        await people.add(tx, Person(4, "Dora", "en", started_at=NOW), NOW)
        await people.change(tx, 4, blocked_at=NOW, stopped_at=NOW)
        await people.change(tx, BEN, stopped_at=NOW)

    async with database.read() as tx:
        reach = await organiser_pages.get_reach(tx)

    assert (reach.total, reach.never_started, reach.blocked, reach.stopped, reach.reached) == (4, 1, 1, 1, 1)


async def test_what_waits_is_listed_whoever_waits_longest_first(database: Database) -> None:
    await meet(database)
    states = ("draft", "submitted", "accepted", "published", "changes_asked", "submitted")
    async with database.write() as tx:
        group = {"code": "PWG 1", "titles": {}, "themes": {}, "least_members": 1, "most_members": 2}
        group_id = (await tx.execute(groups.insert().values(group).returning(groups.c.id))).scalar_one()
        for number, state in enumerate(states):
            result = await results.add_draft(tx, ANNA, NOW)
            when = None if state == "draft" else NOW - timedelta(hours=number)
            await results.change(tx, result, state=state, submitted_at=when, group_id=group_id)
        draft = {"author_id": ANNA, "html": "x", "audience": "everybody", "target_id": 0, "total": 0, "created_at": NOW}
        await tx.execute(broadcasts.insert(), [draft | {"state": state} for state in ("draft", "done", "sending")])

    async with database.read() as tx:
        counted, waiting = await organiser_pages.count_under_way(tx), await organiser_pages.ids_under_way(tx, 0, 10)
        by_group = await organiser_pages.submitted_by_group(tx)
        sent = await organiser_pages.count_broadcasts(tx), await organiser_pages.broadcast_ids(tx, 0, 10)

    assert (counted, waiting, by_group) == (3, [6, 3, 2], {group_id: (5, 1)})
    assert sent == (2, [3, 2])
