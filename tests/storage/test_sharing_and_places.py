"""Shared cards and registrations as rows, on both databases."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from domain.events import Event, EventKind, EventState
from domain.exports import Registered
from domain.registering import Booking, Registration
from services import sharing as service
from storage import events, exports, following, groups, outbox, registering, sharing
from storage.database import Database, Tx
from storage.sharing import Share
from storage.tables import outbox as rows
from tests.storage.people_and_events import NOW, add_group, add_people, an_event

PEOPLE = (1, 2, 3, 4, 5)
COMES, WAITS, GONE = Registration.REGISTERED, Registration.WAITING, Registration.WITHDRAWN


async def add_event(tx: Tx, slug: str = "havens", **values: object) -> Event:
    group = await groups.get_by_code(tx, "PWG 1")
    event_id = await events.add(tx, an_event(group.id if group else await add_group(tx), slug, **values))
    stored = await events.get(tx, event_id)
    assert stored is not None
    return stored


async def owed(tx: Tx) -> list[tuple[Any, ...]]:
    query = select(rows.c.key, rows.c.state, rows.c.chat_id, rows.c.refs["inline_message_id"].as_string())
    return [tuple(row) for row in await tx.execute(query.order_by(rows.c.id))]


async def test_a_card_is_remembered_once_with_what_it_shows_until_it_is_forgotten(database: Database) -> None:
    async with database.write() as tx:
        event = await add_event(tx)
        for inline_id in ("a", "b", "a"):
            await sharing.add(tx, inline_id, event.id, "de", NOW)
        await sharing.remember(tx, "a", "hash")
        known = await sharing.get_many(tx, ["a", "b", "c"])
        await sharing.forget(tx, "b")
        left = await sharing.of_event(tx, event.id)

    assert known == {"a": Share("a", event.id, "de", "hash"), "b": Share("b", event.id, "de", None)}
    assert left == ["a"]


async def test_each_change_owes_each_card_one_edit_in_place_of_those_that_wait(database: Database) -> None:
    async with database.write() as tx:
        event, other = await add_event(tx), await add_event(tx, "other")
        await sharing.add(tx, "old", event.id, "en", NOW)
        await sharing.add(tx, "new", event.id, "en", NOW + timedelta(hours=1))
        await sharing.add(tx, "else", other.id, "en", NOW)
        for one in (other, event, replace(event, sequence=event.sequence + 1)):
            await service.refresh(tx, one, NOW)
        found = await owed(tx)

    assert [(state, chat, inline_id) for _, state, chat, inline_id in found] == [
        ("pending", None, "else"),
        ("cancelled", None, "new"),
        ("cancelled", None, "old"),
        ("pending", None, "new"),
        ("pending", None, "old"),
    ]
    assert len({key for key, *_ in found}) == 5


async def test_a_kind_of_delivery_about_one_event_is_cancelled_and_nothing_else(database: Database) -> None:
    async with database.write() as tx:
        event = await add_event(tx)
        await sharing.add(tx, "a", event.id, "en", NOW)
        await service.refresh(tx, event, NOW)

        others = await outbox.cancel_kind(tx, "change", event.id, NOW)
        elsewhere = await outbox.cancel_kind(tx, service.KIND, event.id + 1, NOW)
        here = await outbox.cancel_kind(tx, service.KIND, event.id, NOW)

    assert (others, elsewhere, here) == (0, 0, 1)


async def test_places_and_the_waiting_list_are_counted_and_move_up_in_order(database: Database) -> None:
    async with database.write() as tx:
        event = await add_event(tx)
        await add_people(tx, *PEOPLE)
        for person_id, state in zip(PEOPLE, (COMES, WAITS, WAITS, WAITS, GONE), strict=True):
            await registering.put(tx, event.id, person_id, state, NOW)
        before = [await registering.get(tx, event.id, person_id) for person_id in PEOPLE]
        moved = await registering.move_up(tx, event.id, 2)
        come = await registering.which_come(tx, event.id, PEOPLE)
        booked = [await registering.booked_by(tx, person_id) for person_id in PEOPLE]

    assert before == [
        Booking(1, 3, COMES),
        Booking(1, 3, WAITS, 1),
        Booking(1, 3, WAITS, 2),
        Booking(1, 3, WAITS, 3),
        Booking(1, 3, GONE),
    ]
    assert moved == [2, 3]
    assert come == frozenset({1, 2, 3})
    assert booked == [[event.id]] * 4 + [[]]


async def test_who_is_registered_is_told_like_a_follower_and_who_waits_is_not(database: Database) -> None:
    async with database.write() as tx:
        event = await add_event(tx)
        await add_people(tx, 1, 2, 3)
        for person_id, state in zip((1, 2, 3), (COMES, WAITS, GONE), strict=True):
            await registering.put(tx, event.id, person_id, state, NOW)
        told = list((await tx.execute(following.followers(event))).scalars())

    assert told == [1]


async def test_the_list_for_those_who_run_it_names_who_comes_before_who_waits(database: Database) -> None:
    async with database.write() as tx:
        event = await add_event(tx)
        await add_people(tx, 1, 2, 3)
        for person_id, state in zip((1, 2, 3), (WAITS, COMES, GONE), strict=True):
            await registering.put(tx, event.id, person_id, state, NOW)
        found = await exports.get_registered(tx, event.id)

    assert found == [
        Registered("Person 2", "en", COMES, NOW),
        Registered("Person 1", "en", WAITS, NOW),
    ]


async def test_what_has_begun_comes_newest_first_and_only_what_was_announced(database: Database) -> None:
    async with database.write() as tx:
        for days, state in ((-3, "announced"), (-1, "announced"), (-2, "cancelled"), (-2, "draft"), (1, "announced")):
            starts_at = NOW + timedelta(days=days)
            await add_event(tx, f"{state}-{days}", starts_at=starts_at, state=EventState(state))
        found = await events.begun(tx, EventKind.WEBINAR, NOW)
        first = await events.begun(tx, EventKind.WEBINAR, NOW, limit=1)

    assert [(event.starts_at - NOW).days for event in found] == [-1, -3]
    assert first == found[:1]
