"""Whose turn it is: lanes, pace, pauses. Everything here is in memory; pauses are also stored."""

import math
import random
from collections import Counter
from collections.abc import Collection, Iterable
from datetime import UTC, datetime, timedelta
from functools import cache

from domain.deliveries import Candidate, Delivery, Lane, Result, TooMany, Unauthorized
from domain.pace import ChatPace, Pace
from gateway.clocks import Clock
from storage import facts
from storage.database import Tx

AGEING_SECONDS = 60
"""A waiting delivery moves up one lane each minute, but never to the answers."""

CROWDED = 10
"""A chat with this many deliveries read ahead is left out of the next reading."""

EPOCH = datetime.fromtimestamp(0, UTC)

PRIVATE = "private"
EVERYTHING = "all"
PROBE_SECONDS = 1.0
"""In a pause of private chats, answers go on at this interval."""

SLOW_START, SLOW_STEP, STEP_SECONDS = 5.0, 5.0, 5.0
"""After a pause: 5 calls a second, 5 more every 5 seconds."""

AT_ONCE_SECONDS = 0.005
"""A slot that begins within this time counts as now: at high rates a whole batch goes in one transaction."""

TIDY_SECONDS = 10.0
"""How often chats that no limit concerns any more are forgotten."""

TOKEN_PAUSE = timedelta(seconds=30)


