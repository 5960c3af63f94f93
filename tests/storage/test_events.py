"""Events: who is told of which, and when."""

from datetime import timedelta

import pytest

from domain.events import EventKind, EventState
from domain.occasions import Firing, Occasion, Planned, Purpose
from domain.webinars import Following, Scope, number_of
from storage import events, following, occasions, people, sessions
from storage.database import Database, Tx
from tests.storage.people_and_events import NOW, STARTS_AT, add_event, add_group, add_people

MINUTE = timedelta(minutes=1)


async def _setting(database: Database) -> int:
    """A group and the people 1 to 4."""
    async with database.write() as tx:
        await add_people(tx, 1, 2, 3, 4)
        return await add_group(tx)


async def _told(tx: Tx, event_id: int) -> list[int]:
    event = await events.get(tx, event_id)
    assert event is not None
    return sorted((await tx.execute(following.followers(event))).scalars())


async def test_an_event_comes_back_as_it_was_stored(database: Database) -> None:
    stored = await add_event(database, await _setting(database))

    async with database.read() as tx:
        assert await events.get(tx, stored.id) == stored
        assert await events.get_by_slug(tx, "ukraine") == stored
        assert await events.get_many(tx, [stored.id, 404]) == {stored.id: stored}
        assert await events.get(tx, 404) is None
    assert (stored.starts_at, stored.speakers) == (STARTS_AT, ("Institute of Examples", "Office of Cases"))


async def test_upcoming_are_the_announced_ones_that_have_not_started(database: Database) -> None:
    group = await _setting(database)
    later = await add_event(database, group, "later", starts_at=STARTS_AT + MINUTE)
    soon = await add_event(database, group, "soon")
    await add_event(database, group, "draft", state=EventState.DRAFT)
    await add_event(database, group, "cancelled", state=EventState.CANCELLED)
    await add_event(database, group, "starting now", starts_at=NOW)

    async with database.read() as tx:
        assert [e.slug for e in await events.upcoming(tx, EventKind.WEBINAR, NOW)] == [soon.slug, later.slug]
        assert [e.slug for e in await events.upcoming(tx, EventKind.WEBINAR, NOW, offset=1, limit=1)] == [later.slug]
        assert await events.next_of_groups(tx, EventKind.WEBINAR, [group, group + 1], NOW) == {group: soon}
        assert await events.next_of_groups(tx, EventKind.WEBINAR, [group], STARTS_AT + MINUTE) == {}


@pytest.mark.parametrize(
    ("choices", "is_told"),
    [
        ([], False),
        ([(Scope.WEBINAR, True)], True),
        ([(Scope.GROUP, True)], True),
        ([(Scope.ALL, True)], True),
        ([(Scope.ALL, True), (Scope.WEBINAR, False)], False),
        ([(Scope.GROUP, True), (Scope.WEBINAR, False)], False),
        ([(Scope.WEBINAR, False)], False),
        ([(Scope.WEBINAR, False), (Scope.WEBINAR, True)], True),
        ([(Scope.GROUP, True), (Scope.ALL, True)], True),
        ([(Scope.LANGUAGE, True)], True),
        ([(Scope.LANGUAGE, True), (Scope.WEBINAR, False)], False),
    ],
)
async def test_the_narrowest_choice_wins_and_decision_and_select_agree(
    database: Database, choices: list[tuple[Scope, bool]], is_told: bool
) -> None:
    group = await _setting(database)
    event = await add_event(database, group)
    targets = {Scope.WEBINAR: event.id, Scope.GROUP: group, Scope.LANGUAGE: number_of("fr"), Scope.ALL: 0}

    async with database.write() as tx:
        for scope, wanted in choices:
            await following.follow(tx, 1, scope, targets[scope], NOW, wanted=wanted)

        assert await _told(tx, event.id) == ([1] if is_told else [])
        assert (await following.get(tx, 1)).follows(event.id, group, event.languages) is is_told


async def test_choices_about_other_events_and_groups_do_not_count(database: Database) -> None:
    group = await _setting(database)
    event = await add_event(database, group)
    async with database.write() as tx:
        await following.follow(tx, 1, Scope.WEBINAR, event.id + 1, NOW)
        await following.follow(tx, 2, Scope.GROUP, group + 1, NOW)
        await following.follow(tx, 3, Scope.WEBINAR, event.id + 1, NOW, wanted=False)
        await following.follow(tx, 3, Scope.GROUP, group, NOW)
        await following.follow(tx, 4, Scope.LANGUAGE, number_of("de"), NOW)

        assert await _told(tx, event.id) == [3]


