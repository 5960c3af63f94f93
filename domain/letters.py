"""What failed, as organisers read it; whether it may be sent again is decided in `domain.retries`."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.deliveries import DeliveryState, Lane


@dataclass(frozen=True)
class DeadLetter:
    """An update that was given up. `lane`: the person it came from, or the chat if negative."""

    id: int
    lane: int
    received_at: datetime
    error: str

    @property
    def reference(self) -> str:
        """What the person was told to name; it stands before the error in the log, too."""
        return self.error.partition(":")[0]


@dataclass(frozen=True)
class Undelivered:
    """A message that did not arrive, or of which nobody knows.

    `error` is None once it was emptied: it was for somebody, or named somebody, who has been erased since.
    """

    id: int
    kind: str
    lane: Lane
    state: DeliveryState
    person_id: int | None
    chat_id: int | None
    card_id: int | None
    event_id: int | None
    revision: int | None
    broadcast_id: int | None
    error: str | None
    at: datetime | None
    expires_at: datetime | None

    @property
    def is_uncertain(self) -> bool:
        """Whether it may have arrived."""
        return self.state is DeliveryState.UNCERTAIN

    @property
    def ending(self) -> int:
        """Tells this end from later ones of the same message: it is tried again once for each. In microseconds."""
        return round(self.at.timestamp() * 1_000_000) if self.at else 0


# --- What happened ----------------------------------------------------------------------------


class Trouble(StrEnum):
    """Why something did not arrive, as far as it can be said without jargon."""

    BLOCKED = "blocked"
    NEVER_STARTED = "never started"
    ACCOUNT_GONE = "account gone"
    CHAT_LEFT = "chat left"
    NO_RIGHT = "no right"
    STOPPED_MIDWAY = "stopped midway"
    RESTORED = "restored"
    REFUSED = "refused"
    NO_CONNECTION = "no connection"
    EMPTIED = "emptied"


_TROUBLES: tuple[tuple[str, Trouble], ...] = (
    ("blocked", Trouble.BLOCKED),
    ("never pressed start", Trouble.NEVER_STARTED),
    ("can't initiate conversation", Trouble.NEVER_STARTED),
    ("deactivated", Trouble.ACCOUNT_GONE),
    ("kicked", Trouble.CHAT_LEFT),
    ("not a member", Trouble.CHAT_LEFT),
    ("chat not found", Trouble.CHAT_LEFT),
    ("group chat was deleted", Trouble.CHAT_LEFT),
    ("not enough rights", Trouble.NO_RIGHT),
    ("chat_write_forbidden", Trouble.NO_RIGHT),
    ("have no rights", Trouble.NO_RIGHT),
    ("topic_closed", Trouble.NO_RIGHT),
    ("the process ended", Trouble.STOPPED_MIDWAY),
    ("restored from a backup", Trouble.RESTORED),
    ("bad request", Trouble.REFUSED),
    ("forbidden", Trouble.REFUSED),
)
"""Parts of Telegram's descriptions and of our own reasons, in small letters; the first that is found counts."""


def trouble_of(message: Undelivered) -> Trouble:
    """What happened; what is neither Telegram's word nor ours is the network's."""
    if message.error is None:
        return Trouble.EMPTIED
    said = message.error.lower()
    return next((trouble for part, trouble in _TROUBLES if part in said), Trouble.NO_CONNECTION)
