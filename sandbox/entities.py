"""Formatted text as Telegram reads it: strict HTML in, plain text with entities out, and back for the page.

Offsets and lengths count UTF-16 code units everywhere, as in the Bot API.
"""

import html
import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, NoReturn
from urllib.parse import urlsplit

Entity = dict[str, Any]

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
# These may overlap each other; neighbours of the same kind become one, and none reaches into code.
STYLES = frozenset({"bold", "italic", "underline", "strikethrough", "spoiler"})
NAMED_CHARACTERS = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
TIME_FORMAT = re.compile(r"r|w?[dD]?[tT]?")

_SPECIAL = re.compile(r"[<&]")
_CHARACTER = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|([a-zA-Z]+));?")
_TAG_NAME = re.compile(r"([^\s>]*)\s*")
_ATTRIBUTE = re.compile(
    r"""(?P<name>[^\s=>"']+)\s*(?:=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<token>[\w.-]+)(?=[\s>])))?\s*"""
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
class _Mark:
    """A marked stretch of text, counted in characters of Python until the text is complete."""

    kind: str
    start: int
    end: int
    extra: Entity = field(default_factory=dict)


@dataclass(frozen=True)
class _OpenTag:
    name: str
    start: int
    attributes: Mapping[str, str]


def utf16_length(text: str) -> int:
    """Return the length of a text in UTF-16 code units, the unit of every limit of Telegram."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def is_blank(text: str) -> bool:
    """Tell whether a text shows nothing: spaces, line ends and invisible characters only."""
    return _INVISIBLE.fullmatch(text) is not None


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


def format_text(text: str, parse_mode: str | None = None, entities: Iterable[Entity] = ()) -> Formatted:
    """Return a text as Telegram stores it: markup or given entities, plus the links and commands it finds itself.

    Raises EntityError for markup that can't be read and for parse modes other than HTML.
    """
    formatted = _given(text, parse_mode, entities)
    taken = [_span(entity) for entity in formatted.entities if entity["type"] not in STYLES]
    found = [
        entity
        for entity in find_entities(formatted.text)
        if not any(start < _span(entity)[1] and _span(entity)[0] < end for start, end in taken)
    ]
    return Formatted(formatted.text, sorted(formatted.entities + found, key=_order))


def _given(text: str, parse_mode: str | None, entities: Iterable[Entity]) -> Formatted:
    if parse_mode:
        if parse_mode.lower() != "html":
            raise EntityError(f"Bad Request: the sandbox reads parse mode HTML, not {parse_mode}")
        return parse_html(text)
    end = utf16_length(text)
    marks = []
    for entity in entities:
        start, stop = _span(entity)
        if start < 0 or stop > end or start >= stop:
            raise EntityError(
                f"Bad Request: entity beginning at UTF-16 offset {start} ends after the end of the text"
                f" at UTF-16 offset {stop}"
            )
        extra = {key: value for key, value in entity.items() if key not in {"type", "offset", "length"}}
        marks.append(_Mark(str(entity["type"]), _index(text, start), _index(text, stop), extra))
    return _trimmed(_cleaned(text) if "\r" not in text else text, marks)


def _span(entity: Entity) -> tuple[int, int]:
    offset, length = entity["offset"], entity["length"]
    return offset, offset + length


def _order(entity: Entity) -> tuple[int, int]:
    start, end = _span(entity)
    return start, -end


def _index(text: str, offset: int) -> int:
    """Return the position in a Python string of a UTF-16 offset."""
    if text.isascii():
        return offset
    return bisect_left(range(len(text)), offset, key=lambda position: utf16_length(text[:position]))


class _HtmlReader:
    """One pass over a source; `text` and `marks` grow, `open` holds the tags that wait for their end."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.position = 0
        self.parts: list[str] = []
        self.length = 0
        self.marks: list[_Mark] = []
        self.open: list[_OpenTag] = []

    def read(self) -> Formatted:
        while found := _SPECIAL.search(self.source, self.position):
            self._add(_cleaned(self.source[self.position : found.start()]))
            self.position = found.start()
            if found[0] == "&":
                self._read_character()
            elif self.source.startswith("/", self.position + 1):
                self._read_end_tag()
            else:
                self._read_start_tag()
        self._add(_cleaned(self.source[self.position :]))
        if self.open:
            self._refuse(f'Can\'t find end tag corresponding to start tag "{self.open[-1].name}"')
        return _trimmed("".join(self.parts), self.marks)

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
        self.open.append(_OpenTag(name, self.length, attributes))

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
        self.position += 1
        return attributes

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
            self._close(tag, begin)

    def _close(self, tag: _OpenTag, begin: int) -> None:
        mark = _Mark(TAGS[tag.name], tag.start, self.length)
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
                mark.extra = {"custom_emoji_id": self._emoji(tag, begin)}
            case "tg-time":
                mark.extra = self._time(tag, begin)
            case _:
                pass
        self.marks.append(mark)

    def _take_language(self, pre: _Mark) -> None:
        """A <code class="language-…"> that fills the whole <pre> names its language."""
        inner = self.marks[-1] if self.marks else None
        if inner and (inner.kind, inner.start, inner.end) == ("code", pre.start, pre.end):
            pre.extra = inner.extra
        self.marks = [mark for mark in self.marks if mark.kind != "code" or mark.start < pre.start]

    def _emoji(self, tag: _OpenTag, begin: int) -> str:
        identifier = tag.attributes.get("emoji-id", "")
        if not identifier.isdecimal():
            self._refuse("Invalid custom emoji identifier specified", begin)
        return identifier

    def _time(self, tag: _OpenTag, begin: int) -> Entity:
        unix, shown = tag.attributes.get("unix", ""), tag.attributes.get("format", "")
        if not re.fullmatch(r"[0-9]{1,10}", unix):
            self._refuse("Invalid Unix time specified", begin)
        if not TIME_FORMAT.fullmatch(shown):
            self._refuse("Invalid date-time format specified", begin)
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


def _cleaned(text: str) -> str:
    """Drop carriage returns and turn other control characters into spaces, before anything is counted."""
    if not _CONTROL.search(text):
        return text
    return _CONTROL.sub(" ", text.replace("\r", ""))


def _trimmed(text: str, marks: list[_Mark]) -> Formatted:
    """Cut white space at both ends (at the start only as far as the first mark) and settle the entities."""
    end = len(text.rstrip())
    first = min((mark.start for mark in marks), default=end)
    start = min(first, len(text) - len(text.lstrip()), end)
    for mark in marks:
        mark.start, mark.end = mark.start - start, min(mark.end, end) - start
    text = text[start:end]
    settled = [mark for mark in _settled(marks) if mark.start < mark.end]
    settled.sort(key=lambda mark: (mark.start, -mark.end))
    position = _utf16_positions(text)
    return Formatted(text, [_entity(mark, position) for mark in settled])


def _entity(mark: _Mark, position: Callable[[int], int]) -> Entity:
    offset = position(mark.start)
    extra = {} if mark.kind == "code" else mark.extra
    return {"type": mark.kind, "offset": offset, "length": position(mark.end) - offset, **extra}


def _utf16_positions(text: str) -> Callable[[int], int]:
    if text.isascii() or max(text, default="") < "\U00010000":
        return lambda position: position
    return lambda position: utf16_length(text[:position])


def _settled(marks: list[_Mark]) -> list[_Mark]:
    """Join neighbouring stretches of a style and keep styles out of code."""
    if not marks:
        return marks
    code = sorted((mark.start, mark.end) for mark in marks if mark.kind in {"code", "pre"})
    kept = [mark for mark in marks if mark.kind not in STYLES]
    for style in sorted(STYLES):
        stretches = sorted((mark.start, mark.end) for mark in marks if mark.kind == style)
        kept += [_Mark(style, start, end) for start, end in _without(_joined(stretches), code)]
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


def checked_link(link: str) -> str | None:
    """Return a link as Telegram keeps it, or None when it would not be a link at all.

    A missing scheme means http; a bare host gets its slash; http, https, tg and ton are known.
    """
    return None if link_error(link) else _normal_link(link)


def link_error(link: str) -> str | None:
    """Return why Telegram refuses a link ("Wrong HTTP URL", "Unsupported URL protocol"), or None."""
    scheme, _, rest = link.strip().partition(":")
    if scheme.lower() in {"tg", "ton"} and rest.strip("/"):
        return None
    if "://" in link and scheme.lower() not in {"http", "https"}:
        return "Unsupported URL protocol"
    try:
        host = urlsplit(_with_scheme(link)).hostname or ""
    except ValueError:
        return "Wrong HTTP URL"
    # "localhost" is refused, too: a host needs a dot.
    return None if re.fullmatch(r"[^\s.@:]+(\.[^\s.@:]+)+", host) else "Wrong HTTP URL"


def _with_scheme(link: str) -> str:
    return link.strip() if "://" in link else f"http://{link.strip()}"


def _normal_link(link: str) -> str:
    if re.match(r"(tg|ton):", link.strip(), re.IGNORECASE):
        return link.strip()
    parts = urlsplit(_with_scheme(link))
    return parts._replace(netloc=parts.netloc.lower(), path=parts.path or "/").geturl()


_TOP_LEVEL = (
    "com|org|net|edu|gov|int|info|eu|de|fr|at|ch|uk|in|io|me|app|dev|earth|science|org|it|es|nl|be|ca|us|test"
)
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
    if not re.search(r"[/@#.]", text):
        return []
    position = _utf16_positions(text)
    entities = []
    for found in _FOUND.finditer(text):
        kind = found.lastgroup or ""
        end = found.end()
        if kind == "url":
            end = found.start() + len(_without_punctuation(found[0]))
        entities.append(_entity(_Mark(kind, found.start(), end), position))
    return entities


def _without_punctuation(link: str) -> str:
    """A full stop or bracket after a link belongs to the sentence."""
    shorter = link.rstrip(".,:;!?'\"")
    if shorter.endswith(")") and shorter.count(")") > shorter.count("("):
        return _without_punctuation(shorter[:-1])
    return shorter


def to_html(text: str, entities: Iterable[Entity]) -> str:
    """Return safe HTML of a text: everything escaped, only our tags, links only to http, https and tg.

    Line ends stay as they are (show them with `white-space: pre-wrap`).
    """
    units = text.encode("utf-16-le", "surrogatepass")
    spans = sorted(_clipped(entities, len(units) // 2), key=lambda span: (span[0], -span[1]))
    edges = sorted({0, len(units) // 2} | {edge for span in spans for edge in span[:2]})
    parts: list[str] = []
    open_spans: list[tuple[int, int, Entity]] = []
    for edge, following in zip(edges, [*edges[1:], edges[-1]], strict=True):
        open_spans = _reopened(open_spans, edge, spans, parts, units)
        parts.append(html.escape(units[2 * edge : 2 * following].decode("utf-16-le", "replace"), quote=False))
    return "".join(parts)


def _clipped(entities: Iterable[Entity], length: int) -> list[tuple[int, int, Entity]]:
    spans = [
        (max(0, start), min(end, length), entity) for entity in entities for start, end in [_span(entity)]
    ]
    return [span for span in spans if span[0] < span[1]]


def _reopened(
    open_spans: list[tuple[int, int, Entity]],
    edge: int,
    spans: list[tuple[int, int, Entity]],
    parts: list[str],
    units: bytes,
) -> list[tuple[int, int, Entity]]:
    """Close what ends at this edge and open what begins; what crosses is closed and opened again."""
    first_ended = next((depth for depth, span in enumerate(open_spans) if span[1] <= edge), len(open_spans))
    crossing = [span for span in open_spans[first_ended:] if span[1] > edge]
    parts.extend(_tags(span, units)[1] for span in reversed(open_spans[first_ended:]))
    opening = crossing + [span for span in spans if span[0] == edge]
    parts.extend(_tags(span, units)[0] for span in opening)
    return open_spans[:first_ended] + opening


def _tags(span: tuple[int, int, Entity], units: bytes) -> tuple[str, str]:
    start, end, entity = span
    kind = str(entity["type"])
    shown = units[2 * start : 2 * end].decode("utf-16-le", "replace")
    match kind:
        case "text_link" | "url":
            return _link(checked_link(str(entity.get("url") or shown)))
        case "email":
            return f'<a href="mailto:{html.escape(shown)}">', "</a>"
        case "date_time":
            return _time_tag(entity["unix_time"]), "</time>"
        case "expandable_blockquote":
            return "<blockquote expandable>", "</blockquote>"
        case "spoiler":
            return '<span class="tg-spoiler">', "</span>"
        case "custom_emoji":
            return f'<tg-emoji emoji-id="{html.escape(str(entity["custom_emoji_id"]))}">', "</tg-emoji>"
        case "pre" if entity.get("language"):
            language = html.escape(str(entity["language"]))
            return f'<pre><code class="language-{language}">', "</code></pre>"
        case "bold" | "italic" | "underline" | "strikethrough" | "code" | "pre" | "blockquote":
            tag = {"bold": "b", "italic": "i", "underline": "u", "strikethrough": "s"}.get(kind, kind)
            return f"<{tag}>", f"</{tag}>"
        case _:
            return f'<span class="entity-{html.escape(kind)}">', "</span>"


def _link(link: str | None) -> tuple[str, str]:
    if link is None or link.lower().startswith("ton:"):
        return "<span>", "</span>"
    return f'<a href="{html.escape(link)}" target="_blank" rel="noopener noreferrer">', "</a>"


def _time_tag(unix: int) -> str:
    moment = datetime.fromtimestamp(unix, UTC)
    return f'<time datetime="{moment:%Y-%m-%dT%H:%M:%SZ}" title="{moment:%Y-%m-%d %H:%M} UTC">'
