"""Work on the database beside the bot or without it: migrate, back up, restore."""

import asyncio
import secrets
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import datetime
from pathlib import Path

from rich.console import Console

from bot.run import open_leading
from bot.settings import Settings
from domain.erasing import Erasure, ErasureState
from gateway.clocks import Clock
from storage import erasures, people, schema
from storage.database import Database, Tx
from storage.errors import DatabaseDamaged, StorageError
from storage.restoring import hold_back

WAL_FILES = ("-wal", "-shm")
"""What SQLite keeps beside a database in use; the log belongs to the database."""


class NoDatabase(StorageError):
    """There is none yet."""

    def __init__(self, where: str) -> None:
        super().__init__(f"There is no database {where} yet. `prework migrate` makes it, so does `prework run`.")


class CopyRefused(Exception):
    """A copy cannot be made or put in place; `str()` says why."""


@asynccontextmanager
async def writing(settings: Settings) -> AsyncIterator[Database]:
    """The database for changing it, in today's schema; refused while the bot runs on it."""
    database = Database(settings.database_url)
    try:
        await open_leading(database)
        await schema.migrate(database)
        yield database
    finally:
        await database.close()


@asynccontextmanager
async def reading(settings: Settings) -> AsyncIterator[Database]:
    """The database for looking at it, also while the bot runs; nothing is made that is not there."""
    database = Database(settings.database_url)
    try:
        if database.path is not None and not database.path.exists():
            raise NoDatabase(str(database.path))
        await database.ping()
        await schema.require_newest(database)
        yield database
    finally:
        await database.close()


async def migrate_database(settings: Settings) -> None:
    """Bring the database to the newest schema and say from where to where."""
    database = Database(settings.database_url)
    try:
        await open_leading(database)
        with Console(file=sys.stderr).status("Migrating"):
            before, after = await schema.migrate(database)
    finally:
        await database.close()
    print(f"Schema {before or 'none'} -> {after}." if before != after else f"Schema {after}, nothing to do.")


async def back_up(settings: Settings, file: Path) -> None:
    """Copy a SQLite database to a new file, whole and compact, while the bot goes on."""
    async with reading(settings) as database:
        if database.path is None:
            raise CopyRefused("PostgreSQL has its own tool: pg_dump --format=custom.")
        with Console(file=sys.stderr).status("Copying"):
            size = await asyncio.to_thread(_copy, database.path, file)
    print(f"{file} holds the database, {size:,} bytes.")


def _copy(source: Path, target: Path) -> int:
    """Returns the size in bytes. The source is opened for reading only: it may be in use."""
    if target.exists():
        raise CopyRefused(f"{target} is there already. Name another file.")
    if not source.is_file():
        raise CopyRefused(f"There is no file {source}.")
    try:
        with closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            connection.execute("VACUUM INTO ?", (str(target),))
        target.chmod(0o600)
        return target.stat().st_size
    except (OSError, sqlite3.OperationalError) as error:
        target.unlink(missing_ok=True)
        raise CopyRefused(f"{source} cannot be copied to {target}: {error}") from error
    except sqlite3.DatabaseError as error:
        target.unlink(missing_ok=True)
        raise DatabaseDamaged(str(source), str(error)) from error


async def restore_database(settings: Settings, clock: Clock, file: Path) -> None:
    """Put a backup in place, checked first. What was there is kept; what the backup owed is not sent again."""
    database = Database(settings.database_url)
    try:
        if database.path is None:
            raise CopyRefused("PostgreSQL has its own tool: pg_restore --clean.")
        await database.lead()
        fresh = database.path.with_name(f"{database.path.name}.restoring")
        with Console(file=sys.stderr).status("Restoring"):
            held = await _prepare(file, fresh, clock, await asyncio.to_thread(_erased_since, database.path))
            kept = await asyncio.to_thread(_put_in_place, fresh, database.path)
    finally:
        await database.close()
    print(f"{database.path} is the backup now." + (f" What it was is kept as {kept}." if kept else ""))
    print(f"Messages it still owed, now held back: {held}. Most have been sent since it was made.")


async def _prepare(file: Path, fresh: Path, clock: Clock, listed: list[tuple[str, str]]) -> int:
    """A checked copy in today's schema that owes nothing; returns how many messages were held back."""
    await asyncio.to_thread(_remove, fresh)
    await asyncio.to_thread(_copy, file, fresh)
    copy = Database(f"sqlite+aiosqlite:///{fresh}")
    try:
        await copy.ping()
        await schema.check_integrity(copy)
        await _require_ours(copy, file)
        await schema.migrate(copy)
        async with copy.write() as tx:
            again = await _erase_again(tx, listed, clock.now())
            held = await hold_back(tx, clock.now())
            for erasure in again:
                await erasures.wipe_mentions(tx, erasure)  # nothing goes out any more: all of it is wiped
            return held
    except BaseException:
        await copy.close()
        await asyncio.to_thread(_remove, fresh)
        raise
    finally:
        await copy.close()


async def _erase_again(tx: Tx, listed: list[tuple[str, str]], now: datetime) -> list[Erasure]:
    """Whoever was erased since the backup was made does not come back with it; whom others' messages may name."""
    again = [one for one in await erasures.get_open(tx) if one.state is not ErasureState.ASKED] if listed else []
    found = await people.get_many(tx, await erasures.find_listed(tx, listed))
    for person in found.values():
        await erasures.erase(tx, person.id, -secrets.randbits(62), now)
        again.append(Erasure(0, person.id, person.name, None, ErasureState.ERASED, now))
    await erasures.keep_list(tx, listed, now)
    return again


def _erased_since(path: Path) -> list[tuple[str, str]]:
    """The list of erased people in a database that is about to be replaced: salts and hashes. It may be damaged."""
    if not path.exists():
        return []
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            return connection.execute("SELECT salt, person_hash FROM erasures ORDER BY id").fetchall()
    except sqlite3.DatabaseError as error:
        print(f"Who was erased since the backup was made cannot be read from {path}: {error}", file=sys.stderr)
        return []


async def _require_ours(copy: Database, file: Path) -> None:
    if await schema.current(copy) is None:
        raise CopyRefused(f"{file} is a database, but not one of Prework.")


def _remove(path: Path) -> None:
    for ending in ("", *WAL_FILES):
        path.with_name(path.name + ending).unlink(missing_ok=True)


def _put_in_place(fresh: Path, target: Path) -> Path | None:
    """Returns where the former database is kept, with its write-ahead log; None if there was none."""
    kept = target.with_name(f"{target.name}.before-restore")
    there = target.exists()
    if there:
        _remove(kept)
        for ending in (*WAL_FILES, ""):
            part = target.with_name(target.name + ending)
            if part.exists():
                part.replace(kept.with_name(kept.name + ending))
    fresh.replace(target)
    return kept if there else None
