"""Talks and invitations as rows: the last use is taken once, and a token is nowhere to be read."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from domain.errors import OutOfDate
from domain.events import EventState
from domain.invites import AcceptOutcome, Invite, InvitePurpose
from domain.people import Person
from domain.permissions import Actor
from domain.process import Process
from domain.talks import TalkState
from services import invites as inviting
from services.work import Work
from storage import invites, people, tables, talks
from storage.database import Database, Tx
from tests.storage.people_and_events import NOW, add_event, add_group, add_people

PROCESS = Process("Europe/Berlin", "en", "prework_bot", "https://t.me", frozenset())


def work_of(tx: Tx, number: int, *, runs: int | None = None) -> Work:
    actor = Actor(number, coordinates=frozenset({runs} if runs else ()))
    return Work(tx, NOW, PROCESS, Person(number, f"Person {number}", "en", started_at=NOW), actor)


async def test_the_last_use_of_an_invitation_is_taken_by_one_of_many(database: Database) -> None:
    async with database.write() as tx:
        group = await add_group(tx)
        await add_people(tx, *range(1, 9))
        _, link = await inviting.make_for_guests(work_of(tx, 1, runs=group), group, 5)
    token = link.partition("?start=i_")[2]

    async def accept(number: int) -> AcceptOutcome:
        async with database.write() as tx:
            _, outcome, _ = await inviting.accept(work_of(tx, number), token)
            return outcome

    outcomes = await asyncio.gather(*(accept(number) for number in range(2, 9)))

    async with database.read() as tx:
        guests = [row.person_id for row in await tx.execute(select(tables.roles.c.person_id))]
        stored = (await tx.execute(select(tables.invites))).one()
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Accepted"] * 5 + ["NotGood"] * 2
    assert len(guests) == len(set(guests)) == 5
    assert stored.uses_left == 0
    assert token not in repr(tuple(stored))
    assert len(token) == 22


async def test_an_invitation_comes_back_as_it_was_stored_and_other_codes_are_none(database: Database) -> None:
    async with database.write() as tx:
        group = await add_group(tx)
        await add_people(tx, 1)
        new = Invite(0, InvitePurpose.GUEST, group, None, 1, NOW, NOW + timedelta(days=14), 5)
        stored = replace(new, id=await invites.add(tx, new, "a"))
        late = replace(new, expires_at=NOW)
        for number, other in enumerate((late, replace(new, uses_left=0))):
            await invites.add(tx, other, f"other {number}")
        await tx.execute(
            tables.invites.insert().values(
                token_hash="b", purpose="chat", group_id=group, created_at=NOW, expires_at=NOW, uses_left=1
            )
        )

        found = [await invites.find(tx, token_hash) for token_hash in ("a", "b", "c")]
        good = await invites.list_good(tx, group, NOW, 0, 10), await invites.count_good(tx, group, NOW)
        revoked = [await invites.revoke(tx, stored.id, NOW) for _ in range(2)]
        left = await invites.count_good(tx, group, NOW)

    assert found == [stored, None, None]
    assert good == ([stored], 1)
    assert (revoked, left) == ([True, False], 0)


async def test_nobody_is_invited_to_speak_at_what_is_over_or_cancelled(database: Database) -> None:
    async with database.write() as tx:
        group = await add_group(tx)
        await add_people(tx, 1)
    past = await add_event(database, group, "past", starts_at=NOW)
    cancelled = await add_event(database, group, "cancelled", state=EventState.CANCELLED)

    for event in (past, cancelled):
        async with database.write() as tx:
            with pytest.raises(OutOfDate):
                await inviting.make_for_presenter(work_of(tx, 1, runs=group), event.id)


async def test_who_declined_and_is_named_again_keeps_what_was_handed_in(database: Database) -> None:
    async with database.write() as tx:
        group = await add_group(tx)
        await add_people(tx, 1, 2)
    event = await add_event(database, group)
    async with database.write() as tx:
        talk_id = await talks.name(tx, event.id, 1, TalkState.ASKED, None, NOW)
        await talks.change(tx, talk_id, state=TalkState.DECLINED.value, title="A title")
        declined = await people.get_actor(tx, 1, ()), await talks.of_person(tx, 1)

        same = await talks.name(tx, event.id, 1, TalkState.CONFIRMED, 2, NOW)
        talk = await talks.get(tx, same)
        actor = await people.get_actor(tx, 1, ())

    assert (declined[0].presents, declined[1]) == (frozenset(), [])
    assert talk is not None
    assert (same, talk.state, talk.title, talk.invited_by) == (talk_id, TalkState.CONFIRMED, "A title", 2)
    assert actor.presents == {event.id}


async def test_talks_of_a_group_are_those_at_its_coming_events_soonest_first(database: Database) -> None:
    async with database.write() as tx:
        group, other = await add_group(tx), await add_group(tx, "PWG 2")
        await add_people(tx, 1, 2)
    late = await add_event(database, group, "late", starts_at=NOW + timedelta(days=9))
    soon = await add_event(database, group, "soon", starts_at=NOW + timedelta(days=2))
    past = await add_event(database, group, "past", starts_at=NOW - timedelta(days=2))
    cancelled = await add_event(database, group, "cancelled", state=EventState.CANCELLED)
    elsewhere = await add_event(database, other, "elsewhere")
    async with database.write() as tx:
        for event in (late, soon, past, cancelled, elsewhere):
            await talks.name(tx, event.id, 1, TalkState.ASKED, None, NOW)
        await talks.name(tx, soon.id, 2, TalkState.ASKED, None, NOW)

        found = [(talk.event_id, talk.person_id) for talk in await talks.of_group(tx, group, NOW, 0, 10)]
        page = [talk.event_id for talk in await talks.of_group(tx, group, NOW, 2, 1)]
        counted = await talks.count_of_group(tx, group, NOW)
        events = await talks.upcoming_events(tx, group, NOW, 0, 10)
        own = [talk.event_id for talk in await talks.of_person(tx, 1)]

    assert found == [(soon.id, 1), (soon.id, 2), (late.id, 1)]
    assert (page, counted, events) == ([late.id], 3, [soon.id, late.id])
    assert own == [past.id, soon.id, cancelled.id, elsewhere.id, late.id]
