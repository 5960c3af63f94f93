"""What SQLite and PostgreSQL write alike but SQLAlchemy keeps apart: INSERT with ON CONFLICT."""

from functools import cache

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite

from storage.database import Tx


def insert(tx: Tx, table: Table) -> "sqlite.Insert | postgresql.Insert":
    """An INSERT that knows `on_conflict_do_nothing` and `on_conflict_do_update`."""
    return postgresql.insert(table) if tx.dialect.name == "postgresql" else sqlite.insert(table)


def insert_unless_there(tx: Tx, table: Table) -> "sqlite.Insert | postgresql.Insert":
    """An INSERT that leaves rows alone whose key is there already; made once for each table, as it is used most."""
    return _insert_unless_there(tx.dialect.name, table)


@cache
def _insert_unless_there(dialect: str, table: Table) -> "sqlite.Insert | postgresql.Insert":
    made = postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
    return made.on_conflict_do_nothing()
