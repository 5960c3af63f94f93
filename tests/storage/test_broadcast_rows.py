from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select

from domain.broadcasts import Audience, BroadcastState, Fate
from domain.deliveries import DeliveryState, owe
from domain.permissions import Role
from domain.webinars import Scope
from storage import broadcasts, claims, following, groups, outbox, people
from storage.claims import Record
from storage.database import Database, Tx
from storage.tables import outbox as rows
from tests.storage.people_and_events import NOW, add_event, add_group, add_people

OWNER = "a process"


async def add_broadcast(tx: Tx, audience: Audience = Audience.EVERYBODY, target_id: int = 0) -> int:
    broadcast_id = await broadcasts.add_draft(tx, 1, "Hello", NOW)
    await broadcasts.change(tx, broadcast_id, audience=audience.value, target_id=target_id)
    return broadcast_id


async def owe_to_all(tx: Tx, broadcast_id: int) -> int:
    broadcast = await broadcasts.get(tx, broadcast_id)
    assert broadcast is not None
    delivery = owe("broadcast", f"broadcast:{broadcast_id}:", NOW, broadcast_id=broadcast_id)
    return await outbox.add_for_each(tx, await broadcasts.recipients(tx, broadcast), delivery, NOW)


async def finish(tx: Tx, person_ids: Sequence[int], state: DeliveryState) -> None:
    """As if the calls to these people had ended like this."""
    found = await tx.execute(select(rows.c.id).where(rows.c.person_id.in_(person_ids)))
    claimed = await claims.claim(tx, list(found.scalars()), OWNER, NOW + timedelta(minutes=1))
    await claims.record(tx, [Record(one.id, one.attempt, state, NOW, error="a reason") for one in claimed], OWNER)


async def recipients(tx: Tx, broadcast_id: int) -> list[int]:
    broadcast = await broadcasts.get(tx, broadcast_id)
    assert broadcast is not None
    found = sorted((await tx.execute(await broadcasts.recipients(tx, broadcast))).scalars())
    assert len(found) == await broadcasts.count_recipients(tx, broadcast)
    return found


async def test_everybody_is_who_can_be_written_to_and_has_not_stopped(database: Database) -> None:
    async with database.write() as tx:
        await add_people(tx, 1, 2, 3, 4)
        await people.change(tx, 2, blocked_at=NOW)
        await people.change(tx, 3, stopped_at=NOW)

        assert await recipients(tx, await add_broadcast(tx)) == [1, 4]


async def test_a_group_is_its_members_and_coordinators_once_each(database: Database) -> None:
    async with database.write() as tx:
        await add_people(tx, 1, 2, 3, 4, 5)
        group, other = await add_group(tx), await add_group(tx, "PWG 2")
        for person_id in (1, 2, 3):
            await groups.take_seat(tx, group, person_id, NOW)
        await groups.take_seat(tx, other, 5, NOW)
        await people.grant(tx, 3, Role.COORDINATOR, group)
        await people.grant(tx, 4, Role.COORDINATOR, group)
        await people.change(tx, 2, stopped_at=NOW)

        assert await recipients(tx, await add_broadcast(tx, Audience.GROUP, group)) == [1, 3, 4]


async def test_a_webinar_is_its_followers_and_nobody_once_it_is_gone(database: Database) -> None:
    async with database.write() as tx:
        await add_people(tx, 1, 2)
        group = await add_group(tx)
    webinar = await add_event(database, group)
    async with database.write() as tx:
        await following.follow(tx, 2, Scope.WEBINAR, webinar.id, NOW)

        assert await recipients(tx, await add_broadcast(tx, Audience.WEBINAR, webinar.id)) == [2]
        assert await recipients(tx, await add_broadcast(tx, Audience.WEBINAR, webinar.id + 1)) == []


async def test_one_delivery_for_each_recipient_however_often_it_is_owed(database: Database) -> None:
    async with database.write() as tx:
        await add_people(tx, 1, 2, 3)
        broadcast_id = await add_broadcast(tx)

        owed = [await owe_to_all(tx, broadcast_id) for _ in range(2)]
        found = [tuple(row) for row in await tx.execute(select(rows.c.key, rows.c.person_id, rows.c.chat_id))]

        assert owed == [3, 0]
        assert sorted(found) == [(f"broadcast:{broadcast_id}:{number}", number, number) for number in (1, 2, 3)]


