"""What the head of a request asks for: a language, an encoding, what it knows already."""

from messages.languages import LANGUAGES

MOST_ASKED = 20
"""Nobody reads more languages than that; the rest of a longer list is not looked at."""


def preferred_language(header: str, fallback: str) -> str:
    """The language of ours that an Accept-Language header wants most; the first of those it wants alike."""
    wanted = [_weighed(part) for part in header.split(",")[:MOST_ASKED]]
    known = [(weight, code) for code, weight in wanted if code in LANGUAGES and weight > 0]
    return max(known, key=lambda one: one[0])[1] if known else fallback


def takes_gzip(header: str) -> bool:
    """Whether an Accept-Encoding header has gzip in it, and not to refuse it."""
    return any(code == "gzip" and weight > 0 for code, weight in map(_weighed, header.split(",")))


def knows(header: str, tag: str) -> bool:
    """Whether the tags of an If-None-Match header include this one; compared weakly, as RFC 9110 says."""
    tags = [one.strip().removeprefix("W/") for one in header.split(",")]
    return tag.removeprefix("W/") in tags or tags == ["*"]


def _weighed(part: str) -> tuple[str, float]:
    """ "de-AT;q=0.8" is ("de", 0.8)."""
    name, *parameters = (piece.strip().lower() for piece in part.split(";"))
    weights = [value for key, _, value in (p.partition("=") for p in parameters) if key.strip() == "q"]
    try:
        weight = float(weights[0]) if weights else 1.0
    except ValueError:
        weight = 0.0
    return name.partition("-")[0], weight
