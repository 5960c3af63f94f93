"""A text with what is marked in it: counted in UTF-16 units, cleaned, trimmed and settled as Telegram stores it."""

import re
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

Entity = dict[str, Any]

# These may overlap each other; neighbours of the same kind become one, and none reaches into code.
STYLES = frozenset({"bold", "italic", "underline", "strikethrough", "spoiler"})
NESTING = (
    {"blockquote", "expandable_blockquote"},
    {"pre"},
    {"code"},
    {"text_link", "text_mention", "url", "email", "mention", "hashtag", "bot_command", "date_time"},
    {"bold"},
    {"italic"},
    {"underline"},
    {"strikethrough"},
    {"spoiler"},
)
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\u2028\u2029]")
# Characters that show nothing: a text of these alone counts as empty.
_INVISIBLE = re.compile(r"[\s\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2800\u3164\ufeff]*")


class EntityError(ValueError):
    """The text can't be read; the message is Telegram's description, with "Bad Request: " in front."""


@dataclass(frozen=True)
class Formatted:
    """A text without markup and what was marked in it, sorted by offset."""

    text: str
    entities: list[Entity] = field(default_factory=list)


@dataclass
class Mark:
    """A marked stretch of text, counted in characters of Python until the text is complete."""

    kind: str
    start: int
    end: int
    extra: Entity = field(default_factory=dict)


def utf16_length(text: str) -> int:
    """Return the length of a text in UTF-16 code units, the unit of every limit of Telegram."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def is_blank(text: str) -> bool:
    """Tell whether a text shows nothing: spaces, line ends and invisible characters only."""
    return _INVISIBLE.fullmatch(text) is not None


def span_of(entity: Entity) -> tuple[int, int]:
    """Return where an entity begins and ends, in UTF-16 units."""
    offset, length = entity["offset"], entity["length"]
    return offset, offset + length


def depth(kind: str) -> int:
    """Return how far inside a kind of entity stands when several mark the same stretch."""
    return next((rank for rank, kinds in enumerate(NESTING) if kind in kinds), len(NESTING))


def reading_order(entity: Entity) -> tuple[int, int, int]:
    """Sort key of entities: by where they begin, the longer one first, then from the outside to the inside."""
    start, end = span_of(entity)
    return start, -end, depth(entity["type"])


def index_of(text: str, offset: int) -> int:
    """Return the position in a Python string of a UTF-16 offset."""
    if text.isascii():
        return offset
    return bisect_left(range(len(text)), offset, key=lambda position: utf16_length(text[:position]))


def cleaned(text: str) -> str:
    """Drop carriage returns and turn other control characters into spaces, before anything is counted."""
    if not _CONTROL.search(text):
        return text
    return _CONTROL.sub(" ", text.replace("\r", ""))


def trimmed(text: str, marks: list[Mark]) -> Formatted:
    """Cut white space at both ends (at the start only as far as the first mark) and settle the entities."""
    end = len(text.rstrip())
    first = min((mark.start for mark in marks), default=end)
    start = min(first, len(text) - len(text.lstrip()), end)
    for mark in marks:
        mark.start, mark.end = mark.start - start, min(mark.end, end) - start
    text = text[start:end]
    settled = [mark for mark in (_settled(marks) if marks else marks) if mark.start < mark.end]
    settled.sort(key=lambda mark: (mark.start, -mark.end, depth(mark.kind)))
    position = utf16_positions(text)
    return Formatted(text, [entity_of(mark, position) for mark in settled])


def entity_of(mark: Mark, position: Callable[[int], int]) -> Entity:
    """Return a mark as the Bot API writes it; `position` turns characters into UTF-16 units."""
    offset = position(mark.start)
    extra = {} if mark.kind == "code" else mark.extra
    return {"type": mark.kind, "offset": offset, "length": position(mark.end) - offset, **extra}


def utf16_positions(text: str) -> Callable[[int], int]:
    """Return the function from a position in a Python string to its UTF-16 offset."""
    if text.isascii() or max(text, default="") < "\U00010000":
        return lambda position: position
    return lambda position: utf16_length(text[:position])


def _settled(marks: list[Mark]) -> list[Mark]:
    """Join neighbouring stretches of a style, keep styles out of code and code out of blocks of code."""
    blocks = [mark for mark in marks if mark.kind == "pre"]
    marks = [
        mark
        for mark in marks
        if mark.kind != "code" or not any(mark.start < pre.end and pre.start < mark.end for pre in blocks)
    ]
    code = sorted((mark.start, mark.end) for mark in marks if mark.kind in {"code", "pre"})
    kept = [mark for mark in marks if mark.kind not in STYLES]
    for style in sorted({mark.kind for mark in marks} & STYLES):
        stretches = sorted((mark.start, mark.end) for mark in marks if mark.kind == style)
        kept += [Mark(style, start, end) for start, end in _without(_joined(stretches), code)]
    return kept


def _joined(stretches: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in stretches:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _without(stretches: list[tuple[int, int]], holes: list[tuple[int, int]]) -> list[tuple[int, int]]:
    for hole_start, hole_end in holes:
        stretches = [
            part
            for start, end in stretches
            for part in ((start, min(end, hole_start)), (max(start, hole_end), end))
            if part[0] < part[1]
        ]
    return stretches
