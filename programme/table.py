"""Webinars as rows of a table: which column holds what, safe to open in a spreadsheet."""

from collections.abc import Mapping
from typing import Any

from messages.languages import LANGUAGES

PLAIN = (
    "slug",
    "group",
    "start",
    "minutes",
    "zone",
    "link",
    "link_policy",
    "state",
    "backstage_link",
    "capacity",
    "registration",
    "recording_link",
)
LISTS = ("speakers", "languages")
BY_LANGUAGE = ("titles", "abstracts")

COLUMNS = [
    *PLAIN[:2],
    *(f"{name}_{language}" for name in BY_LANGUAGE for language in LANGUAGES),
    *LISTS,
    *PLAIN[2:],
]

SEPARATOR = ";"
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet takes a cell that begins so for a formula: an apostrophe before it makes it text."""


def to_row(entry: Mapping[str, Any]) -> dict[str, str]:
    """One row of an entry."""
    row = {name: entry.get(name) for name in PLAIN}
    row |= {name: f"{SEPARATOR} ".join(entry[name]) for name in LISTS}
    row |= {f"{name}_{code}": entry[name].get(code) for name in BY_LANGUAGE for code in LANGUAGES}
    return {name: _harmless("" if value is None else str(value)) for name, value in row.items()}


def from_row(row: Mapping[str | None, Any]) -> dict[str, Any]:
    """The entry of a row; empty cells say nothing. Unknown columns stay, to be refused by name."""
    cells = {name: _meant(value) for name, value in row.items() if isinstance(value, str) and value.strip()}
    entry: dict[str, Any] = {kind: {} for kind in BY_LANGUAGE}  # a draft may have no text yet
    for name, value in cells.items():
        kind, _, language = str(name).rpartition("_")
        if kind in BY_LANGUAGE:
            entry[kind][language] = value
        elif name in LISTS:
            entry[name] = [part.strip() for part in value.split(SEPARATOR) if part.strip()]
        else:
            entry[str(name)] = value
    if row.get(None):
        entry["more cells than columns"] = row[None]
    return entry


def _harmless(value: str) -> str:
    return f"'{value}" if value.startswith((*FORMULA, "'")) else value


def _meant(value: str) -> str:
    return value[1:] if value.startswith("'") and value[1:].startswith((*FORMULA, "'")) else value
