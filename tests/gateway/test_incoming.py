"""The door in: journalled before confirmed, in order, tried again, buried with an apology."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from gateway.health import Health
from gateway.journal import Journal, lane_of
from gateway.lanes import Lanes
from gateway.poller import Poller
from sandbox.clock import WallClock
from sandbox.telegram import LocalTelegram
from storage import inbox
from storage.database import Database
from storage.inbox import StoredUpdate
from tests.chat.world import OWNER, TOKEN, Chat, TestClock, Visitor
from tests.databases import fresh_sqlite
from tests.gateway.raw_server import answer, raw_server, refusal

START = datetime(2022, 3, 14, 12, tzinfo=UTC)


class BriefClock(TestClock):
    """Waits are noted and over at once."""

    __test__ = False

    def __init__(self) -> None:
        super().__init__(WallClock(start=START, frozen=True))
        self.waits: list[float] = []

    async def wait(self, event: asyncio.Event, seconds: float) -> bool:
        self.waits.append(seconds)
        self.pass_by(seconds)
        await asyncio.sleep(0.001)
        return event.is_set()


async def until(happened: Callable[[], bool]) -> None:
    """Let the others work until something has happened; a test that waits in vain is ended by its time limit."""
    while not happened():  # noqa: ASYNC110 - what is waited for has no event of its own
        await asyncio.sleep(0.002)


class Door:
    """Journal and poller on a real database, without the rest of the bot."""

    def __init__(self, database: Database, url: str) -> None:
        self.database = database
        self.clock = BriefClock()
        self.health = Health()
        self.stored: list[StoredUpdate] = []
        self.queries: list[Mapping[str, Any]] = []
        self.journal = Journal(database, self.clock, 123456, self.stored.extend, self.queries.append)
        self.poller = Poller(f"{url}/bot{TOKEN}/getUpdates", self.journal, self.clock, self.health)

    async def fills_disk(self) -> None:
        """No page more: what SQLite says on a full disk."""
        async with self.database.write() as tx:
            pages = await tx.scalar(text("PRAGMA page_count"))
            await tx.scalar(text(f"PRAGMA max_page_count = {pages}"))

    async def frees_disk(self) -> None:
        async with self.database.write() as tx:
            await tx.scalar(text("PRAGMA max_page_count = 1000000"))


@asynccontextmanager
async def open_door(folder: Path, url: str) -> AsyncIterator[Door]:
    database = Database(await fresh_sqlite(folder))
    door = Door(database, url)
    try:
        yield door
    finally:
        await door.poller.close()
        await database.close()


@pytest.fixture
async def telegram() -> AsyncIterator[LocalTelegram]:
    local = LocalTelegram(WallClock(start=START, frozen=True))
    local.add_bot(token=TOKEN)
    server = await local.serve()
    local.public_url = server.url
    yield local
    await server.close()


async def test_what_cannot_be_saved_is_not_confirmed_and_comes_again(tmp_path: Path, telegram: LocalTelegram) -> None:
    anna = telegram.as_person(telegram.add_user("Anna"))
    async with open_door(tmp_path, telegram.public_url) as door:
        anna.start()
        for number in range(60):
            anna.send(f"{number} " + "long " * 700)
        await door.fills_disk()

        for _ in range(2):
            with pytest.raises(DBAPIError, match="full"):
                await door.poller.poll_once(0)
        stored_meanwhile = list(door.stored)
        await door.frees_disk()
        await door.poller.poll_once(0)
        again = await door.poller.poll_once(0)

        assert stored_meanwhile == []
        assert len(door.stored) == 61
        assert again == 0


async def test_the_poller_lives_through_a_full_disk(tmp_path: Path, telegram: LocalTelegram) -> None:
    anna = telegram.as_person(telegram.add_user("Anna"))
    async with open_door(tmp_path, telegram.public_url) as door:
        anna.start()
        for number in range(60):
            anna.send(f"{number} " + "long " * 700)
        await door.fills_disk()
        polling = asyncio.create_task(door.poller.run())
        await until(lambda: "inbox" in door.health.troubles)
        status = door.health.status(door.clock.now())

        await door.frees_disk()
        await until(lambda: bool(door.stored))
        door.poller.stop()
        await polling

        assert status == "failed"
        assert len(door.stored) == 61
        assert door.health.troubles == {}


@pytest.mark.parametrize(
    ("said", "cause"),
    [
        (refusal(401, "Unauthorized"), "token"),
        (refusal(404, "Not Found"), "token"),
        (refusal(409, "Conflict: can't use getUpdates method while webhook is active"), "conflict"),
        (refusal(429, "Too Many Requests: retry after 3", retry_after=3), "polling"),
        (refusal(500, "Internal Server Error"), "polling"),
        (answer(502, b"<html>", "text/html"), "polling"),
        (answer(200, b'{"ok": true, "resu'), "polling"),
    ],
)
async def test_whatever_telegram_says_polling_goes_on_with_growing_waits(
    tmp_path: Path, said: bytes, cause: str
) -> None:
    good = answer(200, {"ok": True, "result": [{"update_id": 5, "message": {"chat": {"id": 7}}}]})
    answers = [*[said] * 7, good, answer(200, {"ok": True, "result": []})]
    async with raw_server(answers) as url, open_door(tmp_path, url) as door:
        polling = asyncio.create_task(door.poller.run())
        await until(lambda: cause in door.health.troubles)
        await until(lambda: bool(door.stored))
        door.poller.stop()
        await polling

        assert door.clock.waits[:7] == [1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0]
        assert [s.update_id for s in door.stored] == [5]
        assert door.health.troubles == {}


async def test_a_poll_that_is_delivered_twice_is_handled_once(tmp_path: Path) -> None:
    poll = answer(200, {"ok": True, "result": [{"update_id": 5, "message": {"chat": {"id": 7}}}]})
    async with raw_server([poll]) as url, open_door(tmp_path, url) as door:
        await door.poller.poll_once(0)
        await door.poller.poll_once(0)

        assert [s.update_id for s in door.stored] == [5]


async def test_after_a_quiet_week_lower_numbers_are_new(tmp_path: Path) -> None:
    async with open_door(tmp_path, "http://127.0.0.1:1") as door:
        await door.journal.store([{"update_id": 900}])
        door.clock.pass_by(5 * 86400)
        await door.journal.store([{"update_id": 900}])
        door.clock.pass_by(7 * 86400)
        await door.journal.store([{"update_id": 5}, {"update_id": 900}])

        assert [s.update_id for s in door.stored] == [900, 5, 900]


@pytest.mark.parametrize(
    ("update", "lane"),
    [
        ({"update_id": 1, "message": {"chat": {"id": -5}, "from": {"id": 7}}}, -5),
        ({"update_id": 1, "callback_query": {"from": {"id": 7}, "message": {"chat": {"id": 8}}}}, 8),
        ({"update_id": 1, "callback_query": {"from": {"id": 7}, "inline_message_id": "x"}}, 7),
        ({"update_id": 1, "inline_query": {"from": {"id": 7}, "query": ""}}, 7),
        ({"update_id": 1, "chat_join_request": {"chat": {"id": -5}, "from": {"id": 7}}}, -5),
        ({"update_id": 1, "something_new": {"value": 3}}, 0),
        ({"update_id": 1}, 0),
    ],
)
def test_the_lane_is_the_chat_or_else_the_person(update: dict[str, object], lane: int) -> None:
    assert lane_of(update) == lane


async def test_one_lane_is_handled_in_order_and_many_side_by_side(tmp_path: Path) -> None:
    async with open_door(tmp_path, "http://127.0.0.1:1") as door:
        handled: list[tuple[int, int]] = []
        at_once, most = 0, 0

        async def handle(stored: StoredUpdate) -> None:
            nonlocal at_once, most
            at_once += 1
            most = max(most, at_once)
            await asyncio.sleep(0.001 * (stored.update_id % 3))
            handled.append((stored.lane, stored.update_id))
            at_once -= 1

        lanes = Lanes(door.database, door.clock, handle)
        await door.journal.store([{"update_id": n, "message": {"chat": {"id": n % 4 + 1}}} for n in range(40)])
        lanes.add(door.stored)
        await lanes.idle()

        assert len(handled) == 40
        assert all([n for lane, n in handled if lane == one] == list(range(one - 1, 40, 4)) for one in (1, 2, 3, 4))
        assert most > 1
        assert lanes.backlog == 0


async def test_what_is_queued_is_not_taken_up_a_second_time(tmp_path: Path) -> None:
    async with open_door(tmp_path, "http://127.0.0.1:1") as door:
        handled: list[int] = []
        may_go_on = asyncio.Event()

        async def handle(stored: StoredUpdate) -> None:
            await may_go_on.wait()
            handled.append(stored.update_id)
            async with door.database.write() as tx:
                await inbox.finish(tx, stored.id, door.clock.now())

        lanes = Lanes(door.database, door.clock, handle)
        await door.journal.store([{"update_id": n, "message": {"chat": {"id": 7}}} for n in range(5)])
        lanes.add(door.stored)
        taken = await lanes.take_unfinished()
        may_go_on.set()
        await lanes.idle()

        assert taken == 0
        assert handled == [0, 1, 2, 3, 4]


# --- With the whole bot -----------------------------------------------------------------------


async def the_owner(chat: Chat) -> Visitor:
    owner = Visitor(chat, chat.telegram.as_person(chat.telegram.add_user("Olaf", user_id=OWNER)))
    await owner.starts()
    owner.looks()
    return owner


async def test_a_bug_is_tried_three_times_then_person_and_owner_hear_the_same_reference(chat: Chat) -> None:
    owner, anna = await the_owner(chat), await chat.person("Anna")

    anna.client.send("/fail")
    await chat.settles()
    after_first = anna.new_messages
    await chat.time_passes(seconds=1)
    after_second = anna.new_messages
    await chat.time_passes(seconds=10)

    (apology,), (alarm,) = anna.new_messages, owner.new_messages
    reference = re.search(r"[0-9a-f]{8}", apology.text)
    assert (after_first, after_second) == ([], [])
    assert reference is not None
    assert apology.text == (
        "Something went wrong on our side. What you had saved is kept. Try again; if it stays like this, "
        f"tell the organisers this reference: {reference[0]}"
    )
    assert alarm.text == f"A message could not be handled after three attempts. Reference: {reference[0]}"
    async with chat.bot.database.read() as tx:
        assert (await inbox.count_by_state(tx))["dead"] == 1


async def test_a_bug_with_one_message_delays_nothing_else(chat: Chat) -> None:
    anna = await chat.person("Anna")

    anna.client.send("/fail")
    anna.client.send("hello?")
    await chat.settles()

    assert [m.text for m in anna.new_messages] == ["I did not understand that. Choose below, or send /help."]


async def test_twenty_actions_in_ten_seconds_then_one_notice_then_silence(chat: Chat) -> None:
    anna, ben = await chat.person("Anna"), await chat.person("Ben")
    chat.clock.pass_by(20)

    for number in range(25):
        anna.client.send(f"{number}")
    ben.client.send("hello?")
    await chat.settles()
    anna_got, ben_got = [m.text for m in anna.new_messages], [m.text for m in ben.new_messages]
    await chat.time_passes(seconds=11)
    await anna.sends("again")

    not_understood = "I did not understand that. Choose below, or send /help."
    notice = "That was a lot at once. I will listen again in a few seconds."
    assert sorted(anna_got) == sorted([not_understood] * 20 + [notice])
    assert ben_got == [not_understood]
    assert [m.text for m in anna.new_messages] == [not_understood]


async def test_a_forwarded_command_is_somebody_elses(chat: Chat) -> None:
    anna = await chat.person("Anna")
    command = anna.client.send("/settings")
    await chat.settles()
    anna.looks()

    anna.client.forward(command)
    await chat.settles()

    assert anna.new_messages == []


async def test_an_edited_command_is_not_carried_out(chat: Chat) -> None:
    anna = await chat.person("Anna")
    sent = anna.client.send("hello?")
    await chat.settles()
    anna.looks()

    anna.client.edit(sent, "/settings")
    await chat.settles()

    assert anna.new_messages == []


async def test_a_backlog_that_was_begun_often_is_worked_off_in_one_go(tmp_path: Path) -> None:
    """After many kills in a row innocent updates have three attempts, too: they must not wait a second each."""
    database = Database(await fresh_sqlite(tmp_path))
    door = Door(database, "")
    await door.journal.store([{"update_id": n, "message": {"chat": {"id": n + 1}}} for n in range(30)])
    for _ in range(2):
        async with database.write() as tx:
            await inbox.take_unfinished(tx, START, 100)
    handled: list[int] = []

    async def handle(update: StoredUpdate) -> None:
        async with database.write() as tx:
            await inbox.finish(tx, update.id, START)
        handled.append(update.update_id)

    taken = await Lanes(database, door.clock, handle).take_unfinished()

    assert (taken, handled) == (30, list(range(30)))
    await database.close()
