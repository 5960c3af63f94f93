"""One update at work: its transaction, its moment, and what it will answer."""

from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime

from domain.deliveries import NewDelivery
from domain.process import Process
from storage.database import Tx
from storage.inbox import StoredUpdate


@dataclass
class Job:
    """Handed from the dispatcher to the handlers that python-telegram-bot calls, and back."""

    tx: Tx
    now: datetime
    update: StoredUpdate
    process: Process
    owed: list[NewDelivery] = field(default_factory=list)
    error: Exception | None = None


CURRENT: ContextVar[Job] = ContextVar("CURRENT")
"""The job of this task: `Application.process_update` offers no other way to pass something through."""
