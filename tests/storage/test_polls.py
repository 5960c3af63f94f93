"""Polls, points and attendance as rows: one end for each poll, votes of those who may vote, nothing twice."""

import asyncio
from datetime import UTC, timedelta

from sqlalchemy import select

from domain.agenda import PointState
from domain.events import EventKind
from domain.minutes import Minutes
from domain.polls import Poll, PollSlot, PollState
from domain.sessions import Answer
from domain.slots import Slot, Vote
from storage import agenda, attendance, groups, minutes, polls, sessions, tables
from storage.database import Database, Tx
from tests.storage.people_and_events import NOW, STARTS_AT, add_event, add_group, add_people, an_event

SLOTS = (Slot(STARTS_AT, (2, 3), (3,)), Slot(STARTS_AT + timedelta(days=1), (), ()))


async def add_poll(tx: Tx, group: int) -> int:
    new = Poll(0, group, "How to go on", "Europe/Berlin", 60, PollState.OPEN, None, 1, NOW)
    return await polls.add(tx, new, SLOTS)


async def test_a_poll_is_stored_with_its_slots_in_order(database: Database) -> None:
    async with database.write() as tx:
        group = await add_group(tx)
        await add_people(tx, 1)
        poll_id = await add_poll(tx, group)

        poll, found = await polls.get(tx, poll_id), await polls.get_slots(tx, poll_id)
        one = await polls.get_slot(tx, found[0].id)
        nothing = (await polls.get(tx, 99), await polls.get_slot(tx, 99), await polls.get_open(tx, 99))

    assert poll == Poll(poll_id, group, "How to go on", "Europe/Berlin", 60, PollState.OPEN, None, 1, NOW)
    assert found == [
        PollSlot(found[0].id, poll_id, 1, STARTS_AT, (2, 3)),
        PollSlot(found[1].id, poll_id, 2, STARTS_AT + timedelta(days=1), ()),
    ]
    assert found[0].starts_at.tzinfo is UTC
    assert one == found[0]
    assert nothing == (None, None, None)


async def test_of_many_who_end_a_poll_at_once_one_does(database: Database) -> None:
    async with database.write() as tx:
        group = await add_group(tx)
        await add_people(tx, 1)
        poll_id = await add_poll(tx, group)

    async def end(state: PollState) -> PollState | None:
        async with database.write() as tx:
            poll = await polls.lock(tx, poll_id)
            assert poll is not None
            ended = await polls.finish(tx, poll_id, state)
            assert ended is (poll.state is PollState.OPEN)
            return state if ended else None

    ends = await asyncio.gather(*(end(s) for s in [PollState.CLOSED, PollState.DROPPED] * 3))

    (won,) = [one for one in ends if one is not None]
    async with database.read() as tx:
        after, still_open = await polls.get(tx, poll_id), await polls.get_open(tx, group)
    assert after is not None
    assert after.state is won
    assert still_open is None


async def test_a_group_has_one_open_poll_whoever_asks_at_once(database: Database) -> None:
    async with database.write() as tx:
        group = await add_group(tx)
        await add_people(tx, 1)

    async def ask() -> bool:
        async with database.write() as tx:
            await groups.lock(tx, group)
            if await polls.get_open(tx, group) is not None:
                return False
            await add_poll(tx, group)
            return True

    asked = await asyncio.gather(*(ask() for _ in range(5)))

    async with database.read() as tx:
        stored = (await tx.execute(select(tables.polls.c.id))).all()
    assert sorted(asked) == [False] * 4 + [True]
    assert len(stored) == 1


async def test_the_newest_vote_counts_and_only_of_those_who_are_invited(database: Database) -> None:
    async with database.write() as tx:
        group = await add_group(tx)
        await add_people(tx, 1, 2, 3)
        poll_id, other = await add_poll(tx, group), await add_poll(tx, group)
        for person in (1, 2):
            await groups.take_seat(tx, group, person, NOW)
        first, second = await polls.get_slots(tx, poll_id)
        (elsewhere, _) = await polls.get_slots(tx, other)
        for slot, person, vote in (
            (first, 1, Vote.NO),
            (first, 1, Vote.YES),
            (second, 1, Vote.IF_NEED),
            (first, 2, Vote.NO),
            (first, 3, Vote.YES),
            (elsewhere, 1, Vote.YES),
        ):
            await polls.set_vote(tx, slot.id, person, vote, NOW)
        voters = sessions.invited(an_event(group))

        before = await polls.get_votes(tx, poll_id, voters)
        await groups.free_seat(tx, group, 2)
        after = await polls.get_votes(tx, poll_id, voters)

    assert before == {first.id: {1: Vote.YES, 2: Vote.NO}, second.id: {1: Vote.IF_NEED}}
    assert after == {first.id: {1: Vote.YES}, second.id: {1: Vote.IF_NEED}}


