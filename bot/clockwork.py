"""What happens because time passes: each duty looks whether something is due, and acts only then."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.ticks import Tick
from domain.process import Process
from gateway.clocks import Clock
from services import (
    boards,
    broadcast_pauses,
    broadcasts,
    chats,
    digest,
    erasing,
    occasions,
    publications,
    rounds,
    settling,
    sharing,
)
from services.purposes import PURPOSES
from services.work import Background
from storage import erasures, inbox, outbox
from storage import occasions as stored_occasions
from storage.database import Database

log = structlog.get_logger()

RAW_KEPT = timedelta(days=7)
"""How long the JSON of a handled update is kept."""

LOOK_BACK = timedelta(days=1)
"""How far a new process looks back for what has begun or ended meanwhile."""


Look = Callable[[Background], Awaitable[object]]


@dataclass(frozen=True)
class Duty:
    """`is_due` reads; `act` writes, and opens its transactions only when something is due."""

    name: str
    is_due: Look
    act: Callable[[datetime], Awaitable[object]]


class Clockwork:
    """Everything that time brings, as ticks. Duties of one pace share one look at the database."""

    def __init__(self, database: Database, clock: Clock, process: Process, wake: Callable[[], None]) -> None:
        self._database = database
        self._clock = clock
        self._process = process
        self._wake = wake
        self._looked_at: datetime | None = None

    def ticks(self) -> list[Tick]:
        """What to look at, and how often."""
        paces: dict[float, Sequence[Duty]] = {
            0.5: [Duty("occasions", _is_occasion_due, self._at_once(_fire))],
            1: [
                Duty("settling", _is_settled, self._at_once(settling.settle)),
                Duty("publications", publications.is_behind, self._at_once(publications.follow_all)),
                Duty("erasures", _is_erasure_open, self._erase),
            ],
            3: [Duty("broadcasts", _is_broadcast_open, self._at_once(_watch))],
            30: [
                Duty("digest", digest.is_due, self._at_once(digest.owe_due)),
                Duty("rounds", rounds.is_due, self._at_once(rounds.remind)),
            ],
            60: [
                Duty("ended groups", settling.has_closed, self._at_once(settling.close)),
                Duty("passed events", self._has_passed, self._at_once(self._show_passed)),
            ],
            600: [Duty("strangers", _are_strangers, self._at_once(chats.leave_strangers))],
        }
        looks = [Tick(", ".join(d.name for d in duties), pace, self._look(duties)) for pace, duties in paces.items()]
        return [
            *looks,
            Tick("expiry", 10, self._expire),
            Tick("retention", 3600, self._forget),
        ]

    def _look(self, duties: Sequence[Duty]) -> Callable[[], Awaitable[None]]:
        async def look() -> None:
            now = self._clock.now()
            for duty in await self._find_due(duties, now):
                await self._do(duty, now)

        return look

    async def _find_due(self, duties: Sequence[Duty], now: datetime) -> list[Duty]:
        """One transaction looks for all; where that fails, each duty looks by itself, and those that can go on."""
        try:
            async with self._database.read() as tx:
                return [duty for duty in duties if await duty.is_due(Background(tx, now, self._process))]
        except Exception:
            if len(duties) == 1:
                log.exception("duty_failed", duty=duties[0].name)
                return []
        return [due for duty in duties for due in await self._find_due([duty], now)]

    def _at_once(self, act: Look) -> Callable[[datetime], Awaitable[object]]:
        """All of it in one transaction."""

        async def do(now: datetime) -> object:
            async with self._database.write() as tx:
                return await act(Background(tx, now, self._process))

        return do

    async def _do(self, duty: Duty, now: datetime) -> None:
        """A duty that fails comes again, and the others do not wait for it."""
        try:
            done = await duty.act(now)
        except Exception:
            log.exception("duty_failed", duty=duty.name)
            return
        log.info("duty_done", duty=duty.name, count=done)
        self._wake()

    # --- What has begun is not next any more; what has ended says so ---

    async def _has_passed(self, work: Background) -> bool:
        since = self._looked_at or work.now - LOOK_BACK
        passed = await boards.has_passed(work.tx, since, work.now) or await sharing.find_ended(work.tx, since, work.now)
        if not passed:
            self._looked_at = work.now
        return bool(passed)

    async def _show_passed(self, work: Background) -> int:
        since = self._looked_at or work.now - LOOK_BACK
        count = await boards.refresh_passed(work.tx, since, work.now)
        await sharing.refresh_ended(work.tx, since, work.now)
        self._looked_at = work.now
        return count

    # --- What is more than one transaction, or never has to look first ---

    async def _erase(self, now: datetime) -> int:
        async with self._database.read() as tx:
            waiting = [erasure.id for erasure in await erasures.get_open(tx)]
        for erasure_id in waiting:
            await self._advance(erasure_id, now)
        async with self._database.read() as tx:
            waits_for_log = await erasures.waits_for_log(tx)
        if waits_for_log and await self._database.truncate_log():
            async with self._database.write() as tx:
                await erasing.confirm(Background(tx, now, self._process))
        return len(waiting)

    async def _advance(self, erasure_id: int, now: datetime) -> None:
        """Each in a transaction of its own: one that fails comes again, and the others do not wait for it."""
        try:
            async with self._database.write() as tx:
                await erasing.advance(Background(tx, now, self._process), erasure_id)
        except Exception:
            log.exception("erasure_failed", erasure=erasure_id)

    async def _expire(self) -> None:
        async with self._database.write() as tx:
            await outbox.expire(tx, self._clock.now())

    async def _forget(self) -> None:
        async with self._database.write() as tx:
            await inbox.forget_raw(tx, self._clock.now() - RAW_KEPT)


async def _is_occasion_due(work: Background) -> bool:
    due = await stored_occasions.next_due_at(work.tx)
    return due is not None and due <= work.now


async def _fire(work: Background) -> int:
    return await occasions.fire_due(work, PURPOSES)


async def _is_settled(work: Background) -> bool:
    due = await settling.next_due_at(work.tx)
    return due is not None and due <= work.now


async def _is_erasure_open(work: Background) -> bool:
    return await erasures.is_any_open(work.tx)


async def _is_broadcast_open(work: Background) -> bool:
    return await broadcasts.any_open(work.tx)


async def _watch(work: Background) -> None:
    await broadcast_pauses.pause_orphans(work)
    await broadcasts.watch(work.tx, work.now)


async def _are_strangers(work: Background) -> bool:
    return await chats.has_strangers(work.tx, work.now)
