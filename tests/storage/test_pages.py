"""What the public page is read from, on both databases."""

import asyncio
from datetime import timedelta

from domain.pages import Note
from domain.results import ResultState
from storage import facts, pages, results
from storage.database import Database, Tx
from tests.storage.people_and_events import NOW, add_people


async def test_the_revision_rises_with_every_deed(database: Database) -> None:
    async with database.write() as tx:
        nothing = await pages.get_revision(tx)
        await facts.note(tx, NOW, None, "webinar_changed", "webinar:1")
        first = await pages.get_revision(tx)
        await facts.note(tx, NOW, None, "result_published", "result:1")

        assert nothing == 0
        assert first < await pages.get_revision(tx)


async def test_texts_are_kept_by_note_and_language_and_empty_ones_go(database: Database) -> None:
    async with database.write() as tx:
        await facts.put(tx, "pagename", "not ours")
        await pages.put_note(tx, Note.NAME, "en", "Before the conference")
        await pages.put_note(tx, Note.NAME, "de", "Vor der Konferenz")
        await pages.put_note(tx, Note.IMPRINT, "de", "Verein Beispiel")
        await pages.put_note(tx, Note.NAME, "de", "Davor")
        await pages.put_note(tx, Note.IMPRINT, "de", "")

        assert await pages.get_notes(tx) == {(Note.NAME, "en"): "Before the conference", (Note.NAME, "de"): "Davor"}


async def test_a_text_is_replaced_only_where_the_known_one_stands(database: Database) -> None:
    async def replaced(before: str, text: str) -> tuple[bool, str]:
        async with database.write() as tx:
            done = await pages.replace_note(tx, Note.ABOUT, "en", before, text)
            return done, (await pages.get_notes(tx)).get((Note.ABOUT, "en"), "")

    assert [
        await replaced("Never there", "One"),
        await replaced("", "One"),
        await replaced("", "Two"),
        await replaced("One", "Two"),
        await replaced("One", ""),
        await replaced("Two", ""),
    ] == [(False, ""), (True, "One"), (False, "One"), (True, "Two"), (False, "Two"), (True, "")]


async def test_of_two_who_write_at_once_one_counts(database: Database) -> None:
    async def write(text: str) -> bool:
        async with database.write() as tx:
            await pages.get_notes(tx)
            return await pages.replace_note(tx, Note.ABOUT, "en", "", text)

    counted = await asyncio.gather(*(write(f"Text {number}") for number in range(5)))

    assert sorted(counted) == [False] * 4 + [True]


async def test_results_that_are_or_were_public_the_newest_first(database: Database) -> None:
    async with database.write() as tx:
        await add_people(tx, 5)
        for state in ResultState:
            await add_result(tx, state)
        newest = await add_result(tx, ResultState.PUBLISHED, hours=1)

        found = [(result.id == newest, result.state) for result in await pages.get_results(tx)]

    assert found == [(True, ResultState.PUBLISHED), (False, ResultState.WITHDRAWN), (False, ResultState.PUBLISHED)]


async def add_result(tx: Tx, state: ResultState, hours: int = 0) -> int:
    number = await results.add_draft(tx, 5, NOW)
    await results.change(tx, number, state=state.value, published_at=NOW + timedelta(hours=hours))
    return number
