"""Texts for social networks: how long each may be, counted as the network counts, and what is left out first."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import assert_never


class Network(StrEnum):
    """Where organisers post by hand. X counts in weights, Mastodon in characters, LinkedIn in UTF-16 units."""

    X = "x"
    MASTODON = "mastodon"
    LINKEDIN = "linkedin"


MOST = {Network.X: 280, Network.MASTODON: 500, Network.LINKEDIN: 3000}
"""How long a post may be, as its network counts."""

MOST_COPIED = 256
"""What a *Copy* button of Telegram holds, in UTF-16 units."""

LINK_COUNTS = 23
"""X and Mastodon count every link like this, however long it is."""

_LINK = re.compile(r"https?://\S+")

_LIGHT = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))
"""Code points that X counts as one; all others are two: docs.x.com/fundamentals/counting-characters."""


def length(text: str, network: Network) -> int:
    """How long a post is to its network."""
    match network:
        case Network.X:
            return _with_links(unicodedata.normalize("NFC", text), _weighted)
        case Network.MASTODON:
            return _with_links(text, len)
        case Network.LINKEDIN:
            return len(text.encode("utf-16-le")) // 2
        case _:
            assert_never(network)


def _with_links(text: str, count: Callable[[str], int]) -> int:
    links = _LINK.findall(text)
    return count(_LINK.sub("", text)) + LINK_COUNTS * len(links)


def _weighted(text: str) -> int:
    return sum(1 if any(low <= ord(c) <= high for low, high in _LIGHT) else 2 for c in text)


def compose(opening: str, title: str, summary: str, link: str | None, tags: Sequence[str], network: Network) -> str:
    """A post: as much of the summary as fits; left out first are its end, then the tags, then the title's end."""
    head = f"{opening} {title}".strip()
    tail = "\n\n".join(part for part in (link or "", " ".join(tags)) if part)
    whole = _fitted(head, summary, tail, network)
    if whole is not None:
        return whole
    whole = _fitted(head, "", link or "", network)
    return whole if whole is not None else _cut_to_fit(head, link or "", network)


def _fitted(head: str, summary: str, tail: str, network: Network) -> str | None:
    """The parts with the summary cut at a word; None where even without it they are too long."""
    bare = _joined(head, "", tail)
    if length(bare, network) > MOST[network]:
        return None
    words = summary.split()
    if length(_joined(head, summary.strip(), tail), network) <= MOST[network]:
        return _joined(head, summary.strip(), tail)
    low, high = 0, len(words)
    while low < high:
        middle = (low + high + 1) // 2
        fits = length(_joined(head, " ".join(words[:middle]) + " …", tail), network) <= MOST[network]
        low, high = (middle, high) if fits else (low, middle - 1)
    return _joined(head, " ".join(words[:low]) + " …" if low else "", tail)


def _cut_to_fit(head: str, tail: str, network: Network) -> str:
    while length(_joined(head + "…", "", tail), network) > MOST[network]:
        head = head[:-1].rstrip()
    return _joined(head + "…", "", tail)


def _joined(head: str, summary: str, tail: str) -> str:
    return "\n\n".join(part for part in (head, summary, tail) if part)


def hashtag(words: str) -> str:
    """One word with a hash, such as "#ClimateChange"; "" where nothing is left of it."""
    parts = re.findall(r"\w+", words)
    joined = "".join(part[:1].upper() + part[1:] for part in parts)
    return f"#{joined}" if joined and not joined.isdecimal() else ""
