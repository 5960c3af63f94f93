"""Which updates are answered at all: decided before anything is loaded."""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum

from telegram import Message, Update
from telegram.constants import ChatType

from gateway.happenings import GROUPS

MOST_PRESSES = 20
WINDOW_SECONDS = 10.0

OLDEST_COMMAND = timedelta(hours=24)
"""A command in a group that comes later than this, after an outage, is not carried out any more."""


class Verdict(Enum):
    """`NOTICE`: answered once with "too fast", then `DROP`."""

    ANSWER = "answer"
    NOTICE = "notice"
    DROP = "drop"


def is_for_us(update: Update, now: datetime) -> bool:
    """Whether this is a person's own action: in private a fresh message, one edited that is no command, a button, a
    change of their chat; in a group a fresh command or a button.
    """
    user, chat = update.effective_user, update.effective_chat
    if user is None or chat is None:
        return False
    is_private = chat.type == ChatType.PRIVATE
    if update.my_chat_member is not None:
        return is_private and not user.is_bot
    if update.callback_query is not None:
        return not user.is_bot and (is_private or chat.type in GROUPS)
    if update.edited_message is not None:
        return is_private and _is_answer(update.edited_message)
    message = update.message
    if message is None or message.via_bot is not None:
        return False
    return _is_for_us_in_private(message) if is_private else chat.type in GROUPS and _is_command_to_us(message, now)


def _is_for_us_in_private(message: Message) -> bool:
    if message.sender_chat is not None or (message.from_user is not None and message.from_user.is_bot):
        return False
    # A forwarded text may be meant for a dialog; a forwarded command is somebody else's.
    return message.forward_origin is None or not _is_command(message)


def _is_answer(message: Message) -> bool:
    """Whether an edited message may be an answer to a question of ours: it is only looked at while that is open."""
    return message.via_bot is None and _is_for_us_in_private(message) and not _is_command(message)


def _is_command_to_us(message: Message, now: datetime) -> bool:
    """In a group: a fresh command, of a person or of an administrator who does not say which."""
    if not _is_command(message) or message.forward_origin is not None or message.is_automatic_forward:
        return False
    if now - message.date > OLDEST_COMMAND or message.from_user is None:
        return False
    if message.sender_chat is not None:
        return is_anonymous(message)
    return not message.from_user.is_bot


def _is_command(message: Message) -> bool:
    return (message.text or "").startswith("/")


def is_anonymous(message: Message) -> bool:
    """Sent in the name of the group itself: by an administrator who does not say which."""
    return message.sender_chat is not None and message.sender_chat.id == message.chat_id


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
