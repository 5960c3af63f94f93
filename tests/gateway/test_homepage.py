"""The door to the conference homepage: what it asks, what it waits for, and where it never goes."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import web

from domain.homepage import NoticeState
from domain.process import Process
from gateway.clocks import Clock
from gateway.homepage import HomepageDoor, NotPublic, PublicResolver
from services.homepage import ADDRESS, SECRET
from storage import facts, notices
from storage.database import Database
from storage.tables import notices as rows
from tests.databases import fresh_sqlite

PROCESS = Process("Europe/Berlin", "en", "prework_bot", "http://127.0.0.1/t.me", frozenset())


@asynccontextmanager
async def answering(handler: Callable[[web.Request], Awaitable[web.StreamResponse]]) -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_post("/in", handler)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/in"
    await runner.cleanup()


async def post(folder: Path, address: str, *, seconds: float = 10.0) -> tuple[str, str | None]:
    """One notice to this address; returns its state and error afterwards."""
    database = Database(await fresh_sqlite(folder))
    clock = Clock()
    async with database.write() as tx:
        await facts.put(tx, ADDRESS, address)
        await facts.put(tx, SECRET, "s" * 43)
        await notices.add(tx, "result:1:1:published", "result:1", '{"a":"é"}', clock.now())
    await HomepageDoor(database, PROCESS, clock, lambda: None, seconds=seconds).turn()
    async with database.read() as tx:
        row = (await tx.execute(rows.select())).one()
    await database.close()
    return row.state, row.error


async def test_what_arrives_is_what_was_signed(tmp_path: Path) -> None:
    seen: list[tuple[bytes, dict[str, str]]] = []

    async def take(request: web.Request) -> web.Response:
        seen.append((await request.read(), dict(request.headers)))
        return web.Response()

    async with answering(take) as address:
        state, error = await post(tmp_path, address)

    assert (state, error) == (NoticeState.SENT, None)
    body, headers = seen[0]
    assert body == '{"a":"é"}'.encode()
    assert headers["Content-Type"] == "application/json"
    assert headers["Idempotency-Key"] == "result:1:1:published"
    assert headers["User-Agent"] == "Prework-Notices/1"
    assert "Cookie" not in headers


async def test_an_endless_answer_is_not_waited_for(tmp_path: Path) -> None:
    async def take(request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse()
        await answer.prepare(request)
        for _ in range(10_000):
            try:
                await answer.write(b"x" * 64 * 1024)
            except ConnectionError:
                break
        return answer

    async with answering(take) as address:
        state, _ = await asyncio.wait_for(post(tmp_path, address), 5)

    assert state == NoticeState.SENT


async def test_a_homepage_that_says_nothing_is_asked_again_later(tmp_path: Path) -> None:
    over = asyncio.Event()

    async def take(_: web.Request) -> web.Response:
        await over.wait()
        return web.Response()

    async with answering(take) as address:
        state, error = await post(tmp_path, address, seconds=0.1)
        over.set()

    assert (state, error) == (NoticeState.PENDING, "no answer in time")


async def test_nobody_there_is_asked_again_later(tmp_path: Path) -> None:
    assert await post(tmp_path, "http://127.0.0.1:1/in") == (NoticeState.PENDING, "no connection")


@pytest.mark.parametrize("address", ["https://10.0.0.1/in", "https://user:word@example.org/", "file:///etc/passwd"])
async def test_an_address_that_came_into_the_row_by_another_way_is_not_asked(tmp_path: Path, address: str) -> None:
    assert await post(tmp_path, address) == (NoticeState.FAILED, "this address is not allowed")


async def test_a_name_that_leads_to_this_machine_is_refused_where_it_is_looked_up() -> None:
    with pytest.raises(NotPublic):
        await PublicResolver().resolve("localhost", 443)
