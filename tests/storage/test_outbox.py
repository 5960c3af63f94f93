"""The outbox: owed once, claimed by one, ended in exactly one state."""

import asyncio
from collections.abc import Awaitable, Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, event, func, select, text, update

from domain.deliveries import DeliveryState, Lane, NewDelivery, Policy, owe
from storage import cards, claims, outbox, people
from storage.claims import Record
from storage.database import Database, Tx
from storage.tables import broadcasts
from storage.tables import outbox as table
from tests.storage.people_and_events import NOW, add_people

SECOND = timedelta(seconds=1)
LATER = NOW + timedelta(hours=1)


def note(key: str, kind: str = "decision", **values: Any) -> NewDelivery:
    return owe(kind, key, NOW, **{"chat_id": 7, "person_id": 7, **values})


async def owed(database: Database, *deliveries: NewDelivery) -> None:
    async with database.write() as tx:
        await outbox.add(tx, deliveries, NOW)


async def column(database: Database, name: str) -> dict[str, Any]:
    """One column of the outbox, by key."""
    async with database.read() as tx:
        return dict((await tx.execute(select(table.c.key, table.c[name]).order_by(table.c.id))).all())


async def under_way(database: Database, *runs: int) -> None:
    """Broadcasts that are being sent."""
    values = {"html": "", "audience": "everybody", "target_id": 0, "state": "sending", "total": 0, "created_at": NOW}
    async with database.write() as tx:
        await tx.execute(broadcasts.insert(), [{"id": run, **values} for run in runs])


async def states(database: Database) -> dict[str, str]:
    return await column(database, "state")


async def ids(database: Database) -> list[int]:
    return list((await column(database, "id")).values())


async def due(
    tx: Tx,
    now: datetime = NOW,
    *,
    limit: int = 100,
    skip_chats: Sequence[int] = (),
    skip_ids: Sequence[int] = (),
) -> list[int]:
    """Ids read ahead, by lane and in order."""
    found = await claims.read_ahead(tx, now, limit, skip_chats=skip_chats, skip_ids=skip_ids)
    return [candidate.id for candidate in found]


async def keys_of(database: Database, numbers: Sequence[int]) -> list[str]:
    by_id = {number: key for key, number in (await column(database, "id")).items()}
    return [by_id[number] for number in numbers]


# --- Owing ------------------------------------------------------------------------------------


async def test_the_same_fact_is_owed_once(database: Database) -> None:
    await owed(database, note("seat:1:7", refs={"n": 1}))
    await owed(database, note("seat:1:7", refs={"n": 2}), note("seat:2:7"))

    assert await column(database, "refs") == {"seat:1:7": {"n": 1}, "seat:2:7": {}}


async def test_a_delivery_keeps_everything_it_was_owed_with(database: Database) -> None:
    whole = NewDelivery(
        key="k",
        kind="broadcast",
        lane=Lane.BULK,
        policy=Policy.AT_MOST_ONCE,
        not_before=NOW,
        method="copyMessage",
        chat_id=-1002300000001,
        person_id=5200000001,
        payload={"text": "Grüße <b>&</b>", "nested": {"list": [1, None, True]}},
        refs={"broadcast": 3},
        event_id=4,
        revision=5,
        broadcast_id=6,
        expires_at=LATER,
    )
    await owed(database, whole)

    async with database.write() as tx:
        (claimed,) = await claims.claim(tx, await ids(database), "me", LATER)

    same = {name: getattr(claimed, name) for name in vars(whole) if name != "not_before"}
    assert same == {name: value for name, value in vars(whole).items() if name != "not_before"}
    assert claimed.attempt == 1