async def test_who_came_is_what_was_noted_and_else_what_had_been_said(database: Database) -> None:
    async with database.write() as tx:
        group, other = await add_group(tx), await add_group(tx, "PWG 2")
        await add_people(tx, 1, 2, 3, 4)
    session = EventKind.SESSION
    held = await add_event(database, group, "held", kind=session, starts_at=NOW, minutes=90)
    coming = await add_event(database, group, "coming", kind=session, starts_at=NOW + timedelta(seconds=1))
    elsewhere = await add_event(database, other, "elsewhere", kind=session, starts_at=NOW)
    async with database.write() as tx:
        for event in (held, coming, elsewhere):
            for person, answer in ((1, Answer.YES), (2, Answer.YES), (3, Answer.NO)):
                await sessions.set_answer(tx, event.id, person, answer, NOW)
        await attendance.note(tx, held.id, {2: False, 3: True, 4: False}, 1)
        await attendance.note(tx, held.id, {}, 1)

        found = await attendance.get_held(tx, group, NOW)
        noted = await attendance.get_noted(tx, held.id)
        said = (await tx.execute(select(tables.answers.c.answer).where(tables.answers.c.attended))).scalars().all()

    assert found == {1: ((NOW, 90),), 3: ((NOW, 90),)}
    assert noted == {2: False, 3: True, 4: False}
    assert said == ["no"]


async def test_points_stand_in_order_the_proposed_ones_last(database: Database) -> None:
    async with database.write() as tx:
        group = await add_group(tx)
        await add_people(tx, 1, 2)
    event = await add_event(database, group, kind=EventKind.SESSION)
    past = await add_event(database, group, "past", kind=EventKind.SESSION, starts_at=NOW - timedelta(days=1))
    async with database.write() as tx:
        first, second, third, fourth = [await agenda.add(tx, event.id, 1, f"Point {n}", NOW) for n in range(4)]
        await agenda.add(tx, past.id, 1, "Too late", NOW)
        points = {point.id: point for point in await agenda.get_all(tx, event.id)}
        open_before = await agenda.count_open(tx, 1, NOW)
        for point_id, state in (
            (third, PointState.TAKEN),
            (first, PointState.TAKEN),
            (second, PointState.DROPPED),
        ):
            await agenda.settle(tx, points[point_id], state)

        listed = [(p.id, p.state) for p in await agenda.get_all(tx, event.id)]
        await agenda.order(tx, [first, third])
        ordered = [p.id for p in await agenda.get_all(tx, event.id)]
        open_after, nobodys = await agenda.count_open(tx, 1, NOW), await agenda.count_open(tx, 2, NOW)

    taken, proposed = PointState.TAKEN, PointState.PROPOSED
    assert listed == [(third, taken), (first, taken), (fourth, proposed)]
    assert ordered == [first, third, fourth]
    assert (open_before, open_after, nobodys) == (4, 1, 0)


async def test_minutes_have_one_newest_version_and_past_sessions_come_newest_first(database: Database) -> None:
    async with database.write() as tx:
        group, other = await add_group(tx), await add_group(tx, "PWG 2")
        await add_people(tx, 1)
    session, day = EventKind.SESSION, timedelta(days=1)
    old = await add_event(database, group, "old", kind=session, starts_at=NOW - 2 * day)
    new = await add_event(database, group, "new", kind=session, starts_at=NOW - day)
    spoken_at = await add_event(database, other, "spoken-at", kind=session, starts_at=NOW - 3 * day)
    await add_event(database, other, "not-mine", kind=session, starts_at=NOW - day)
    await add_event(database, group, "ahead", kind=session, starts_at=NOW)
    await add_event(database, group, "webinar", starts_at=NOW - day)
    async with database.write() as tx:
        for version in (1, 2):
            await minutes.save(tx, Minutes(old.id, 1, f"Text {version}", None, None, version, NOW))

        newest = await minutes.get(tx, old.id)
        written = await minutes.which_have(tx, [old.id, new.id])
        listed = await minutes.get_past(tx, NOW, [group], [spoken_at.id], offset=0, limit=2)
        rest = await minutes.get_past(tx, NOW, [group], [spoken_at.id], offset=2, limit=2)
        count = await minutes.count_past(tx, NOW, [group], [spoken_at.id])
        none = await minutes.get(tx, new.id)

    assert newest == Minutes(old.id, 1, "Text 2", None, None, 2, NOW)
    assert written == {old.id}
    assert [event.id for event in (*listed, *rest)] == [new.id, old.id, spoken_at.id]
    assert (count, none) == (3, None)
