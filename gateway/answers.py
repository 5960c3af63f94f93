"""What the answer to a call means: one table from Telegram's words to our results."""

from collections.abc import Mapping
from typing import Any

from domain.deliveries import (
    AlreadyDone,
    BadMarkup,
    Migrated,
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

DEFAULT_WAIT = 5.0
"""Seconds to wait after a 429 that does not say how long."""

BAD_REQUESTS: tuple[tuple[str, type[AlreadyDone | BadMarkup | ThreadGone | TargetGone | Unreachable]], ...] = (
    ("message is not modified", AlreadyDone),
    ("message to delete not found", AlreadyDone),
    ("message can't be deleted", AlreadyDone),
    ("query is too old", AlreadyDone),
    ("query_id_invalid", AlreadyDone),
    ("message to unpin not found", AlreadyDone),
    ("hide_requester_missing", AlreadyDone),
    ("user_already_participant", AlreadyDone),
    ("user_not_participant", AlreadyDone),
    ("message to edit not found", TargetGone),
    ("message can't be edited", TargetGone),
    ("message_id_invalid", TargetGone),
    ("can't parse entities", BadMarkup),
    ("message thread not found", ThreadGone),
    ("topic_closed", ThreadGone),
    ("topic_deleted", ThreadGone),
)
"""Parts of Telegram's descriptions (400), in small letters, and what each means."""


def meaning(status: int, answer: Mapping[str, Any]) -> Result:
    """What Telegram's JSON says about the delivery. `status`: of HTTP; what is not Telegram's JSON never gets here."""
    if status < 300:
        return _sent(answer.get("result"))
    description = str(answer.get("description", f"HTTP {status}"))
    parameters = answer.get("parameters") or {}
    if "migrate_to_chat_id" in parameters:
        return Migrated(int(parameters["migrate_to_chat_id"]))
    match status:
        case 400:
            return _bad_request(description)
        case 401 | 404 | 409:
            return Unauthorized(description)
        case 403:
            return Unreachable(description)
        case 429:
            return TooMany(float(parameters.get("retry_after", DEFAULT_WAIT)))
        case _:
            # Whatever else there may be: the call was made, so it may have arrived.
            return Uncertain(description)


def _sent(result: Any) -> Sent:
    message_id = result.get("message_id") if isinstance(result, Mapping) else None
    if isinstance(message_id, int):
        return Sent(message_id)
    return Sent(None, result)


def _bad_request(description: str) -> Result:
    said = description.lower()
    for part, result in BAD_REQUESTS:
        if part in said:
            return result(description)
    return Refused(description)
