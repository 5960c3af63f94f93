"""Cuts a typed phrase into what it says of days and times, without knowing what day it is."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from dateparser import parse

from domain.errors import NoSuchClock, NotReadable, TooLong
from handlers import vocabulary as words

MOST_TYPED = 64
"""No date needs more characters; nobody's flood is looked at any closer."""


@dataclass(frozen=True)
class Number:
    """Digits by themselves; a trailing dot or ending ("22.", "22nd") is dropped."""

    digits: str

    @property
    def is_year(self) -> bool:
        """Only years have four digits."""
        return len(self.digits) == 4


@dataclass(frozen=True)
class Numeric:
    """A date in digits, in the order typed; with `year_first` the month is the second number."""

    first: int
    second: int
    year: str | None
    separator: str
    year_first: bool = False


@dataclass(frozen=True)
class Pair:
    """Two numbers with a dot between them: "16.30", "22.03"; a time or a date."""

    first: int
    second: str


@dataclass(frozen=True)
class Month:
    """The name of a month; `place`: how many bare numbers stood before it."""

    number: int
    place: int


@dataclass
class Phrase:
    """What was said, by kind. `clocks` in minutes after midnight."""

    clocks: list[int] = field(default_factory=list)
    midnights: int = 0
    parts_of_day: list[range] = field(default_factory=list)
    dates: list[Numeric] = field(default_factory=list)
    pairs: list[Pair] = field(default_factory=list)
    numbers: list[Number] = field(default_factory=list)
    months: list[Month] = field(default_factory=list)
    days_ahead: list[int] = field(default_factory=list)
    weekdays: list[frozenset[int]] = field(default_factory=list)
    modifiers: list[str] = field(default_factory=list)


def folded(typed: str) -> str:
    """Small letters without accents, single spaces; raises TooLong, or NotReadable for a mark on a digit.

    Characters that mislead the eye (direction, zero width) are left in: no piece of a phrase has any.
    """
    if len(typed) > MOST_TYPED:
        raise TooLong(len(typed), MOST_TYPED)
    kept: list[str] = []
    for c in unicodedata.normalize("NFD", typed.replace("’", "'").strip()):
        if unicodedata.combining(c):
            if not (kept and kept[-1].isalpha()):
                raise NotReadable("moment")
        elif c.isspace():
            kept.append(" ")
        else:
            kept.append(c)
    return " ".join("".join(kept).casefold().split())


_MONTH_NAMES = "|".join(sorted(words.MONTHS, key=len, reverse=True))
_WEEKDAY_NAMES = "|".join([*words.WEEKDAYS, words.DIENSTAG_OR_DIMANCHE])
_END = r"(?![\w:/-]|\.\d)"
_HOURS = r"(?:h|uhr|hrs?|heures?)\b"
# "7 am Dienstag" is German: "at 7 on Tuesday". So "am" counts only at the end or before an English word.
_ENGLISH = (
    r"on|the|at|today|tomorrow|overmorrow|next|next-week|this|coming|mon|tue|wed|thu|fri|sat|sun"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|may|june|july|august"
    r"|september|october|november|december"
)
_HALF = rf"(?P<half>p\.?m\b\.?|a\.m\b\.?|am\b(?=\s*(?:$|[,(]|(?:{_ENGLISH})\b)))"

_PIECES = re.compile(
    rf"""
      (?P<gap>       [\s,]+ | (?<=\s)[-–](?=\s) )
    | (?P<clock12>   (?P<h12>0?[1-9]|1[0-2]) (?:[.:](?P<m12>\d\d))? \s* {_HALF} )
    | (?P<colon>     (?P<hc>\d\d?):(?P<mc>\d\d) (?::00)? (?:\s*{_HOURS}|{_END}) )
    | (?P<uhr>       (?P<hu>\d\d?)\.(?P<mu>\d\d) \s* {_HOURS} )
    | (?P<hour>      (?P<hh>\d\d?) \s* (?:h|uhr|hrs?|heures?)
                     (?: \s*(?P<mh>\d\d){_END}(?!\.)(?!\s*(?:{_MONTH_NAMES})\b) | (?!\w) ) )
    | (?P<klokken>   kl\.?\s* (?P<hk>\d\d?) (?:[.:](?P<mk>\d\d))? {_END} )
    | (?P<iso>       (?P<yi>\d{{4}})(?P<si>[-/.])(?P<mi>\d\d?)(?P=si)(?P<di>\d\d?) (?:t(?=\d)|{_END}) )
    | (?P<dotted>    (?P<d1>\d\d?)\.\s?(?P<d2>\d\d?)\. (?:\s?(?P<d4>\d{{4}})|(?P<dy>\d\d))? {_END} )
    | (?P<slashed>   (?P<s1>\d\d?)(?P<ss>[/-])(?P<s2>\d\d?) (?:(?P=ss)(?P<sy>\d{{4}}|\d\d))? {_END} )
    | (?P<pair>      (?P<p1>\d\d?)\.(?P<p2>\d\d?) {_END} )
    | (?P<number>    (?P<n>\d{{1,4}}) (?:st|nd|rd|th|er|e|\.)? {_END} )
    | (?P<word>      (?P<w>[a-z]+(?:['-][a-z]+)*)\.? )
    """,
    re.VERBOSE | re.ASCII,
)