async def test_one_statement_owes_to_everybody_whom_the_query_selects(database: Database) -> None:
    async with database.write() as tx:
        await add_people(tx, *range(1, 51))
        await people.change(tx, 3, blocked_at=NOW)
        await people.change(tx, 4, stopped_at=NOW)
        delivery = owe("reminder", "reminder:9:1:60:", NOW, event_id=9, revision=1, expires_at=LATER)

        first = await outbox.add_for_each(tx, people.reachable(), delivery, NOW)
        again = await outbox.add_for_each(tx, people.reachable(), delivery, NOW)

    assert (first, again) == (48, 0)
    everybody = [number for number in range(1, 51) if number not in {3, 4}]
    async with database.read() as tx:
        rows = list(
            await tx.execute(
                select(table.c.key, table.c.chat_id, table.c.person_id, table.c.expires_at).order_by(table.c.person_id)
            )
        )
    assert rows == [(f"reminder:9:1:60:{number}", number, number, LATER) for number in everybody]


async def test_nobody_selected_is_nothing_owed(database: Database) -> None:
    async with database.write() as tx:
        assert await outbox.add_for_each(tx, people.reachable(), note("k:"), NOW) == 0


# --- Reading ahead ----------------------------------------------------------------------------


async def test_due_deliveries_are_read_by_lane_then_by_time_then_by_age(database: Database) -> None:
    await owed(
        database,
        note("bulk", "broadcast", broadcast_id=1),
        note("normal, later", not_before=NOW - SECOND),
        note("normal, first", not_before=NOW - 2 * SECOND),
        note("normal, as late but younger", not_before=NOW - SECOND),
        note("urgent", "change"),
        note("answer", "reply"),
        note("tomorrow", not_before=NOW + SECOND),
    )

    async with database.read() as tx:
        found = await due(tx)

    assert await keys_of(database, found) == [
        "answer",
        "urgent",
        "normal, first",
        "normal, later",
        "normal, as late but younger",
        "bulk",
    ]


async def test_what_is_left_out_is_asked_for_no_second_time(database: Database) -> None:
    await owed(
        database,
        note("to a crowded chat", chat_id=1),
        note("chosen already", chat_id=2),
        note("to nobody in particular", "toast", chat_id=None),
        note("free", chat_id=3),
    )
    taken = (await column(database, "id"))["chosen already"]

    async with database.read() as tx:
        found = await due(tx, skip_chats=[1], skip_ids=[taken])

    assert await keys_of(database, found) == ["to nobody in particular", "free"]


async def test_broadcasts_take_turns(database: Database) -> None:
    runs = {1: 40, 2: 40, 3: 2}
    await under_way(database, *runs)
    await owed(
        database,
        *(
            note(f"{run}:{number}", "broadcast", chat_id=run * 1000 + number, broadcast_id=run)
            for run, size in runs.items()
            for number in range(size)
        ),
    )

    async with database.read() as tx:
        found = await keys_of(database, await due(tx, limit=12))

    assert sorted(found) == sorted([*(f"1:{n}" for n in range(4)), *(f"2:{n}" for n in range(4)), "3:0", "3:1"])


async def test_bulk_without_a_run_is_read_too(database: Database) -> None:
    await under_way(database, 1)
    await owed(database, note("menu", "menu", chat_id=None), note("run", "broadcast", broadcast_id=1))

    async with database.read() as tx:
        found = await keys_of(database, await due(tx))

    assert sorted(found) == ["menu", "run"]


async def test_reading_ahead_never_reads_the_history(database: Database) -> None:
    await under_way(database, 1, 2)
    async with database.write() as tx:
        await _add_history(tx, 2000)

    async with database.read() as tx:
        plans = await _plans(tx, due(tx, skip_chats=[3], skip_ids=[4], limit=5))

    assert len(plans) == 4
    for plan in plans:
        assert "SCAN outbox" not in plan
        assert "Seq Scan on outbox" not in plan


async def test_the_end_of_what_is_late_is_found_without_reading_the_history(database: Database) -> None:
    async with database.write() as tx:
        await _add_history(tx, 2000)

        (plan,) = await _plans(tx, outbox.expire(tx, NOW))

    assert "SCAN outbox" not in plan.replace("SCAN outbox USING INDEX ix_outbox_pending", "")
    assert "Seq Scan" not in plan


