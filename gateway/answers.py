"""What a failed call means: one table from python-telegram-bot's errors to our results."""

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from domain.deliveries import (
    AlreadyDone,
    BadMarkup,
    Migrated,
    NotSent,
    Refused,
    Result,
    Sent,
    TargetGone,
    ThreadGone,
    TooMany,
    Unauthorized,
    Uncertain,
    Unreachable,
)
from gateway.transport import NotDelivered, Unclear

DEFAULT_WAIT = 5.0
"""Seconds to wait after a 429 that does not say how long."""

BAD_REQUESTS: tuple[tuple[str, type[AlreadyDone | BadMarkup | ThreadGone | TargetGone | Unreachable]], ...] = (
    ("message is not modified", AlreadyDone),
    ("message to delete not found", AlreadyDone),
    ("message can't be deleted", AlreadyDone),
    ("query is too old", AlreadyDone),
    ("query_id_invalid", AlreadyDone),
    ("message to edit not found", TargetGone),
    ("message can't be edited", TargetGone),
    ("message_id_invalid", TargetGone),
    ("can't parse entities", BadMarkup),
    ("message thread not found", ThreadGone),
    ("topic_closed", ThreadGone),
    ("topic_deleted", ThreadGone),
)
"""Parts of Telegram's descriptions (400), in small letters, and what each means."""


def sent(answer: Any) -> Sent:
    """The result of a call that Telegram accepted."""
    message_id = answer.get("message_id") if isinstance(answer, Mapping) else None
    return Sent(message_id if isinstance(message_id, int) else None)


def meaning(error: TelegramError) -> Result:
    """What an error of a call says about the delivery."""
    match error:
        case RetryAfter():
            return TooMany(_seconds(error.retry_after))
        case ChatMigrated():
            return Migrated(error.new_chat_id)
        case NotDelivered():
            return NotSent(error.message)
        case Unclear():
            return Uncertain(error.message)
        case Forbidden():
            return Unreachable(error.message)
        case InvalidToken() | EndPointNotFound():
            # The library takes both for an unknown method, and would say so.
            return Unauthorized("401 or 404")
        case Conflict():
            return Unauthorized(error.message)
        case BadRequest():
            return _bad_request(error.message)
        case TimedOut():
            return Uncertain(error.message)
        case NetworkError() if re.search(r"\(429\)|too many requests", error.message, re.IGNORECASE):
            return TooMany(DEFAULT_WAIT)
        case _:
            # Whatever else there may be: the call was made, so it may have arrived.
            return Uncertain(error.message)


def _bad_request(description: str) -> Result:
    said = description.lower()
    for part, result in BAD_REQUESTS:
        if part in said:
            return result(description)
    return Refused(description)


def _seconds(value: int | timedelta) -> float:
    return value.total_seconds() if isinstance(value, timedelta) else float(value)