async def test_who_cannot_or_will_not_be_written_to_is_not_told(database: Database) -> None:
    group = await _setting(database)
    event = await add_event(database, group)
    async with database.write() as tx:
        for person in (1, 2, 3, 4):
            await following.follow(tx, person, Scope.ALL, 0, NOW)
        await people.change(tx, 1, blocked_at=NOW)
        await people.change(tx, 2, stopped_at=NOW)
        await people.change(tx, 3, started_at=None)

        assert await _told(tx, event.id) == [4]
        assert await sessions.which_of(tx, following.followers(event), [1, 2, 3, 4, 404]) == {4}
        assert await sessions.which_of(tx, following.followers(event), [1, 2]) == set()


async def test_a_refusal_can_be_taken_back(database: Database) -> None:
    group = await _setting(database)
    event = await add_event(database, group)
    async with database.write() as tx:
        await following.follow(tx, 1, Scope.ALL, 0, NOW)
        await following.follow(tx, 1, Scope.WEBINAR, event.id, NOW, wanted=False)
        await following.forget_refusal(tx, 1, event.id)
        back_in = await _told(tx, event.id)
        await following.follow(tx, 1, Scope.WEBINAR, event.id, NOW)
        await following.forget_refusal(tx, 1, event.id)

        assert back_in == [1]
        assert await following.get(tx, 1) == Following(everything=True, webinars=frozenset({event.id}))


async def test_everything_somebody_follows_can_be_ended(database: Database) -> None:
    group = await _setting(database)
    event = await add_event(database, group)
    async with database.write() as tx:
        await following.follow(tx, 1, Scope.ALL, 0, NOW)
        await following.follow(tx, 1, Scope.WEBINAR, event.id, NOW)
        await following.follow(tx, 2, Scope.ALL, 0, NOW)
        await following.unfollow_all(tx, 1)

        assert await following.get(tx, 1) == Following()
        assert await _told(tx, event.id) == [2]


async def test_people_are_reminded_at_their_leads_and_by_one_of_several_due_at_once(database: Database) -> None:
    group = await _setting(database)
    event = await add_event(database, group)
    async with database.write() as tx:
        for person, minutes in ((1, [60]), (2, [60, 10]), (3, [10]), (4, [])):
            await following.follow(tx, person, Scope.ALL, 0, NOW)
            await people.set_leads(tx, person, minutes)

        async def reminded(lead: int, instead: tuple[int, ...]) -> list[int]:
            firing = Firing(Occasion(1, event.id, 1, Purpose.REMINDER, lead, NOW), instead)
            return sorted((await tx.execute(following.followers_with_lead(event, firing))).scalars())

        assert await reminded(60, ()) == [1, 2]
        assert await reminded(60, (10,)) == [1]
        assert await reminded(10, ()) == [2, 3]


async def test_occasions_fire_once_at_their_time(database: Database) -> None:
    event = await add_event(database, await _setting(database))
    hour, ten = Planned(60, STARTS_AT - 60 * MINUTE), Planned(10, STARTS_AT - 10 * MINUTE)
    async with database.write() as tx:
        await occasions.plan(tx, event.id, 1, [hour, ten])
        await occasions.plan(tx, event.id, 1, [hour])
        await occasions.plan(tx, event.id, 1, [])

        assert await occasions.next_due_at(tx) == hour.due_at
        assert await occasions.due(tx, hour.due_at - MINUTE) == []
        due = await occasions.due(tx, hour.due_at)
        await occasions.mark_fired(tx, [due[0].id], NOW)

        assert [(o.event_id, o.revision, o.lead, o.due_at) for o in due] == [(event.id, 1, 60, hour.due_at)]
        assert [o.lead for o in await occasions.due(tx, STARTS_AT)] == [10]
        assert await occasions.next_due_at(tx) == ten.due_at


async def test_planning_again_does_not_wake_what_has_fired(database: Database) -> None:
    event = await add_event(database, await _setting(database))
    planned = [Planned(60, STARTS_AT - 60 * MINUTE)]
    async with database.write() as tx:
        await occasions.plan(tx, event.id, 1, planned)
        (fired,) = await occasions.due(tx, STARTS_AT)
        await occasions.mark_fired(tx, [fired.id], NOW)

        await occasions.plan(tx, event.id, 1, planned)

        assert await occasions.due(tx, STARTS_AT) == []


async def test_a_new_revision_forgets_only_what_has_not_fired(database: Database) -> None:
    event = await add_event(database, await _setting(database))
    async with database.write() as tx:
        await occasions.plan(tx, event.id, 1, [Planned(60, NOW), Planned(10, STARTS_AT)])
        (fired,) = await occasions.due(tx, NOW)
        await occasions.mark_fired(tx, [fired.id], NOW)
        await occasions.plan(tx, event.id, 2, [Planned(10, STARTS_AT + MINUTE)])

        await occasions.forget_older(tx, event.id, 2)

        assert [(o.revision, o.lead) for o in await occasions.due(tx, STARTS_AT + MINUTE)] == [(2, 10)]