async def _add_history(tx: Tx, most: int) -> None:
    """Finished deliveries; a few wait."""
    await outbox.add(
        tx,
        [note(f"old:{number}", "broadcast", chat_id=number, broadcast_id=number % 2 + 1) for number in range(most)],
        NOW,
    )
    await tx.execute(update(table).where(table.c.chat_id >= 20).values(state="sent"))
    await tx.execute(text("ANALYZE"))


async def _plans(tx: Tx, work: Awaitable[object]) -> list[str]:
    """How the database carries out each statement of some work: as it was really sent, with its parameters."""
    sent: list[tuple[str, Any]] = []

    def note_down(connection: object, cursor: object, statement: str, parameters: Any, *_: object) -> None:
        if not statement.startswith("BEGIN"):
            sent.append((statement, parameters))

    connection = await tx.run_sync(lambda connection: connection)
    event.listen(connection, "before_cursor_execute", note_down)
    await work
    event.remove(connection, "before_cursor_execute", note_down)
    explain = "EXPLAIN QUERY PLAN" if tx.dialect.name == "sqlite" else "EXPLAIN"
    plans = [
        await tx.run_sync(Connection.exec_driver_sql, f"{explain} {statement}", parameters)
        for statement, parameters in sent
    ]
    return ["\n".join(str(row) for row in plan) for plan in plans]


async def test_the_next_due_moment_is_that_of_the_earliest_pending(database: Database) -> None:
    async with database.read() as tx:
        assert await outbox.next_due_at(tx) is None
    await owed(database, note("b", not_before=LATER), note("a", not_before=NOW + SECOND))

    async with database.read() as tx:
        assert await outbox.next_due_at(tx) == NOW + SECOND


# --- Claiming and recording -------------------------------------------------------------------


async def test_what_is_claimed_is_claimed_by_one(database: Database) -> None:
    await owed(database, note("a"), note("b"), note("c"))
    a, b, c = await ids(database)

    async with database.write() as tx:
        mine = await claims.claim(tx, [c, a], "me", LATER)
        yours = await claims.claim(tx, [a, b, c], "you", LATER)

    assert [d.key for d in mine] == ["c", "a"]
    assert [d.key for d in yours] == ["b"]
    assert await column(database, "owner") == {"a": "me", "b": "you", "c": "me"}


async def test_a_batch_of_outcomes_is_recorded_row_by_row(database: Database) -> None:
    await owed(database, note("sent"), note("again"), note("not to blame"), note("failed"))
    numbers = await ids(database)
    async with database.write() as tx:
        await claims.claim(tx, numbers, "me", LATER)

    again_at = NOW + 4 * SECOND
    pending = DeliveryState.PENDING
    async with database.write() as tx:
        await claims.record(
            tx,
            [
                Record(numbers[0], 1, DeliveryState.SENT, NOW, message_id=77),
                Record(numbers[1], 1, pending, NOW, error="no connection", not_before=again_at),
                Record(numbers[2], 1, pending, NOW, error="429", not_before=again_at, attempts_spent=-1),
                Record(numbers[3], 1, DeliveryState.FAILED, NOW, error="blocked"),
            ],
            "me",
        )

    columns = ("state", "message_id", "error", "not_before", "attempt", "finished_at", "owner", "lease_until")
    async with database.read() as tx:
        rows = list(await tx.execute(select(*(table.c[name] for name in columns)).order_by(table.c.id)))
    assert rows == [
        ("sent", 77, None, NOW, 1, NOW, None, None),
        ("pending", None, "no connection", again_at, 1, None, None, None),
        ("pending", None, "429", again_at, 0, None, None, None),
        ("failed", None, "blocked", NOW, 1, NOW, None, None),
    ]


@pytest.mark.parametrize(("owner", "attempt"), [("me", 1), ("you", 2)], ids=["an older attempt", "another process"])
async def test_I8_an_outcome_of_a_lost_claim_is_not_recorded(database: Database, owner: str, attempt: int) -> None:
    await owed(database, note("a"))
    (number,) = await ids(database)
    async with database.write() as tx:
        await claims.claim(tx, [number], "me", LATER)
        await claims.recover(tx, "newer", NOW)
        await claims.claim(tx, [number], "me", LATER)

        await claims.record(tx, [Record(number, attempt, DeliveryState.SENT, NOW, 77)], owner)

    assert await states(database) == {"a": "sending"}


