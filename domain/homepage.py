"""The conference homepage: which addresses are taken, what a notice says, how it is signed, when it comes again."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import assert_never
from urllib.parse import urlsplit

from domain.results import Result, ResultState

MOST_ADDRESS = 500

_TUNNELS = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"), IPv6Network("2002::/16"))
"""IPv6 addresses that only wrap one of IPv4, which may be private."""

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True)
class Homepage:
    """Where notices go. The secret signs them; it is stored, and shown once."""

    address: str
    secret: str


def read_address(typed: str, *, loopback: bool) -> str | None:
    """An address that notices may be posted to, or None. `loopback`: this machine is one, too, as in the demo."""
    address = typed.strip()
    if len(address) > MOST_ADDRESS or not address.isascii() or not address.isprintable() or " " in address:
        return None
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:  # brackets or a port that are none
        return None
    if not host or port == 0 or parts.username or parts.password or parts.fragment:
        return None
    if host in _LOOPBACK:
        return address if loopback and parts.scheme in {"http", "https"} else None
    return address if parts.scheme == "https" and _may_be_public(host) else None


def _may_be_public(host: str) -> bool:
    """A name may be, until it is looked up; a number says what it is, also with the dot that can end a name."""
    name = host.rstrip(".")
    try:
        ip_address(name)
    except ValueError:
        return "." in name.lstrip(".") and not name.rpartition(".")[2].isdecimal()
    return is_public_address(name)


def is_public_address(number: str) -> bool:
    """Whether an IP address is one of the open internet: nothing inside of anybody's network is ever asked."""
    found = ip_address(number)
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped is not None:
            found = found.ipv4_mapped
        elif any(found in tunnel for tunnel in _TUNNELS):
            return False
    return found.is_global and not found.is_multicast


def host_of(address: str) -> str:
    """What people are shown of an address: the rest of it may be a secret."""
    return urlsplit(address).hostname or ""


def is_loopback(address: str) -> bool:
    """Whether an address is on this machine."""
    return host_of(address) in _LOOPBACK


def sign(secret: str, moment: datetime, body: str) -> str:
    """The header by which a receiver knows that it was us, and when: "t=1647259200,v1=5257a8…"."""
    seconds = int(moment.timestamp())
    digest = hmac.new(secret.encode(), f"{seconds}.{body}".encode(), hashlib.sha256).hexdigest()
    return f"t={seconds},v1={digest}"


# --- What a notice says -----------------------------------------------------------------------


def key_of(result: Result) -> str:
    """Names the fact and its moment: the receiver does it once, however often it comes."""
    return f"result:{result.id}:{result.version}:{result.state.value}"


def body_of(result: Result, group_code: str, pages: Mapping[str, str], file_address: str | None) -> str:
    """The JSON of a notice. What is not named here never leaves: no person, no file id, no review."""
    said: dict[str, object] = {"key": key_of(result), "event": _event(result), "id": result.id}
    if result.state is ResultState.WITHDRAWN:
        said |= {"withdrawn_at": _iso(result.withdrawn_at), "withdrawal": result.withdrawal}
    else:
        said |= {
            "version": result.version,
            "group": group_code,
            "kind": result.kind.value,
            "language": result.language,
            "title": result.title,
            "summary": result.summary,
            "link": result.link,
            "file": file_address,
            "file_name": result.file_name if result.file_id else None,
            "accessible": result.accessible.value,
            "published_at": _iso(result.published_at),
            "corrected_at": _iso(result.corrected_at),
            "correction": result.correction,
            "pages": dict(pages),
        }
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _event(result: Result) -> str:
    if result.state is ResultState.WITHDRAWN:
        return "result.withdrawn"
    return "result.corrected" if result.corrected_at else "result.published"


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None


# --- What comes of it -------------------------------------------------------------------------


class NoticeState(StrEnum):
    """Where a notice is."""

    PENDING = "pending"
    SENT = "sent"
    FAILED = "failed"


@dataclass(frozen=True)
class Notice:
    """Something to be posted to the homepage. `attempt`: how often it was tried."""

    id: int
    key: str
    subject: str
    body: str
    state: NoticeState
    attempt: int
    not_before: datetime
    error: str | None


@dataclass(frozen=True)
class Answered:
    """The homepage said something."""

    status: int


@dataclass(frozen=True)
class NoAnswer:
    """It did not: no connection, no answer in time."""

    reason: str


@dataclass(frozen=True)
class Forbidden:
    """The address leads into somebody's own network: it is not asked at all."""

    reason: str


Reaction = Answered | NoAnswer | Forbidden

WAITS = (
    timedelta(seconds=10),
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=12),
    timedelta(hours=24),
)
"""After the first failure, the second …: about two days in all, then it is given up."""


@dataclass(frozen=True)
class Taken:
    """It is there."""


@dataclass(frozen=True)
class Waits:
    """Once more, not before."""

    until: datetime
    reason: str


@dataclass(frozen=True)
class GivenUp:
    """Not like this: somebody has to look."""

    reason: str


NextStep = Taken | Waits | GivenUp


def decide_next(reaction: Reaction, attempt: int, now: datetime) -> NextStep:
    """What becomes of a notice after its `attempt`-th try, counted from 1."""
    match reaction:
        case Answered(status=status) if 200 <= status < 300:
            return Taken()
        case Answered(status=status) if status == 429 or status >= 500:
            return _later(f"HTTP {status}", attempt, now)
        case Answered(status=status):  # also a redirect: it would lead somewhere that nobody has set
            return GivenUp(f"HTTP {status}")
        case NoAnswer(reason=reason):
            return _later(reason, attempt, now)
        case Forbidden(reason=reason):
            return GivenUp(reason)
        case _:
            assert_never(reaction)


def _later(reason: str, attempt: int, now: datetime) -> NextStep:
    return Waits(now + WAITS[attempt - 1], reason) if attempt <= len(WAITS) else GivenUp(reason)
