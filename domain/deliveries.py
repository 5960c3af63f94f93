"""Deliveries: what each kind promises, and what follows from the answer to a call."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum
from typing import Any, assert_never


class Lane(IntEnum):
    """Who goes first. Bulk never delays an answer."""

    INTERACTIVE = 0
    URGENT = 1
    NORMAL = 2
    BULK = 3


class Policy(StrEnum):
    """What an unsure send means: send again, or leave it and say so by name."""

    AT_LEAST_ONCE = "at_least_once"
    AT_MOST_ONCE = "at_most_once"


class DeliveryState(StrEnum):
    """Every delivery ends in one of the last five."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True)
class Kind:
    """What a kind of delivery promises. `lifetime`: how long it is worth sending; None: until its own expiry."""

    lane: Lane
    policy: Policy
    lifetime: timedelta | None = None


_AT_LEAST, _AT_MOST = Policy.AT_LEAST_ONCE, Policy.AT_MOST_ONCE

KINDS: Mapping[str, Kind] = {
    "reply": Kind(Lane.INTERACTIVE, _AT_LEAST, timedelta(minutes=5)),
    "toast": Kind(Lane.INTERACTIVE, _AT_MOST, timedelta(seconds=15)),
    "card": Kind(Lane.NORMAL, _AT_LEAST, timedelta(days=7)),
    "progress": Kind(Lane.INTERACTIVE, _AT_LEAST, timedelta(days=1)),
    "reminder": Kind(Lane.NORMAL, _AT_LEAST),
    "change": Kind(Lane.URGENT, _AT_LEAST),
    "registration": Kind(Lane.NORMAL, _AT_LEAST),
    "share": Kind(Lane.BULK, _AT_LEAST, timedelta(days=7)),
    "session_change": Kind(Lane.URGENT, _AT_LEAST),
    "ask": Kind(Lane.NORMAL, _AT_LEAST),
    "minutes": Kind(Lane.NORMAL, _AT_LEAST, timedelta(days=7)),
    "decision": Kind(Lane.NORMAL, _AT_LEAST, timedelta(days=7)),
    "invite": Kind(Lane.NORMAL, _AT_LEAST, timedelta(days=7)),
    "feedback": Kind(Lane.NORMAL, _AT_LEAST, timedelta(days=3)),
    "recording": Kind(Lane.NORMAL, _AT_LEAST, timedelta(days=7)),
    "slides": Kind(Lane.NORMAL, _AT_LEAST, timedelta(days=7)),
    "summary": Kind(Lane.NORMAL, _AT_LEAST, timedelta(days=7)),
    "answer": Kind(Lane.NORMAL, _AT_LEAST, timedelta(days=7)),
    "talk": Kind(Lane.NORMAL, _AT_LEAST, timedelta(days=7)),
    "role": Kind(Lane.NORMAL, _AT_LEAST, timedelta(days=7)),
    "removal": Kind(Lane.NORMAL, _AT_LEAST, timedelta(days=7)),
    "review": Kind(Lane.NORMAL, _AT_LEAST, timedelta(days=7)),
    "comment": Kind(Lane.NORMAL, _AT_LEAST, timedelta(days=7)),
    "coauthor": Kind(Lane.NORMAL, _AT_LEAST, timedelta(days=7)),
    "round": Kind(Lane.NORMAL, _AT_LEAST),
    "broadcast": Kind(Lane.BULK, _AT_MOST, timedelta(days=1)),
    "alarm": Kind(Lane.URGENT, _AT_LEAST, timedelta(days=1)),
    "sorry": Kind(Lane.INTERACTIVE, _AT_LEAST, timedelta(hours=1)),
    "calendar": Kind(Lane.INTERACTIVE, _AT_LEAST, timedelta(hours=1)),
    "web_link": Kind(Lane.INTERACTIVE, _AT_LEAST, timedelta(minutes=5)),
    "calendar_address": Kind(Lane.INTERACTIVE, _AT_LEAST, timedelta(hours=1)),
    "export": Kind(Lane.INTERACTIVE, _AT_LEAST, timedelta(hours=1)),
    "own_data": Kind(Lane.INTERACTIVE, _AT_LEAST, timedelta(hours=1)),
    "erasure": Kind(Lane.NORMAL, _AT_LEAST, timedelta(days=7)),
    "digest": Kind(Lane.NORMAL, _AT_LEAST, timedelta(days=2)),
    "menu": Kind(Lane.NORMAL, _AT_LEAST, timedelta(days=1)),
    "group_card": Kind(Lane.NORMAL, _AT_LEAST, timedelta(days=7)),
    "chat_note": Kind(Lane.NORMAL, _AT_LEAST, timedelta(days=7)),
    "chat_post": Kind(Lane.NORMAL, _AT_LEAST, timedelta(days=1)),
    "door": Kind(Lane.INTERACTIVE, _AT_LEAST, timedelta(minutes=4)),
    "chat_call": Kind(Lane.NORMAL, _AT_LEAST, timedelta(days=1)),
    "channel_post": Kind(Lane.NORMAL, _AT_MOST, timedelta(days=7)),
    "channel_call": Kind(Lane.NORMAL, _AT_LEAST),
    "file": Kind(Lane.NORMAL, _AT_LEAST),
    "publication": Kind(Lane.NORMAL, _AT_LEAST, timedelta(days=7)),
    "homepage_secret": Kind(Lane.INTERACTIVE, _AT_LEAST, timedelta(hours=1)),
}
"""Lane, policy and lifetime of every kind of delivery; delivery.kind is a key of this table."""

