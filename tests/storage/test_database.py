"""The database itself: one writer, transactions whole or not at all, one process."""

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from storage import facts
from storage.database import LEADER_LOCK, Database
from storage.errors import AlreadyRunning, DatabaseUnreachable, DatabaseUnwritable
from storage.tables import facts as table


async def _names(database: Database) -> set[str]:
    async with database.read() as tx:
        return set((await tx.execute(select(table.c.name))).scalars())


async def test_many_writers_read_and_write_without_one_refusal_or_lost_count(sqlite_database: Database) -> None:
    others = [Database(str(sqlite_database.url)) for _ in range(3)]

    async def count_one_up(database: Database) -> None:
        async with database.write() as tx:
            count = await tx.scalar(select(func.count()).select_from(table)) or 0
            await asyncio.sleep(0)
            await facts.put(tx, f"writer {count}", "")

    await asyncio.gather(*(count_one_up(database) for database in [sqlite_database, *others] for _ in range(40)))

    assert await _names(sqlite_database) == {f"writer {number}" for number in range(160)}
    for database in others:
        await database.close()


async def test_on_sqlite_the_second_writer_of_a_process_waits_for_the_first(sqlite_database: Database) -> None:
    order: list[str] = []
    first_is_in = asyncio.Event()

    async def first() -> None:
        async with sqlite_database.write():
            first_is_in.set()
            await asyncio.sleep(0.05)
            order.append("first")

    async def second() -> None:
        await first_is_in.wait()
        async with sqlite_database.write():
            order.append("second")

    await asyncio.gather(first(), second())

    assert order == ["first", "second"]


async def test_a_transaction_that_fails_leaves_nothing(database: Database) -> None:
    async def write_and_fail() -> None:
        async with database.write() as tx:
            await facts.put(tx, "kept", "no")
            raise LookupError

    with pytest.raises(LookupError):
        await write_and_fail()

    assert await _names(database) == set()


async def test_a_transaction_that_is_cancelled_leaves_nothing_and_blocks_nobody(database: Database) -> None:
    written = asyncio.Event()

    async def write_and_hang() -> None:
        async with database.write() as tx:
            await facts.put(tx, "half", "")
            written.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(write_and_hang())
    await written.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    async with database.write() as tx:
        await facts.put(tx, "next", "")

    assert await _names(database) == {"next"}


async def test_a_transaction_cancelled_at_any_moment_is_whole_or_nothing(database: Database) -> None:
    async def write(attempt: int) -> None:
        async with database.write() as tx:
            for number in range(300):
                await facts.put(tx, f"{attempt} half {number}", "")

    for attempt, pause in enumerate((0.0, 0.001, 0.003, 0.01, 0.02)):
        task = asyncio.create_task(write(attempt))
        await asyncio.sleep(pause)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    async with database.write() as tx:
        await facts.put(tx, "next", "")

    found = await _names(database)
    assert "next" in found
    assert {sum(name.startswith(f"{attempt} half") for name in found) for attempt in range(5)} <= {0, 300}


async def test_a_transaction_cancelled_at_its_commit_is_there_whole_or_not_at_all(database: Database) -> None:
    async def write(number: int) -> None:
        async with database.write() as tx:
            await facts.put(tx, f"left {number}", "")
            await facts.put(tx, f"right {number}", "")

    for number in range(60):
        task = asyncio.create_task(write(number))
        await asyncio.sleep(number / 20_000)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    found = await _names(database)
    assert {name.removeprefix("left ") for name in found if name.startswith("left")} == {
        name.removeprefix("right ") for name in found if name.startswith("right")
    }


async def test_a_reader_cannot_write(database: Database) -> None:
    with pytest.raises(DBAPIError, match=r"readonly|read-only"):
        async with database.read() as tx:
            await facts.put(tx, "smuggled", "")

    assert await _names(database) == set()


