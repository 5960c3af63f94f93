"""What a finished call leaves in the database: the row's next state, and what else has become known."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from html import unescape
from typing import Any

import orjson
import structlog

from domain.chats import Topic
from domain.deliveries import (
    Again,
    AlreadyDone,
    Delivery,
    DeliveryState,
    Finish,
    Migrated,
    Refused,
    Repair,
    Repaired,
    Result,
    Sent,
    ThreadGone,
    Unauthorized,
    Unreachable,
    next_step,
)
from domain.process import Process
from gateway.health import Health
from gateway.turns import Turns
from messages.markup import Attachment
from services import alarms, boards, chats, sharing
from services.rendering import Drop, Later
from services.work import Background
from storage import cards, claims, facts, inbox, outbox, people
from storage.claims import Record
from storage.database import Tx

log = structlog.get_logger()


@dataclass(frozen=True)
class Call:
    """A delivery with the method and the parameters that go out; the hash of what a card will show.

    `attachment`: a file that goes with it. It is never stored.
    """

    delivery: Delivery
    method: str
    parameters: Mapping[str, Any]
    content_hash: str | None = None
    attachment: Attachment | None = None

    def without_sound(self) -> "Call":
        """The same for somebody who wants quiet. An edit makes no sound, and Telegram knows no such parameter there."""
        is_new = self.method.startswith("send")
        return replace(self, parameters={**self.parameters, "disable_notification": True}) if is_new else self


def put_aside(delivery: Delivery, why: Later | Drop, now: datetime) -> Record:
    """What was claimed and is not called: it ends here, or it waits, and the claim does not count as an attempt."""
    if isinstance(why, Drop):
        return Record(delivery.id, delivery.attempt, why.state, now, error=why.reason)
    pending, reason = DeliveryState.PENDING, "the person wants quiet"
    return Record(delivery.id, delivery.attempt, pending, now, None, reason, not_before=why.moment, attempts_spent=-1)


class Outcomes:
    """Records finished calls; everything a result implies is written in the same transaction."""

    def __init__(self, owner: str, process: Process, turns: Turns, health: Health) -> None:
        self._owner = owner
        self._process = process
        self._turns = turns
        self._health = health

    async def record(self, tx: Tx, finished: Sequence[tuple[Call, Result]], now: datetime) -> None:
        """Write the outcome of calls, whole batches by one statement."""
        records = [await self._follow(tx, call, result, now) for call, result in finished]
        await claims.record(tx, records, self._owner)
        for scope, until in self._turns.pauses().items():
            await facts.pause(tx, scope, until)

    async def _follow(self, tx: Tx, call: Call, result: Result, now: datetime) -> Record:
        delivery = call.delivery
        if isinstance(result, ThreadGone) and "message_thread_id" not in call.parameters:
            result = Refused(result.reason)  # the general topic itself is closed: there is nowhere else
        self._watch(delivery, result)
        if isinstance(result, Unreachable):
            await self._lose(tx, delivery, now)
        if isinstance(result, Refused) and _is_group(delivery):
            await chats.note_missing_right(Background(tx, now, self._process), delivery.chat_id or 0, result.reason)
        if delivery.card_id is not None and isinstance(result, Sent | AlreadyDone):
            await self._remember_card(tx, call, result)
        if delivery.kind == sharing.KIND:
            result = await sharing.note_result(tx, delivery, result, call.content_hash, now)
        step = next_step(result, delivery.attempt, delivery.policy, now)
        if delivery.follow is not None and isinstance(step, Finish):
            await self._hand_on(tx, delivery, result, step, now)
        match step:
            case Finish(state=state, message_id=message_id, error=error):
                return Record(delivery.id, delivery.attempt, state, now, message_id, error)
            case Again(at=at, error=error, counts=counts):
                pending = DeliveryState.PENDING
                spent = 0 if counts else -1
                return Record(delivery.id, delivery.attempt, pending, now, None, error, at, spent)
            case Repaired(repair=repair, error=error):
                await self._repair(tx, call, repair, result, now)
                return Record(delivery.id, delivery.attempt, DeliveryState.PENDING, now, None, error, now)

    async def _hand_on(self, tx: Tx, delivery: Delivery, result: Result, step: Finish, now: datetime) -> None:
        """Whoever owed the call takes up its answer, as if it were an update: in a transaction of its own."""
        answer = {
            "follow": delivery.follow,
            "chat_id": delivery.chat_id,
            "is_done": step.state is DeliveryState.SENT,
            "message_id": step.message_id,
            "value": result.value if isinstance(result, Sent) else None,
            "reason": step.error or "",
        }
        await inbox.add_answer(tx, delivery.id, delivery.chat_id or 0, orjson.dumps(answer).decode(), now)

    def _watch(self, delivery: Delivery, result: Result) -> None:
        if isinstance(result, Unauthorized):
            self._health.trouble("token", f"Telegram refuses the token: {result.reason}")
        elif isinstance(result, Sent):
            self._health.over("token")
        if not isinstance(result, Sent | AlreadyDone):
            name = type(result).__name__
            log.info("delivery_not_sent", delivery=delivery.id, kind=delivery.kind, result=name)

    async def _lose(self, tx: Tx, delivery: Delivery, now: datetime) -> None:
        """The person cannot be written to until they come back; in a chat, the bot is not there any more."""
        if _is_group(delivery):
            await chats.note_refusal(Background(tx, now, self._process), delivery.chat_id or 0)
        if delivery.chat_id is not None and delivery.chat_id > 0:
            await people.change(tx, delivery.chat_id, blocked_at=now)
            await outbox.cancel_unasked(tx, delivery.chat_id, now)

    async def _remember_card(self, tx: Tx, call: Call, result: Sent | AlreadyDone) -> None:
        assert call.delivery.card_id is not None  # noqa: S101 - the caller looked
        message_id = result.message_id if isinstance(result, Sent) else call.parameters.get("message_id")
        await cards.set_message(tx, call.delivery.card_id, message_id, call.content_hash)

    async def _repair(self, tx: Tx, call: Call, repair: Repair, result: Result, now: datetime) -> None:
        delivery, payload = call.delivery, dict(call.parameters)
        match repair:
            case Repair.CHAT:
                assert isinstance(result, Migrated)  # noqa: S101 - only a migration is repaired like this
                await chats.migrate(Background(tx, now, self._process), delivery.chat_id or 0, result.new_chat_id)
                await claims.repair(tx, delivery.id, chat_id=result.new_chat_id)
                if delivery.payload is not None:
                    await claims.repair(tx, delivery.id, payload=payload | {"chat_id": result.new_chat_id})
            case Repair.PLAIN_TEXT:
                detail = f"{delivery.kind} {delivery.id}"
                await alarms.tell_owners(tx, self._process, f"markup:{delivery.id}", "bad_markup", detail, now)
                await claims.repair(tx, delivery.id, method=call.method, payload=_plain(payload))
            case Repair.GENERAL_TOPIC:
                await self._lose_topic(tx, delivery, payload.pop("message_thread_id", None), result, now)
                if delivery.card_id is None:
                    await claims.repair(tx, delivery.id, method=call.method, payload=payload)
            case Repair.NEW_MESSAGE:
                await self._send_anew(tx, delivery, payload)

    async def _lose_topic(self, tx: Tx, delivery: Delivery, thread: Any, result: Result, now: datetime) -> None:
        """Telegram tells of a deleted topic only when something is sent there."""
        if not isinstance(thread, int) or not isinstance(result, ThreadGone) or delivery.chat_id is None:
            return
        topic = Topic.CLOSED if "closed" in result.reason.lower() else Topic.GONE
        await chats.note_topic(Background(tx, now, self._process), delivery.chat_id, thread, topic)

    async def _send_anew(self, tx: Tx, delivery: Delivery, payload: dict[str, Any]) -> None:
        if delivery.card_id is not None:
            await cards.set_message(tx, delivery.card_id, None, None)
            follow = delivery.follow or boards.follow_of(str(delivery.refs.get("subject")))
            await claims.repair(tx, delivery.id, follow=follow)
        if delivery.payload is not None:
            payload.pop("message_id", None)
            await claims.repair(tx, delivery.id, method="sendMessage", payload=payload)


def _is_group(delivery: Delivery) -> bool:
    return delivery.chat_id is not None and delivery.chat_id < 0


def _plain(payload: dict[str, Any]) -> dict[str, Any]:
    """The same message without markup."""
    plain = {key: value for key, value in payload.items() if key != "parse_mode"}
    for name in ("text", "caption"):
        if name in plain:
            plain[name] = unescape(re.sub(r"<[^>]*>", "", str(plain[name])))
    return plain
