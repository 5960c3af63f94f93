"""Questions and feedback as rows: in order, counted together, settled once, also by many at the same moment."""

import asyncio
from datetime import timedelta

from sqlalchemy import select

from domain.buttons.questions import Verdict, Way
from domain.errors import OutOfDate
from domain.events import Event
from domain.feedback import NO_FEEDBACK, Feedback, Wish
from domain.people import Person
from domain.permissions import Actor
from domain.process import Process
from domain.questions import QuestionState, Settled
from services import moderating, recordings
from services.work import Work
from storage import feedback, people, questions, tables
from storage.database import Database, Tx
from tests.storage.people_and_events import NOW, add_event, add_group, add_people

PROCESS = Process("Europe/Berlin", "en", "prework_bot", "https://t.me", frozenset())
MODERATORS = (11, 12, 13, 14)


async def _stage(database: Database, **values: object) -> Event:
    async with database.write() as tx:
        group = await add_group(tx)
        await add_people(tx, 1, 2, 3, *MODERATORS)
    return await add_event(database, group, "ukraine", **values)


async def _ask(database: Database, event: Event, *askers: int) -> list[int]:
    async with database.write() as tx:
        return [await questions.add(tx, event.id, asker, f"Question of {asker}?", NOW) for asker in askers]


def _work(tx: Tx, moderator: int) -> Work:
    person = Person(moderator, f"Moderator {moderator}", "en", started_at=NOW)
    return Work(tx, NOW, PROCESS, person, Actor(moderator, is_organiser=True))


async def test_questions_stand_in_the_order_of_asking_and_change_places(database: Database) -> None:
    event = await _stage(database)
    other = await add_event(database, event.group_id, "other")
    await _ask(database, other, 1)
    first, second, third = await _ask(database, event, 1, 2, 1)

    async with database.write() as tx:
        found = await questions.get_many(tx, [first, second, third])
        above = await questions.neighbour(tx, found[third], above=True)
        below = await questions.neighbour(tx, found[third], above=False)
        await questions.swap(tx, found[third], found[second])
        listed = [one.id for one in await questions.open_heads(tx, event.id)]
        page = [one.id for one in await questions.open_heads(tx, event.id, but=third, offset=1, limit=1)]
        moved = (await questions.get_many(tx, [second]))[second]
        before = await questions.count_before(tx, moved)

    assert (above, below) == (found[second], None)
    assert listed == [first, third, second]
    assert page == [second]
    assert before == 2


async def test_what_asks_the_same_is_counted_with_its_head_and_not_listed(database: Database) -> None:
    event = await _stage(database)
    head, same, alone, settled = await _ask(database, event, 1, 2, 3, 3)

    async with database.write() as tx:
        await questions.change(tx, [same], merged_into=head)
        await questions.change(tx, [settled], state="answered")
        heads = await questions.open_heads(tx, event.id)
        clusters = [(one.head.id, one.asker_ids) for one in await questions.clusters(tx, heads)]
        counts = (
            await questions.count_open_heads(tx, event.id),
            await questions.count_asked(tx, event.id),
            await questions.count_answered(tx, event.id),
            await questions.count_open_by_event(tx, [event.id, 999]),
        )
        own = [one.id for one in await questions.own(tx, event.id, 3, 0, 10)]
        waiting = await questions.count_own(tx, event.id, 3, only_open=True)

    assert clusters == [(head, (1, 2)), (alone, (3,))]
    assert counts == (2, 4, 1, {event.id: 2})
    assert own == [settled, alone]
    assert waiting == 1


async def test_who_is_forgotten_leaves_a_question_without_a_name(database: Database) -> None:
    event = await _stage(database)
    (asked,) = await _ask(database, event, 1)

    async with database.write() as tx:
        await tx.execute(tables.people.delete().where(tables.people.c.id == 1))
        found = await questions.get(tx, asked)

    assert found is not None
    assert found.person_id is None


