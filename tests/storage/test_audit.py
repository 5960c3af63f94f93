"""Reading the audit, and what failed."""

import asyncio
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from domain.deliveries import DeliveryState, Lane
from domain.letters import Undelivered
from storage import audit, facts, letters
from storage import inbox as inbox_rows
from storage.audit import Named
from storage.database import Database, Tx
from storage.tables import applications, cards, inbox, outbox
from tests.storage.people_and_events import NOW, add_event, add_group, add_people


async def test_the_audit_of_a_group_has_everything_in_it_whatever_the_object(database: Database) -> None:
    async with database.write() as tx:
        group, other = await add_group(tx), await add_group(tx, "PWG 2")
        await add_people(tx, 1)
        row = {"person_id": 1, "motivation": "", "affiliation": "", "state": "open", "created_at": NOW}
        await tx.execute(applications.insert().values(id=7, group_id=group, **row))
        await tx.execute(applications.insert().values(id=77, group_id=other, **row))
    event = await add_event(database, group)
    noted: list[tuple[str, str, dict[str, object] | None]] = [
        ("group_changed", f"group:{group}", None),
        ("group_changed", f"group:{other}", None),
        ("applied", "application:7", None),
        ("applied", "application:77", None),
        ("webinar_added", f"webinar:{event.id}", None),
        ("role_granted", "person:1", {"role": "coordinator", "group_id": group}),
        ("role_granted", "person:1", {"role": "coordinator", "group_id": other}),
        ("role_granted", "person:1", {"role": "organiser", "group_id": None}),
        ("stopped", "person:1", None),
    ]
    async with database.write() as tx:
        for action, subject, after in noted:
            await facts.note(tx, NOW, 1, action, subject, None, after)

    async with database.read() as tx:
        mine = await audit.get_page(tx, group, 0, 10)
        everything = await audit.get_page(tx, None, 0, 100)
        second_page = await audit.get_page(tx, None, 3, 2)
        counted = (await audit.count(tx, group), await audit.count(tx, None))

    assert [(row.action, row.subject) for row in mine] == [
        ("role_granted", "person:1"),
        ("webinar_added", f"webinar:{event.id}"),
        ("applied", "application:7"),
        ("group_changed", f"group:{group}"),
    ]
    assert [row.subject for row in everything] == [subject for _, subject, _ in reversed(noted)]
    assert second_page == everything[3:5]
    assert counted == (4, 9)


async def test_objects_are_called_by_their_names_and_those_that_are_gone_by_none(database: Database) -> None:
    async with database.write() as tx:
        group = await add_group(tx)
        await add_people(tx, 1)
    event = await add_event(database, group)
    subjects = [f"group:{group}", f"session:{event.id}", "person:1", "person:2", "chat:-100", "odd", "odd:1", "group:x"]

    async with database.read() as tx:
        found = await audit.get_named(tx, subjects)

    assert found == {
        f"group:{group}": Named("PWG 1", group),
        f"session:{event.id}": Named({"en": "Ukraine"}, group),
        "person:1": Named("Person 1", None),
    }


async def add_letter(tx: Tx, number: int, state: str) -> None:
    row = {"bot_id": 1, "generation": 0, "update_id": number, "lane": 5, "raw": "{}", "attempts": 3}
    await tx.execute(inbox.insert().values(id=number, state=state, error=f"ref{number}: Boom", received_at=NOW, **row))


async def test_only_a_dead_letter_can_be_revived_and_only_once(database: Database) -> None:
    async with database.write() as tx:
        for number, state in ((1, "dead"), (2, "done"), (3, "new"), (4, "dead")):
            await add_letter(tx, number, state)
        dead = [(letter.id, letter.reference) for letter in await letters.get_dead(tx, 0, 10)]

        revived = [await letters.revive(tx, number) for number in (1, 1, 2, 3, 99)]

        row = (await tx.execute(inbox.select().where(inbox.c.id == 1))).one()
        left = await letters.count_dead(tx)

    assert dead == [(4, "ref4"), (1, "ref1")]
    assert revived == [True, False, False, False, False]
    assert (row.state, row.attempts, row.error, left) == ("new", 0, None, 1)


async def add_delivery(tx: Tx, number: int, state: str, **values: Any) -> None:
    row: dict[str, Any] = {
        "key": f"k{number}",
        "kind": "reminder",
        "lane": 2,
        "policy": "at_least_once",
        "method": "sendMessage",
    }
    more = {"refs": {}, "not_before": NOW, "attempt": 1, "created_at": NOW, "finished_at": NOW}
    await tx.execute(outbox.insert().values(id=number, state=state, **(row | more | values)))


