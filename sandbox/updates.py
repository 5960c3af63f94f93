"""What a bot has not fetched yet: the queue behind getUpdates and the webhook.

A method in the answer to a webhook is not carried out.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import aiohttp
import orjson

from sandbox.clock import WallClock
from sandbox.errors import ApiError
from sandbox.state import Json

KEPT_SECONDS = 24 * 3600
UNASKED = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
"""Kinds of updates that a bot gets only when it names them in allowed_updates."""
_OTHER_POLLER = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
_WEBHOOK_SET = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)
RETRY_SECONDS = (1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 60.0)


@dataclass
class Webhook:
    """Where updates are posted, and how the last attempts went."""

    url: str
    secret_token: str | None = None
    max_connections: int = 40
    attempts: int = 0
    delivered: int = 0
    last_error_date: int | None = None
    last_error_message: str | None = None


@dataclass
class _Waiting:
    update_id: int
    since: int
    body: bytes
    under_way: bool = False
    failures: int = field(default=0)


class UpdateQueue:
    """Updates of one bot, kept for 24 hours of the wall clock; one consumer at a time."""

    def __init__(self, clock: WallClock, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        self.webhook: Webhook | None = None
        self.allowed: frozenset[str] | None = None
        self.pushed = 0
        self.next_id = 700_000_001
        self._clock = clock
        self._sleep = sleep
        self._waiting: deque[_Waiting] = deque()
        self._in_order = True
        self._closed = False
        self._arrived = asyncio.Event()
        self._poller: asyncio.Event | None = None
        self._deliverer: asyncio.Task[None] | None = None

    def __len__(self) -> int:
        """Count what was not confirmed yet."""
        self._expire()
        return len(self._waiting)

    @property
    def waiting(self) -> list[Json]:
        """The updates that were not confirmed yet, oldest first."""
        self._expire()
        return [orjson.loads(entry.body) for entry in self._waiting]

    @property
    def has_poller(self) -> bool:
        """Whether a getUpdates call is waiting right now."""
        return self._poller is not None

    def wants(self, kind: str) -> bool:
        """Tell whether the bot asked for this kind of update."""
        return kind not in UNASKED if self.allowed is None else kind in self.allowed

    def push(self, kind: str, value: Json) -> None:
        """Append an update under the next id and wake whoever waits."""
        update_id, self.next_id = self.next_id, self.next_id + 1
        self.push_raw(update_id, orjson.dumps({"update_id": update_id, kind: value}))

    def push_raw(self, update_id: int, body: bytes) -> None:
        """Append any bytes as an update: twice the same id, a gap, an unknown kind, what is no update at all."""
        self.pushed += 1
        self._in_order = self._in_order and not (self._waiting and self._waiting[-1].update_id >= update_id)
        self._waiting.append(_Waiting(update_id, self._clock.timestamp, body))
        self._arrived.set()

    def drop_pending(self) -> None:
        """Forget everything that waits."""
        self._waiting.clear()

    def allow(self, kinds: list[str] | None) -> None:
        """Remember allowed_updates: None keeps the former choice, an empty list asks for the usual kinds."""
        if kinds is not None:
            self.allowed = frozenset(kinds) or None

    async def poll(self, offset: int, limit: int, timeout_seconds: float) -> bytes:
        """Answer getUpdates: the JSON array of updates; a poll that already waits ends with 409."""
        if self.webhook is not None:
            raise self._conflict()
        if self._poller is not None:
            self._poller.set()
        stop = self._poller = asyncio.Event()
        try:
            self._confirm(offset)
            if not self._waiting and timeout_seconds > 0:
                await self._wait(stop, timeout_seconds)
        finally:
            if self._poller is stop:
                self._poller = None
        if stop.is_set() and not self._closed:
            raise self._conflict()
        self._expire()
        return b"[" + b",".join(self._waiting[i].body for i in range(min(limit, len(self._waiting)))) + b"]"

    def _conflict(self) -> ApiError:
        return ApiError(409, _OTHER_POLLER if self.webhook is None else _WEBHOOK_SET)

    async def _wait(self, stop: asyncio.Event, timeout_seconds: float) -> None:
        self._arrived.clear()
        waits = [asyncio.ensure_future(self._arrived.wait()), asyncio.ensure_future(stop.wait())]
        try:
            await asyncio.wait(waits, timeout=timeout_seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in waits:
                task.cancel()

    def _confirm(self, offset: int) -> None:
        self._expire()
        if offset < 0:
            while len(self._waiting) > -offset:
                self._waiting.popleft()
        elif self._in_order:
            while self._waiting and self._waiting[0].update_id < offset:
                self._waiting.popleft()
        else:
            self._waiting = deque(entry for entry in self._waiting if entry.update_id >= offset)

    def _expire(self) -> None:
        oldest = self._clock.timestamp - KEPT_SECONDS
        while self._waiting and self._waiting[0].since < oldest:
            self._waiting.popleft()

    # --- webhook -----------------------------------------------------------------------------------------

    def set_webhook(self, webhook: Webhook) -> None:
        """Deliver by webhook from now on; a waiting getUpdates ends with 409."""
        self.remove_webhook()
        self.webhook = webhook
        if self._poller is not None:
            self._poller.set()
        self._deliverer = asyncio.get_running_loop().create_task(self._deliver(webhook))

    def remove_webhook(self) -> None:
        """Go back to getUpdates; what waits stays."""
        self.webhook = None
        if self._deliverer is not None:
            self._deliverer.cancel()
            self._deliverer = None
        for entry in self._waiting:
            entry.under_way = False

    async def close(self) -> None:
        """End the delivery and any poll."""
        deliverer = self._deliverer
        self._closed = True
        self.remove_webhook()
        if self._poller is not None:
            self._poller.set()
        if deliverer is not None:
            await asyncio.gather(deliverer, return_exceptions=True)

    async def _deliver(self, webhook: Webhook) -> None:
        free = asyncio.Semaphore(webhook.max_connections)
        connector = aiohttp.TCPConnector(limit=webhook.max_connections)
        async with aiohttp.ClientSession(connector=connector) as session, asyncio.TaskGroup() as tasks:
            while True:
                await free.acquire()
                entry = await self._next_entry()
                tasks.create_task(self._deliver_one(session, webhook, entry, free))

    async def _next_entry(self) -> _Waiting:
        while True:
            self._expire()
            entry = next((each for each in self._waiting if not each.under_way), None)
            if entry is not None:
                entry.under_way = True
                return entry
            self._arrived.clear()
            await self._arrived.wait()

    async def _deliver_one(
        self, session: aiohttp.ClientSession, webhook: Webhook, entry: _Waiting, free: asyncio.Semaphore
    ) -> None:
        try:
            problem = await self._post(session, webhook, entry.body)
            if problem is None:
                webhook.delivered += 1
                self._remove(entry)
                return
            webhook.last_error_date = self._clock.timestamp
            webhook.last_error_message = problem
            await self._sleep(RETRY_SECONDS[min(entry.failures, len(RETRY_SECONDS) - 1)])
            entry.failures += 1
            entry.under_way = False
            self._arrived.set()
        finally:
            free.release()

    def _remove(self, entry: _Waiting) -> None:
        if entry in self._waiting:
            self._waiting.remove(entry)

    @staticmethod
    async def _post(session: aiohttp.ClientSession, webhook: Webhook, body: bytes) -> str | None:
        webhook.attempts += 1
        headers = {"Content-Type": "application/json"}
        if webhook.secret_token:
            headers["X-Telegram-Bot-Api-Secret-Token"] = webhook.secret_token
        try:
            async with session.post(webhook.url, data=body, headers=headers, timeout=_PATIENCE) as answer:
                await answer.read()
        except (aiohttp.ClientError, TimeoutError) as error:
            return str(error) or "Connection timed out"
        if 200 <= answer.status < 300:
            return None
        return f"Wrong response from the webhook: {answer.status} {answer.reason}"


_PATIENCE = aiohttp.ClientTimeout(total=60)
