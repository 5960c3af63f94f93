"""Formatted text as Telegram reads it: the one place the rest of the sandbox asks about entities.

Offsets and lengths count UTF-16 code units everywhere, as in the Bot API.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from sandbox.formatted import (
    STYLES,
    Entity,
    EntityError,
    Formatted,
    Mark,
    cleaned,
    entity_of,
    index_of,
    is_blank,
    reading_order,
    span_of,
    trimmed,
    utf16_length,
    utf16_positions,
)
from sandbox.html_reader import parse_html
from sandbox.html_writer import to_html
from sandbox.links import checked_link, link_error

__all__ = [
    "Entity",
    "EntityError",
    "Formatted",
    "checked_link",
    "find_entities",
    "format_text",
    "is_blank",
    "link_error",
    "parse_html",
    "to_html",
    "utf16_length",
]


def format_text(text: str, parse_mode: str | None = None, entities: Iterable[Entity] = ()) -> Formatted:
    """Return a text as Telegram stores it: markup or given entities, plus the links and commands it finds itself.

    Raises EntityError for markup that can't be read and for parse modes other than HTML.
    """
    formatted = _given(text, parse_mode, entities)
    taken = [span_of(entity) for entity in formatted.entities if entity["type"] not in STYLES]
    found = [
        entity
        for entity in find_entities(formatted.text)
        if not any(start < span_of(entity)[1] and span_of(entity)[0] < end for start, end in taken)
    ]
    return Formatted(formatted.text, sorted(formatted.entities + found, key=reading_order))


def _given(text: str, parse_mode: str | None, entities: Iterable[Entity]) -> Formatted:
    if parse_mode:
        if parse_mode.lower() != "html":
            raise EntityError(f"Bad Request: the sandbox reads parse mode HTML, not {parse_mode}")
        return parse_html(text)
    end = utf16_length(text)
    marks = []
    for entity in entities:
        start, stop = span_of(entity)
        if start < 0 or stop > end or start >= stop:
            raise EntityError(
                f"Bad Request: entity beginning at UTF-16 offset {start} ends after the end of the text"
                f" at UTF-16 offset {stop}"
            )
        extra = {key: value for key, value in entity.items() if key not in {"type", "offset", "length"}}
        marks.append(Mark(str(entity["type"]), index_of(text, start), index_of(text, stop), extra))
    # With offsets given, a carriage return may not vanish.
    return trimmed(cleaned(text.replace("\r", " ") if marks else text), marks)


_TOP_LEVEL = "com|org|net|edu|gov|int|info|eu|de|fr|at|ch|uk|in|io|me|app|dev|earth|science|it|es|nl|be|ca|us|test"
# Without one of these there is nothing to find.
_TRACES = re.compile(r"[/@#]|\w\.\w")
_FOUND = re.compile(
    rf"""
    (?P<email>(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-zA-Z]{{2,}}(?!\w))
    |(?P<url>(?<![\w@/.-])(?:(?:https?|tg)://[^\s<>"']+|(?:[\w-]+\.)+(?:{_TOP_LEVEL})(?![\w-])(?::\d+)?(?:[/?\#][^\s<>"']*)?))
    |(?P<bot_command>(?<![\w/@])/[a-zA-Z0-9_]{{1,64}}(?:@[a-zA-Z0-9_]{{3,32}})?(?![\w/@]))
    |(?P<mention>(?<![\w/@])@[a-zA-Z0-9_]{{4,32}}(?![\w@]))
    |(?P<hashtag>(?<![\w/&\#])\#(?=\w*[^\W\d])\w{{1,256}}(?!\#))
    """,
    re.VERBOSE,
)


def find_entities(text: str) -> list[Entity]:
    """Return what Telegram marks by itself: commands, mentions, hashtags, links and mail addresses."""
    return [dict(entity) for entity in _found(text)]


# Broadcasts repeat a text, and the search is the dearest part of storing a message.
@lru_cache(maxsize=256)
def _found(text: str) -> list[Entity]:
    if not _TRACES.search(text):
        return []
    position = utf16_positions(text)
    entities = []
    for found in _FOUND.finditer(text):
        kind = found.lastgroup or ""
        end = found.end()
        if kind == "url":
            end = found.start() + len(_without_punctuation(found[0]))
        entities.append(entity_of(Mark(kind, found.start(), end), position))
    return entities


def _without_punctuation(link: str) -> str:
    """A full stop or bracket after a link belongs to the sentence."""
    shorter = link.rstrip(".,:;!?'\"")
    if shorter.endswith(")") and shorter.count(")") > shorter.count("("):
        return _without_punctuation(shorter[:-1])
    return shorter
