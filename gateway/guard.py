"""Which updates are answered at all: decided before anything is loaded."""

from collections import deque
from dataclasses import dataclass, field
from enum import Enum

from telegram import Update
from telegram.constants import ChatType

MOST_PRESSES = 20
WINDOW_SECONDS = 10.0


class Verdict(Enum):
    """`NOTICE`: answered once with "too fast", then `DROP`."""

    ANSWER = "answer"
    NOTICE = "notice"
    DROP = "drop"


def is_for_us(update: Update) -> bool:
    """Whether this is a person's own action in private: a fresh message, a button, a change of their chat."""
    user = update.effective_user
    if user is None or user.is_bot:
        return False
    if update.my_chat_member is not None:
        return update.my_chat_member.chat.type == ChatType.PRIVATE
    if update.callback_query is not None:
        return _is_private(update)
    message = update.message
    if message is None or not _is_private(update):
        return False
    if message.via_bot is not None or message.sender_chat is not None:
        return False
    # A forwarded text may be meant for a dialog; a forwarded command is somebody else's.
    return message.forward_origin is None or not (message.text or "").startswith("/")


def _is_private(update: Update) -> bool:
    return update.effective_chat is not None and update.effective_chat.type == ChatType.PRIVATE


@dataclass
class Flood:
    """At most 20 actions in 10 seconds from one person. Time: monotonic seconds."""

    _recent: dict[int, deque[float]] = field(default_factory=dict)
    _noticed: dict[int, float] = field(default_factory=dict)

    def judge(self, person_id: int, now: float) -> Verdict:
        """Count one action and say what becomes of it."""
        times = self._recent.setdefault(person_id, deque())
        while times and times[0] <= now - WINDOW_SECONDS:
            times.popleft()
        if len(times) < MOST_PRESSES:
            times.append(now)
            self._noticed.pop(person_id, None)
            return Verdict.ANSWER
        if person_id in self._noticed:
            return Verdict.DROP
        self._noticed[person_id] = now
        return Verdict.NOTICE

    def forget_before(self, now: float) -> None:
        """Drop everybody who has been quiet for the window."""
        for person_id in [p for p, times in self._recent.items() if not times or times[-1] <= now - WINDOW_SECONDS]:
            del self._recent[person_id]
            self._noticed.pop(person_id, None)
