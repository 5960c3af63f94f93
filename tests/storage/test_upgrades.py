"""D9: a database of each released version, filled in every table, comes through all later migrations unharmed."""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, Table, select

from storage import schema
from storage.database import Database

NOW = datetime(2022, 3, 14, 12, tzinfo=UTC)
RELEASED = sorted(script.revision for script in ScriptDirectory(str(schema.SCRIPTS)).walk_revisions())[:-1]
"""Every schema but today's."""


@pytest.fixture
def scripts_until(tmp_path: Path) -> Callable[[str], Path]:
    """The migrations as they were when `revision` was the newest."""

    def write(revision: str) -> Path:
        folder = tmp_path / f"until-{revision}"
        shutil.copytree(schema.SCRIPTS, folder, ignore=shutil.ignore_patterns("__pycache__"))
        for path in (folder / "versions").glob("*.py"):
            if path.name[: len(revision)] > revision:
                path.unlink()
        return folder

    return write


def _reflect(connection: Connection) -> MetaData:
    found = MetaData()
    found.reflect(connection)
    return found


def _value(column: Any, name: str) -> Any:
    """Something that fits; keys are 1 everywhere, so that every reference leads somewhere."""
    kind = column.type.python_type
    if column.foreign_keys or column.primary_key:
        return 1 if kind is int else f"{name}"[:8]
    return {int: 1, str: "x", bool: True, datetime: NOW.replace(tzinfo=None), dict: {"x": 1}}.get(kind, "x")


def _fill(connection: Connection) -> None:
    for table in _reflect(connection).sorted_tables:
        if table.name != "alembic_version":
            row = {column.name: _value_for(connection, column) for column in table.columns}
            connection.execute(table.insert().values(row))


def _value_for(connection: Connection, column: Any) -> Any:
    value = _value(column, column.name)
    is_aware = connection.dialect.name == "postgresql" and isinstance(value, datetime)
    return value.replace(tzinfo=UTC) if is_aware else value


def _rows(connection: Connection, columns: dict[str, list[str]] | None = None) -> dict[str, list[dict[str, Any]]]:
    """All rows by table; with `columns`, only these columns."""
    found = _reflect(connection)
    wanted = columns or {table.name: [c.name for c in table.columns] for table in found.sorted_tables}
    return {name: _rows_of(connection, found.tables[name], names) for name, names in wanted.items()}


def _rows_of(connection: Connection, table: Table, names: list[str]) -> list[dict[str, Any]]:
    rows = connection.execute(select(*(table.c[name] for name in names)))
    return [dict(row._mapping) for row in rows]


@pytest.mark.parametrize("revision", RELEASED)
async def test_D9_a_filled_database_of_a_released_version_keeps_every_row(
    empty_database: Database, scripts_until: Callable[[str], Path], revision: str
) -> None:
    await schema.migrate(empty_database, scripts_until(revision))
    async with empty_database.write() as tx:
        await tx.run_sync(_fill)
    async with empty_database.read() as tx:
        before = await tx.run_sync(_rows)
    del before["alembic_version"]
    assert all(len(rows) == 1 for rows in before.values())

    await schema.migrate(empty_database)

    columns = {name: list(rows[0]) for name, rows in before.items()}
    async with empty_database.read() as tx:
        assert await tx.run_sync(_rows, columns) == before
    await schema.check_integrity(empty_database)
