"""Who owes something when a deadline comes near, and who waits before whom."""

from datetime import timedelta

from domain.permissions import Role
from domain.results import ResultState
from storage import people, results, rounds
from storage.database import Database, Tx
from tests.storage.people_and_events import NOW, add_group, add_people

ANNA, BOB, CARLA, DENIS, DORA = 1, 2, 3, 4, 5
DUE = NOW + timedelta(days=10)


async def add_result(tx: Tx, author: int, group_id: int, state: ResultState, **values: object) -> int:
    result_id = await results.add_draft(tx, author, NOW)
    await results.change(tx, result_id, group_id=group_id, title="A title", state=state.value, **values)
    return result_id


async def test_coordinators_without_a_result_and_people_with_a_draft_owe_something(database: Database) -> None:
    async with database.write() as tx:
        await add_people(tx, ANNA, BOB, CARLA, DENIS, DORA)
        first, second = await add_group(tx, "PWG 1"), await add_group(tx, "PWG 2")
        for person_id, group_id in ((CARLA, first), (DENIS, second)):
            await people.grant(tx, person_id, Role.COORDINATOR, group_id)
        of_all = await rounds.add(tx, {"en": "All"}, None, DUE, DENIS, NOW)
        of_first = await rounds.add(tx, {"en": "One"}, first, DUE, DENIS, NOW)
        await add_result(tx, ANNA, first, ResultState.DRAFT)
        await add_result(tx, BOB, second, ResultState.DRAFT)
        await add_result(tx, DORA, second, ResultState.SUBMITTED, round_id=of_all)
        await results.add_draft(tx, DORA, NOW)  # nothing is written in it yet

    async with database.read() as tx:
        owing = {}
        for one in await rounds.open_at(tx, NOW):
            owing[one.id] = await rounds.which_of(tx, rounds.owing(one), [ANNA, BOB, CARLA, DENIS, DORA])
        ended = await rounds.open_at(tx, DUE + timedelta(seconds=1))

    assert owing == {of_all: {ANNA, BOB, CARLA}, of_first: {ANNA, CARLA}}
    assert ended == []


async def test_who_handed_in_earlier_waits_before(database: Database) -> None:
    async with database.write() as tx:
        await add_people(tx, ANNA)
        group_id, other = await add_group(tx, "PWG 1"), await add_group(tx, "PWG 2")
        submitted, accepted = ResultState.SUBMITTED, ResultState.ACCEPTED
        first = await add_result(tx, ANNA, group_id, submitted, submitted_at=NOW)
        same = await add_result(tx, ANNA, group_id, submitted, submitted_at=NOW)
        later = await add_result(tx, ANNA, group_id, submitted, submitted_at=NOW + timedelta(hours=1))
        elsewhere = await add_result(tx, ANNA, other, submitted, submitted_at=NOW - timedelta(hours=1))
        ready = await add_result(tx, ANNA, other, accepted, decided_at=NOW)
        last = await add_result(tx, ANNA, group_id, accepted, decided_at=NOW + timedelta(hours=1))

    async with database.read() as tx:
        found = await results.get_many(tx, [first, same, later, elsewhere, ready, last])
        before = {result_id: await results.count_before(tx, result) for result_id, result in found.items()}

    assert before == {first: 0, same: 1, later: 2, elsewhere: 0, ready: 0, last: 1}
