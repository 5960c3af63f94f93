"""Migrations: on an empty and on a filled database, refused when they must be, whole or not at all."""

import shutil
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, inspect, select, text
from sqlalchemy.exc import IntegrityError

from domain.people import Person
from storage import people, schema
from storage.database import Database
from storage.errors import DatabaseDamaged, SchemaTooNew, SchemaTooOld
from storage.tables import metadata
from storage.tables import people as people_table

NOW = datetime(2022, 3, 14, 12, tzinfo=UTC)

NEXT = '''
"""Everybody gets a nickname."""

import sqlalchemy as sa
from alembic import op

revision = "next"
down_revision = "{newest}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("people") as table:
        table.add_column(sa.Column("nickname", sa.String(64)))
    op.execute("UPDATE people SET nickname = name")
    with op.batch_alter_table("people") as table:
        table.alter_column("nickname", existing_type=sa.String(64), nullable=False)
'''

CRASH = """    op.create_table("half", sa.Column("id", sa.Integer, primary_key=True))
    raise RuntimeError("power cut")
"""


@pytest.fixture
def next_scripts(tmp_path: Path) -> Callable[[str], Path]:
    """Writes the migrations of a future version; the argument is appended to the last one."""

    def write(more: str = "") -> Path:
        folder = tmp_path / "future"
        shutil.copytree(schema.SCRIPTS, folder, ignore=shutil.ignore_patterns("__pycache__"), dirs_exist_ok=True)
        (folder / "versions" / "next.py").write_text(NEXT.lstrip().format(newest=schema.newest()) + more)
        return folder

    return write


async def _fill(database: Database) -> None:
    async with database.write() as tx:
        for number in range(1, 4):
            await people.add(tx, Person(number, f"Person {number}", "en"), NOW)


def _describe(connection: Connection) -> dict[str, object]:
    """Tables with their columns, and the full text of every index with its condition."""
    found: dict[str, object] = {}
    for table in inspect(connection).get_table_names():
        if table != "alembic_version":
            columns = inspect(connection).get_columns(table)
            # Sorted: a column added later comes last in the table, wherever it is written.
            found[table] = sorted((c["name"], str(c["type"]), c["nullable"], c.get("autoincrement")) for c in columns)
            found[f"{table} references"] = sorted(str(key) for key in inspect(connection).get_foreign_keys(table))
    if connection.dialect.name == "sqlite":
        indexes = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
    else:
        indexes = "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'"
    for name, definition in connection.execute(text(indexes)):
        found[f"index {name}"] = definition
    found.pop("index alembic_version_pkc", None)
    return found


async def _description(database: Database) -> dict[str, object]:
    async with database.read() as tx:
        return await tx.run_sync(_describe)


async def test_an_empty_database_is_brought_to_the_newest_schema_once(empty_database: Database) -> None:
    first = await schema.migrate(empty_database)
    again = await schema.migrate(empty_database)

    assert first == (None, schema.newest())
    assert again == (schema.newest(), schema.newest())
    await schema.require_newest(empty_database)


async def test_migrations_and_tables_say_the_same_to_alembic(database: Database) -> None:
    async with database.read() as tx:
        differences = await tx.run_sync(
            lambda connection: compare_metadata(MigrationContext.configure(connection), metadata)
        )

    assert differences == []


async def test_migrations_make_exactly_the_tables_and_the_conditions_of_their_indexes(empty_database: Database) -> None:
    async with empty_database.write() as tx:
        await tx.run_sync(metadata.create_all)
    wanted = await _description(empty_database)
    async with empty_database.write() as tx:
        await tx.run_sync(metadata.drop_all)

    await schema.migrate(empty_database)

    assert await _description(empty_database) == wanted


async def test_a_filled_database_keeps_its_data(database: Database, next_scripts: Callable[[str], Path]) -> None:
    await _fill(database)

    outcome = await schema.migrate(database, next_scripts(""))

    assert outcome == (schema.newest(), "next")
    async with database.read() as tx:
        rows = list(await tx.execute(text("SELECT id, nickname FROM people ORDER BY id")))
        leads = await people.get_leads(tx, 2)
    assert rows == [(1, "Person 1"), (2, "Person 2"), (3, "Person 3")]
    assert leads == (1440, 60, 10)


