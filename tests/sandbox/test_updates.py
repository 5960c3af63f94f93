"""getUpdates and the webhook."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import orjson
import pytest
from aiohttp import web

from sandbox.state import Json
from tests.sandbox.setting import World


async def test_an_update_comes_again_until_a_higher_offset_confirms_it(world: World) -> None:
    world.anna.start("abc")

    first = await world.call("getUpdates")
    again = await world.call("getUpdates")
    after = await world.call("getUpdates", offset=first[0]["update_id"] + 1)

    assert first[0]["message"]["text"] == "/start abc"
    assert first[0]["message"]["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
    assert again == first
    assert after == []


async def test_a_negative_offset_forgets_all_but_the_newest(world: World) -> None:
    world.anna.start()
    for word in ("one", "two", "three"):
        world.anna.send(word)

    newest = await world.call("getUpdates", offset=-2)

    assert [update["message"]["text"] for update in newest] == ["two", "three"]
    assert len(world.bot.queue) == 2


async def test_limit_and_order(world: World) -> None:
    world.anna.start()
    for number in range(5):
        world.anna.send(f"message {number}")

    found = await world.call("getUpdates", limit=2)

    assert [update["message"]["text"] for update in found] == ["/start", "message 0"]


async def test_a_long_poll_wakes_when_something_arrives(world: World) -> None:
    poll = asyncio.create_task(world.call("getUpdates", timeout=30))
    await waiting_poller(world)

    world.anna.start()

    assert [update["message"]["text"] for update in await poll] == ["/start"]


async def test_a_second_poller_ends_the_first_with_409(world: World) -> None:
    first = asyncio.create_task(world.call.refused("getUpdates", timeout=30))
    await waiting_poller(world)

    second = asyncio.create_task(world.call("getUpdates", timeout=30))

    assert await first == (
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    )
    world.anna.start()
    assert len(await second) == 1


async def test_unconfirmed_updates_are_kept_for_24_hours(world: World) -> None:
    world.anna.start()
    world.time_passes(hours=23)
    world.anna.send("later")
    world.time_passes(hours=2)

    found = await world.call("getUpdates")

    assert [update["message"]["text"] for update in found] == ["later"]


async def test_allowed_updates_are_remembered(world: World) -> None:
    await world.call("getUpdates", allowed_updates=["callback_query"])
    world.anna.start()

    assert await world.call("getUpdates") == []
    assert (await world.call("getWebhookInfo"))["allowed_updates"] == ["callback_query"]


async def test_reactions_come_only_when_asked_for(world: World) -> None:
    hello = world.anna.start()
    world.anna.react(hello, "👍")
    unasked = await world.call.updates()
    await world.call("getUpdates", allowed_updates=["message_reaction"])
    world.anna.react(hello, "🔥")

    asked = await world.call.updates()

    assert [list(update)[1] for update in unasked] == ["message"]
    assert [update["message_reaction"]["new_reaction"] for update in asked] == [[{"type": "emoji", "emoji": "🔥"}]]


async def test_anything_can_be_pushed_as_an_update(world: World) -> None:
    for update_id in (5, 4, 5):
        world.bot.queue.push_raw(update_id, orjson.dumps({"update_id": update_id, "news": {}}))

    found = await world.call("getUpdates")
    left = await world.call("getUpdates", offset=5)

    assert [update["update_id"] for update in found] == [5, 4, 5]
    assert [update["update_id"] for update in left] == [5, 5]


async def test_a_wrong_token_is_unauthorized(world: World) -> None:
    world.call.token = "7000000001:wrong"

    assert await world.call.raw("getMe", {}) == (
        401,
        {"ok": False, "error_code": 401, "description": "Unauthorized"},
    )


async def test_an_unknown_method_is_not_found(world: World) -> None:
    assert await world.call.refused("sendTelepathy") == "Not Found: method not found"
    assert (await world.call.refused("sendInvoice")).startswith("Not Implemented")


async def test_a_webhook_is_served_with_its_secret_and_tried_again(world: World) -> None:
    async with receiver(answers=[500, 503, 200]) as (url, received):
        await world.call("setWebhook", url=url, secret_token="s3cret")
        world.anna.start("x")
        await until(lambda: len(world.bot.queue) == 0)

    info = await world.call("getWebhookInfo")
    assert [secret for secret, _ in received] == ["s3cret"] * 3
    assert {update["message"]["text"] for _, update in received} == {"/start x"}
    assert info["pending_update_count"] == 0
    assert info["last_error_message"] == "Wrong response from the webhook: 503 Service Unavailable"


async def test_get_updates_and_a_webhook_exclude_each_other(world: World) -> None:
    async with receiver(answers=[200]) as (url, _):
        poll = asyncio.create_task(world.call.refused("getUpdates", timeout=30))
        await waiting_poller(world)
        await world.call("setWebhook", url=url)
        conflict = await world.call.refused("getUpdates")
        await world.call("deleteWebhook")

    expected = (
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
    )
    assert (await poll, conflict) == (expected, expected)
    assert await world.call("getUpdates") == []


async def test_a_poll_ends_with_nothing_when_the_server_stops(world: World) -> None:
    poll = asyncio.create_task(world.call("getUpdates", timeout=30))
    await waiting_poller(world)

    await world.server.close()

    assert await poll == []


@pytest.mark.parametrize("url", ["http://example.org/hook", "ftp://127.0.0.2/x"])
async def test_a_webhook_needs_https_beyond_this_machine(world: World, url: str) -> None:
    assert await world.call.refused("setWebhook", url=url) == (
        "Bad Request: bad webhook: An HTTPS URL must be provided for webhook"
    )


async def waiting_poller(world: World) -> None:
    await until(lambda: world.bot.queue.has_poller)


async def until(condition: object) -> None:
    assert callable(condition)
    for _ in range(2000):
        if condition():
            return
        await asyncio.sleep(0.001)
    raise AssertionError("it did not come true")


@asynccontextmanager
async def receiver(answers: list[int]) -> AsyncIterator[tuple[str, list[tuple[str | None, Json]]]]:
    """A bot's webhook: answers with these statuses, one after the other, and keeps what it got."""
    received: list[tuple[str | None, Json]] = []
    script = iter(answers)

    async def handle(request: web.BaseRequest) -> web.Response:
        secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token")
        received.append((secret, await request.json()))
        return web.Response(status=next(script))

    runner = web.ServerRunner(web.Server(handle))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/hook", received
    await runner.cleanup()