def hear(text: str, language: str) -> Phrase:
    """Every piece of a plain text; raises NotReadable for a piece that means nothing here, NoSuchClock for 25:00."""
    text = re.sub(r"(?<=[:h]\d\d)\.$", "", text)
    for said, meant in words.PHRASES:
        text = re.sub(rf"(?<![\w'-]){said}(?![\w'-])", meant, text)
    text = re.sub(r"\b" + words.MARCH_OR_MARDI + r"\b", _meant_by_mar(text, language), text)
    heard = Phrase()
    for piece in _pieces(text):
        if piece.lastgroup != "word":
            _hear_digits(piece, heard)
        elif not _hear_word(piece["w"], language, heard):
            _hear_foreign_month(piece["w"], text, heard)
    return heard


def _pieces(text: str) -> Iterator[re.Match[str]]:
    position = 0
    while position < len(text):
        piece = _PIECES.match(text, position)
        if piece is None:
            raise NotReadable("moment")
        if piece.lastgroup != "gap":
            yield piece
        position = piece.end()


def _hear_digits(piece: re.Match[str], heard: Phrase) -> None:
    match piece.lastgroup:
        case "clock12":
            hour = int(piece["h12"]) % 12 + (12 if piece["half"].startswith("p") else 0)
            heard.clocks.append(minutes(hour, int(piece["m12"] or 0)))
        case "colon":
            heard.clocks.append(minutes(int(piece["hc"]), int(piece["mc"])))
        case "uhr":
            heard.clocks.append(minutes(int(piece["hu"]), int(piece["mu"])))
        case "hour":
            heard.clocks.append(minutes(int(piece["hh"]), int(piece["mh"] or 0)))
        case "klokken":
            heard.clocks.append(minutes(int(piece["hk"]), int(piece["mk"] or 0)))
        case "iso":
            heard.dates.append(Numeric(int(piece["di"]), int(piece["mi"]), piece["yi"], piece["si"], year_first=True))
        case "dotted":
            heard.dates.append(Numeric(int(piece["d1"]), int(piece["d2"]), piece["d4"] or piece["dy"], "."))
        case "slashed":
            heard.dates.append(Numeric(int(piece["s1"]), int(piece["s2"]), piece["sy"], piece["ss"]))
        case "pair":
            heard.pairs.append(Pair(int(piece["p1"]), piece["p2"]))
        case _:
            heard.numbers.append(Number(piece["n"]))


def minutes(hour: int, minute: int) -> int:
    """Minutes after midnight; raises NoSuchClock."""
    if hour > 23 or minute > 59:
        raise NoSuchClock(hour, minute)
    return 60 * hour + minute


def _hear_word(word: str, language: str, heard: Phrase) -> bool:
    """Whether the word is one of the three languages'."""
    if word in words.MONTHS:
        heard.months.append(Month(words.MONTHS[word], len(heard.numbers)))
    elif word in words.WEEKDAYS:
        heard.weekdays.append(frozenset({words.WEEKDAYS[word]}))
    elif word == words.DIENSTAG_OR_DIMANCHE:
        heard.weekdays.append(frozenset({1} if language == "de" else {1, 6}))
    elif word in words.DAYS_AHEAD:
        heard.days_ahead.append(words.DAYS_AHEAD[word])
    elif word in words.PARTS_OF_DAY:
        heard.parts_of_day.append(words.PARTS_OF_DAY[word])
    elif word in words.MODIFIERS:
        heard.modifiers.append(words.MODIFIERS[word])
    elif word in words.NOONS:
        heard.clocks.append(12 * 60)
    elif word in words.MIDNIGHTS:
        heard.midnights += 1
    else:
        return word in words.SILENT
    return True


def _meant_by_mar(text: str, language: str) -> str:
    """English March or French mardi: what is not said beside it; if neither is, what it is in the language."""
    beside = re.sub(r"\bmar\b", "", text)
    if re.search(rf"\b(?:{_MONTH_NAMES})\b|\d[./-]\s?\d", beside):
        return "mardi"
    if re.search(rf"\b(?:{_WEEKDAY_NAMES}|\d{{4}})\b", beside):
        return "march"
    return "mardi" if language == "fr" else "march"


def _hear_foreign_month(word: str, text: str, heard: Phrase) -> None:
    """The month of a date like "22 de marzo de 2022"; only with a year beside it is nothing left to guess."""
    month = month_elsewhere(word) if re.search(r"\b\d{4}\b", text) else None
    if month is None:
        raise NotReadable("moment")
    heard.months.append(Month(month, len(heard.numbers)))


@lru_cache(256)
def month_elsewhere(word: str) -> int | None:
    """The month of this name in Spanish, Portuguese, Italian, Dutch or Indonesian, where no name means two months."""
    found = parse(
        f"15 {word} 2024",
        languages=["es", "pt", "it", "nl", "id"],
        settings={
            "PARSERS": ["absolute-time"],
            "STRICT_PARSING": True,
            "REQUIRE_PARTS": ["day", "month", "year"],
            "DATE_ORDER": "DMY",
            "RELATIVE_BASE": datetime(2000, 1, 1),  # noqa: DTZ001 - dateparser wants it naive, and the clock is not asked
        },
    )
    return found.month if found is not None and (found.year, found.day) == (2024, 15) else None
