"""A world in which every column of every table holds something of its own that is found wherever it gets to."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from html import unescape
from itertools import count, product

from sqlalchemy import JSON, BigInteger, Boolean, Column, Integer, String, Table, select

from domain.agenda import PointState
from domain.coauthors import CoauthorState
from domain.corrections import CorrectionState
from domain.events import EventState
from domain.pages import Note
from domain.polls import PollState
from domain.questions import QuestionState
from domain.registering import Registration
from domain.results import ResultState
from domain.talks import TalkState
from messages.languages import LANGUAGES
from storage.database import Tx
from storage.types import UtcDateTime
from tests.storage.filling import names_a_person, tables

TEXT = re.compile(r"qz\d{6}", re.IGNORECASE)
NUMBER = re.compile(r"\d{10,}")
FIRST_NUMBER = 7_300_000_000_000

PEOPLE = 12

LINKS = "https://example.org/"
"""What a canary looks like in a column of addresses begins with this."""


@dataclass(frozen=True)
class Origin:
    """Where a canary was put. `row` is as it was then, or as it was read again."""

    table: str
    column: str
    row: dict[str, object]

    @property
    def name(self) -> str:
        return f"{self.table}.{self.column}"

    def __str__(self) -> str:
        state = ", ".join(f"{name} {self.row[name]}" for name in ("kind", "state", "name") if name in self.row)
        return f"{self.name} ({state})" if state else self.name


@dataclass
class Canaries:
    """All of them by what they look like; `others` look like themselves."""

    texts: dict[str, Origin] = field(default_factory=dict)
    numbers: dict[str, Origin] = field(default_factory=dict)
    others: dict[str, Origin] = field(default_factory=dict)
    names: Iterator[int] = field(default_factory=count)

    def text(self, origin: Origin) -> str:
        """A new one."""
        name = f"qz{next(self.names):06d}"
        self.texts[name] = origin
        return name

    def number(self, origin: Origin) -> int:
        """A new one, as long as an id of Telegram's."""
        number = FIRST_NUMBER + len(self.numbers)
        self.numbers[str(number)] = origin
        return number

    def found_in(self, output: str) -> Iterator[Origin]:
        """Those that stand in an output, lines of calendars unfolded and HTML read."""
        plain = unescape(output.replace("\r\n ", ""))
        yield from (self.texts[name] for name in map(str.lower, TEXT.findall(plain)) if name in self.texts)
        yield from (self.numbers[name] for name in NUMBER.findall(plain) if name in self.numbers)
        yield from (origin for secret, origin in self.others.items() if secret in plain)


# --- What is no free text ---------------------------------------------------------------------

WORDS: Mapping[str, Sequence[object]] = {
    "people.language": ["en", "de", "fr"],
    "people.zone": ["Europe/Berlin"],
    "roles.role": ["guest", "coordinator", "organiser"],
    "consents.purpose": ["announcements"],
    "applications.state": ["open", "waiting", "accepted", "declined", "withdrawn", "closed"],
    "invites.purpose": ["guest", "presenter", "chat"],
    "chats.standing": ["administrator", "member", "out"],
    "chats.rights": [["can_invite_users"]],
    "links.topic": ["open"],
    "links.language": ["en"],
    "join_requests.state": ["open", "approved", "declined", "over"],
    "series.rule": ["weekly"],
    "series.first_wall": ["2022-03-22T16:00"],
    "series.zone": ["Europe/Berlin"],
    "series.exceptions": [[]],
    "events.zone": ["Europe/Berlin"],
    "events.languages": [["en", "fr"]],
    "events.minutes": [60],
    "registrations.state": list(Registration),
    "subscriptions.scope": ["webinar", "group", "language", "all"],
    "occasions.purpose": ["reminder"],
    "timings.purpose": ["reminder"],
    "answers.answer": ["yes", "maybe", "no"],
    "answers.former": ["no"],
    "agenda.state": list(PointState),
    "polls.zone": ["Europe/Berlin"],
    "polls.state": list(PollState),
    "votes.vote": ["yes", "if_need", "no"],
    "talks.state": list(TalkState),
    "chores.kind": ["check_slides"],
    "questions.state": list(QuestionState),
    "feedback.wish": ["more"],
    "shares.language": ["en"],
    "results.kind": ["statement"],
    "results.language": ["en"],
    "results.accessible": ["no"],
    "results.file_kind": ["document"],
    "result_versions.file_kind": ["document"],
    "corrections.state": list(CorrectionState),
    "corrections.accessible": ["no"],
    "corrections.file_kind": ["document"],
    "coauthors.state": list(CoauthorState),
    "publications.state": ["done"],
    "publications.target": ["homepage"],
    "files.media_type": ["application/pdf"],
    "notices.state": ["sent"],
    "broadcasts.state": ["draft", "done"],
    "broadcasts.audience": ["everybody"],
    "cards.language": ["en"],
    "inbox.state": ["done", "dead"],
    "outbox.state": ["sent", "failed", "cancelled", "expired"],
    "outbox.kind": ["calendar"],
    "outbox.policy": ["at_least_once"],
    "outbox.method": ["sendMessage"],
    "erasures.state": ["done"],
    "erasures.language": ["en"],
}
"""Columns that hold words of ours, with those that make a difference: a row for each."""

VARIED = {"events.kind", "events.state", "events.link_policy", "results.state"}
"""The same, where not every combination makes sense."""

