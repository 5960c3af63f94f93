"""Telegram's rate limits, and the counters by which a test sees how near somebody came to them."""

import math
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """How much one bot may send: numbers of sends and edits in sliding windows.

    Sources: core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this; the burst of three in a
    private chat is what Telegram tolerates in practice.
    """

    overall_per_second: int = 30
    private_per_second: float = 1.0
    private_burst: int = 3
    group_per_minute: int = 20


class Window:
    """A sliding window over monotonic moments; remembers the most it ever held."""

    __slots__ = ("highest", "moments", "seconds")

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.moments: deque[float] = deque()
        self.highest = 0

    def wait(self, now: float, most: int) -> float:
        """Seconds until one more fits; 0 when it does now."""
        self._forget(now)
        if len(self.moments) < most:
            return 0.0
        return self.moments[len(self.moments) - most] + self.seconds - now

    def add(self, now: float) -> None:
        """Count one more."""
        self._forget(now)
        self.moments.append(now)
        self.highest = max(self.highest, len(self.moments))

    def _forget(self, now: float) -> None:
        while self.moments and self.moments[0] <= now - self.seconds:
            self.moments.popleft()


class Traffic:
    """What one bot sent, and the refusals that Telegram's limits provoked.

    `sends` counts per chat id, `total` overall, `refused` per chat id; `highest_per_second` is the most sends in
    any window of one second, `highest_per_minute` the same per group and minute.
    """

    def __init__(self, limits: Limits | None, monotonic: Callable[[], float]) -> None:
        self.limits = limits
        self.sends: Counter[int] = Counter()
        self.refused: Counter[int] = Counter()
        self.total = 0
        self._monotonic = monotonic
        self._overall = Window(1.0)
        self._groups: dict[int, Window] = {}
        self._ready_at: dict[int, float] = {}

    @property
    def highest_per_second(self) -> int:
        """The most sends in any window of one second."""
        return self._overall.highest

    @property
    def highest_per_minute(self) -> dict[int, int]:
        """The most sends in any window of 60 seconds, per group."""
        return {chat: window.highest for chat, window in self._groups.items()}

    def summary(self) -> dict[str, object]:
        """Return the counters as JSON."""
        return {
            "total": self.total,
            "refused": self.refused.total(),
            "chats": len(self.sends),
            "highest_per_second": self.highest_per_second,
            "highest_per_minute": max(self.highest_per_minute.values(), default=0),
        }

    def take(self, chat_id: int) -> int | None:
        """Count a send; or, when it is too fast, count a refusal and return `retry_after` in whole seconds."""
        now = self._monotonic()
        if self.limits is not None:
            wait = self._wait(chat_id, now, self.limits)
            if wait > 0:
                self.refused[chat_id] += 1
                return max(1, math.ceil(wait))
        self._count(chat_id, now)
        return None

    def _wait(self, chat_id: int, now: float, limits: Limits) -> float:
        wait = self._overall.wait(now, limits.overall_per_second)
        if chat_id < 0:
            return max(wait, self._group(chat_id).wait(now, limits.group_per_minute))
        if chat_id == 0:
            return wait
        interval = 1.0 / limits.private_per_second
        allowance = (limits.private_burst - 1) * interval
        # The half millisecond forgives rounding when somebody sends exactly once a second.
        early = self._ready_at.get(chat_id, now) - allowance - now - 0.0005
        return max(wait, early)

    def _count(self, chat_id: int, now: float) -> None:
        self.total += 1
        self.sends[chat_id] += 1
        self._overall.add(now)
        if chat_id < 0:
            self._group(chat_id).add(now)
        elif self.limits is not None:
            interval = 1.0 / self.limits.private_per_second
            self._ready_at[chat_id] = max(self._ready_at.get(chat_id, now), now) + interval

    def _group(self, chat_id: int) -> Window:
        return self._groups.setdefault(chat_id, Window(60.0))
