"""A long queue, of which the sender knows the beginning only."""

from datetime import timedelta

from domain.deliveries import owe
from gateway.sender import READ_AHEAD
from storage import outbox
from tests.chat.world import Chat


async def test_an_answer_that_becomes_due_behind_a_long_queue_is_noticed_within_a_second(chat: Chat) -> None:
    anna = await chat.person("Anna")
    chat.clock.pass_by(60)
    now, soon = chat.clock.now(), chat.clock.now() + timedelta(seconds=0.5)
    many = [
        owe("decision", f"one of many {n}", now, chat_id=9_000_000 + n, payload={"chat_id": 9_000_000 + n, "text": "x"})
        for n in range(READ_AHEAD + 100)
    ]
    late = owe("reply", "late", soon, chat_id=anna.id, payload={"chat_id": anna.id, "text": "Welcome"})
    async with chat.bot.database.write() as tx:
        await outbox.add(tx, [*many, late], now)
    chat.bot.sender.wake()

    for _ in range(3):
        await chat.bot.sender.turn()
        await chat.bot.sender.calls_done()
        chat.clock.pass_by(0.6)
    await chat.bot.sender.turn()
    await chat.bot.sender.calls_done()

    assert [m.text for m in anna.new_messages] == ["Welcome"]
    async with chat.bot.database.read() as tx:
        assert await outbox.count_due(tx, chat.clock.now()) > READ_AHEAD
