"""People: who somebody is to us, and whether they can be written to."""

from dataclasses import dataclass
from datetime import datetime

DEFAULT_LEADS = (1440, 60, 10)
"""Minutes before the start at which a person is reminded who has chosen nothing: 1 day, 1 hour, 10 minutes."""

MOST_NAME = 64

ANONYMOUS_ADMIN = 1087968824
"""GroupAnonymousBot: an administrator of a group who does not say which. Never stored as a person."""


@dataclass(frozen=True)
class Person:
    """A Telegram user we have met. `zone` is an IANA name; None means the zone of the process.

    Quiet hours: minutes after midnight in their zone, over midnight where `quiet_from` is the later one. No reminder
    comes before `silent_until`.
    """

    id: int
    name: str
    language: str
    zone: str | None = None
    started_at: datetime | None = None
    blocked_at: datetime | None = None
    stopped_at: datetime | None = None
    quiet_from: int | None = None
    quiet_until: int | None = None
    silent_until: datetime | None = None

    @property
    def is_chat(self) -> bool:
        """A group chat that reads a card, in place of a person."""
        return self.id < 0

    @property
    def can_be_written_to(self) -> bool:
        """Telegram delivers to them: they pressed Start and have not blocked the bot."""
        return self.started_at is not None and self.blocked_at is None


def clean_name(raw: str, most: int = MOST_NAME) -> str:
    """A name for display: control and direction characters removed, cut to `most` characters."""
    visible = "".join(c for c in raw if c.isprintable())
    return " ".join(visible.split())[:most].rstrip() or "?"
