"""Consents: to what somebody agreed, in which words; every yes and every no is kept."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

WORDING = 1
"""The version of the words in `messages.consents`: raised when what they ask for becomes another thing."""


class Purpose(StrEnum):
    """What one agrees to."""

    MESSAGES = "messages"  # reminders and announcements of what one follows


@dataclass(frozen=True)
class Consent:
    """A yes or, where not `given`, a no. `wording`: which version of the words was shown."""

    purpose: Purpose
    given: bool
    wording: int
    at: datetime


def decide_consent(last: Consent | None, *, given: bool) -> bool:
    """Whether this yes or no says something that the last one did not."""
    if last is None:
        return given
    return last.given != given or (given and last.wording != WORDING)
