"""Whether a message that did not arrive may be sent once more, by its kind and by what has happened since."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, StrEnum

from domain.broadcasts import BroadcastState
from domain.deliveries import KINDS, DeliveryState, Lane
from domain.letters import Undelivered
from domain.people import Person


class Repeat(Enum):
    """What trying a kind of message again means."""

    ANEW = "worded as things are then; it is worth as long as a new one"
    AS_IT_IS = "the same call once more, which says nothing that could be worded anew"
    IN_TIME = "only until it expires: what it is about does not wait"
    ASKED_FOR = "it answered somebody who can ask again, and whose screen has gone on"
    ELSEWHERE = "a step, which is taken anew where it belongs, if at all"


REPEATS: Mapping[str, Repeat] = {
    "reply": Repeat.ASKED_FOR,
    "toast": Repeat.ASKED_FOR,
    "card": Repeat.ANEW,
    "progress": Repeat.ANEW,
    "reminder": Repeat.IN_TIME,
    "change": Repeat.IN_TIME,
    "registration": Repeat.IN_TIME,
    "share": Repeat.ANEW,
    "session_change": Repeat.IN_TIME,
    "ask": Repeat.IN_TIME,
    "minutes": Repeat.ANEW,
    "decision": Repeat.ANEW,
    "invite": Repeat.ANEW,
    "feedback": Repeat.IN_TIME,
    "recording": Repeat.ANEW,
    "slides": Repeat.ANEW,
    "summary": Repeat.ANEW,
    "answer": Repeat.ANEW,
    "talk": Repeat.IN_TIME,
    "role": Repeat.ANEW,
    "removal": Repeat.ANEW,
    "review": Repeat.ANEW,
    "comment": Repeat.ANEW,
    "coauthor": Repeat.ANEW,
    "round": Repeat.IN_TIME,
    "broadcast": Repeat.ANEW,
    "alarm": Repeat.IN_TIME,
    "sorry": Repeat.IN_TIME,
    "calendar": Repeat.ASKED_FOR,
    "web_link": Repeat.ASKED_FOR,
    "calendar_address": Repeat.ASKED_FOR,
    "export": Repeat.ASKED_FOR,
    "own_data": Repeat.ASKED_FOR,
    "erasure": Repeat.ELSEWHERE,
    "digest": Repeat.IN_TIME,
    "menu": Repeat.AS_IT_IS,
    "group_card": Repeat.ANEW,
    "chat_note": Repeat.ANEW,
    "chat_post": Repeat.IN_TIME,
    "door": Repeat.ASKED_FOR,
    "chat_call": Repeat.ELSEWHERE,
    "channel_post": Repeat.ANEW,
    "channel_call": Repeat.AS_IT_IS,
    "file": Repeat.ELSEWHERE,
    "publication": Repeat.ANEW,
    "homepage_secret": Repeat.ASKED_FOR,
}
"""Of every kind of delivery. Secrets and links that sign in are made when they are asked for, never on another's word;
a ban or a request to join is decided anew in its chat; a file is fetched from the card of its result."""


@dataclass(frozen=True)
class Since:
    """What a message would meet now.

    `reader`: None if there is none, or nobody knows them any more. `revision`: of the event it is about; None if that
    is gone. `is_overtaken`: something newer in its place is on its way. `is_out`: the bot is in that chat no more.
    """

    reader: Person | None = None
    is_being_erased: bool = False
    revision: int | None = None
    is_overtaken: bool = False
    is_out: bool = False
    run: BroadcastState | None = None


@dataclass(frozen=True)
class MayGo:
    """It goes out once more, until `expires_at`.

    `may_double`: whoever it is for may have it already. `as_it_is`: with the words it has, if it has any.
    """

    expires_at: datetime | None
    may_double: bool
    as_it_is: bool = False


class MayNot(StrEnum):
    """Why a message is not sent again."""

    HANDLED = "somebody was faster, or it has ended anew"
    ERASED = "whoever it was for is gone, or what it said"
    ASKED_FOR = "whoever it was for can ask for it again"
    ELSEWHERE = "it was a step, not a message"
    OVERTAKEN = "something newer is on its way, or it has lost its object"
    NEVER_STARTED = "they never pressed Start"
    BLOCKED = "they have blocked the bot"
    STOPPED = "they want no messages"
    OUT = "the bot is in that chat no more"
    TOO_LATE = "what it is about is over"
    OUTDATED = "what it is about has changed, and was told since"
    HALTED = "its broadcast is paused or was stopped"


Retry = MayGo | MayNot

_ENDED = (DeliveryState.FAILED, DeliveryState.UNCERTAIN)


def decide_retry(message: Undelivered, since: Since, now: datetime, seen: int | None = None) -> Retry:
    """May it go out once more? `seen`: the ending that whoever asks has before them; None: only looking."""
    if message.state not in _ENDED or (seen is not None and seen != message.ending):
        return MayNot.HANDLED
    return _gone(message, since) or _by_kind(message) or _unreachable(message, since) or _in_vain(message, since, now)


def _gone(message: Undelivered, since: Since) -> MayNot | None:
    is_unknown = message.person_id is not None and since.reader is None
    return MayNot.ERASED if message.error is None or is_unknown or since.is_being_erased else None


def _by_kind(message: Undelivered) -> MayNot | None:
    match REPEATS.get(message.kind, Repeat.ELSEWHERE):
        case Repeat.ASKED_FOR:
            return MayNot.ASKED_FOR
        case Repeat.ELSEWHERE:
            return MayNot.ELSEWHERE
        case Repeat.ANEW | Repeat.AS_IT_IS | Repeat.IN_TIME:
            return None


def _unreachable(message: Undelivered, since: Since) -> MayNot | None:
    if since.is_out:
        return MayNot.OUT
    if since.reader is None:
        return None
    if since.reader.blocked_at is not None:
        return MayNot.BLOCKED
    if since.reader.started_at is None:
        return MayNot.NEVER_STARTED
    return MayNot.STOPPED if since.reader.stopped_at and message.lane is not Lane.INTERACTIVE else None


def _in_vain(message: Undelivered, since: Since, now: datetime) -> Retry:
    if message.event_id is not None and message.revision not in (None, since.revision):
        return MayNot.OUTDATED  # the revision of anything else is looked at when it is worded
    if since.is_overtaken or (message.broadcast_id is not None and since.run is None):
        return MayNot.OVERTAKEN
    if since.run in (BroadcastState.PAUSED, BroadcastState.STOPPED):
        return MayNot.HALTED
    expires_at, lifetime = message.expires_at, KINDS[message.kind].lifetime
    if REPEATS[message.kind] is not Repeat.IN_TIME and lifetime is not None:
        expires_at = now + lifetime
    if expires_at is not None and expires_at <= now:
        return MayNot.TOO_LATE
    return MayGo(expires_at, message.is_uncertain, as_it_is=REPEATS[message.kind] is Repeat.AS_IT_IS)


@dataclass(frozen=True)
class Lost:
    """A message that did not arrive, with what can be done about it."""

    message: Undelivered
    retry: Retry

    @property
    def may_not(self) -> MayNot | None:
        """Why nothing can be done, if so."""
        return self.retry if isinstance(self.retry, MayNot) else None
