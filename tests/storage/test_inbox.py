"""The inbox: nothing lost, nothing done twice."""

from datetime import timedelta

from sqlalchemy import select

from storage import inbox
from storage.database import Database
from storage.inbox import NewUpdate, StoredUpdate
from storage.tables import inbox as table
from tests.storage.people_and_events import NOW

BOT = 123456


def update(update_id: int, *, lane: int = 7, generation: int = 0, bot_id: int = BOT) -> NewUpdate:
    return NewUpdate(bot_id, generation, update_id, lane, f'{{"update_id":{update_id}}}')


async def store(database: Database, *updates: NewUpdate) -> list[StoredUpdate]:
    async with database.write() as tx:
        return await inbox.add(tx, updates, NOW)


async def states(database: Database) -> dict[int, tuple[str, int]]:
    """State and attempts by update id."""
    async with database.read() as tx:
        rows = await tx.execute(select(table.c.update_id, table.c.state, table.c.attempts))
        return {row.update_id: (row.state, row.attempts) for row in rows}


async def test_updates_are_stored_in_order_with_their_first_attempt_counted(database: Database) -> None:
    stored = await store(database, update(11), update(12, lane=-5), update(13))

    assert [(s.update_id, s.lane, s.raw, s.attempts) for s in stored] == [
        (11, 7, '{"update_id":11}', 1),
        (12, -5, '{"update_id":12}', 1),
        (13, 7, '{"update_id":13}', 1),
    ]
    assert [s.id for s in stored] == sorted(s.id for s in stored)


async def test_what_is_known_already_is_left_out(database: Database) -> None:
    await store(database, update(11), update(12))

    again = await store(database, update(11), update(12), update(13))

    assert [s.update_id for s in again] == [13]
    assert await states(database) == {11: ("new", 1), 12: ("new", 1), 13: ("new", 1)}


async def test_twice_in_one_poll_is_once(database: Database) -> None:
    assert [s.update_id for s in await store(database, update(11), update(11))] == [11]


async def test_nothing_is_stored_of_an_empty_poll(database: Database) -> None:
    assert await store(database) == []


async def test_another_bot_and_a_new_generation_have_numbers_of_their_own(database: Database) -> None:
    await store(database, update(11))

    others = await store(database, update(11, bot_id=BOT + 1), update(11, generation=1))

    assert len(others) == 2
    async with database.read() as tx:
        assert await inbox.last_update_id(tx, BOT, 0) == 11
        assert await inbox.last_update_id(tx, BOT, 2) is None


async def test_an_update_is_finished_only_once(database: Database) -> None:
    (stored,) = await store(database, update(11))

    async with database.write() as tx:
        first = await inbox.finish(tx, stored.id, NOW)
        second = await inbox.finish(tx, stored.id, NOW)

    assert (first, second) == (True, False)
    assert await states(database) == {11: ("done", 1)}


async def test_an_attempt_is_counted_before_the_work(database: Database) -> None:
    await store(database, update(11), update(12))

    async with database.write() as tx:
        taken = await inbox.take_unfinished(tx, NOW, 10)

    assert [(s.update_id, s.attempts) for s in taken] == [(11, 2), (12, 2)]
    assert await states(database) == {11: ("new", 2), 12: ("new", 2)}


async def test_a_failed_update_waits_for_its_time(database: Database) -> None:
    stored, _ = await store(database, update(11), update(12))
    retry_at = NOW + timedelta(seconds=10)
    async with database.write() as tx:
        await inbox.fail(tx, stored.id, "KeyError", retry_at)
        await inbox.finish(tx, stored.id + 1, NOW)

        assert await inbox.take_unfinished(tx, retry_at - timedelta(milliseconds=1), 10) == []
        assert await inbox.next_retry_at(tx) == retry_at
        assert [s.update_id for s in await inbox.take_unfinished(tx, retry_at, 10)] == [11]
        assert await inbox.next_retry_at(tx) is None


async def test_what_is_at_work_is_not_taken_a_second_time(database: Database) -> None:
    first, _, _ = await store(database, update(11), update(12), update(13))

    async with database.write() as tx:
        taken = await inbox.take_unfinished(tx, NOW, 1, skip=[first.id])

    assert [s.update_id for s in taken] == [12]


async def test_a_buried_update_is_kept_and_not_taken_again(database: Database) -> None:
    (stored,) = await store(database, update(11))

    async with database.write() as tx:
        await inbox.bury(tx, stored.id, "abcd1234: KeyError()", NOW)

        assert await inbox.take_unfinished(tx, NOW + timedelta(days=1), 10) == []
        assert not await inbox.finish(tx, stored.id, NOW)
        row = (await tx.execute(select(table.c.state, table.c.raw, table.c.error))).one()
        assert await inbox.count_by_state(tx) == {"dead": 1}
    assert tuple(row) == ("dead", '{"update_id":11}', "abcd1234: KeyError()")


async def test_retention_empties_only_what_was_done_before(database: Database) -> None:
    old, fresh, _, dead = await store(database, *(update(number) for number in (11, 12, 13, 14)))
    border = NOW + timedelta(days=7)
    async with database.write() as tx:
        await inbox.finish(tx, old.id, border - timedelta(seconds=1))
        await inbox.finish(tx, fresh.id, border)
        await inbox.bury(tx, dead.id, "", NOW)

        assert await inbox.forget_raw(tx, border) == 1
        assert await inbox.forget_raw(tx, border) == 0
        rows = await tx.execute(select(table.c.update_id, table.c.raw == ""))
        assert dict(rows.all()) == {11: True, 12: False, 13: False, 14: False}


async def test_the_newest_update_tells_when_telegram_last_spoke(database: Database) -> None:
    async with database.read() as tx:
        assert await inbox.last_received_at(tx) is None
    await store(database, update(11))

    async with database.write() as tx:
        await inbox.add(tx, [update(5, generation=1)], NOW + timedelta(days=9))

        assert await inbox.last_received_at(tx) == NOW + timedelta(days=9)


async def test_an_update_that_ends_the_process_each_time_is_found_without_burying_its_neighbours(
    database: Database,
) -> None:
    async with database.write() as tx:
        await inbox.add(tx, [inbox.NewUpdate(1, 0, number, number, "{}") for number in range(5)], NOW)
    alone: list[list[int]] = []

    for _ in range(12):  # each round is a process that ends when it comes to update 2
        while True:
            async with database.write() as tx:
                taken = await inbox.take_unfinished(tx, NOW, 100) or await inbox.take_suspect(tx, NOW)
            if len(taken) != 1:
                break  # nothing left, or the process ends with the whole batch begun
            alone.append([taken[0].update_id, taken[0].attempts])
            if taken[0].update_id == 2 and taken[0].attempts <= inbox.MOST_ATTEMPTS + inbox.MOST_ALONE:
                break
            async with database.write() as tx:
                await inbox.finish(tx, taken[0].id, NOW)

    assert alone == [[0, 4], [1, 4], [2, 4], [2, 5], [2, 6], [2, 7], [3, 4], [4, 4]]
