"""Which schema a database has, and the migration to today's: all of it in one transaction."""

import asyncio
import sqlite3
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from storage.database import Database, Tx, is_damage
from storage.errors import DatabaseDamaged, SchemaTooNew, SchemaTooOld

SCRIPTS = Path(__file__).parent / "migrations"


def _config(scripts: Path = SCRIPTS) -> Config:
    config = Config()
    config.set_main_option("script_location", str(scripts))
    config.set_main_option("path_separator", "os")
    return config


def newest(scripts: Path = SCRIPTS) -> str:
    """The schema that this program knows."""
    head = ScriptDirectory.from_config(_config(scripts)).get_current_head()
    assert head is not None  # noqa: S101 - the package always holds at least the first migration
    return head


async def current(database: Database) -> str | None:
    """The schema that the database has; None when it has none."""
    async with database.read() as tx:
        return await tx.run_sync(_revision)


async def require_newest(database: Database) -> None:
    """Raise SchemaTooNew or SchemaTooOld unless program and database agree."""
    found = await current(database)
    if found != newest():
        _refuse_unknown(found, SCRIPTS)
        raise SchemaTooOld(found, newest())


async def migrate(database: Database, scripts: Path = SCRIPTS) -> tuple[str | None, str]:
    """Bring the database to the newest schema, in one transaction; returns (before, after).

    A filled SQLite file is copied first, beside itself, as `NAME.before-REVISION`.
    """
    before, after = await current(database), newest(scripts)
    if before == after:
        return before, before
    _refuse_unknown(before, scripts)
    if before is not None and database.path is not None:
        await asyncio.to_thread(_copy, database.path, before)
    async with database.rebuild() as tx:
        await tx.run_sync(_upgrade, scripts)
        await _refuse_dangling(database, tx)
    return before, after


async def check_integrity(database: Database) -> None:
    """Raise DatabaseDamaged when SQLite finds a broken page or a dangling key."""
    if not database.is_sqlite:
        return
    try:
        async with database.read() as tx:
            found = await tx.scalar(text("PRAGMA quick_check(1)"))
            if found != "ok":
                raise DatabaseDamaged(str(database.path), str(found))
            await _refuse_dangling(database, tx)
    except DBAPIError as error:
        if is_damage(error):
            raise DatabaseDamaged(str(database.path), str(error.orig)) from error
        raise


async def _refuse_dangling(database: Database, tx: Tx) -> None:
    if not database.is_sqlite:
        return
    dangling = (await tx.execute(text("PRAGMA foreign_key_check"))).first()
    if dangling is not None:
        raise DatabaseDamaged(str(database.path), f"{dangling.table} refers to what is not in {dangling.parent}")


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _refuse_unknown(found: str | None, scripts: Path) -> None:
    known = {script.revision for script in ScriptDirectory.from_config(_config(scripts)).walk_revisions()}
    if found is not None and found not in known:
        raise SchemaTooNew(found, newest(scripts))


def _upgrade(connection: Connection, scripts: Path) -> None:
    config = _config(scripts)
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _copy(path: Path, revision: str) -> None:
    target = path.with_name(f"{path.name}.before-{revision}")
    with sqlite3.connect(path) as source, sqlite3.connect(target) as copy:
        source.backup(copy)
    source.close()
    copy.close()
