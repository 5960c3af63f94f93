"""What stands in calendars and whose feed is whose, on both databases."""

from datetime import timedelta

from sqlalchemy import delete

from domain.events import EventKind, EventState
from domain.sessions import Answer
from storage import calendar, registering, sessions
from storage.database import Database
from storage.tables import people, registrations
from tests.storage.people_and_events import NOW, STARTS_AT, add_event, add_group, add_people

ANNA, BEN = 5, 6


async def test_announced_and_cancelled_events_of_a_kind_since_a_moment_soonest_first(database: Database) -> None:
    async with database.write() as tx:
        group = await add_group(tx)
    later = await add_event(database, group, "later", starts_at=STARTS_AT + timedelta(days=1))
    soon = await add_event(database, group, "soon", state=EventState.CANCELLED)
    await add_event(database, group, "draft", state=EventState.DRAFT)
    await add_event(database, group, "session", kind=EventKind.SESSION)
    await add_event(database, group, "past", starts_at=NOW - timedelta(days=1))

    async with database.write() as tx:
        await calendar.note_change(tx, soon.id, NOW)
        found = await calendar.since(tx, EventKind.WEBINAR, NOW)
        changed = await calendar.get_changed(tx, [soon.id, later.id, 999])

    assert found == [(soon, NOW), (later, None)]
    assert changed == {soon.id: NOW, later.id: None}


async def test_a_person_has_one_feed_and_it_goes_by_the_newest_hash(database: Database) -> None:
    async with database.write() as tx:
        await add_people(tx, ANNA, BEN)
        await calendar.put_feed(tx, ANNA, "a" * 64, NOW)
        await calendar.put_feed(tx, BEN, "b" * 64, NOW)
        await calendar.put_feed(tx, ANNA, "c" * 64, NOW + timedelta(days=1))

    async with database.write() as tx:
        owners = [await calendar.owner_of_feed(tx, letter * 64) for letter in "abc"]
        since = [await calendar.feed_since(tx, person) for person in (ANNA, BEN, 7)]
        ended = [await calendar.end_feed(tx, ANNA), await calendar.end_feed(tx, ANNA)]
        after = await calendar.owner_of_feed(tx, "c" * 64)

    assert owners == [None, BEN, ANNA]
    assert since == [NOW + timedelta(days=1), NOW, None]
    assert (ended, after) == ([True, False], None)


async def test_who_is_erased_has_no_feed(database: Database) -> None:
    async with database.write() as tx:
        await add_people(tx, ANNA)
        await calendar.put_feed(tx, ANNA, "a" * 64, NOW)
        await tx.execute(delete(people).where(people.c.id == ANNA))

        assert await calendar.owner_of_feed(tx, "a" * 64) is None


async def test_who_has_a_place_and_who_said_no(database: Database) -> None:
    async with database.write() as tx:
        await add_people(tx, ANNA, BEN)
        group = await add_group(tx)
    has, waits = await add_event(database, group, "has"), await add_event(database, group, "waits")
    declines = await add_event(database, group, "no", kind=EventKind.SESSION)
    comes = await add_event(database, group, "yes", kind=EventKind.SESSION)

    async with database.write() as tx:
        for event, state in ((has, "registered"), (waits, "waiting")):
            row = {"event_id": event.id, "person_id": ANNA, "state": state, "queued_at": NOW}
            await tx.execute(registrations.insert().values(row))
        await sessions.set_answer(tx, declines.id, ANNA, Answer.NO, NOW)
        await sessions.set_answer(tx, comes.id, ANNA, Answer.YES, NOW)

        assert await registering.places_of(tx, ANNA) == {has.id}
        assert await calendar.declined_by(tx, ANNA) == {declines.id}
        assert await registering.places_of(tx, BEN) == await calendar.declined_by(tx, BEN) == frozenset()