async def test_nothing_to_record_is_no_statement(database: Database) -> None:
    async with database.read() as tx:
        await claims.record(tx, [], "me")


# --- Ends that no call brings -----------------------------------------------------------------


async def test_what_another_process_left_is_settled_by_its_policy(database: Database) -> None:
    await owed(database, note("again"), note("unsure", "broadcast"), note("mine"), note("not begun"))
    again, unsure, mine, _ = await ids(database)
    async with database.write() as tx:
        await claims.claim(tx, [again, unsure], "dead", LATER)
        await claims.claim(tx, [mine], "me", LATER)

        settled = await claims.recover(tx, "me", NOW)

    assert settled == 2
    assert await states(database) == {
        "again": "pending",
        "unsure": "uncertain",
        "mine": "sending",
        "not begun": "pending",
    }
    assert await column(database, "finished_at") == {"again": None, "unsure": NOW, "mine": None, "not begun": None}


async def test_what_is_too_late_expires_and_nothing_else(database: Database) -> None:
    await owed(
        database,
        note("late", expires_at=NOW),
        note("just in time", expires_at=NOW + SECOND),
        note("for ever", expires_at=None),
        note("under way", expires_at=NOW),
    )
    async with database.write() as tx:
        await claims.claim(tx, [(await column(database, "id"))["under way"]], "me", LATER)

        assert await outbox.expire(tx, NOW) == 1

    assert await states(database) == {
        "late": "expired",
        "just in time": "pending",
        "for ever": "pending",
        "under way": "sending",
    }


async def test_older_revisions_of_an_event_are_cancelled(database: Database) -> None:
    await owed(
        database,
        note("old", event_id=1, revision=1),
        note("new", event_id=1, revision=2),
        note("other event", event_id=2, revision=1),
        note("no event"),
    )

    async with database.write() as tx:
        assert await outbox.cancel_event(tx, 1, 2, NOW) == 1

    assert await states(database) == {
        "old": "cancelled",
        "new": "pending",
        "other event": "pending",
        "no event": "pending",
    }


async def test_a_stopped_broadcast_leaves_calls_under_way_alone(database: Database) -> None:
    await owed(
        database,
        note("under way", "broadcast", broadcast_id=1),
        note("waiting", "broadcast", broadcast_id=1),
        note("other run", "broadcast", broadcast_id=2),
    )
    async with database.write() as tx:
        await claims.claim(tx, [(await column(database, "id"))["under way"]], "me", LATER)

        assert await outbox.cancel_broadcast(tx, 1, NOW) == 1

    assert await states(database) == {"under way": "sending", "waiting": "cancelled", "other run": "pending"}


async def test_whoever_stops_messages_still_gets_answers(database: Database) -> None:
    await owed(
        database,
        note("answer", "reply"),
        note("reminder", "reminder"),
        note("broadcast", "broadcast"),
        note("somebody else's", "reminder", person_id=8),
    )

    async with database.write() as tx:
        assert await outbox.cancel_unasked(tx, 7, NOW) == 2

    assert await states(database) == {
        "answer": "pending",
        "reminder": "cancelled",
        "broadcast": "cancelled",
        "somebody else's": "pending",
    }


async def test_the_uncertain_of_a_run_are_sent_again_on_request(database: Database) -> None:
    await owed(database, *(note(f"{n}", "broadcast", broadcast_id=1, person_id=n) for n in (1, 2, 3)))
    first, second, third = await ids(database)
    async with database.write() as tx:
        await claims.claim(tx, [first, second, third], "dead", LATER)
        await claims.record(tx, [Record(first, 1, DeliveryState.SENT, NOW, 77)], "dead")
        await claims.recover(tx, "me", NOW)

        assert await outbox.count_by_state(tx, 1) == {DeliveryState.SENT: 1, DeliveryState.UNCERTAIN: 2}
        assert await outbox.people_in_state(tx, 1, DeliveryState.UNCERTAIN) == [
            (2, "the process ended during the call"),
            (3, "the process ended during the call"),
        ]
        assert await outbox.resend_uncertain(tx, 1, LATER, LATER + SECOND) == 2

    assert await states(database) == {"1": "sent", "2": "pending", "3": "pending"}
    assert await column(database, "not_before") == {"1": NOW, "2": LATER, "3": LATER}


