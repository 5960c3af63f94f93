"""How many calls may go out now, and to which chat. Time is an argument: seconds of a monotonic clock."""

from collections import deque
from dataclasses import dataclass, field

PRIVATE_SECONDS = 1.0
"""One message a second to a private chat (Telegram's advice)."""

PRIVATE_BURST = 3
"""So many answers to a person's own actions may come at once; each uses up a second that has to pass again."""

ON_THE_WAY = 0.3
"""So many seconds later than it left a call may count with Telegram, while the next one counts at once."""

GROUP_SECONDS = 60.0
GROUP_MOST = 18
"""Telegram allows 20 messages a minute in a group; two are kept in reserve."""

CATCH_UP = 0.1
"""Calls late by at most this many seconds are made up for; after a longer gap the schedule begins anew.

Idle time saved up would become a burst, and the burst would come again each second: then whatever delays one of them
by a few hundredths (a new connection, say) lets two arrive within the same second, which provokes a 429.
"""


SPARE = 2
"""So many slots beyond the rate may fall into one second: Telegram allows 30, the rate is 28 unless set otherwise."""


@dataclass
class Pace:
    """The overall rate: slot n lies at start + n / rate.

    A little lateness is made up for, but never more than `SPARE` slots, and only so that a bunch does not come again
    within a second: two calls a second apart may arrive closer together than they left.
    """

    rate: float
    started: float
    _next: float = field(init=False)
    _recent: deque[float] = field(init=False, default_factory=deque)

    def __post_init__(self) -> None:
        self._next = self.started

    def next_slot(self, now: float) -> float:
        """The earliest moment of the next call, without taking it."""
        slot = self._next_after(now)
        # At the steady rate exactly so many slots lie within this time; it exceeds a second by what jitter may take.
        # The millisecond forgives rounding.
        window = 1.0 + SPARE / self.rate - 0.001
        while self._recent and self._recent[0] <= now - window:
            self._recent.popleft()
        if len(self._recent) >= self.rate + SPARE:
            slot = max(slot, self._recent[0] + window)
        return slot

    def take(self, now: float) -> None:
        """Take the next slot for a call that starts at `now`."""
        self._next = self._next_after(now) + 1.0 / self.rate
        self._recent.append(now)

    def left(self, calls: int, now: float) -> None:
        """The last so many calls leave only now: they were claimed and worded first. It is what their second counts."""
        for back in range(1, min(calls, len(self._recent)) + 1):
            self._recent[-back] = now

    def _next_after(self, now: float) -> float:
        return self._next if now - self._next <= CATCH_UP else now

    def slow_to(self, rate: float, now: float) -> None:
        """Go on at another rate from now on (slow start after a pause)."""
        self.rate = rate
        self._next = max(self._next, now)


@dataclass
class ChatPace:
    """What went to each chat lately. Negative chat ids are groups, as Telegram numbers them."""

    _recent: dict[int, deque[float]] = field(default_factory=dict)
    _paid_until: dict[int, float] = field(default_factory=dict)
    _since_rest: dict[int, int] = field(default_factory=dict)

    def ready_at(self, chat_id: int, now: float, *, burst: bool) -> float:
        """The earliest moment for the next message to this chat; `burst` for answers."""
        times = self._recent.get(chat_id)
        if not times:
            return now
        if chat_id < 0:
            return max(now, times[0] + GROUP_SECONDS) if self._in_window(times, now) >= GROUP_MOST else now
        paid = self._paid_until[chat_id]
        # Calls to one chat go one after the other: the first of them arrive in order, however long they take.
        is_free = paid <= now or self._since_rest[chat_id] < PRIVATE_BURST
        ahead = now if is_free else paid - (PRIVATE_BURST - 1) * PRIVATE_SECONDS
        return max(now, ahead) if burst else max(now, ahead, times[-1] + PRIVATE_SECONDS)

    def took(self, chat_id: int, now: float) -> None:
        """Remember a message that goes to this chat now."""
        self._recent.setdefault(chat_id, deque(maxlen=GROUP_MOST)).append(now)
        paid = self._paid_until.get(chat_id, now)
        self._since_rest[chat_id] = 1 if paid <= now else self._since_rest[chat_id] + 1
        self._paid_until[chat_id] = max(paid, now + ON_THE_WAY) + PRIVATE_SECONDS  # by Telegram's count, at the latest

    def forget_before(self, now: float) -> None:
        """Drop chats that no limit concerns any more; the memory stays bounded by one minute of sends."""
        over = [chat for chat, times in self._recent.items() if times[-1] + GROUP_SECONDS <= now]
        for chat in over:
            del self._recent[chat], self._paid_until[chat], self._since_rest[chat]

    @staticmethod
    def _in_window(times: deque[float], now: float) -> int:
        while times and times[0] + GROUP_SECONDS <= now:
            times.popleft()
        return len(times)
