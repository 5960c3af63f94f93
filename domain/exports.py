"""Tables for spreadsheets: as CSV that every program reads alike, and in which no cell can become a formula."""

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.events import Event, EventKind
from domain.permissions import Permission, Role
from domain.registering import Registration

Cell = str | int | None

Table = Sequence[Sequence[Cell]]
"""Rows of cells, the first with the names of the columns."""

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "\N{FULLWIDTH EQUALS SIGN}", "\N{FULLWIDTH PLUS SIGN}",
              "\N{FULLWIDTH HYPHEN-MINUS}", "\N{FULLWIDTH COMMERCIAL AT}")  # fmt: skip
"""With these a spreadsheet begins to calculate; a text that begins with one gets an apostrophe before it (OWASP)."""


class What(StrEnum):
    """What can be taken away as a file."""

    MEMBERS = "members"
    STATISTICS = "statistics"
    SIGN_UPS = "sign_ups"
    REGISTRATIONS = "registrations"


OF_A_GROUP = frozenset({What.MEMBERS, What.REGISTRATIONS})
"""What belongs to one group, and those who run it may have."""


def permission_for(what: What) -> Permission:
    """What somebody needs: who is in a group, or comes to its webinars, is also for those who run it."""
    return Permission.EXPORT_MEMBERS if what in OF_A_GROUP else Permission.EDIT_GROUPS


def to_csv(table: Table) -> bytes:
    """CSV by RFC 4180: commas, every cell in quotes, UTF-8 with the mark by which Excel knows it."""
    lines = io.StringIO(newline="")
    writer = csv.writer(lines, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([_cell(cell) for cell in row] for row in table)
    return lines.getvalue().encode("utf-8-sig", errors="replace")


def _cell(value: Cell) -> str:
    """As text. Numbers of ours may be negative; texts that people wrote must not begin like a formula."""
    if value is None:
        return ""
    return str(value) if isinstance(value, int) else safe(value)


def safe(text: str) -> str:
    """The text without NULs, which cut cells off, and unable to be taken for a formula."""
    text = text.replace("\0", "")
    return f"'{text}" if is_formula(text) else text


def is_formula(text: str) -> bool:
    """Whether a spreadsheet may calculate it."""
    return text.lstrip(" \N{NO-BREAK SPACE}").startswith(_DANGEROUS)


def file_name(what: What, group_code: str, day: str) -> str:
    """Such as "members-pwg-3-2022-03-14.csv": letters, digits and hyphens only."""
    plain = "".join(c if c.isascii() and c.isalnum() else "-" for c in group_code.lower())
    parts = [what.value.replace("_", "-"), "-".join(filter(None, plain.split("-"))), day]
    return "-".join(part for part in parts if part) + ".csv"


# --- What the tables are made of ---


@dataclass(frozen=True)
class Member:
    """Somebody in a group. `since`: when they took their seat; `affiliation`: as in their application."""

    name: str
    role: Role
    language: str
    affiliation: str = ""
    since: datetime | None = None
    can_be_reached: bool = True


@dataclass(frozen=True)
class Numbers:
    """What a group has come to: events held and to come, people who wait, results by state."""

    held: Counter[EventKind]
    ahead: Counter[EventKind]
    guests: int = 0
    waiting: int = 0
    submitted: int = 0


@dataclass(frozen=True)
class SignUp:
    """An announced event with what people said to it. `reminded`: who follows a webinar and can be written to."""

    event: Event
    reminded: int
    said: Counter[str]
    attended: int


@dataclass(frozen=True)
class Registered:
    """Somebody who comes to a webinar, or waits for a place; `at`: since when."""

    name: str
    language: str
    registration: Registration
    at: datetime
    can_be_reached: bool = True