async def test_of_many_moderators_at_once_one_settles_a_question(database: Database) -> None:
    event = await _stage(database)
    (asked,) = await _ask(database, event, 1)

    async def settle(moderator: int, verdict: Verdict) -> bool:
        async with database.write() as tx:
            _, outcome = await moderating.settle(_work(tx, moderator), asked, verdict)
            return isinstance(outcome, Settled)

    verdicts = [Verdict.ANSWERED, Verdict.DROPPED] * 2
    counted = await asyncio.gather(*map(settle, MODERATORS, verdicts))

    async with database.read() as tx:
        noted = list((await tx.execute(select(tables.audit.c.action))).scalars())
        found = await questions.get(tx, asked)
    assert sorted(counted) == [False, False, False, True]
    assert found is not None
    assert found.state is not QuestionState.OPEN
    assert noted == [f"question_{found.state.value}"]


async def test_of_many_moderators_at_once_one_moves_a_question(database: Database) -> None:
    event = await _stage(database)
    asked = await _ask(database, event, 1, 2, 3)

    async def move(moderator: int) -> bool:
        async with database.write() as tx:
            try:
                await moderating.move(_work(tx, moderator), asked[2], 3, Way.UP)
            except OutOfDate:
                return False
            return True

    counted = await asyncio.gather(*map(move, MODERATORS))

    async with database.read() as tx:
        listed = [one.id for one in await questions.open_heads(tx, event.id)]
    assert sorted(counted) == [False, False, False, True]
    assert listed == [asked[0], asked[2], asked[1]]


async def test_two_that_are_merged_into_each_other_at_once_stay_one_list(database: Database) -> None:
    event = await _stage(database)
    one, other = await _ask(database, event, 1, 2)

    async def merge(moderator: int, question: int, into: int) -> bool:
        async with database.write() as tx:
            try:
                await moderating.merge(_work(tx, moderator), question, into)
            except OutOfDate:
                return False
            return True

    counted = await asyncio.gather(merge(11, one, other), merge(12, other, one))

    async with database.read() as tx:
        (cluster,) = await questions.clusters(tx, await questions.open_heads(tx, event.id))
    assert sorted(counted) == [False, True]
    assert sorted(cluster.asker_ids) == [1, 2]


# --- Feedback ---------------------------------------------------------------------------------


async def test_answers_are_kept_one_beside_the_other_and_the_last_word_counts(database: Database) -> None:
    event = await _stage(database)

    async with database.write() as tx:
        before = await feedback.get(tx, event.id, 1)
        await feedback.put(tx, event.id, 1, NOW, rating=2)
        await feedback.put(tx, event.id, 1, NOW, wish="more")
        await feedback.put(tx, event.id, 1, NOW, rating=5)
        await feedback.put(tx, event.id, 2, NOW, rating=5, wish="join")
        await feedback.put(tx, event.id, 3, NOW, wants_recording=True)
        after = await feedback.get(tx, event.id, 1)
        counted = (await feedback.get_ratings(tx, event.id), await feedback.get_wishes(tx, event.id))
        recorded = await feedback.count_recordings(tx, event.id)

    assert before == NO_FEEDBACK
    assert after == Feedback(rating=5, wish=Wish.MORE)
    assert counted == ({5: 2}, {Wish.MORE: 1, Wish.JOIN: 1})
    assert recorded == 1


async def test_the_recording_goes_once_to_those_who_want_it_and_can_be_written_to(database: Database) -> None:
    event = await _stage(database, recording_link="https://video.example.org/1")
    async with database.write() as tx:
        for person in (1, 2):
            await feedback.put(tx, event.id, person, NOW, wants_recording=True)
        await feedback.put(tx, event.id, 3, NOW, rating=4)
        await people.change(tx, 2, stopped_at=NOW)

    async def tell() -> None:
        async with database.write() as tx:
            await recordings.tell(tx, event, NOW)

    await asyncio.gather(*(tell() for _ in range(4)))
    async with database.write() as tx:
        await people.change(tx, 2, stopped_at=None)
        told_first = (await feedback.get(tx, event.id, 1)).told_at
        await recordings.tell(tx, event, NOW + timedelta(hours=1))
        told_later = (await feedback.get(tx, event.id, 2)).told_at
        owed = list((await tx.execute(select(tables.outbox.c.key).order_by(tables.outbox.c.id))).scalars())

    assert (told_first, told_later) == (NOW, NOW + timedelta(hours=1))
    assert owed == [f"recording:{event.id}:1", f"recording:{event.id}:2"]
