"""Webinars as rows of a table: which column holds what, safe to open in a spreadsheet."""

from collections.abc import Mapping
from typing import Any

from domain.exports import is_formula
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
    """An apostrophe before what a spreadsheet may calculate, or what has one already: it is taken off again."""
    return f"'{value}" if is_formula(value) or value.startswith("'") else value


def _meant(value: str) -> str:
    bare = value.removeprefix("'")
    return bare if is_formula(bare) or bare.startswith("'") else value
