"""Rows for every table there is or will be: which columns name somebody, whatever they are called."""

from sqlalchemy import Column, Table

from storage.tables import metadata, people

PERSON_COLUMNS = {"person_id", "added_by", "actor_id"}
"""Where a person's number stands without a foreign key."""

ALSO_PEOPLE = {("outbox", "chat_id"), ("cards", "chat_id"), ("inbox", "lane")}


def names_a_person(column: Column[object]) -> bool:
    """Whether it holds the Telegram id of somebody."""
    by_key = any(key.column is people.c.id for key in column.foreign_keys)
    return by_key or column.name in PERSON_COLUMNS or (column.table.name, column.name) in ALSO_PEOPLE


def tables() -> list[Table]:
    """All of them, each after those that it refers to."""
    return list(metadata.sorted_tables)
