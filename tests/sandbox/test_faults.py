"""Scripted faults: each strikes as told, and leaves behind what Telegram would have done."""

import asyncio
from typing import Any

import aiohttp
import pytest

from sandbox.faults import FaultKind
from tests.sandbox.setting import World

REFUSED_35 = (
    '{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 35","parameters":{"retry_after":35}}'
)


@pytest.fixture(autouse=True)
def _anna_started(world: World) -> None:
    world.anna.start()


async def post(world: World) -> tuple[int, str, str]:
    """Send a message; status, kind of body, body."""
    address = f"{world.server.url}/bot{world.call.token}/sendMessage"
    body = {"chat_id": world.anna.user.id, "text": "Hello"}
    async with world.call.session.post(address, json=body) as answer:
        return answer.status, answer.content_type, await answer.text()


def arrived(world: World) -> list[str]:
    return [message.text for message in world.anna.inbox()[1:]]


@pytest.mark.parametrize(
    ("script", "status", "body"),
    [
        (
            {"kind": "flood", "retry_after": 35},
            429,
            REFUSED_35,
        ),
        ({"kind": "flood"}, 429, '{"ok":false,"error_code":429,"description":"Too Many Requests"}'),
        (
            {"kind": "forbidden"},
            403,
            '{"ok":false,"error_code":403,"description":"Forbidden: bot was blocked by the user"}',
        ),
        (
            {"kind": "error", "description": "Bad Request: CHAT_WRITE_FORBIDDEN"},
            400,
            '{"ok":false,"error_code":400,"description":"Bad Request: CHAT_WRITE_FORBIDDEN"}',
        ),
        ({"kind": "not_ok"}, 200, '{"ok":false}'),
    ],
)
async def test_a_refusal_delivers_nothing(world: World, script: dict[str, Any], status: int, body: str) -> None:
    world.telegram.faults.add(**script)

    first, second = await post(world), await post(world)

    assert (first[0], first[2]) == (status, body)
    assert second[0] == 200
    assert arrived(world) == ["Hello"]


async def test_a_proxy_answers_with_html(world: World) -> None:
    world.telegram.faults.add("html")

    status, content_type, body = await post(world)

    assert (status, content_type, body[:6]) == (502, "text/html", "<html>")
    assert arrived(world) == []


async def test_a_reset_comes_before_delivery(world: World) -> None:
    world.telegram.faults.add("reset")

    with pytest.raises(aiohttp.ClientError):
        await post(world)

    assert arrived(world) == []


async def test_a_lost_answer_comes_after_delivery(world: World) -> None:
    world.telegram.faults.add("lost")

    with pytest.raises(aiohttp.ClientError):
        await post(world)

    assert arrived(world) == ["Hello"]


@pytest.mark.parametrize(("kind", "begin"), [("truncated", '{"ok":true,'), ("empty", "")])
async def test_a_broken_answer_comes_after_delivery(world: World, kind: str, begin: str) -> None:
    world.telegram.faults.add(kind)

    status, _, body = await post(world)

    assert (status, body[: len(begin)], body.endswith("}}")) == (200, begin, False)
    assert arrived(world) == ["Hello"]


async def test_a_fault_is_aimed_at_method_chat_and_turn(world: World) -> None:
    fault = world.telegram.faults.add("forbidden", method="sendMessage", chat=world.anna.user.id, skip=1, times=2)
    world.telegram.faults.add("flood", method="getMe", times=None)

    statuses = [(await post(world))[0] for _ in range(4)]

    assert statuses == [200, 403, 403, 200]
    assert fault.hits == 2
    assert (await world.call.raw("getMe", {}))[0] == 429


async def test_a_held_call_waits_until_it_is_released(world: World) -> None:
    fault = world.telegram.faults.add(FaultKind.HOLD)
    call = asyncio.create_task(post(world))
    await fault.struck.wait()
    before = arrived(world)

    fault.release()

    assert (await call)[0] == 200
    assert (before, arrived(world)) == ([], ["Hello"])


async def test_a_held_answer_was_delivered_already(world: World) -> None:
    fault = world.telegram.faults.add(FaultKind.HOLD_ANSWER)
    call = asyncio.create_task(post(world))
    await fault.struck.wait()
    events = world.telegram.subscribe()
    while not arrived(world):
        await events.get()

    world.telegram.faults.clear()

    assert (await call)[0] == 200


async def test_the_inspector_remembers_every_call(world: World) -> None:
    world.telegram.faults.add("lost")
    with pytest.raises(aiohttp.ClientError):
        await post(world)
    await post(world)

    assert [(call.number, call.method, call.ok, call.status) for call in world.telegram.calls] == [
        (1, "sendMessage", False, 0),
        (2, "sendMessage", True, 200),
    ]
    assert world.telegram.calls[1].result["text"] == "Hello"