async def test_a_filled_file_is_copied_before_it_is_migrated(
    sqlite_database: Database, next_scripts: Callable[[str], Path]
) -> None:
    await _fill(sqlite_database)

    await schema.migrate(sqlite_database, next_scripts(""))

    assert sqlite_database.path is not None
    with sqlite3.connect(sqlite_database.path.with_name(f"prework.db.before-{schema.newest()}")) as copy:
        assert copy.execute("SELECT count(*) FROM people").fetchone() == (3,)
        assert copy.execute("SELECT version_num FROM alembic_version").fetchone() == (schema.newest(),)
    copy.close()


async def test_a_crash_inside_a_migration_leaves_the_old_schema_and_the_data(
    database: Database, next_scripts: Callable[[str], Path]
) -> None:
    await _fill(database)
    before = await _description(database)

    with pytest.raises(RuntimeError, match="power cut"):
        await schema.migrate(database, next_scripts(CRASH))

    assert await _description(database) == before
    assert await schema.current(database) == schema.newest()
    async with database.read() as tx:
        assert list((await tx.execute(select(people_table.c.id).order_by(people_table.c.id))).scalars()) == [1, 2, 3]


async def test_a_newer_schema_is_refused_and_left_alone(
    database: Database, next_scripts: Callable[[str], Path]
) -> None:
    await schema.migrate(database, next_scripts(""))

    with pytest.raises(SchemaTooNew, match=f"schema next, this program knows {schema.newest()} at most"):
        await schema.migrate(database)
    with pytest.raises(SchemaTooNew):
        await schema.require_newest(database)

    assert await schema.current(database) == "next"


async def test_an_older_schema_is_named_with_the_command_that_helps(empty_database: Database) -> None:
    with pytest.raises(SchemaTooOld, match="prework migrate"):
        await schema.require_newest(empty_database)


async def test_a_sound_database_passes_the_check(database: Database) -> None:
    await _fill(database)

    await schema.check_integrity(database)


async def test_a_broken_page_is_found(sqlite_database: Database) -> None:
    await _fill(sqlite_database)
    path = sqlite_database.path
    assert path is not None
    async with sqlite_database.write() as tx:
        page = await tx.scalar(text("SELECT rootpage FROM sqlite_master WHERE name = 'people'"))
    await sqlite_database.close()
    with path.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\xa5" * 4096)

    with pytest.raises(DatabaseDamaged, match="Restore the newest good backup"):
        await schema.check_integrity(sqlite_database)


async def test_a_file_that_is_no_database_is_found(tmp_path: Path) -> None:
    (tmp_path / "prework.db").write_bytes(b"Dear diary, today I learned about page headers. " * 200)
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'prework.db'}")

    with pytest.raises(DatabaseDamaged):
        await schema.check_integrity(database)

    await database.close()


async def test_a_dangling_reference_is_found(sqlite_database: Database) -> None:
    await _fill(sqlite_database)
    assert sqlite_database.path is not None
    with sqlite3.connect(sqlite_database.path) as careless:
        careless.execute("DELETE FROM people WHERE id = 2")
    careless.close()

    with pytest.raises(DatabaseDamaged, match="leads"):
        await schema.check_integrity(sqlite_database)


async def test_a_start_on_a_file_that_is_no_database_says_so(tmp_path: Path) -> None:
    (tmp_path / "prework.db").write_bytes(b"Dear diary, today I learned about page headers. " * 200)
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'prework.db'}")

    with pytest.raises(DatabaseDamaged, match="file is not a database"):
        await database.ping()

    await database.close()


async def test_foreign_keys_are_watched_again_after_a_migration(
    sqlite_database: Database, next_scripts: Callable[[str], Path]
) -> None:
    await _fill(sqlite_database)

    await schema.migrate(sqlite_database, next_scripts(""))

    with pytest.raises(IntegrityError):
        async with sqlite_database.write() as tx:
            await people.set_leads(tx, 404, [60])
