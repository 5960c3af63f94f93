"""Which links Telegram takes, and how it spells them."""

import re
from urllib.parse import urlsplit


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
