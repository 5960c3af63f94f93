"""Results as rows, and what happens when two people decide at once."""

import asyncio
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from domain.buttons.results import Revise, ShowResult
from domain.deliveries import owe
from domain.people import Person
from domain.permissions import Actor
from domain.process import Process
from domain.results import FileKind, Result, ResultState
from domain.reviews import AlreadyReviewed, Review, Reviewed, ReviewOutcome
from messages.markup import Button, Html, Message
from services import reviews as deciding
from services.rendering import OUTDATED, Rendering
from services.work import Work
from storage import claims, results
from storage import outbox as outgoing
from storage.database import Database, Tx
from storage.tables import audit, outbox
from tests.storage.people_and_events import NOW, add_group, add_people

PROCESS = Process("Europe/Berlin", "en", "prework_bot", "https://t.me", frozenset())
ANNA, CARLA, DENIS = 1, 2, 3


async def add_result(tx: Tx, group_id: int, **values: object) -> int:
    result_id = await results.add_draft(tx, ANNA, NOW)
    await results.change(tx, result_id, group_id=group_id, title="A title", summary="A summary.", **values)
    return result_id


async def test_a_result_comes_back_as_it_was_stored(database: Database) -> None:
    async with database.write() as tx:
        await add_people(tx, ANNA, CARLA)
        group_id = await add_group(tx)
        file = {"file_id": "AgX", "file_name": "photo.jpg", "file_kind": FileKind.PHOTO.value}
        state = {"state": ResultState.SUBMITTED.value, "version": 1, "submitted_at": NOW}
        result_id = await add_result(tx, group_id, **file, **state)

    async with database.read() as tx:
        stored = await results.get(tx, result_id)

    assert stored == Result(
        id=result_id,
        group_id=group_id,
        author_id=ANNA,
        title="A title",
        summary="A summary.",
        link=None,
        file_id="AgX",
        file_name="photo.jpg",
        file_kind=FileKind.PHOTO,
        state=ResultState.SUBMITTED,
        reason="",
        version=1,
        decided_by=None,
        submitted_at=datetime(2022, 3, 14, 12, tzinfo=UTC),
        published_by=None,
        published_at=None,
    )


async def test_published_results_come_newest_first_and_drafts_without_a_title_are_none_yet(database: Database) -> None:
    public = ResultState.PUBLISHED.value
    async with database.write() as tx:
        await add_people(tx, ANNA)
        group_id = await add_group(tx)
        new = await add_result(tx, group_id, state=public, published_at=NOW)
        old = await add_result(tx, group_id, state=public, published_at=NOW - timedelta(days=1))
        draft = await add_result(tx, group_id)
        untitled = await results.add_draft(tx, ANNA, NOW)

    async with database.read() as tx:
        assert [r.id for r in await results.published(tx)] == [new, old]
        assert [r.id for r in await results.published(tx, offset=1)] == [old]
        assert await results.count_published(tx) == 2
        assert [r.id for r in await results.unpublished_of(tx, ANNA)] == [draft]
        assert await results.count_unpublished_of(tx, ANNA) == 1
        newest = await results.draft_of(tx, ANNA)
    assert newest is not None
    assert newest.id == untitled


async def test_of_two_answers_at_once_one_counts_and_the_author_hears_of_one(database: Database) -> None:
    async with database.write() as tx:
        await add_people(tx, ANNA, CARLA, DENIS)
        group_id = await add_group(tx)
        result_id = await add_result(tx, group_id, state=ResultState.SUBMITTED.value, version=1)

    async def answer(person_id: int, said: Review) -> ReviewOutcome:
        async with database.write() as tx:
            actor = Actor(person_id, coordinates=frozenset({group_id}))
            work = Work(tx, NOW, PROCESS, Person(person_id, "A reviewer", "en", started_at=NOW), actor)
            return await deciding.review(work, result_id, 1, said)

    outcomes = await asyncio.gather(answer(CARLA, Review.ACCEPT), answer(DENIS, Review.ASK_CHANGES))

    (won,) = [o for o in outcomes if isinstance(o, Reviewed)]
    (lost,) = [o for o in outcomes if isinstance(o, AlreadyReviewed)]
    assert lost.state is won.state
    async with database.read() as tx:
        told = list((await tx.execute(select(outbox.c.key).where(outbox.c.kind == "review"))).scalars())
        noted = list((await tx.execute(select(audit.c.action))).scalars())
    assert told == [f"review:{result_id}:1:{won.state.value}"]
    assert noted == [f"result_{won.state.value}"]


async def test_news_of_an_older_version_is_not_told(database: Database) -> None:
    refs = {"version": 1, "state": ResultState.CHANGES_ASKED.value}
    anna = Person(ANNA, "Anna", "en", started_at=NOW)
    async with database.write() as tx:
        await add_people(tx, ANNA)
        result_id = await add_result(tx, await add_group(tx), version=1, reason="Sources, please.")
        told = owe("review", "review:1", NOW, chat_id=ANNA, person_id=ANNA, refs={**refs, "result_id": result_id})
        await outgoing.add(tx, [told], NOW)
        claimed = await claims.claim(tx, [1], "this process", NOW + timedelta(minutes=1))

        fresh = await deciding.render_news(Rendering(tx, NOW, PROCESS, claimed, {ANNA: anna}))
        await results.change(tx, result_id, version=2)
        late = await deciding.render_news(Rendering(tx, NOW, PROCESS, claimed, {ANNA: anna}))

    assert fresh == {1: Message(Html("Changes asked for: <b>A title</b>\nSources, please."), revise(result_id))}
    assert late == {1: OUTDATED}


def revise(result_id: int) -> tuple[tuple[Button, ...], ...]:
    return ((Button("Revise", Revise(result_id)),), (Button("Details", ShowResult(result_id)),))
