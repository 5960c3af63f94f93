"""Sessions: who is invited, reminded, asked and told; what they said."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import Select, update

from domain.events import Event, EventKind, EventState
from domain.permissions import Role
from domain.sessions import Answer, Said
from storage import events, facts, groups, people, sessions
from storage.database import Database, Tx
from storage.tables import agenda, talks
from tests.storage.people_and_events import NOW, STARTS_AT, add_event, add_group, add_people

MEMBER, COORDINATOR, GUEST, PRESENTER, DECLINED, STRANGER, BLOCKED, STOPPED = range(1, 9)
DAY = timedelta(days=1)


async def _setting(database: Database) -> Event:
    """A session of a group with one person of each kind, and another group with the stranger."""
    async with database.write() as tx:
        await add_people(tx, *range(1, 9))
        group, other = await add_group(tx), await add_group(tx, "PWG 2")
        for person_id in (MEMBER, BLOCKED, STOPPED):
            await groups.take_seat(tx, group, person_id, NOW)
        await groups.take_seat(tx, other, STRANGER, NOW)
        await people.grant(tx, COORDINATOR, Role.COORDINATOR, group)
        await people.grant(tx, GUEST, Role.GUEST, group)
        await people.grant(tx, STRANGER, Role.COORDINATOR, other)
        await people.grant(tx, STRANGER, Role.ORGANISER)
        await people.change(tx, BLOCKED, blocked_at=NOW)
        await people.change(tx, STOPPED, stopped_at=NOW)
    session = await add_event(database, group, "session", kind=EventKind.SESSION)
    async with database.write() as tx:
        await _add_talk(tx, session, PRESENTER, "asked")
        await _add_talk(tx, session, DECLINED, "declined")
    return session


async def _add_talk(tx: Tx, session: Event, person_id: int, state: str) -> None:
    values = {"event_id": session.id, "person_id": person_id, "state": state, "created_at": NOW}
    await tx.execute(talks.insert().values(**values, title="", abstract="", bio=""))


async def test_members_coordinators_guests_and_presenters_are_invited(database: Database) -> None:
    session = await _setting(database)

    async with database.read() as tx:
        assert await sessions.get_invited(tx, session) == {MEMBER, COORDINATOR, GUEST, PRESENTER, BLOCKED, STOPPED}
        assert await sessions.count_invited(tx, session) == 6
        everybody = range(1, 9)
        assert await sessions.which_of(tx, sessions.concerned(session), everybody) == {
            MEMBER, COORDINATOR, GUEST, PRESENTER,
        }  # fmt: skip


async def test_who_has_a_seat_and_a_role_is_invited_once(database: Database) -> None:
    session = await _setting(database)

    async with database.write() as tx:
        await groups.take_seat(tx, session.group_id, COORDINATOR, NOW)

        assert await sessions.count_invited(tx, session) == 6


async def test_who_said_no_is_not_reminded_and_who_said_anything_is_not_asked(database: Database) -> None:
    session = await _setting(database)
    async with database.write() as tx:
        await sessions.set_answer(tx, session.id, MEMBER, Answer.YES, NOW)
        await sessions.set_answer(tx, session.id, GUEST, Answer.NO, NOW)
        await sessions.set_answer(tx, session.id, PRESENTER, Answer.MAYBE, NOW)

        assert await _ids(tx, sessions.expecting(session)) == [MEMBER, COORDINATOR, PRESENTER]
        assert await _ids(tx, sessions.silent(session)) == [COORDINATOR]
        told = sessions.told(session, COORDINATOR, with_refusals=False)
        assert await _ids(tx, told) == [MEMBER, PRESENTER]
        assert await sessions.count(tx, told) == 2
        assert await _ids(tx, sessions.told(session, None, with_refusals=True)) == [
            MEMBER, COORDINATOR, GUEST, PRESENTER,
        ]  # fmt: skip


async def _ids(tx: Tx, query: Select[int]) -> list[int]:
    return sorted((await tx.execute(query)).scalars())


async def test_a_move_forgets_the_answers_and_keeps_what_was_said_beside_them(database: Database) -> None:
    session = await _setting(database)
    async with database.write() as tx:
        await sessions.set_answer(tx, session.id, MEMBER, Answer.YES, NOW)
        await sessions.set_answer(tx, session.id, GUEST, Answer.NO, NOW)
        await sessions.forget_answers(tx, session.id)
        await sessions.set_answer(tx, session.id, GUEST, Answer.MAYBE, NOW)
        await sessions.forget_answers(tx, session.id)
        twice = await sessions.get_answers(tx, session)
        await sessions.set_answer(tx, session.id, MEMBER, Answer.NO, NOW)

        assert twice == {MEMBER: Said(None, Answer.YES), GUEST: Said(None, Answer.MAYBE)}
        assert await sessions.get_answers(tx, session) == {MEMBER: Said(Answer.NO), GUEST: Said(None, Answer.MAYBE)}


async def test_the_answer_of_somebody_who_left_the_group_counts_no_more(database: Database) -> None:
    session = await _setting(database)
    async with database.write() as tx:
        await sessions.set_answer(tx, session.id, MEMBER, Answer.YES, NOW)
        await sessions.set_answer(tx, session.id, PRESENTER, Answer.YES, NOW)
        await groups.free_seat(tx, session.group_id, MEMBER)
        await tx.execute(update(talks).where(talks.c.person_id == PRESENTER).values(state="declined"))

        assert await sessions.get_answers(tx, session) == {}


async def test_upcoming_sessions_of_my_groups_and_those_i_speak_at(database: Database) -> None:
    mine = await _setting(database)
    async with database.write() as tx:
        other_group = await add_group(tx, "PWG 4")
    kind = EventKind.SESSION
    theirs = await add_event(database, other_group, "theirs", kind=kind, starts_at=STARTS_AT - DAY)
    await add_event(database, mine.group_id, "webinar")
    await add_event(database, mine.group_id, "cancelled", kind=kind, state=EventState.CANCELLED)
    await add_event(database, mine.group_id, "past", kind=kind, starts_at=NOW - DAY)

    async with database.read() as tx:
        found = await sessions.get_upcoming(tx, NOW, group_ids=[mine.group_id])
        both = await sessions.get_upcoming(tx, NOW, group_ids=[mine.group_id], session_ids=[theirs.id])
        at_that_time = await sessions.get_between(tx, STARTS_AT - DAY, STARTS_AT + DAY)

        assert found == [mine]
        assert both == [theirs, mine]
        assert at_that_time == [mine]
        assert await sessions.get_upcoming(tx, NOW, group_ids=[]) == []


async def test_a_series_from_one_of_its_sessions_on(database: Database) -> None:
    group = (await _setting(database)).group_id
    async with database.write() as tx:
        series_id = await sessions.add_series(
            tx, group_id=group, rule="weekly", first_wall="2022-03-22T13:00", zone="Europe/Berlin", minutes=60,
            times=3, until=None, exceptions=[], created_by=COORDINATOR, created_at=NOW,
        )  # fmt: skip
    values = {"kind": EventKind.SESSION, "series_id": series_id}
    first = await add_event(database, group, "one", **values)
    second = await add_event(database, group, "two", starts_at=STARTS_AT + 7 * DAY, **values)
    await add_event(database, group, "three", starts_at=STARTS_AT + 14 * DAY, state=EventState.CANCELLED, **values)

    async with database.read() as tx:
        assert await sessions.get_series(tx, series_id, first.starts_at) == [first, second]
        assert await sessions.get_series(tx, series_id, second.starts_at) == [second]


async def test_only_sessions_can_be_held(database: Database) -> None:
    session = await _setting(database)
    webinar = await add_event(database, session.group_id, "webinar")

    async with database.write() as tx:
        assert await sessions.lock(tx, session.id) == session
        assert await sessions.lock(tx, webinar.id) is None
        assert await sessions.lock(tx, 404) is None


async def test_of_many_who_change_a_session_at_a_time_each_sees_what_the_one_before_did(database: Database) -> None:
    session = await _setting(database)

    async def one_more() -> None:
        async with database.write() as tx:
            held = await sessions.lock(tx, session.id)
            assert held is not None
            await asyncio.sleep(0)  # the others come, and have to wait
            await events.save(tx, replace(held, sequence=held.sequence + 1))

    await asyncio.gather(*(one_more() for _ in range(8)))

    async with database.read() as tx:
        stored = await events.get(tx, session.id)
        assert stored is not None
        assert stored.sequence == 8


async def test_the_agenda_is_what_was_taken_in_order(database: Database) -> None:
    session = await _setting(database)
    async with database.write() as tx:
        for place, (text, state) in enumerate([("Last", "taken"), ("Proposed", "proposed"), ("First", "taken")]):
            values = {"event_id": session.id, "text": text, "state": state, "place": 9 - place, "created_at": NOW}
            await tx.execute(agenda.insert().values(**values))

        assert await sessions.get_agenda(tx, session.id) == ("First", "Last")


async def test_names_by_id(database: Database) -> None:
    await _setting(database)

    async with database.read() as tx:
        assert await sessions.get_names(tx, [MEMBER, 404]) == {MEMBER: "Person 1"}


async def test_who_changed_something_last(database: Database) -> None:
    await _setting(database)
    async with database.write() as tx:
        await facts.note(tx, NOW, MEMBER, "session_changed", "session:1")
        await facts.note(tx, NOW, COORDINATOR, "session_changed", "session:1")
        await facts.note(tx, NOW, MEMBER, "answered", "session:1")
        await facts.note(tx, NOW, MEMBER, "session_changed", "session:11")

        assert await facts.last_actor(tx, "session:1", "session_") == "Person 2"
        assert await facts.last_actor(tx, "session:2", "session_") is None