class Turns:
    """Decides which candidates go out now."""

    def __init__(self, clock: Clock, rate: float) -> None:
        self._clock = clock
        self._full_rate = rate
        self._pace = Pace(rate, clock.monotonic())
        self._chats = ChatPace()
        self._pauses: dict[str, datetime] = {}
        self._busy: set[int] = set()
        self._slow_since: float | None = None
        self._last_probe = clock.monotonic() - PROBE_SECONDS
        self._tidy_at = clock.monotonic()
        self.has_room = True
        """Whether the overall rate would have let the last choice be a larger one."""

    async def load_pauses(self, tx: Tx) -> None:
        """Remember what an earlier process was told to wait for."""
        self._pauses = await facts.get_pauses(tx, self._clock.now())

    def in_order(self, candidates: Iterable[Candidate]) -> list[Candidate]:
        """Lane by lane, oldest first, with ageing; bulk as it was read, its broadcasts taking turns."""
        wall = self._clock.now()
        return sorted(candidates, key=lambda c: _priority(c, wall))

    def choose(self, candidates: Iterable[Candidate], most: int) -> list[Candidate]:
        """Up to `most` of the ordered candidates that may go out now, their slots taken; one at a time per chat."""
        chosen: list[Candidate] = []
        if most <= 0:
            return chosen
        mono, wall = self._clock.monotonic(), self._clock.now()
        self._adjust_rate(mono)
        blocked = set(self._busy)
        self.has_room = self._slot(mono) == mono
        for candidate in candidates:
            if len(chosen) == most:
                break
            if candidate.chat_id in blocked or (not self.has_room and is_paced(candidate.method)):
                continue
            if self._ready_at(candidate, mono, mono, wall) > mono:
                blocked.add(candidate.chat_id or 0)
                continue
            self._take(candidate, mono)
            self.has_room = self._slot(mono) == mono
            if candidate.chat_id is not None:
                blocked.add(candidate.chat_id)
            chosen.append(candidate)
        return chosen

    def _slot(self, mono: float) -> float:
        """When the overall rate allows the next call: now, also if it is so soon that waiting would cost more."""
        slot = self._pace.next_slot(mono)
        return mono if slot <= mono + AT_ONCE_SECONDS else slot

    def wait_for(self, candidates: Collection[Candidate]) -> float | None:
        """Seconds until one of them may go; None if nothing waits, or only for calls under way."""
        mono, wall = self._clock.monotonic(), self._clock.now()
        slot, earliest = self._slot(mono), math.inf
        for candidate in candidates:
            if candidate.chat_id in self._busy or (earliest <= slot and is_paced(candidate.method)):
                continue
            earliest = min(earliest, self._ready_at(candidate, slot, mono, wall))
        return None if earliest == math.inf else max(0.0, earliest - mono)

    def crowded(self, candidates: Iterable[Candidate]) -> set[int]:
        """Chats that need no further reading ahead: paused, or with a queue of their own."""
        wall = self._clock.now()
        counted = Counter(c.chat_id for c in candidates if c.chat_id is not None)
        paused = {
            int(s.removeprefix("chat:")) for s, until in self._pauses.items() if s[:5] == "chat:" and until > wall
        }
        return {chat for chat, count in counted.items() if count >= CROWDED} | paused

    def left(self, deliveries: Iterable[Delivery]) -> None:
        """These calls leave now, some time after they were chosen."""
        paced = sum(is_paced(d.method) for d in deliveries)
        self._pace.left(paced, self._clock.monotonic())

    def started(self, delivery: Delivery) -> None:
        """A call to this chat is under way."""
        if delivery.chat_id is not None:
            self._busy.add(delivery.chat_id)

    def ended(self, delivery: Delivery, result: Result) -> None:
        """The call is over; a pause that Telegram asks for begins at once."""
        self._busy.discard(delivery.chat_id or 0)
        pause = pause_for(delivery, result, self._clock.now())
        if pause is not None:
            scope, until = pause
            self._pauses[scope] = max(until, self._pauses.get(scope, until))
            if scope == PRIVATE:
                self._slow_since = None

    def pauses(self) -> dict[str, datetime]:
        """The pauses that last, by scope."""
        wall = self._clock.now()
        return {scope: until for scope, until in self._pauses.items() if until > wall}

    def _ready_at(self, candidate: Candidate, slot: float, mono: float, wall: datetime) -> float:
        """The earliest monotonic moment for this candidate, where `slot` is the next that the overall rate has."""
        ready = mono + self._pause_left(candidate, mono, wall)
        if not is_paced(candidate.method):
            return ready
        if candidate.chat_id is None:  # a message that people put into a chat of theirs: nobody knows into which
            return max(ready, slot)
        burst = candidate.lane is Lane.INTERACTIVE
        return max(ready, slot, self._chats.ready_at(candidate.chat_id, mono, burst=burst))

    def _pause_left(self, candidate: Candidate, mono: float, wall: datetime) -> float:
        if not self._pauses:
            return 0.0
        scopes = [EVERYTHING, f"chat:{candidate.chat_id}"]
        if candidate.lane is not Lane.INTERACTIVE and not _is_group(candidate.chat_id):
            scopes.append(PRIVATE)
        left = max((self._pauses[s] - wall).total_seconds() if s in self._pauses else 0.0 for s in scopes)
        if candidate.lane is Lane.INTERACTIVE and self._is_paused(PRIVATE):
            left = max(left, self._last_probe + PROBE_SECONDS - mono)
        return max(0.0, left)

    def _take(self, candidate: Candidate, mono: float) -> None:
        if not is_paced(candidate.method):
            return
        self._pace.take(mono)
        if candidate.chat_id is not None:
            self._chats.took(candidate.chat_id, mono)
        if self._is_paused(PRIVATE):
            self._last_probe = mono

    def _is_paused(self, scope: str) -> bool:
        return scope in self._pauses and self._pauses[scope] > self._clock.now()

    def _adjust_rate(self, mono: float) -> None:
        """Slow start: full speed comes back in steps once a pause of private chats is over."""
        if mono >= self._tidy_at:
            self._chats.forget_before(mono)
            self._tidy_at = mono + TIDY_SECONDS
        if PRIVATE not in self._pauses:
            return
        if self._is_paused(PRIVATE):
            return
        if self._slow_since is None:
            self._slow_since = mono
        rate = SLOW_START + SLOW_STEP * ((mono - self._slow_since) // STEP_SECONDS)
        if rate >= self._full_rate:
            del self._pauses[PRIVATE]
            self._slow_since = None
        if self._pace.rate != min(rate, self._full_rate):
            self._pace.slow_to(min(rate, self._full_rate), mono)


def _priority(candidate: Candidate, wall: datetime) -> tuple[int, datetime, int]:
    lane = int(candidate.lane)
    if lane > Lane.URGENT:
        waited = (wall - candidate.not_before).total_seconds()
        lane = max(int(Lane.URGENT), lane - int(waited // AGEING_SECONDS))
    if lane == Lane.BULK:
        return lane, EPOCH, 0
    return lane, candidate.not_before, candidate.id


def _is_group(chat_id: int | None) -> bool:
    return chat_id is not None and chat_id < 0


@cache
def is_paced(method: str) -> bool:
    """Sends and edits count against Telegram's limits; answers and look-ups do not."""
    return method.startswith(("send", "edit", "copy", "forward"))


def pause_for(delivery: Delivery, result: Result, now: datetime) -> tuple[str, datetime] | None:
    """The scope and the end of the pause that an answer asks for."""
    match result:
        case TooMany(retry_after=seconds):
            scope = f"chat:{delivery.chat_id}" if _is_group(delivery.chat_id) else PRIVATE
            # A little more than asked for: clocks differ, and everybody else comes back at the same moment.
            jitter = random.uniform(0.1, 0.5)  # noqa: S311 - no secret depends on it
            return scope, now + timedelta(seconds=seconds + jitter)
        case Unauthorized():
            return EVERYTHING, now + TOKEN_PAUSE
        case _:
            return None