NOTHING = {
    *("people.blocked_at", "people.stopped_at", "people.silent_until", "people.quiet_from", "people.quiet_until"),
    *("groups.opens_on", "groups.closes_on", "chats.leave_at", "series.until", "questions.merged_into"),
    *("rounds.closed_at", "removals.undone_at", "invites.revoked_at", "chores.done_at", "events.capacity"),
    *("outbox.card_id", "outbox.follow", "links.thread_id", "cards.thread_id"),
}
"""Columns that would hide something, or are of no row here."""

BY_LANGUAGE = {"titles", "themes", "abstracts"}

UNDER_WAY, SOON = timedelta(minutes=-20), timedelta(minutes=12)
STARTS = (timedelta(days=-3), UNDER_WAY, SOON, timedelta(days=3))
"""When events start: over, on, so soon that guarded links are told, later."""

POLICIES: tuple[tuple[str, bool], ...] = (("guarded", False), ("public", False), ("public", True))


def _events(now: datetime) -> list[dict[str, object]]:
    """Webinars by state, kind of link and moment, sessions by state and moment."""
    webinars: list[dict[str, object]] = [
        {"kind": "webinar", "state": state, "link_policy": policy, "registers": registers, "starts_at": now + start}
        for state, (policy, registers), start in product(EventState, POLICIES, STARTS)
    ]
    sessions: list[dict[str, object]] = [
        {"kind": "session", "state": state, "link_policy": "guarded", "registers": False, "starts_at": now + start}
        for state, start in product(EventState, STARTS)
    ]
    return webinars + sessions


def _variants(table: Table, now: datetime) -> list[dict[str, object]]:
    """Values by which the rows of a table differ: all that can be combined."""
    names = [column.name for column in table.columns if f"{table.name}.{column.name}" in WORDS]
    words = {name: WORDS[f"{table.name}.{name}"] for name in names}
    alike = [dict(zip(words, values, strict=True)) for values in product(*words.values())]
    match table.name:
        case "people":
            return [alike[number % len(alike)] for number in range(PEOPLE)]
        case "groups":
            return [{}, {}]
        case "events":
            return [one | other for one in alike for other in _events(now)]
        case "results":
            files: list[dict[str, object]] = [{}, {"file_id": None, "file_name": None, "file_kind": None}]
            return [one | {"state": state} | file for one in alike for state, file in product(ResultState, files)]
        case "facts":
            notes = [{"name": f"page_{note}_{language}"} for note, language in product(Note, LANGUAGES)]
            return [*notes, {}]  # type: ignore[list-item]
        case _:
            return alike


ONCE = {"events", "results"}
"""Tables that have all their variants anyway, and not once more for each group."""


@dataclass
class Filling:
    """Fills a database. `now`: the moment around which everything happens."""

    canaries: Canaries
    now: datetime
    keys: dict[str, list[object]] = field(default_factory=dict)

    async def fill(self, tx: Tx) -> None:
        """Every table."""
        for table in sorted(tables(), key=lambda table: table.name != "people"):  # named without a key, too
            if len(table.primary_key.columns) == 1:
                (key,) = table.primary_key.columns
                known = (await tx.execute(select(key))).scalars()
                self.keys[table.name] = [] if key.autoincrement is False else list(known)
            rows = list(self._rows(table))
            await tx.execute(table.insert(), rows)

    def _rows(self, table: Table) -> Iterator[dict[str, object]]:
        first = next((column for column in table.columns if column.foreign_keys), None)
        parents = self.keys[_parent(first)] if first is not None and table.name not in ONCE else [None]
        taken = len(self.keys.get(table.name, ()))  # counted on from what is there already
        for number, (parent, variant) in enumerate(product(parents, _variants(table, self.now)), taken):
            row: dict[str, object] = dict(variant)
            if first is not None and parent is not None:
                row[first.name] = parent
            for column in table.columns:
                if column.name not in row:
                    row[column.name] = self._value(column, row, number)
            if table.name in self.keys:
                self.keys[table.name].append(row[next(iter(table.primary_key.columns)).name])
            yield row

    def _value(self, column: Column[object], row: dict[str, object], number: int) -> object:
        origin = Origin(column.table.name, column.name, row)
        if origin.name in NOTHING:
            return None
        if origin.name == "files.name":  # the only form in which it is an address
            return f"{number:032x}"
        if column.foreign_keys:
            keys = self.keys[_parent(column)]
            return keys[number % len(keys)]
        if names_a_person(column):
            return self.keys["people"][number % PEOPLE]
        if column.primary_key and isinstance(column.type, Integer) and column.autoincrement is not False:
            return number + 1
        return self._by_type(column, origin)

    def _by_type(self, column: Column[object], origin: Origin) -> object:
        match column.type:
            case UtcDateTime():
                return self.now - timedelta(hours=1)
            case Boolean():
                return True
            case BigInteger():
                return self.canaries.number(origin)
            case Integer():
                return 1
            case JSON():
                return self._json(column, origin)
            case String():
                name = self.canaries.text(origin)
                return f"{LINKS}{name}" if column.name.endswith("link") else name
        raise AssertionError(f"{origin}: what is a canary of {column.type}?")

    def _json(self, column: Column[object], origin: Origin) -> object:
        name = self.canaries.text(origin)
        if column.name in BY_LANGUAGE:
            return dict.fromkeys(LANGUAGES, name)
        return [name] if column.name in {"speakers", "outside"} else {"said": name}


def _parent(column: Column[object]) -> str:
    (key,) = column.foreign_keys
    return key.column.table.name
