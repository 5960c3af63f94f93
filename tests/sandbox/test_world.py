"""The world file, the process, the clock over HTTP."""

import asyncio
import json
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

from sandbox.clock import WallClock
from sandbox.people import PersonError
from sandbox.telegram import LocalTelegram
from sandbox.world import WorldError, read_world
from tests.sandbox.setting import START, World

WORLD = """
bot: {token: "7000000001:AA-demo", username: prework_bot}
people:
  - {key: anna, first_name: Anna, id: 5200000777, language_code: de, note: Coordinates Cities, started: true}
  - {key: ben, first_name: Ben}
crowd: 3
chats:
  - {key: news, title: News, kind: channel, owner: anna, bot: admin}
  - {title: Cities, forum: true, topics: [Papers], owner: anna, members: [ben], bot: member, discusses: news}
  - {title: Open, owner: ben, invite_link: true}
"""


def test_a_world_is_read_from_yaml(tmp_path: Path) -> None:
    path = tmp_path / "world.yaml"
    path.write_text(WORLD, encoding="utf-8")
    telegram = LocalTelegram(WallClock(START, frozen=True))

    world = read_world(path, telegram)

    anna, cities = world.people["anna"], world.chats["Cities"]
    assert (anna.id, anna.note, telegram.private_chat(anna).started) == (5200000777, "Coordinates Cities", True)
    assert {member.user.first_name: member.status for member in cities.members.values()} == {
        "Anna": "creator",
        "Ben": "member",
        "Prework": "member",
    }
    assert [topic.name for topic in cities.topics.values()] == ["Papers"]
    assert cities.linked_chat is world.chats["news"]
    assert sum(chat.started for chat in world.bot.private_chats.values()) == 4
    assert len(world.chats["Open"].links) == 1
    assert world.bot.queue.waiting == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("people: []", "'bot' is missing"),
        ("bot: {token: '1:x'}\nchats: [{title: A, owner: nobody}]", "'nobody' is missing or named nowhere"),
        ("bot: {token: '1:x', colour: red}", "colour"),
        ("bot: [", "while parsing"),
        ("bot: {token: '1:x'}\nchats: [{title: A, bot: boss}]", "not 'boss'"),
    ],
)
def test_an_unusable_world_says_where(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "world.yaml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(WorldError, match=words):
        read_world(path, LocalTelegram(WallClock()))


def test_a_frozen_clock_moves_only_by_hand() -> None:
    clock = WallClock(START, frozen=True)
    offsets: list[float] = []
    clock.on_jump(offsets.append)

    clock.move(timedelta(hours=1))
    clock.set(START + timedelta(days=1))

    assert (clock.now(), clock.offset, offsets) == (START + timedelta(days=1), 86400.0, [3600.0, 86400.0])


def test_a_running_clock_may_begin_elsewhere() -> None:
    clock = WallClock(START)

    assert timedelta() <= clock.now() - START < timedelta(seconds=30)


async def test_the_clock_is_read_moved_and_awaited_over_http(world: World) -> None:
    address = f"{world.server.url}/sandbox/clock"
    session = world.call.session
    waiting = asyncio.create_task(read(session, f"{address}/wait?offset=0&timeout=20"))
    async with session.post(address, json={"seconds": 3600}) as answer:
        moved = await answer.json()

    assert moved == {"now": "2022-03-01T13:00:00+00:00", "offset": 3600.0}
    assert await waiting == moved
    async with session.post(address, json={"to": "2022-03-05T00:00:00+01:00"}) as answer:
        assert (await answer.json())["now"] == "2022-03-04T23:00:00+00:00"
    async with session.post(address, json={"to": "2022-03-05T00:00:00"}) as answer:
        assert (answer.status, await answer.json()) == (400, {"error": "the moment needs a time zone"})


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        ("2022-03-02T09:00:00+00:00", datetime(2022, 3, 2, 9, tzinfo=UTC)),
        ("2022-02-01T09:00:00+00:00", START),
        (None, START),
    ],
)
async def test_the_clock_jumps_to_what_the_bot_waits_for(world: World, due: str | None, expected: datetime) -> None:
    async def health(_request: web.BaseRequest) -> web.Response:
        return web.json_response({"next_due_at": due})

    runner = web.ServerRunner(web.Server(health))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    world.telegram.health_url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    async with world.call.session.post(f"{world.server.url}/sandbox/clock", json={"next": True}) as answer:
        status = answer.status
    await runner.cleanup()

    assert (status, world.telegram.clock.now()) == (200, expected)


async def test_without_a_health_page_there_is_no_next(world: World) -> None:
    async with world.call.session.post(f"{world.server.url}/sandbox/clock", json={"next": True}) as answer:
        assert answer.status == 400


async def test_links_are_understood_in_all_their_forms(world: World) -> None:
    for link in (
        "https://t.me/prework_bot?start=g_2",
        "t.me/prework_bot?start=g_2",
        f"{world.server.url}/t.me/prework_bot?start=g_2",
        "tg://resolve?domain=prework_bot&start=g_2",
    ):
        world.anna.open_link(link)
        assert world.anna.inbox()[-1].text == "/start g_2"
    with pytest.raises(PersonError, match="leaves Telegram"):
        world.anna.open_link("https://example.org/prework_bot?start=g_2")
    with pytest.raises(PersonError, match="nobody is called"):
        world.anna.open_link("https://t.me/somebody_else")


async def test_events_tell_the_page_what_happens(world: World) -> None:
    events = world.telegram.subscribe()
    world.anna.start()
    await world.call("sendMessage", chat_id=world.anna.user.id, text="Hello")
    world.telegram.clock.move(timedelta(hours=1))
    events.close()

    assert [event["kind"] async for event in events] == ["message", "message", "call", "clock"]


@pytest.mark.slow
@pytest.mark.parametrize("name", [signal.SIGTERM, signal.SIGINT])
async def test_the_process_says_where_it_listens_and_ends_when_told(tmp_path: Path, name: signal.Signals) -> None:
    path = tmp_path / "world.yaml"
    path.write_text(WORLD, encoding="utf-8")
    command = [sys.executable, "-m", "sandbox", "--world", str(path), "--no-page"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: ASYNC220
        assert process.stdout is not None
        url = json.loads(process.stdout.readline())["url"]
        async with aiohttp.ClientSession() as session:
            me = await read(session, f"{url}/bot7000000001:AA-demo/getMe")
        process.send_signal(name)
        rest = process.stdout.read()

    assert me["result"]["username"] == "prework_bot"
    assert (process.returncode, rest) == (0, "")


@pytest.mark.slow
def test_the_process_refuses_an_unusable_world(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "sandbox", "--world", str(tmp_path / "missing.yaml")]

    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.returncode == 2
    assert "missing.yaml" in done.stderr


async def read(session: aiohttp.ClientSession, url: str) -> dict[str, dict[str, object]]:
    async with session.get(url) as answer:
        value: dict[str, dict[str, object]] = await answer.json()
    return value


async def test_a_crowd_speaks_and_the_counters_tell(world: World) -> None:
    for person in (world.anna, world.ben):
        person.start()
    async with world.call.session.post(
        f"{world.server.url}/sandbox/say", json={"text": "/help", "people": 1}
    ) as answer:
        said = await answer.json()
    await world.call("sendMessage", chat_id=world.anna.user.id, text="Hello")

    counters = await read(world.call.session, f"{world.server.url}/sandbox/counters")

    assert said == {"said": 1}
    assert [message.text for message in world.anna.inbox()] == ["/start", "/help", "Hello"]
    assert (counters["prework_bot"]["total"], len(world.ben.inbox())) == (1, 1)
