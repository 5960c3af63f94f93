"""What the bot remembers over restarts: facts, pauses, dialogs, the audit."""

from datetime import timedelta

from sqlalchemy import select

from domain.dialogs import Dialog
from storage import dialogs, facts
from storage.database import Database
from storage.tables import audit
from tests.storage.people_and_events import NOW, add_people

MINUTE = timedelta(minutes=1)


async def test_a_fact_is_what_was_put_last(database: Database) -> None:
    async with database.write() as tx:
        assert await facts.get(tx, "bot_id") is None
        await facts.put(tx, "bot_id", "1")
        await facts.put(tx, "bot_id", "2")

        assert await facts.get(tx, "bot_id") == "2"


async def test_the_later_of_two_pauses_of_a_scope_wins(database: Database) -> None:
    async with database.write() as tx:
        await facts.pause(tx, "private", NOW + 2 * MINUTE)
        await facts.pause(tx, "private", NOW + MINUTE)
        await facts.pause(tx, "chat:-5", NOW + MINUTE)
        await facts.pause(tx, "chat:-5", NOW + 3 * MINUTE)

        assert await facts.get_pauses(tx, NOW) == {"private": NOW + 2 * MINUTE, "chat:-5": NOW + 3 * MINUTE}
        assert await facts.get_pauses(tx, NOW + 2 * MINUTE) == {"chat:-5": NOW + 3 * MINUTE}
        assert await facts.get_pauses(tx, NOW) == {"chat:-5": NOW + 3 * MINUTE}


async def test_a_dialog_goes_on_with_a_rising_revision(database: Database) -> None:
    async with database.write() as tx:
        await add_people(tx, 1)
        first = await dialogs.put(tx, 1, "application", "motivation", {}, NOW)
        second = await dialogs.put(tx, 1, "result", "title", {"group": 3}, NOW)

        assert first.revision == 1
        assert second == Dialog(1, "result", "title", {"group": 3}, 2)
        assert await dialogs.get(tx, 1) == second
        await dialogs.end(tx, 1)
        assert await dialogs.get(tx, 1) is None


async def test_the_audit_tells_who_did_what(database: Database) -> None:
    async with database.write() as tx:
        await facts.note(tx, NOW, 7, "move", "event:1", {"at": "16:00"}, {"at": "17:00"})
        await facts.note(tx, NOW, None, "fire", "occasion:2")

        rows = list(await tx.execute(select(audit).order_by(audit.c.id)))
    assert [tuple(row)[1:] for row in rows] == [
        (NOW, 7, "move", "event:1", {"at": "16:00"}, {"at": "17:00"}),
        (NOW, None, "fire", "occasion:2", None, None),
    ]
