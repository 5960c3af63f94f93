"""What people type, made safe to keep and to show: no control or direction characters, links of the web only."""

import re
import unicodedata
from urllib.parse import urlsplit

from domain.errors import NotReadable, TooLong

MOST_LINK = 500

_TURNING = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that turn the direction of what follows; joiners stay, scripts and emoji need them."""

_BREAKING = re.compile(r"[^\S\u00a0\u202f]+")
"""Space at which a line may break. French sets others before ":" and "?", so that they stay with their word."""


def one_line(raw: str) -> str:
    """A title: in one line, single spaces; empty when nothing visible was typed."""
    return " ".join(_BREAKING.split(_cleaned(raw).strip()))


def paragraphs(raw: str) -> str:
    """A longer text: line breaks stay, at most one empty line in a row."""
    lines: list[str] = []
    for line in _cleaned(raw).splitlines():
        stripped = line.strip()
        if stripped or (lines and lines[-1]):
            lines.append(stripped)
    return "\n".join(lines).strip()


def _cleaned(raw: str) -> str:
    kept = "".join(
        c
        for c in raw.replace("\t", " ")
        if c == "\n" or (c not in _TURNING and unicodedata.category(c) not in {"Cc", "Cs"})
    )
    return kept if is_visible(kept) else ""


def is_visible(text: str) -> bool:
    """Whether anything of it can be seen: a letter, a digit, a mark of punctuation or a symbol."""
    return any(unicodedata.category(c)[0] in "LNPS" for c in text)


def web_link(raw: str) -> str | None:
    """The address if it is one of the web (http, https) that shows where it leads; else None."""
    link = raw.strip()
    if len(link) > MOST_LINK or not link.isprintable() or any(c.isspace() for c in link):
        return None
    try:
        parts = urlsplit(link)
        host = parts.hostname or ""
    except ValueError:
        return None
    # A name before an @ passes for the host: https://conference.org@elsewhere.example
    plain = parts.scheme in {"http", "https"} and "@" not in parts.netloc
    return link if plain and "." in host.strip(".") else None


def within(text: str, most: int) -> str:
    """The text, if there is one of at most so many UTF-16 units; raise NotReadable or TooLong."""
    if not text:
        raise NotReadable("text")
    length = len(text.encode("utf-16-le")) // 2
    if length > most:
        raise TooLong(length, most)
    return text
