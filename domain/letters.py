"""What failed, as organisers read it."""

from dataclasses import dataclass
from datetime import datetime


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
    """A message that did not arrive, or of which nobody knows (`is_uncertain`)."""

    kind: str
    person_id: int | None
    chat_id: int | None
    is_uncertain: bool
    error: str
    at: datetime | None
