"""`prework demo` as people start it: a page, a bot that answers, a clock that can be moved, and nothing left behind."""

import asyncio
import os
import re
import signal
import subprocess
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.demo import FILES
from bot.demo_world import read_demo_world
from programme.reading import read
from tests.bot.demo_process import running_demo

pytestmark = pytest.mark.slow

ANNA = 5300000001
CHANNEL = -1002022000010


@dataclass
class Demo:
    """A running demo, and a browser in front of it."""

    process: asyncio.subprocess.Process
    url: str
    http: aiohttp.ClientSession
    folder: Path

    async def get(self, path: str) -> Any:
        async with self.http.get(self.url + path) as answer:
            return await answer.json(content_type=None)

    async def does(self, person: int, action: str, **fields: object) -> None:
        async with self.http.post(f"{self.url}/sandbox/people/{person}/{action}", json=fields) as answer:
            assert await answer.json() == {"ok": True}

    async def messages(self, person: int) -> list[Any]:
        talk = await self.get(f"/sandbox/chats/{person}/{person}")
        return [message for message in talk["messages"] if not message["out"]]

    async def reads(self, person: int, words: str) -> Any:
        """The newest message, as soon as it contains the words."""
        async with asyncio.timeout(20):
            while True:
                messages = await self.messages(person)
                if messages and words in str(messages[-1]["html"]):
                    return messages[-1]
                await asyncio.sleep(0.05)

    async def posts(self, count: int) -> list[Any]:
        """What stands in the channel, as soon as there is so much."""
        async with asyncio.timeout(20):
            while True:
                talk = await self.get(f"/sandbox/chats/{ANNA}/{CHANNEL}")
                if len(talk["messages"]) >= count:
                    return list(talk["messages"])
                await asyncio.sleep(0.05)

    async def presses(self, person: int, label: str) -> None:
        message = (await self.messages(person))[-1]
        for row, buttons in enumerate(message["keyboard"]):
            for column, button in enumerate(buttons):
                if button["label"] == label:
                    return await self.does(person, "press", chat=person, message=message["id"], row=row, column=column)
        raise AssertionError(f"no button {label!r} in {message['keyboard']}")

    async def clock_moves(self) -> None:
        """The button "To the next reminder"."""
        async with self.http.post(f"{self.url}/sandbox/clock", json={"next": True}) as answer:
            assert answer.status == 200

    async def ends(self, number: signal.Signals) -> int:
        self.process.send_signal(number)
        async with asyncio.timeout(10):
            return await self.process.wait()

    def ends_the_local_telegram(self) -> None:
        """As if it had crashed."""
        found = subprocess.run(["pgrep", "-P", str(self.process.pid)], capture_output=True, text=True, check=True)
        os.kill(int(found.stdout), signal.SIGTERM)

    async def page_is_gone(self) -> None:
        """Return as soon as nobody listens where the page was; fails when that takes long."""
        async with asyncio.timeout(10):
            while True:
                try:
                    async with self.http.get(f"{self.url}/"):
                        await asyncio.sleep(0.05)
                except aiohttp.ClientConnectionError:
                    return


@pytest.fixture
async def demo(tmp_path: Path) -> AsyncIterator[Demo]:
    async with running_demo(tmp_path) as (process, url), aiohttp.ClientSession() as http:
        yield Demo(process, url, http, tmp_path)


async def test_somebody_subscribes_and_is_reminded_and_nothing_is_left_behind(demo: Demo) -> None:
    async with demo.http.get(f"{demo.url}/") as answer:
        assert answer.status == 200
    await demo.does(ANNA, "start")
    await demo.reads(ANNA, "Hello Anna Example")
    await demo.presses(ANNA, "Webinars")
    await demo.reads(ANNA, "Upcoming webinars")
    await demo.presses(ANNA, "1 · Remind me")
    await demo.reads(ANNA, "What shall we remind you of?")
    await demo.presses(ANNA, "This webinar")
    await demo.reads(ANNA, "You will be reminded.")

    await demo.clock_moves()

    await demo.reads(ANNA, "Starts in 1 hour")
    assert await demo.ends(signal.SIGINT) == 0
    await demo.page_is_gone()
    assert list(demo.folder.iterdir()) == []
    assert demo.process.stderr
    assert await demo.process.stderr.read() == b""


async def test_what_is_public_is_posted_in_the_channel(demo: Demo) -> None:
    webinars = {webinar.titles["en"] for webinar in read(FILES / "imcb22.yaml").webinars}
    results = {result.title for result in read_demo_world(FILES / "demo.yaml").results}

    posts = await demo.posts(len(webinars | results))

    assert {post["html"].partition("</b>")[0].removeprefix("<b>") for post in posts} == webinars | results
    assert {post["from"]["name"] for post in posts} == {"News from Berlin"}


async def test_a_calendar_can_be_fetched(demo: Demo) -> None:
    await demo.does(ANNA, "start")
    await demo.reads(ANNA, "Hello Anna Example")
    for label, words in (("Settings", "Time zone"), ("My calendar", "All webinars, for everybody")):
        await demo.presses(ANNA, label)
        await demo.reads(ANNA, words)
    await demo.presses(ANNA, "Get my address")
    told = await demo.reads(ANNA, "webcal://")

    addresses = re.findall(r"<code>(http://[^<]+)</code>", told["html"])
    for address in (*addresses, addresses[0].rpartition("/")[0] + "/webinars.ics"):
        async with demo.http.get(address) as answer:
            assert (answer.status, answer.content_type) == (200, "text/calendar")


async def test_sigterm_ends_it_as_well(demo: Demo) -> None:
    code = await demo.ends(signal.SIGTERM)

    assert code == 0
    await demo.page_is_gone()
    assert list(demo.folder.iterdir()) == []


async def test_when_the_local_telegram_ends_the_demo_says_so_and_ends(demo: Demo) -> None:
    demo.ends_the_local_telegram()
    async with asyncio.timeout(15):
        _, err = await demo.process.communicate()

    assert err.decode().splitlines()[-1] == "The local Telegram has ended, and the demo with it."
    assert demo.process.returncode == 1
    assert list(demo.folder.iterdir()) == []


async def test_when_the_demo_is_killed_the_local_telegram_ends_by_itself(demo: Demo) -> None:
    demo.process.kill()
    await demo.process.wait()

    await demo.page_is_gone()
