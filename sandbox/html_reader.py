"""Reads Telegram's strict HTML into a text with entities."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NoReturn

from sandbox.formatted import Entity, EntityError, Formatted, Mark, cleaned, trimmed
from sandbox.links import checked_link

TAGS = {
    "a": "text_link",
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "blockquote": "blockquote",
    "code": "code",
    "pre": "pre",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
}
NAMED_CHARACTERS = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
TIME_FORMAT = re.compile(r"r|w?[dD]?[tT]?")

_SPECIAL = re.compile(r"[<&]")
_CHARACTER = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|([a-zA-Z]+));?")
_TAG_NAME = re.compile(r"([^\s>]*)\s*")
_ATTRIBUTE = re.compile(
    r"""(?P<name>[^\s=>"']+)\s*(?:=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<token>[\w.-]+)(?=[\s>])))?\s*"""
)


@dataclass(frozen=True)
class _OpenTag:
    name: str
    begin: int  # in the source
    start: int  # in the text
    attributes: Mapping[str, str]


def parse_html(source: str) -> Formatted:
    """Read Telegram's HTML; the text comes back trimmed.

    A link to a person (`tg://user?id=…`) stays a `text_link`: only the server knows whom it names.
    Raises EntityError with Telegram's words and the byte offset.
    """
    text, entities = _parsed(source)
    return Formatted(text, [dict(entity) for entity in entities])


# A request is checked first and carried out afterwards, both with the same text; broadcasts repeat it, too.
@lru_cache(maxsize=256)
def _parsed(source: str) -> tuple[str, tuple[Entity, ...]]:
    formatted = _HtmlReader(source).read()
    return formatted.text, tuple(formatted.entities)


class _HtmlReader:
    """One pass over a source; `text` and `marks` grow, `open` holds the tags that wait for their end."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.position = 0
        self.parts: list[str] = []
        self.length = 0
        self.marks: list[Mark] = []
        self.open: list[_OpenTag] = []

    def read(self) -> Formatted:
        while found := _SPECIAL.search(self.source, self.position):
            self._add(cleaned(self.source[self.position : found.start()]))
            self.position = found.start()
            if found[0] == "&":
                self._read_character()
            elif self.source.startswith("/", self.position + 1):
                self._read_end_tag()
            else:
                self._read_start_tag()
        self._add(cleaned(self.source[self.position :]))
        if self.open:
            self._refuse(f'Can\'t find end tag corresponding to start tag "{self.open[-1].name}"')
        return trimmed("".join(self.parts), self.marks)

    def _add(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def _read_character(self) -> None:
        found = _CHARACTER.match(self.source, self.position)
        character = _decoded(found) if found else ""
        # What is no known character stays as it was typed, as in "Q&A".
        self._add(character or "&")
        self.position = found.end() if found and character else self.position + 1

    def _read_start_tag(self) -> None:
        begin = self.position
        name = self._read_tag_name()
        if self.position >= len(self.source):
            self._refuse("Unclosed start tag", begin)
        if name not in TAGS:
            self._refuse(f'Unsupported start tag "{name}"', begin)
        attributes = self._read_attributes(name, begin)
        if name == "span" and attributes.get("class") != "tg-spoiler":
            self._refuse('Tag "span" must have class "tg-spoiler"', begin)
        self.open.append(_OpenTag(name, begin, self.length, attributes))

    def _read_tag_name(self) -> str:
        """Step over "<name" or "</name" and the spaces behind it; the name ends at a space or ">"."""
        name, self.position = "", self.position + (2 if self.source.startswith("</", self.position) else 1)
        if found := _TAG_NAME.match(self.source, self.position):
            name, self.position = found[1].lower(), found.end()
        return name

    def _read_attributes(self, name: str, begin: int) -> dict[str, str]:
        attributes = {}
        while not self.source.startswith(">", self.position):
            if self.position >= len(self.source):
                self._refuse("Unclosed start tag", begin)
            found = _ATTRIBUTE.match(self.source, self.position)
            if found is None:
                self._refuse(f'Empty attribute name in the tag "{name}"', begin)
            value = next((found[group] for group in ("double", "single", "token") if found[group]), "")
            attributes[found["name"].lower()] = _CHARACTER.sub(lambda one: _decoded(one) or one[0], value)
            self.position = found.end()
            if self.source.startswith("=", self.position):
                self._refuse_value(begin)
        self.position += 1
        return attributes

    def _refuse_value(self, begin: int) -> NoReturn:
        """The attribute has an equal sign, but no value that ends."""
        rest = self.source[self.position + 1 :].lstrip()
        if not rest or rest[0] in "\"'":
            self._refuse("Unclosed start tag", begin)
        self._refuse("Unexpected end of name token", len(self.source) - len(rest))

    def _read_end_tag(self) -> None:
        begin = self.position
        name = self._read_tag_name()
        if not self.open:
            self._refuse("Unexpected end tag", begin)
        if not self.source.startswith(">", self.position):
            self._refuse("Unclosed end tag", begin)
        tag = self.open.pop()
        if name not in {"", tag.name}:
            where = f'{self._byte_offset(begin)}, expected "</{tag.name}>", found "</{name}>"'
            self._refuse(f"Unmatched end tag at byte offset {where}")
        self.position += 1
        if self.length > tag.start:
            self._close(tag)

    def _close(self, tag: _OpenTag) -> None:
        mark = Mark(TAGS[tag.name], tag.start, self.length)
        match tag.name:
            case "a":
                link = checked_link(tag.attributes.get("href") or "".join(self.parts)[tag.start :])
                if link is None:
                    return
                mark.extra = {"url": link}
            case "blockquote" if "expandable" in tag.attributes:
                mark.kind = "expandable_blockquote"
            case "code" if tag.attributes.get("class", "").startswith("language-"):
                mark.extra = {"language": tag.attributes["class"].removeprefix("language-")}
            case "pre":
                self._take_language(mark)
            case "tg-emoji":
                mark.extra = {"custom_emoji_id": self._emoji(tag)}
            case "tg-time":
                mark.extra = self._time(tag)
            case _:
                pass
        self.marks.append(mark)

    def _take_language(self, pre: Mark) -> None:
        """A <code class="language-…"> that fills the whole <pre> names its language."""
        inner = self.marks[-1] if self.marks else None
        if inner and (inner.kind, inner.start, inner.end) == ("code", pre.start, pre.end):
            pre.extra = inner.extra

    def _emoji(self, tag: _OpenTag) -> str:
        identifier = tag.attributes.get("emoji-id", "")
        if not identifier.isdecimal():
            self._refuse("Invalid custom emoji identifier specified", tag.begin)
        return identifier

    def _time(self, tag: _OpenTag) -> Entity:
        unix, shown = tag.attributes.get("unix", ""), tag.attributes.get("format", "")
        if not re.fullmatch(r"[0-9]{1,10}", unix):
            self._refuse("Invalid Unix time specified", tag.begin)
        if not TIME_FORMAT.fullmatch(shown):
            self._refuse("Invalid date-time format specified", tag.begin)
        return {"unix_time": int(unix)} | ({"date_time_format": shown} if shown else {})

    def _byte_offset(self, position: int) -> int:
        return len(self.source[:position].encode("utf-8", "surrogatepass"))

    def _refuse(self, reason: str, begin: int | None = None) -> NoReturn:
        where = "" if begin is None else f" at byte offset {self._byte_offset(begin)}"
        raise EntityError(f"Bad Request: can't parse entities: {reason}{where}")


def _decoded(found: re.Match[str]) -> str:
    """Return the character that a reference names, or nothing when Telegram knows none of that name."""
    if found[3]:
        return NAMED_CHARACTERS.get(found[3], "")
    code = int(found[1], 16) if found[1] else int(found[2])
    return "" if code == 0 or code >= 0x10FFFF or 0xD800 <= code < 0xE000 else chr(code)
