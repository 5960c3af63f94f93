"""Rate limits: what Telegram refuses when somebody sends too fast, and the counters."""

from typing import Any

from sandbox.limits import Limits
from sandbox.people import Person
from tests.sandbox.setting import World, open_world


def crowd(world: World, size: int) -> list[Person]:
    people = [world.telegram.as_person(world.telegram.add_user(f"Guest {number}")) for number in range(size)]
    for person in people:
        person.start()
    return people


async def send(world: World, chat_id: int) -> tuple[int, Any]:
    status, answer = await world.call.raw("sendMessage", {"chat_id": chat_id, "text": "x"})
    return status, answer.get("parameters")


async def test_a_private_chat_takes_a_burst_of_three_then_one_a_second(paced_world: World) -> None:
    world = paced_world
    world.anna.start()

    burst = [await send(world, world.anna.user.id) for _ in range(4)]
    world.time_passes(seconds=1)
    after = [await send(world, world.anna.user.id) for _ in range(2)]

    assert burst == [(200, None)] * 3 + [(429, {"retry_after": 1})]
    assert after == [(200, None), (429, {"retry_after": 1})]
    assert world.bot.traffic.refused == {world.anna.user.id: 2}
    assert world.bot.traffic.sends == {world.anna.user.id: 4}


async def test_thirty_a_second_go_out_in_all(paced_world: World) -> None:
    world = paced_world
    people = crowd(world, 31)

    statuses = [(await send(world, person.user.id))[0] for person in people]
    world.time_passes(seconds=1)
    later = await send(world, people[-1].user.id)

    assert statuses == [200] * 30 + [429]
    assert later == (200, None)
    assert world.bot.traffic.highest_per_second == 30


async def test_a_group_takes_twenty_a_minute(paced_world: World) -> None:
    world = paced_world
    chat = world.telegram.add_group("Cities", owner=world.anna.user, members=[world.bot.user])
    statuses = []
    for _ in range(21):
        statuses.append(await send(world, chat.id))
        world.time_passes(seconds=1)

    assert statuses == [(200, None)] * 20 + [(429, {"retry_after": 40})]
    assert world.bot.traffic.highest_per_minute == {chat.id: 20}
    world.time_passes(seconds=39)
    assert await send(world, chat.id) == (200, None)


async def test_edits_count_and_answers_do_not(paced_world: World) -> None:
    world = paced_world
    world.anna.start()
    sent = await world.call("sendMessage", chat_id=world.anna.user.id, text="0")
    for number in (1, 2):
        await world.call("editMessageText", chat_id=world.anna.user.id, message_id=sent["message_id"], text=str(number))

    assert (await send(world, world.anna.user.id))[0] == 429
    for _ in range(5):
        await world.call("sendChatAction", chat_id=world.anna.user.id, action="typing")
    assert world.bot.traffic.total == 3


async def test_lifted_limits_still_count() -> None:
    async with open_world(limits=None) as world:
        world.anna.start()
        for _ in range(50):
            await send(world, world.anna.user.id)

        assert world.bot.traffic.summary() == {
            "total": 50,
            "refused": 0,
            "chats": 1,
            "highest_per_second": 50,
            "highest_per_minute": 0,
        }


async def test_other_numbers_can_be_chosen() -> None:
    async with open_world(Limits(overall_per_second=1)) as world:
        people = crowd(world, 2)

        assert [(await send(world, person.user.id))[0] for person in people] == [200, 429]
