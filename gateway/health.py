"""How the doors are doing: what `/healthz` and the owner are told."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

STALE_POLL = timedelta(seconds=90)


@dataclass
class Health:
    """Last signs of life, wall time; `troubles` by cause, with a sentence each."""

    last_poll_at: datetime | None = None
    last_update_at: datetime | None = None
    last_send_at: datetime | None = None
    polls: bool = True  # False when updates come by webhook
    refusals: int = 0  # how often Telegram asked to wait (429)
    troubles: dict[str, str] = field(default_factory=dict)

    def trouble(self, cause: str, sentence: str) -> bool:
        """Note that something is wrong; True if it is news."""
        news = cause not in self.troubles
        self.troubles[cause] = sentence
        return news

    def over(self, cause: str) -> None:
        """That trouble is over."""
        self.troubles.pop(cause, None)

    def status(self, now: datetime) -> str:
        """ok, degraded or failed."""
        if self.polls and (self.last_poll_at is None or now - self.last_poll_at > STALE_POLL):
            return "failed"
        return "degraded" if self.troubles else "ok"
