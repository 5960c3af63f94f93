"""What Telegram asks for, seen from outside: calls that stop, and go on by themselves."""

from collections.abc import Mapping
from typing import Any

import pytest

from domain.deliveries import Lane, Result, owe
from gateway.api import Api
from gateway.health import Health
from gateway.sender import Sender
from messages.markup import Attachment
from storage import facts, outbox
from storage.database import Database
from storage.tables import outbox as table
from tests.chat.world import TOKEN, Chat, Visitor


async def tell(chat: Chat, visitor: Visitor, text: str, lane: Lane = Lane.NORMAL) -> None:
    """Owe somebody a finished message."""
    now, payload = chat.clock.now(), {"chat_id": visitor.id, "text": text}
    async with chat.bot.database.write() as tx:
        await outbox.add(tx, [owe("decision", text, now, lane=lane, chat_id=visitor.id, payload=payload)], now)


async def pauses(chat: Chat) -> set[str]:
    async with chat.bot.database.write() as tx:
        return set(await facts.get_pauses(tx, chat.clock.now()))


async def one_turn(chat: Chat) -> None:
    """The sender at work, while the clock stands still."""
    for _ in range(3):
        chat.bot.sender.wake()
        await chat.bot.sender.turn()
        await chat.bot.sender.calls_done()


async def test_a_refused_message_waits_as_long_as_telegram_asks_and_comes_once(chat: Chat) -> None:
    anna = await chat.person("Anna")
    chat.clock.pass_by(60)
    chat.telegram.faults.add("flood", method="sendMessage", retry_after=30)

    await tell(chat, anna, "Hello")
    await one_turn(chat)
    await chat.time_passes(seconds=29)
    too_early = anna.new_messages
    await chat.time_passes(seconds=2)

    assert too_early == []
    assert [m.text for m in anna.new_messages] == ["Hello"]


@pytest.mark.parametrize("retry_after", [30, None])
async def test_a_pause_survives_a_restart(chat: Chat, retry_after: int | None) -> None:
    anna, ben = await chat.person("Anna"), await chat.person("Ben")
    chat.clock.pass_by(60)
    flood = chat.telegram.faults.add("flood", method="sendMessage", retry_after=retry_after)
    await tell(chat, anna, "Hello")
    await one_turn(chat)
    paused = await pauses(chat)
    await tell(chat, ben, "Good morning")
    began = chat.clock.now()

    await chat.restarts()

    assert flood.hits == 1
    assert paused == {"private"}
    assert [m.text for m in anna.new_messages] == ["Hello"]
    assert [m.text for m in ben.new_messages] == ["Good morning"]
    assert (chat.clock.now() - began).total_seconds() >= (retry_after or 5)


async def test_a_token_refused_for_a_while_loses_nothing(chat: Chat) -> None:
    anna = await chat.person("Anna")
    chat.clock.pass_by(60)
    chat.telegram.faults.add("error", status=401, description="Unauthorized", method="sendMessage", times=3)
    await tell(chat, anna, "Hello")
    await one_turn(chat)
    trouble = dict(chat.bot.health.troubles)

    await chat.time_passes(seconds=31)
    await chat.time_passes(seconds=31)
    still_refused = anna.new_messages
    await chat.time_passes(seconds=31)

    assert trouble == {"token": "Telegram refuses the token: Unauthorized"}
    assert still_refused == []
    assert [m.text for m in anna.new_messages] == ["Hello"]
    assert "token" not in chat.bot.health.troubles


class BrokenApi(Api):
    """Calls with a bug."""

    async def call(self, method: str, parameters: Mapping[str, Any], attachment: Attachment | None = None) -> Result:
        raise AttributeError("'NoneType' object has no attribute 'get'")


async def test_a_bug_in_a_call_leaves_neither_the_row_nor_the_chat_hanging(chat: Chat) -> None:
    anna = await chat.person("Anna")
    chat.clock.pass_by(60)
    api = BrokenApi(chat.telegram.public_url, TOKEN, connections=1)
    options: dict[str, Any] = {"owner": "broken", "rate": 28.0, "calls": 8}
    broken = Sender(chat.bot.database, api, {}, chat.bot.process, chat.clock, Health(), **options)
    await tell(chat, anna, "Hello")

    for _ in range(3):
        broken.wake()
        await broken.turn()
        await broken.calls_done()
    state = await _state(chat.bot.database)
    await chat.time_passes(seconds=5)

    assert state == ("pending", 1, repr(AttributeError("'NoneType' object has no attribute 'get'")))
    assert [m.text for m in anna.new_messages] == ["Hello"]


async def _state(database: Database) -> tuple[Any, ...]:
    async with database.read() as tx:
        query = table.select().with_only_columns(table.c.state, table.c.attempt, table.c.error)
        return tuple((await tx.execute(query.where(table.c.key == "Hello"))).one())