async def test_cancelling_leaves_calls_under_way_and_other_broadcasts_alone(database: Database) -> None:
    async with database.write() as tx:
        await add_people(tx, 1, 2, 3)
        stopped, other = await add_broadcast(tx), await add_broadcast(tx)
        await owe_to_all(tx, stopped)
        first = await tx.scalar(select(rows.c.id).order_by(rows.c.id).limit(1))
        await owe_to_all(tx, other)
        await claims.claim(tx, [first or 0], OWNER, NOW + timedelta(minutes=1))

        spared = await outbox.cancel_broadcast(tx, stopped, NOW)

        assert spared == 2
        assert (await broadcasts.get_progress(tx, stopped)).counts == {Fate.WAITING: 1, Fate.CANCELLED: 2}
        assert (await broadcasts.get_progress(tx, other)).counts == {Fate.WAITING: 3}
        assert await broadcasts.is_under_way(tx, stopped)


async def test_every_recipient_has_one_fate_and_a_name(database: Database) -> None:
    async with database.write() as tx:
        await add_people(tx, *range(1, 9))
        broadcast_id = await add_broadcast(tx)
        await owe_to_all(tx, broadcast_id)
        await finish(tx, [1, 2], DeliveryState.SENT)
        await finish(tx, [3, 4], DeliveryState.FAILED)
        await people.change(tx, 4, blocked_at=NOW)
        await finish(tx, [5], DeliveryState.UNCERTAIN)
        await finish(tx, [6], DeliveryState.EXPIRED)
        await finish(tx, [7], DeliveryState.CANCELLED)

        assert (await broadcasts.get_progress(tx, broadcast_id)).counts == {
            Fate.SENT: 2,
            Fate.FAILED: 2,
            Fate.UNREACHABLE: 1,
            Fate.UNCERTAIN: 1,
            Fate.CANCELLED: 1,
            Fate.WAITING: 1,
        }
        assert await broadcasts.names(tx, broadcast_id, Fate.FAILED, 20) == ["Person 3", "Person 6"]
        assert await broadcasts.names(tx, broadcast_id, Fate.FAILED, 1) == ["Person 3"]
        assert await broadcasts.names(tx, broadcast_id, Fate.UNREACHABLE, 20) == ["Person 4"]


async def test_whoever_blocked_the_bot_before_their_turn_is_unreachable(database: Database) -> None:
    async with database.write() as tx:
        await add_people(tx, 1, 2)
        broadcast_id = await add_broadcast(tx)
        await owe_to_all(tx, broadcast_id)
        await people.change(tx, 2, blocked_at=NOW)
        await outbox.cancel_unasked(tx, 2, NOW)

        assert (await broadcasts.get_progress(tx, broadcast_id)).counts == {Fate.WAITING: 1, Fate.UNREACHABLE: 1}


async def test_only_the_uncertain_ones_are_sent_again(database: Database) -> None:
    async with database.write() as tx:
        await add_people(tx, 1, 2, 3)
        broadcast_id = await add_broadcast(tx)
        await owe_to_all(tx, broadcast_id)
        await finish(tx, [1, 2], DeliveryState.UNCERTAIN)
        await finish(tx, [3], DeliveryState.SENT)

        again = await outbox.resend_uncertain(tx, broadcast_id, NOW, NOW + timedelta(days=1))

        assert again == 2
        assert (await broadcasts.get_progress(tx, broadcast_id)).counts == {Fate.WAITING: 2, Fate.SENT: 1}


async def test_a_stopped_run_is_watched_until_its_last_call_is_answered(database: Database) -> None:
    async with database.write() as tx:
        await add_people(tx, 1)
        run, withdrawn, draft = [await add_broadcast(tx) for _ in range(3)]
        await broadcasts.change(tx, run, state=BroadcastState.STOPPED.value, started_at=NOW)
        await broadcasts.change(tx, withdrawn, state=BroadcastState.STOPPED.value)
        watched = [broadcast.id for broadcast in await broadcasts.running(tx)]
        await broadcasts.change(tx, run, finished_at=NOW)

        assert watched == [run]
        assert not await broadcasts.any_open(tx)
        assert (await broadcasts.draft_of(tx, 1)) == await broadcasts.get(tx, draft)


async def test_throwing_drafts_away_leaves_what_was_sent(database: Database) -> None:
    async with database.write() as tx:
        await add_people(tx, 1)
        sent, draft = await add_broadcast(tx), await add_broadcast(tx)
        await broadcasts.change(tx, sent, state=BroadcastState.DONE.value)

        await broadcasts.remove_drafts(tx, 1)

        assert set(await broadcasts.get_many(tx, {sent, draft})) == {sent}
