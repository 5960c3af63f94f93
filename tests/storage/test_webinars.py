"""Webinars: those of a group, and everybody whom a change concerns."""

from dataclasses import replace
from datetime import timedelta

from domain.events import Event, EventKind, EventState
from domain.registering import Registration
from domain.talks import TalkState
from domain.webinars import Scope
from storage import events, following, people, registering, sessions, talks, webinars
from storage.database import Database, Tx
from storage.sessions import Recipients
from tests.storage.people_and_events import NOW, STARTS_AT, add_event, add_group, add_people

FOLLOWER, EVERYTHING, REFUSES, COMES, WAITS, WITHDRAWN, SPEAKS, DECLINED, MODERATES, STRANGER, BLOCKED = range(1, 12)


async def _setting(database: Database) -> Event:
    """A webinar with one person of each kind; who refuses it follows the group otherwise."""
    async with database.write() as tx:
        await add_people(tx, *range(1, 12))
        group = await add_group(tx)
        await people.change(tx, BLOCKED, blocked_at=NOW)
    webinar = replace(await add_event(database, group, "webinar"), moderator_id=MODERATES)
    async with database.write() as tx:
        await events.save(tx, webinar)
        for person in (FOLLOWER, BLOCKED):
            await following.follow(tx, person, Scope.WEBINAR, webinar.id, NOW)
        await following.follow(tx, EVERYTHING, Scope.ALL, 0, NOW)
        await following.follow(tx, REFUSES, Scope.GROUP, group, NOW)
        await following.follow(tx, REFUSES, Scope.WEBINAR, webinar.id, NOW, wanted=False)
        await registering.put(tx, webinar.id, COMES, Registration.REGISTERED, NOW)
        await registering.put(tx, webinar.id, WAITS, Registration.WAITING, NOW)
        await registering.put(tx, webinar.id, WITHDRAWN, Registration.WITHDRAWN, NOW)
        await talks.name(tx, webinar.id, SPEAKS, TalkState.ASKED, None, NOW)
        await talks.name(tx, webinar.id, DECLINED, TalkState.DECLINED, None, NOW)
    return webinar


async def _ids(tx: Tx, query: Recipients) -> list[int]:
    return sorted((await tx.execute(query)).scalars())


async def test_a_change_concerns_who_follows_comes_speaks_or_moderates_and_can_be_reached(database: Database) -> None:
    webinar = await _setting(database)

    async with database.read() as tx:
        found = await _ids(tx, webinars.concerned(webinar))
        but_one = await _ids(tx, webinars.concerned(webinar, FOLLOWER))
        counted = await sessions.count(tx, webinars.concerned(webinar))

    assert found == [FOLLOWER, EVERYTHING, COMES, WAITS, SPEAKS, MODERATES]
    assert but_one == [EVERYTHING, COMES, WAITS, SPEAKS, MODERATES]
    assert counted == 6


async def test_only_those_who_read_a_language_are_told_of_what_is_new_in_it(database: Database) -> None:
    webinar = await _setting(database)
    async with database.write() as tx:
        for person in (SPEAKS, STRANGER):
            await people.change(tx, person, language="fr")

        assert await _ids(tx, webinars.concerned(webinar, None, {"fr", "de"})) == [SPEAKS]


async def test_a_group_has_all_its_webinars_soonest_first_and_no_sessions(database: Database) -> None:
    async with database.write() as tx:
        group, other = await add_group(tx), await add_group(tx, "PWG 2")
    later = await add_event(database, group, "later", starts_at=STARTS_AT + timedelta(days=1))
    draft = await add_event(database, group, "draft", state=EventState.DRAFT)
    await add_event(database, group, "session", kind=EventKind.SESSION)
    await add_event(database, other, "theirs")

    async with database.write() as tx:
        both = await webinars.get_of_group(tx, group)
        await webinars.remove(tx, draft.id)
        left = await webinars.get_of_group(tx, group)

    assert [event.id for event in both] == [draft.id, later.id]
    assert [event.id for event in left] == [later.id]


async def test_only_a_webinar_is_held(database: Database) -> None:
    async with database.write() as tx:
        group = await add_group(tx)
    webinar = await add_event(database, group, "webinar")
    session = await add_event(database, group, "session", kind=EventKind.SESSION)

    async with database.write() as tx:
        held = [await webinars.lock(tx, number) for number in (webinar.id, session.id, 999)]

    assert [event.id if event else None for event in held] == [webinar.id, None, None]