async def test_what_did_not_arrive_is_listed_newest_first(database: Database) -> None:
    async with database.write() as tx:
        await add_delivery(tx, 1, "failed", person_id=1, chat_id=1, error="blocked the bot")
        await add_delivery(tx, 2, "sent", person_id=1, chat_id=1)
        await add_delivery(tx, 3, "cancelled", person_id=1, chat_id=1)
        await add_delivery(tx, 4, "uncertain", chat_id=-100, event_id=8, revision=2, broadcast_id=6, expires_at=NOW)
        await add_delivery(tx, 5, "uncertain", kind="toast", person_id=1)

        found, counted = await letters.get_undelivered(tx, 0, 10), await letters.count_undelivered(tx)

    uncertain, failed = DeliveryState.UNCERTAIN, DeliveryState.FAILED
    assert found == [
        Undelivered(4, "reminder", Lane.NORMAL, uncertain, None, -100, None, 8, 2, 6, None, NOW, NOW),
        Undelivered(1, "reminder", Lane.NORMAL, failed, 1, 1, None, None, None, None, "blocked the bot", NOW, None),
    ]
    assert counted == 2


async def test_what_is_sent_again_begins_anew_and_is_answered_anew(database: Database) -> None:
    later = NOW + timedelta(days=1)
    async with database.write() as tx:
        await add_delivery(tx, 1, "failed", chat_id=1, attempt=8, expires_at=NOW, payload={"text": "In an hour"})
        await add_delivery(tx, 2, "failed", kind="menu", payload={"commands": []})
        await inbox_rows.add_answer(tx, 1, 1, '{"is_done": false}', NOW)
        await tx.execute(inbox.update().values(state="done"))

        await letters.try_again(tx, 1, later, later)
        await letters.try_again(tx, 2, later, None, as_it_is=True)
        await inbox_rows.add_answer(tx, 1, 1, '{"is_done": true}', later)
        row, menu = (await tx.execute(select(outbox).order_by(outbox.c.id))).all()
        answers = list((await tx.execute(select(inbox.c.raw))).scalars())

    assert (row.state, row.attempt, row.not_before, row.expires_at, row.finished_at) == (
        "pending", 0, later, later, None,
    )  # fmt: skip
    assert (row.payload, menu.payload) == (None, {"commands": []})
    assert answers == ['{"is_done": true}']


async def test_of_many_who_send_it_again_at_once_one_does(database: Database) -> None:
    async with database.write() as tx:
        await add_delivery(tx, 1, "failed", chat_id=1)

    async def press() -> bool:
        async with database.write() as tx:
            message = await letters.get_message(tx, 1)
            assert message is not None
            if message.state is not DeliveryState.FAILED:
                return False
            await letters.try_again(tx, 1, NOW, None)
            return True

    counted = await asyncio.gather(*(press() for _ in range(5)))

    assert sorted(counted) == [False] * 4 + [True]


async def test_of_two_messages_of_one_card_sent_again_at_once_one_goes_out(database: Database) -> None:
    async with database.write() as tx:
        await tx.execute(cards.insert().values(id=1, subject="application:1", chat_id=1, revision=1))
        for number in (1, 2):
            await add_delivery(tx, number, "failed", kind="card", card_id=1)

    async def press(number: int) -> bool:
        async with database.write() as tx:
            message = await letters.get_message(tx, number)
            assert message is not None
            if await letters.overtaken(tx, [message]):
                return False
            await letters.try_again(tx, number, NOW, None)
            return True

    assert sorted(await asyncio.gather(press(1), press(2))) == [False, True]


async def test_a_card_that_waits_and_a_newer_menu_take_the_place_of_older_ones(database: Database) -> None:
    async with database.write() as tx:
        for number, subject in ((1, "waiting"), (2, "settled")):
            await tx.execute(cards.insert().values(id=number, subject=subject, chat_id=1, revision=1))
        await add_delivery(tx, 1, "failed", kind="card", card_id=1)
        await add_delivery(tx, 2, "pending", kind="card", card_id=1)
        await add_delivery(tx, 3, "failed", kind="card", card_id=2)
        await add_delivery(tx, 4, "sent", kind="card", card_id=2)
        await add_delivery(tx, 5, "failed", kind="menu")
        await add_delivery(tx, 6, "sent", kind="menu")
        await add_delivery(tx, 7, "failed", kind="menu", created_at=NOW - timedelta(days=1))

        lost = await letters.get_undelivered(tx, 0, 10)
        overtaken = await letters.overtaken(tx, lost)

    assert [message.id for message in lost] == [7, 5, 3, 1]
    assert overtaken == {1, 7}
