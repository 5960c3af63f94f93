"""Fetches updates by long polling. Telegram is told "got them" only by the poll after the commit."""

import asyncio
from typing import Any

import structlog
from telegram.error import NetworkError

from gateway.clocks import Clock
from gateway.health import STALE_POLL, Health
from gateway.journal import ALLOWED_UPDATES, Journal
from gateway.transport import HttpTransport

log = structlog.get_logger()

POLL_SECONDS = 25
LONGEST_BACK_OFF = 30.0


class PollRefused(Exception):
    """Telegram answered, but not with updates: token refused, a second poller, a webhook."""

    def __init__(self, status: int, description: str) -> None:
        super().__init__(f"{status}: {description}")
        self.status = status


class Poller:
    """Polls one bot. The offset lives in memory only: after a restart Telegram repeats, the journal ignores."""

    def __init__(self, url: str, journal: Journal, clock: Clock, health: Health) -> None:
        """`url`: of getUpdates, token included; never logged."""
        self._url = url
        self._journal = journal
        self._clock = clock
        self._health = health
        self._transport = HttpTransport(connections=1)
        self._offset: int | None = None
        self._stop = asyncio.Event()
        self._stopping = False
        self._fetching: asyncio.Task[tuple[int, dict[str, Any]]] | None = None

    async def run(self) -> None:
        """Poll until stopped; whatever goes wrong is waited out."""
        failures, last_good = 0, self._clock.monotonic()
        while not self._stopping:
            try:
                await self.poll_once(POLL_SECONDS)
                failures, last_good = 0, self._clock.monotonic()
            except Exception as error:  # noqa: BLE001 - Telegram or the disk refuses: neither ends the process
                failures += 1
                self._note(error)
                if self._clock.monotonic() - last_good > STALE_POLL.total_seconds():
                    await self._rebuild()
                await self._clock.wait(self._stop, min(LONGEST_BACK_OFF, 2.0 ** min(failures - 1, 5)))
        await self.close()

    async def poll_once(self, seconds: int) -> int:
        """One getUpdates, at most `seconds` long; returns how many updates came. Raises what went wrong."""
        await self._transport.initialize()
        parameters: dict[str, object] = {"timeout": seconds, "limit": 100, "allowed_updates": list(ALLOWED_UPDATES)}
        if self._offset is not None:
            parameters["offset"] = self._offset
        fetched = await self._fetch(parameters, seconds + 10.0)
        if fetched is None:
            return 0
        status, answer = fetched
        if status != 200:
            raise PollRefused(status, str(answer.get("description")))
        updates = answer["result"]
        await self._store(updates)
        self._note_good(bool(updates))
        return len(updates)

    async def _fetch(self, parameters: dict[str, object], read_seconds: float) -> tuple[int, dict[str, Any]] | None:
        """Status and answer; None when `stop` came first. What Telegram had to say it says again after the restart."""
        fetching = asyncio.ensure_future(self._transport.post_json(self._url, parameters, read_seconds))
        self._fetching = fetching
        try:
            return await fetching
        except asyncio.CancelledError:
            if not (self._stopping and fetching.cancelled()):
                raise
            return None
        finally:
            self._fetching = None

    async def _store(self, updates: list[dict[str, object]]) -> None:
        """Journal, then move the offset; if the disk refuses, nothing is confirmed and Telegram repeats."""
        if updates:
            await self._journal.store(updates)
            self._offset = max(int(str(u["update_id"])) for u in updates) + 1

    def stop(self) -> None:
        """End the loop: at once while it waits for Telegram, else as soon as what came is journalled."""
        self._stopping = True
        self._stop.set()
        if self._fetching is not None:
            self._fetching.cancel()

    async def close(self) -> None:
        """Close the connection."""
        await self._transport.shutdown()

    async def _rebuild(self) -> None:
        log.warning("poller_rebuilt")
        await self._transport.shutdown()

    def _note_good(self, any_updates: bool) -> None:
        self._health.last_poll_at = self._clock.now()
        if any_updates:
            self._health.last_update_at = self._clock.now()
        for cause in ("polling", "token", "conflict", "inbox"):
            self._health.over(cause)

    def _note(self, error: Exception) -> None:
        cause, sentence = _explain(error)
        if self._health.trouble(cause, sentence):
            log.warning("poll_failed", cause=cause, reason=sentence, exc_info=error if cause == "inbox" else None)


def _explain(error: Exception) -> tuple[str, str]:
    match error:
        case PollRefused(status=401 | 404):
            return "token", "Telegram refuses the token. It goes on by itself once the token is valid again."
        case PollRefused(status=409):
            return "conflict", f"Somebody else receives this bot's updates: {error}"
        case PollRefused() | NetworkError():
            return "polling", f"No updates from Telegram: {error}"
        case _:
            return "inbox", f"Updates cannot be saved, Telegram keeps them meanwhile: {type(error).__name__}"
