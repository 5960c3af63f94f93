"""The door out: claims what is owed, calls Telegram within the pace, records what came of it."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

import structlog

from domain.deliveries import Candidate, Delivery, DeliveryState, Result, TooMany, Unauthorized, Uncertain
from domain.process import Process
from gateway import payloads
from gateway.api import Api
from gateway.clocks import Clock
from gateway.health import Health
from gateway.outcomes import Call, Outcomes, put_aside
from gateway.turns import Turns
from services import cards, sharing
from services.rendering import Drop, Later, Outgoing, Quiet, Renderer, render
from storage import cards as stored_cards
from storage import claims, outbox
from storage.claims import Record
from storage.database import Database, Tx

log = structlog.get_logger()

READ_AHEAD = 500
"""Deliveries known ahead, per lane; only those with a free call are claimed."""

LEASE = timedelta(seconds=60)
IDLE_SECONDS = 1.0
"""The longest sleep: whatever is due by the clock is noticed within a second."""

GATHER_SECONDS = 0.005
"""How long finished calls wait for others to be recorded with them."""

DRAIN_SECONDS = 9.0
"""How long a stop waits for calls under way; the whole exit has 10 s."""


@dataclass(frozen=True)
class Turn:
    """What one turn did: calls started, and in how many seconds the next is worth trying (None: wait to be woken)."""

    started: int
    wait: float | None


class Sender:
    """One per process. At most `calls` calls are under way: that many may be unsure after a kill."""

    def __init__(
        self,
        database: Database,
        api: Api,
        renderers: Mapping[str, Renderer],
        process: Process,
        clock: Clock,
        health: Health,
        *,
        owner: str,
        rate: float,
        calls: int,
    ) -> None:
        self._database = database
        self._api = api
        self._renderers = renderers
        self._process = process
        self._clock = clock
        self._health = health
        self._owner = owner
        self._most_calls = calls
        self._turns = Turns(clock, rate)
        self._outcomes = Outcomes(owner, process, self._turns, health)
        self._ahead: list[Candidate] = []
        self._fresh = True  # something new may be owed: read ahead before the next choice
        self._read_at = clock.monotonic()
        self._is_cut = False  # more was owed than could be read ahead
        self._called = False  # somebody said so, and does not want to wait
        self._under_way: dict[int, asyncio.Task[None]] = {}
        self._finished: list[tuple[Call, Result]] = []
        self._wake = asyncio.Event()
        self._gathering = False
        self._stopping = False

    def wake(self) -> None:
        """Something new is owed."""
        self._fresh = self._called = True
        self._wake.set()

    async def run(self) -> None:
        """Deliver until stopped."""
        await self.recover()
        while not self._stopping:
            turn = await self._turn_or_wait()
            woken = await self._clock.wait(self._wake, IDLE_SECONDS if turn.wait is None else turn.wait)
            if woken:
                await self._gather()
            elif turn.wait is None:
                self._fresh = await self._is_anything_due()
        await self._drain()

    async def _gather(self) -> None:
        """While a batch is under way and nothing new came, let more of it come back: one commit for many calls."""
        self._gathering = not self._is_worth_a_turn()
        if self._gathering:
            await self._clock.wait(self._wake, GATHER_SECONDS)
            self._gathering = False

    def _is_worth_a_turn(self) -> bool:
        return self._called or not self._ahead or len(self._finished) >= len(self._under_way)

    async def _is_anything_due(self) -> bool:
        async with self._database.read() as tx:
            due = await outbox.next_due_at(tx)
        return due is not None and due <= self._clock.now()

    async def recover(self) -> None:
        """Settle what an earlier process left half done, and remember the pauses it was asked for."""
        async with self._database.write() as tx:
            settled = await claims.recover(tx, self._owner, self._clock.now())
            await self._turns.load_pauses(tx)
        if settled:
            log.warning("deliveries_recovered", count=settled)

    async def turn(self) -> Turn:
        """Record what came back and claim what may go out now, in one transaction; then start the calls."""
        finished, self._finished = self._finished, []
        try:
            calls = await self._record_and_claim(finished)
        except BaseException:
            self._finished = finished + self._finished
            raise
        for call in calls:
            self._turns.started(call.delivery)
            task = asyncio.create_task(self._call(call))
            self._under_way[call.delivery.id] = task
        self._turns.left(call.delivery for call in calls)
        return Turn(len(calls), self._wait())

    def _wait(self) -> float | None:
        if self._finished:
            return 0.0
        return self._turns.wait_for(self._ahead) if len(self._under_way) < self._most_calls else None

    async def calls_done(self) -> None:
        """Wait for the calls under way."""
        if self._under_way:
            await asyncio.gather(*self._under_way.values())

    @property
    def is_busy(self) -> bool:
        """Calls under way, or answers not recorded yet."""
        return bool(self._under_way or self._finished)

    def stop(self) -> None:
        """Claim nothing more; `run` ends when the calls under way are recorded."""
        self._stopping = True
        self._wake.set()

    async def _turn_or_wait(self) -> Turn:
        try:
            return await self.turn()
        except Exception as error:  # the database refuses: try again, nothing is lost
            if self._health.trouble("outbox", f"The outbox cannot be written: {error}"):
                log.exception("outbox_refused")
            return Turn(0, IDLE_SECONDS)

    async def _drain(self) -> None:
        if self._under_way:
            await asyncio.wait(self._under_way.values(), timeout=DRAIN_SECONDS)
        finished, self._finished = self._finished, []
        if finished:
            async with self._database.write() as tx:
                await self._outcomes.record(tx, finished, self._clock.now())

    async def _record_and_claim(self, finished: list[tuple[Call, Result]]) -> list[Call]:
        free = 0 if self._stopping else self._most_calls - len(self._under_way)
        chosen = self._choose(free)
        must_read = free > len(chosen) and self._may_owe_more()
        if not (finished or chosen or must_read):
            return []
        try:
            async with self._database.write() as tx:
                if finished:
                    await self._outcomes.record(tx, finished, self._clock.now())
                if must_read:
                    await self._read_ahead(tx, [c.id for c in chosen])
                    chosen += self._choose(free - len(chosen))
                calls = await self._claim(tx, chosen) if chosen else []
        except BaseException:
            self._fresh = True  # what was chosen is still pending: read it again
            raise
        self._health.over("outbox")
        return calls

    def _may_owe_more(self) -> bool:
        """Whether to read ahead anew: somebody said so, what is known may not go, or it was read a while ago."""
        is_old = bool(self._ahead) and self._clock.monotonic() >= self._read_at + IDLE_SECONDS
        return self._fresh or is_old or (self._is_cut and self._turns.has_room)

    def _choose(self, most: int) -> list[Candidate]:
        """Take whose turn it is out of what was read ahead: nothing is chosen twice."""
        chosen = self._turns.choose(self._ahead, most)
        if chosen and chosen[-1] is self._ahead[len(chosen) - 1]:
            del self._ahead[: len(chosen)]  # nearly always: those in front, none left out
        elif chosen:
            taken = {c.id for c in chosen}
            self._ahead = [c for c in self._ahead if c.id not in taken]
        if chosen and not self._ahead:
            self._fresh = True
        return chosen

    async def _read_ahead(self, tx: Tx, taken: list[int]) -> None:
        self._called = False
        self._read_at = self._clock.monotonic()
        crowded = self._turns.crowded(self._ahead)
        found = await claims.read_ahead(tx, self._clock.now(), READ_AHEAD, skip_chats=crowded, skip_ids=taken)
        kept = [c for c in self._ahead if c.chat_id in crowded]
        self._ahead = self._turns.in_order([*kept, *found])
        self._fresh = False
        self._is_cut = len(found) >= READ_AHEAD

    async def _claim(self, tx: Tx, chosen: list[Candidate]) -> list[Call]:
        """Claim, render what is not finished text yet, and let go what is not to be sent any more."""
        now = self._clock.now()
        claimed = await claims.claim(tx, [c.id for c in chosen], self._owner, now + LEASE)
        unrendered = [d for d in claimed if d.payload is None]
        rendered = await render(self._renderers, tx, unrendered, self._process, now) if unrendered else {}
        shown = await stored_cards.get_many(tx, {d.card_id for d in unrendered if d.card_id is not None})
        calls: list[Call] = []
        records: list[Record] = []
        for delivery in claimed:
            call = self._prepare(delivery, rendered.get(delivery.id), shown)
            if isinstance(call, Call):
                calls.append(call)
            else:
                records.append(put_aside(delivery, call, now))
        await claims.record(tx, records, self._owner)
        return calls

    def _prepare(
        self, delivery: Delivery, message: Outgoing | None, shown: Mapping[int, stored_cards.Card]
    ) -> Call | Later | Drop:
        if delivery.expires_at is not None and delivery.expires_at <= self._clock.now():
            return Drop(DeliveryState.EXPIRED, "too late")
        if delivery.payload is not None:
            return Call(delivery, delivery.method, delivery.payload)
        if message is None or isinstance(message, Drop | Later):
            return message or Drop(DeliveryState.CANCELLED, "nothing to say")
        if isinstance(message, Quiet):
            call = self._prepare(delivery, message.message, shown)
            return call.without_sound() if isinstance(call, Call) else call
        if delivery.kind == sharing.KIND:
            shared = payloads.edit_inline(message, str(delivery.refs["inline_message_id"]))
            return Call(delivery, *shared, content_hash=cards.hash_of(message))
        chat: dict[str, object] = {"chat_id": delivery.chat_id}
        if delivery.card_id is None:
            method, parameters = payloads.send(message)
            return Call(delivery, method, chat | parameters, attachment=message.attachment)
        card = shown[delivery.card_id]
        content = cards.hash_of(message)
        if card.message_id is None:
            method, parameters = payloads.send(message)
            if card.thread_id is not None:
                chat["message_thread_id"] = card.thread_id
        elif card.content_hash == content:
            return cards.SHOWN_ALREADY
        else:
            method, parameters = payloads.edit(message, card.message_id)
        return Call(delivery, method, chat | parameters, content)

    async def _call(self, call: Call) -> None:
        result: Result
        try:
            result = await self._api.call(call.method, call.parameters, call.attachment)
        except Exception as error:  # a bug: nobody knows how far the call came
            log.exception("call_broke", delivery=call.delivery.id, method=call.method)
            result = Uncertain(repr(error))
        finally:
            del self._under_way[call.delivery.id]
        if not isinstance(result, Unauthorized):
            self._health.last_send_at = self._clock.now()
        self._health.refusals += isinstance(result, TooMany)
        self._turns.ended(call.delivery, result)
        self._finished.append((call, result))
        if not self._gathering or self._is_worth_a_turn():
            self._wake.set()