MOST_ATTEMPTS = 8
"""After these many certain failures (about 17 minutes of growing waits) a delivery is given up."""


@dataclass(frozen=True)
class Sent:
    """Telegram has it. `message_id` where the call made a message, else `value` is what it returned."""

    message_id: int | None
    value: Any = None


@dataclass(frozen=True)
class NotSent:
    """It certainly did not arrive: no connection, or refused before it was read."""

    reason: str


@dataclass(frozen=True)
class Uncertain:
    """It may have arrived: the answer was lost or unreadable."""

    reason: str


@dataclass(frozen=True)
class TooMany:
    """Telegram asks to wait (429)."""

    retry_after: float


@dataclass(frozen=True)
class Refused:
    """Final: Telegram will never take it like this (400, 403)."""

    reason: str


@dataclass(frozen=True)
class Unreachable:
    """Final for this person: they blocked the bot, never started it, or are gone."""

    reason: str


@dataclass(frozen=True)
class AlreadyDone:
    """Nothing left to do: not modified, already deleted, query too old."""

    reason: str


@dataclass(frozen=True)
class Migrated:
    """The group became a supergroup with another id."""

    new_chat_id: int


@dataclass(frozen=True)
class BadMarkup:
    """Our HTML was refused: send it as plain text, and tell the owner."""

    reason: str


@dataclass(frozen=True)
class ThreadGone:
    """The topic is closed or deleted: the general topic of the chat takes it."""

    reason: str


@dataclass(frozen=True)
class TargetGone:
    """The message to edit is gone: a new one takes its place."""

    reason: str


@dataclass(frozen=True)
class Unauthorized:
    """The token is refused at the moment; says nothing about the delivery."""

    reason: str


Result = (
    Sent
    | NotSent
    | Uncertain
    | TooMany
    | Refused
    | Unreachable
    | AlreadyDone
    | Migrated
    | BadMarkup
    | ThreadGone
    | TargetGone
    | Unauthorized
)


@dataclass(frozen=True)
class Finish:
    """The delivery ends here."""

    state: DeliveryState
    message_id: int | None = None
    error: str | None = None


@dataclass(frozen=True)
class Again:
    """Back to pending, not before `at`. `counts` is False where the delivery is not to blame."""

    at: datetime
    error: str
    counts: bool = True


class Repair(StrEnum):
    """What to change before the delivery goes out once more."""

    CHAT = "chat"
    PLAIN_TEXT = "plain_text"
    GENERAL_TOPIC = "general_topic"
    NEW_MESSAGE = "new_message"


@dataclass(frozen=True)
class Repaired:
    """Send once more after the repair."""

    repair: Repair
    error: str


Step = Finish | Again | Repaired


