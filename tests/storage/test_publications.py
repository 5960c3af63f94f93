"""What has not been followed yet, what is owed to the homepage, and files, on both databases."""

from datetime import timedelta

from sqlalchemy import select

from domain.events import EventState
from domain.homepage import GivenUp, NoticeState, Taken, Waits
from domain.publications import Outlet, Progress
from domain.results import ResultState
from storage import events, files, notices, publications, results
from storage.database import Database, Tx
from storage.files import PublishedFile
from storage.publications import Publication
from storage.restoring import REASON, hold_back
from storage.tables import notices as notice_rows
from tests.storage.people_and_events import NOW, add_group, add_people, an_event

LATER = NOW + timedelta(minutes=1)


async def add_result(tx: Tx, state: ResultState, version: int = 1) -> int:
    result_id = await results.add_draft(tx, 1, NOW)
    await results.change(tx, result_id, state=state.value, version=version, title="A title", summary="S.")
    return result_id


async def follow(tx: Tx, result_id: int, mark: str) -> None:
    await publications.put(tx, Publication(f"result:{result_id}", Outlet.PAGE, Progress.DONE, mark), NOW)


async def test_results_are_behind_until_their_newest_state_is_followed(database: Database) -> None:
    async with database.write() as tx:
        await add_people(tx, 1)
        await add_result(tx, ResultState.ACCEPTED)
        new, known = await add_result(tx, ResultState.PUBLISHED), await add_result(tx, ResultState.PUBLISHED, 12)
        withdrawn = await add_result(tx, ResultState.WITHDRAWN)
        await follow(tx, known, "published:12")
        await follow(tx, withdrawn, "published:1")

        assert await publications.results_to_follow(tx) == [new, withdrawn]
        await publications.take_as_followed(tx, NOW)
        assert await publications.results_to_follow(tx) == [withdrawn]
        await results.change(tx, known, version=13)
        assert await publications.results_to_follow(tx) == [known, withdrawn]


async def test_webinars_are_behind_while_they_are_to_come_or_are_posted_otherwise(database: Database) -> None:
    async with database.write() as tx:
        group = await add_group(tx)
        ahead = await events.add(tx, an_event(group, starts_at=NOW + timedelta(days=2)))
        await events.add(tx, an_event(group, "past", starts_at=NOW - timedelta(days=2)))
        await events.add(tx, an_event(group, "draft", starts_at=NOW + timedelta(days=3), state=EventState.DRAFT))
        await events.add(tx, an_event(group, "off", starts_at=NOW + timedelta(days=3), state=EventState.CANCELLED))
        assert await publications.webinars_to_follow(tx, NOW) == [ahead]

        posted = Publication(f"webinar:{ahead}", Outlet.CHANNEL, Progress.DONE, "0")
        await publications.put(tx, posted, NOW)
        assert await publications.webinars_to_follow(tx, NOW) == []
        assert await publications.webinars_to_follow(tx, NOW + timedelta(days=9)) == []


async def test_a_notice_is_owed_once_and_ends_once(database: Database) -> None:
    async with database.write() as tx:
        for _ in range(2):
            await notices.add(tx, "result:1:1:published", "result:1", "{}", NOW)
        await notices.add(tx, "result:1:2:published", "result:1", "{}", NOW)
        await notices.add(tx, "result:2:1:published", "result:2", "{}", NOW)
        first, other = await notices.due(tx, NOW, 10)

        assert (first.key, other.key) == ("result:1:1:published", "result:2:1:published")
        assert await notices.record(tx, first, Waits(LATER, "HTTP 500"), NOW)
        assert not await notices.record(tx, first, Taken(), NOW)
        assert [one.id for one in await notices.due(tx, NOW, 10)] == [other.id]
        again = (await notices.due(tx, LATER, 10))[0]
        assert (again.id, again.attempt, again.error) == (first.id, 1, "HTTP 500")
        assert await notices.record(tx, again, GivenUp("HTTP 404"), LATER)
        assert [one.key for one in await notices.due(tx, LATER, 10)] == ["result:1:2:published", other.key]
        await notices.again(tx, first.id, LATER)
        assert [one.key for one in await notices.due(tx, LATER, 10)] == [first.key, other.key]


async def test_what_a_result_said_before_is_forgotten_once_the_homepage_knows_better(database: Database) -> None:
    async with database.write() as tx:
        for version in (1, 2):
            await notices.add(tx, f"result:1:{version}:published", "result:1", f'{{"version":{version}}}', NOW)
            (due,) = await notices.due(tx, NOW, 10)
            assert await notices.record(tx, due, Taken(), NOW)

        bodies = (await tx.execute(select(notice_rows.c.body).order_by(notice_rows.c.id))).scalars().all()

    assert bodies == ["", '{"version":2}']


async def test_a_restore_sends_no_notice_again(database: Database) -> None:
    async with database.write() as tx:
        await notices.add(tx, "result:1:1:published", "result:1", "{}", NOW)
        await hold_back(tx, LATER)

        held = await notices.last_of(tx, "result:1")

    assert held is not None
    assert (held.state, held.error) == (NoticeState.FAILED, REASON)


async def test_a_result_has_one_file_at_a_time(database: Database) -> None:
    async with database.write() as tx:
        await add_people(tx, 1)
        result_id = await add_result(tx, ResultState.PUBLISHED)
        for name in ("a" * 32, "b" * 32):
            kept = PublishedFile(name, result_id, 1, "brief.pdf", "application/pdf", 17, NOW)
            await files.replace(tx, kept)

        assert await files.names(tx) == {"b" * 32}
        assert await files.get(tx, "a" * 32) is None
        assert await files.get(tx, "b" * 32) == kept
        assert await files.of_results(tx) == {result_id: "b" * 32}
        await files.remove(tx, result_id)
        assert await files.names(tx) == frozenset()


async def test_the_place_of_a_file_is_noted_for_the_file_that_is_owed_only(database: Database) -> None:
    async with database.write() as tx:
        owed = Publication("result:1", Outlet.FILE, Progress.OWED, None, "m" * 32)
        await publications.put(tx, owed, NOW)

        assert not await publications.set_place(tx, "result:1", "o" * 32, "documents/old.pdf")
        assert await publications.files_found(tx) == []
        assert await publications.set_place(tx, "result:1", "m" * 32, "documents/new.pdf")
        assert [one.reference for one in await publications.files_found(tx)] == ["documents/new.pdf"]
        assert await publications.is_file_owed(tx, "result:1")
        await publications.drop(tx, "result:1", Outlet.FILE)
        assert not await publications.is_file_owed(tx, "result:1")