# --- Cards ------------------------------------------------------------------------------------


async def test_changes_of_a_card_wait_as_one_delivery(database: Database) -> None:
    async with database.write() as tx:
        for _ in range(3):
            await outbox.add_card(tx, "application:5", note("application:5:7", "card"), NOW)

    assert list(await states(database)) == ["application:5:7:1"]


async def test_a_change_during_the_call_is_owed_anew(database: Database) -> None:
    async with database.write() as tx:
        await outbox.add_card(tx, "application:5", note("application:5:7", "card"), NOW)
        await claims.claim(tx, [(await tx.scalar(select(table.c.id))) or 0], "me", LATER)

        await outbox.add_card(tx, "application:5", note("application:5:7", "card"), NOW)

    assert await states(database) == {"application:5:7:1": "sending", "application:5:7:2": "pending"}


async def test_a_subject_has_a_card_in_each_chat(database: Database) -> None:
    async with database.write() as tx:
        for chat in (7, 8):
            await outbox.add_card(tx, "application:5", note(f"application:5:{chat}", "card", chat_id=chat), NOW)
        here = await cards.get(tx, "application:5", 7)
        assert here is not None
        await cards.set_message(tx, here.id, 900, "hash")

        assert sorted(card.chat_id for card in await cards.of_subject(tx, "application:5")) == [7, 8]
        assert (await cards.get_many(tx, [here.id]))[here.id].message_id == 900
        there = await cards.get(tx, "application:5", 8)
        assert there is not None
        assert there.message_id is None
        assert await cards.get(tx, "application:6", 7) is None


async def test_a_card_that_waits_again_after_a_failed_call_takes_up_the_change_meanwhile(database: Database) -> None:
    async with database.write() as tx:
        await outbox.add_card(tx, "application:5", note("application:5:7", "card"), NOW)
        (first,) = [row.id for row in await tx.execute(select(table.c.id))]
        await claims.claim(tx, [first], "me", LATER)
        await outbox.add_card(tx, "application:5", note("application:5:7", "card"), NOW)

        await claims.record(tx, [Record(first, 1, DeliveryState.PENDING, NOW, None, "no connection", LATER)], "me")

    waiting = [state for state in (await states(database)).values() if state == "pending"]
    assert len(waiting) == 1


async def test_a_card_left_by_a_dead_process_takes_up_the_change_meanwhile(database: Database) -> None:
    async with database.write() as tx:
        await outbox.add_card(tx, "application:5", note("application:5:7", "card"), NOW)
        await claims.claim(tx, [(await tx.scalar(select(table.c.id))) or 0], "dead", LATER)
        await outbox.add_card(tx, "application:5", note("application:5:7", "card"), NOW)

        await claims.recover(tx, "me", NOW)

    waiting = [state for state in (await states(database)).values() if state == "pending"]
    assert len(waiting) == 1


async def test_many_claimers_never_share_a_delivery(database: Database) -> None:
    await owed(database, *(note(f"{n}") for n in range(50)))
    numbers = await ids(database)

    async def claim(owner: str) -> set[int]:
        async with database.write() as tx:
            return {d.id for d in await claims.claim(tx, numbers, owner, LATER)}

    shares = await asyncio.gather(*(claim(f"owner {n}") for n in range(6)))

    assert sum(len(share) for share in shares) == 50
    assert set().union(*shares) == set(numbers)
    async with database.read() as tx:
        assert await tx.scalar(select(func.count()).select_from(table).where(table.c.attempt == 1)) == 50