def next_step(result: Result, attempt: int, policy: Policy, now: datetime) -> Step:
    """What becomes of a delivery after its `attempt`-th call (counted from 1) ended in `result`."""
    match result:
        case Sent(message_id=message_id):
            return Finish(DeliveryState.SENT, message_id)
        case AlreadyDone(reason=reason):
            return Finish(DeliveryState.SENT, error=reason)
        case Refused(reason=reason) | Unreachable(reason=reason):
            return Finish(DeliveryState.FAILED, error=reason)
        case NotSent(reason=reason):
            return _again(reason, attempt, now)
        case Uncertain(reason=reason):
            if policy is Policy.AT_MOST_ONCE:
                return Finish(DeliveryState.UNCERTAIN, error=reason)
            return _again(reason, attempt, now)
        case TooMany(retry_after=seconds):
            return Again(now + timedelta(seconds=seconds), f"too many requests, wait {seconds:g} s", counts=False)
        case Unauthorized(reason=reason):
            return Again(now + timedelta(seconds=30), reason, counts=False)
        case Migrated():
            return _repaired(Repair.CHAT, "chat migrated", attempt)
        case BadMarkup(reason=reason):
            return _repaired(Repair.PLAIN_TEXT, reason, attempt)
        case ThreadGone(reason=reason):
            return _repaired(Repair.GENERAL_TOPIC, reason, attempt)
        case TargetGone(reason=reason):
            return _repaired(Repair.NEW_MESSAGE, reason, attempt)
        case _:
            assert_never(result)


def back_off(attempt: int) -> timedelta:
    """How long to wait after the `attempt`-th failure: 1, 2, 4 … seconds, at most 5 minutes."""
    return timedelta(seconds=min(2 ** (attempt - 1), 300))


def _again(reason: str, attempt: int, now: datetime) -> Step:
    if attempt >= MOST_ATTEMPTS:
        return Finish(DeliveryState.FAILED, error=reason)
    return Again(now + back_off(attempt), reason)


def _repaired(repair: Repair, reason: str, attempt: int) -> Step:
    # A repair that did not help is not tried for ever.
    if attempt >= MOST_ATTEMPTS:
        return Finish(DeliveryState.FAILED, error=reason)
    return Repaired(repair, reason)


def after_crash(policy: Policy) -> DeliveryState:
    """The state of a delivery found `sending` by a new process: nobody knows whether it arrived."""
    return DeliveryState.UNCERTAIN if policy is Policy.AT_MOST_ONCE else DeliveryState.PENDING


@dataclass(frozen=True)
class NewDelivery:
    """Something owed. `payload` None: rendered from `kind`, `refs` and ids when it is claimed.

    `follow`: an encoded action; its `FollowUp` route takes up what Telegram answers.
    """

    key: str
    kind: str
    lane: Lane
    policy: Policy
    not_before: datetime
    method: str = "sendMessage"
    chat_id: int | None = None
    person_id: int | None = None
    payload: Mapping[str, object] | None = None
    refs: Mapping[str, object] = field(default_factory=dict)
    card_id: int | None = None
    event_id: int | None = None
    revision: int | None = None
    broadcast_id: int | None = None
    follow: str | None = None
    expires_at: datetime | None = None


def owe(kind: str, key: str, now: datetime, **values: Any) -> NewDelivery:
    """A delivery with the lane, the policy and the lifetime of its kind; `values` override."""
    promise = KINDS[kind]
    defaults: dict[str, Any] = {"lane": promise.lane, "policy": promise.policy, "not_before": now}
    if promise.lifetime is not None:
        defaults["expires_at"] = now + promise.lifetime
    return NewDelivery(key=key, kind=kind, **{**defaults, **values})


@dataclass(frozen=True)
class Candidate:
    """A pending delivery read ahead: just enough to decide whose turn it is."""

    id: int
    lane: Lane
    kind: str
    method: str
    chat_id: int | None
    not_before: datetime


@dataclass(frozen=True)
class Delivery:
    """A claimed delivery: ours until the lease ends, fenced by `attempt`."""

    id: int
    key: str
    kind: str
    lane: Lane
    policy: Policy
    method: str
    chat_id: int | None
    person_id: int | None
    payload: Mapping[str, object] | None
    refs: Mapping[str, object]
    card_id: int | None
    event_id: int | None
    revision: int | None
    broadcast_id: int | None
    follow: str | None
    expires_at: datetime | None
    attempt: int