async def test_readers_see_the_last_commit_while_somebody_writes(database: Database) -> None:
    async with database.write() as tx:
        await facts.put(tx, "uncommitted", "")

        seen_meanwhile = await _names(database)

    assert seen_meanwhile == set()
    assert await _names(database) == {"uncommitted"}


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("secure_delete", 1)],
)
async def test_the_writer_has_the_pragmas_that_the_promises_rest_on(
    sqlite_database: Database, pragma: str, value: object
) -> None:
    async with sqlite_database.write() as tx:
        assert await tx.scalar(text(f"PRAGMA {pragma}")) == value


async def test_a_second_one_is_refused_until_the_first_has_gone(database: Database) -> None:
    second = Database(database.url.render_as_string(hide_password=False))
    await database.lead()

    with pytest.raises(AlreadyRunning, match="already running"):
        await second.lead()
    assert await database.still_leads()
    await database.close()
    await second.lead()

    assert await second.still_leads()
    await second.close()


async def test_a_second_process_is_refused(sqlite_database: Database) -> None:
    await sqlite_database.lead()
    program = (
        "import asyncio, sys\n"
        "from storage.database import Database\n"
        "from storage.errors import AlreadyRunning\n"
        "try:\n"
        "    asyncio.run(Database(sys.argv[1]).lead())\n"
        "except AlreadyRunning as refusal:\n"
        "    print(refusal)\n"
    )

    command = [sys.executable, "-c", program, str(sqlite_database.url)]
    said = await asyncio.to_thread(subprocess.run, command, capture_output=True, text=True, check=True)

    assert said.stdout == (
        f"Prework is already running on {sqlite_database.path}. Stop it first; two would send everything twice.\n"
    )


async def test_who_loses_the_connection_with_the_lock_knows_it(postgresql_database: Database) -> None:
    await postgresql_database.lead()

    async with postgresql_database.write() as tx:
        holder = (
            "SELECT pg_terminate_backend(pid) FROM pg_locks JOIN pg_database ON pg_database.oid = database"
            " WHERE locktype = 'advisory' AND objid = :key AND datname = current_database()"
        )
        assert await tx.scalar(text(holder), {"key": LEADER_LOCK & 0xFFFFFFFF})

    assert not await postgresql_database.still_leads()


async def test_a_folder_that_cannot_be_made_is_named_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'file' / 'prework.db'}")

    with pytest.raises(DatabaseUnwritable, match=r"Make its folder writable or set BOT_DATABASE_URL"):
        await database.ping()

    await database.close()


async def test_a_missing_folder_is_made(tmp_path: Path) -> None:
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'a' / 'b' / 'prework.db'}")

    await database.ping()

    assert (tmp_path / "a" / "b" / "prework.db").exists()
    await database.close()


async def test_a_server_that_does_not_answer_is_named_without_its_password() -> None:
    database = Database("postgresql+asyncpg://prework:very-secret@127.0.0.1:1/prework")

    with pytest.raises(DatabaseUnreachable) as refusal:
        await database.ping()

    assert "127.0.0.1:1/prework" in str(refusal.value)
    assert "very-secret" not in str(refusal.value)
    await database.close()


async def test_close_twice_is_harmless(database: Database) -> None:
    await database.lead()

    await database.close()
    await database.close()

    assert not await database.still_leads()


async def test_who_is_cancelled_while_the_disk_is_waited_for_has_saved_and_leaves_the_writer_free(
    sqlite_database: Database,
) -> None:
    async def write() -> None:
        async with sqlite_database.write() as tx:
            await facts.put(tx, "saved", "")

    task = asyncio.create_task(write())
    await asyncio.sleep(0)  # it runs until there is something to wait for: the commit
    task.cancel()
    (ended,) = await asyncio.gather(task, return_exceptions=True)
    async with sqlite_database.write() as tx:
        await facts.put(tx, "next", "")

    assert isinstance(ended, asyncio.CancelledError)
    assert await _names(sqlite_database) == {"saved", "next"}
