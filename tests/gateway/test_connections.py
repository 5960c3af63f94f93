"""Our HTTP client: every way in which an answer can come, or not come."""

import asyncio
import os
import shutil
import ssl
import subprocess
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from telegram import InputFile

from gateway.connections import MOST_BYTES, Answer, AnswerLost, Connections, NotReached
from gateway.identity import KnownBot
from gateway.transport import HttpTransport, NotDelivered
from tests.gateway.raw_server import RESET, answer, closed_port
from tests.sandbox.setting import TOKEN, open_world

Talk = Callable[["Door", asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]

FINE = answer(200, b"fine")
AGAIN = answer(200, b"again")
LONG = b"x" * 300_000


def request(body: bytes = b"") -> bytes:
    return b"POST /here HTTP/1.1\r\nHost: there\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body)


@dataclass
class Door:
    """A server that counts who comes, and notes the bodies that they bring."""

    port: int = 0
    arrivals: int = 0
    open_now: int = 0
    most_at_once: int = 0
    bodies: list[bytes] = field(default_factory=list)
    tasks: set[asyncio.Task[None]] = field(default_factory=set)

    async def read_request(self, reader: asyncio.StreamReader) -> bool:
        try:
            head = await reader.readuntil(b"\r\n\r\n")
        except (asyncio.IncompleteReadError, ConnectionError):
            return False
        length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
        self.bodies.append(await reader.readexactly(length))
        return True


@asynccontextmanager
async def door(talk: Talk, tls: ssl.SSLContext | None = None) -> AsyncIterator[Door]:
    """Serve each connection by `talk`."""
    opened = Door()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        opened.tasks.add(task)
        opened.arrivals += 1
        opened.open_now += 1
        opened.most_at_once = max(opened.most_at_once, opened.open_now)
        try:
            await talk(opened, reader, writer)
        finally:
            opened.open_now -= 1
            writer.close()
            with suppress(ConnectionError, ssl.SSLError):
                await writer.wait_closed()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=tls)
    opened.port = server.sockets[0].getsockname()[1]
    try:
        yield opened
    finally:
        server.close()
        for task in opened.tasks:
            task.cancel()
        await asyncio.gather(*opened.tasks, return_exceptions=True)


def saying(*answers: bytes) -> Talk:
    """Answer one of these per request, whichever connection it comes by; then close."""
    script = list(answers)

    async def talk(opened: Door, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while script and await opened.read_request(reader):
            said = script.pop(0)
            if said.endswith(RESET):
                writer.write(said.removesuffix(RESET))
                await writer.drain()
                writer.transport.abort()
                return
            writer.write(said)
            await writer.drain()
            if b"\r\nConnection: close" in said or said.endswith(CUT):
                return

    return talk


CUT = b"\x00cut"
"""Ends an answer that the server does not finish: it closes. (The bytes are part of the body.)"""


async def silence(opened: Door, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Read whatever comes, say nothing, until the other side has had enough."""
    while data := await reader.read(65536):
        opened.bodies.append(data)


@asynccontextmanager
async def pool(port: int, most: int = 1, **options: Any) -> AsyncIterator[Connections]:
    tls = options.pop("tls", None)
    opened = Connections("127.0.0.1", port, tls, most, **options)
    try:
        yield opened
    finally:
        await opened.close()


# --- Answers that are whole ---


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        pytest.param(FINE, Answer(200, b"fine"), id="of a length"),
        pytest.param(answer(403, b"no"), Answer(403, b"no"), id="a refusal"),
        pytest.param(answer(200, b""), Answer(200, b""), id="empty"),
        pytest.param(
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nfi\r\n2;x=y\r\nne\r\n0\r\nTrailer: t\r\n\r\n",
            Answer(200, b"fine"),
            id="in chunks",
        ),
        pytest.param(
            b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nfine", Answer(200, b"fine"), id="up to the end"
        ),
        pytest.param(b"HTTP/1.0 200 OK\r\nContent-Length: 4\r\n\r\nfine", Answer(200, b"fine"), id="of an old server"),
        pytest.param(b"HTTP/1.1 100 Continue\r\n\r\n" + FINE, Answer(200, b"fine"), id="announced"),
        pytest.param(
            b"HTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n" + FINE,
            Answer(200, b"fine"),
            id="announced twice",
        ),
        pytest.param(b"HTTP/1.1 204 No Content\r\n\r\n", Answer(204, b""), id="without a body"),
        pytest.param(b"HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n", Answer(304, b""), id="of no news"),
        pytest.param(answer(200, LONG), Answer(200, LONG), id="long"),
    ],
)  # fmt: skip
async def test_a_whole_answer_is_heard(said: bytes, heard: Answer) -> None:
    async with door(saying(said)) as server, pool(server.port) as connections:
        assert await connections.exchange(request(), 5) == heard


async def test_an_answer_may_come_byte_by_byte() -> None:
    async def trickle(opened: Door, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await opened.read_request(reader)
        for byte in FINE:
            writer.write(bytes([byte]))
            await writer.drain()
            await asyncio.sleep(0)

    async with door(trickle) as server, pool(server.port) as connections:
        assert await connections.exchange(request(), 5) == (200, b"fine")


async def test_a_long_request_arrives_whole() -> None:
    async with door(saying(FINE)) as server, pool(server.port) as connections:
        await connections.exchange(request(LONG), 5)

        assert server.bodies == [LONG]


# --- Answers that are lost: the request may have arrived ---


@pytest.mark.parametrize(
    "said",
    [
        pytest.param(RESET, id="reset before the answer"),
        pytest.param(CUT, id="no HTTP, and the end"),
        pytest.param(b"HTTP/1.1 200 OK\r\nContent-Le" + RESET, id="reset inside the head"),
        pytest.param(b"HTTP/1.1 200 OK\r\nX: " + CUT, id="the end inside the head"),
        pytest.param(answer(200, LONG)[:-9] + RESET, id="reset inside the body"),
        pytest.param(b"HTTP/1.1 200 OK\r\nContent-Length: 400\r\n\r\nfi" + CUT, id="the end inside the body"),
        pytest.param(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\nConnection: close\r\n\r\nfi", id="less than promised"),
        pytest.param(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfff\r\nfi" + CUT, id="a chunk cut short"),
        pytest.param(
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n2\r\nfi\r\n", id="no last chunk"
        ),
        pytest.param(b"HTTP/1.1 100 Continue\r\nX: " + CUT, id="announced and not said"),
        pytest.param(b"HTTP/1.1 101 Other\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n", id="another protocol"),
        pytest.param(b"HTTP/1.1 2x0 what\r\n\r\n", id="no status"),
        pytest.param(b"SSH-2.0-OpenSSH_9.2\r\n", id="no HTTP"),
        pytest.param(
            b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\nfine", id="of two lengths"
        ),
        pytest.param(answer(200, b" " * MOST_BYTES), id="endless"),
    ],
)
async def test_an_answer_that_is_not_whole_is_lost_and_the_next_call_begins_anew(said: bytes) -> None:
    async with door(saying(said, FINE)) as server, pool(server.port) as connections:
        with pytest.raises(AnswerLost):
            await connections.exchange(request(), 5)

        assert await connections.exchange(request(), 5) == (200, b"fine")
        assert (server.arrivals, len(server.bodies)) == (2, 2)


async def test_an_answer_that_does_not_come_in_time_is_lost() -> None:
    async with door(silence) as server, pool(server.port) as connections:
        with pytest.raises(AnswerLost, match="in time"):
            await connections.exchange(request(), 0.05)
        await _until(lambda: server.open_now == 0)


async def test_an_answer_that_goes_on_for_ever_is_given_up_in_time() -> None:
    async def drip(opened: Door, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await opened.read_request(reader)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n")
        while not writer.is_closing():
            writer.write(b"x")
            await asyncio.sleep(0.01)

    async with door(drip) as server, pool(server.port) as connections:
        with pytest.raises(AnswerLost, match="in time"):
            await connections.exchange(request(), 0.1)


# --- No connection: the request certainly did not arrive ---


async def test_a_refused_connection_sends_nothing() -> None:
    async with pool(int(closed_port().rpartition(":")[2])) as connections:
        with pytest.raises(NotReached):
            await connections.exchange(request(), 5)


@pytest.mark.parametrize("host", ["nowhere.invalid", "a" * 64 + ".invalid", ""])
async def test_a_name_of_nobody_sends_nothing(host: str) -> None:
    connections = Connections(host, 1, None, 1)

    with pytest.raises(NotReached):
        await connections.exchange(request(), 5)


async def test_a_connection_that_is_never_ready_sends_nothing() -> None:
    async with (
        door(silence) as server,
        pool(server.port, tls=ssl.create_default_context(), connect_seconds=0.05) as connections,
    ):
        with pytest.raises(NotReached):
            await connections.exchange(request(), 5)
        await _until(lambda: server.open_now == 0)

        assert request() not in server.bodies


# --- Kept connections ---


async def test_a_connection_is_kept_for_the_next_call() -> None:
    async with door(saying(FINE, AGAIN, FINE)) as server, pool(server.port, most=9) as connections:
        heard = [(await connections.exchange(request(), 5)).body for _ in range(3)]

        assert (heard, server.arrivals) == ([b"fine", b"again", b"fine"], 1)


async def test_a_connection_that_the_server_will_close_is_not_used_again() -> None:
    last = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\nfine"
    async with door(saying(last, AGAIN)) as server, pool(server.port) as connections:
        heard = [(await connections.exchange(request(), 5)).body for _ in range(2)]

        assert (heard, server.arrivals) == ([b"fine", b"again"], 2)


async def test_a_kept_connection_that_the_server_closed_is_replaced() -> None:
    async def once(opened: Door, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await opened.read_request(reader)
        writer.write(FINE)

    async with door(once) as server, pool(server.port) as connections:
        await connections.exchange(request(), 5)
        await _until(lambda: server.open_now == 0)
        await asyncio.sleep(0.02)

        assert await connections.exchange(request(), 5) == (200, b"fine")
        assert server.arrivals == 2


async def test_a_connection_idle_for_too_long_is_replaced() -> None:
    async with door(saying(FINE, AGAIN)) as server, pool(server.port, keep_seconds=0.02) as connections:
        await connections.exchange(request(), 5)
        await asyncio.sleep(0.04)

        assert await connections.exchange(request(), 5) == (200, b"again")
        assert server.arrivals == 2


async def test_an_answer_nobody_asked_for_is_not_taken_for_the_next() -> None:
    async with door(saying(FINE + b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nwrong", AGAIN)) as server:
        async with pool(server.port) as connections:
            heard = [(await connections.exchange(request(), 5)).body for _ in range(2)]

        assert (heard, server.arrivals) == ([b"fine", b"again"], 2)


async def test_an_answer_that_comes_between_calls_is_not_taken_for_the_next() -> None:
    async def chatty(opened: Door, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        said = FINE if opened.arrivals == 1 else AGAIN
        while await opened.read_request(reader):
            writer.write(said)
            await asyncio.sleep(0.02)
            writer.write(answer(408, b"too slow"))

    async with door(chatty) as server, pool(server.port) as connections:
        await connections.exchange(request(), 5)
        await asyncio.sleep(0.05)

        assert await connections.exchange(request(), 5) == (200, b"again")


# --- Many callers ---


async def test_no_more_connections_than_allowed_and_whoever_came_first_goes_first() -> None:
    async def slowly(opened: Door, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while await opened.read_request(reader):
            said = opened.bodies[-1]
            await asyncio.sleep(0.005)
            writer.write(answer(200, said))

    names = [f"{number:02}".encode() for number in range(20)]
    async with door(slowly) as server, pool(server.port, most=3) as connections:
        heard = await asyncio.gather(*(connections.exchange(request(name), 5) for name in names))

        assert [said.body for said in heard] == names
        assert (server.most_at_once, server.arrivals) == (3, 3)
        assert server.bodies[3:] == names[3:]


async def test_a_cancelled_caller_takes_the_connection_along() -> None:
    async def late(opened: Door, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while await opened.read_request(reader):
            await asyncio.sleep(0 if opened.bodies[-1] == b"second" else 0.05)
            writer.write(answer(200, opened.bodies[-1]))

    async with door(late) as server, pool(server.port) as connections:
        first = asyncio.create_task(connections.exchange(request(b"first"), 5))
        await _until(lambda: server.bodies == [b"first"])
        first.cancel()
        second = await connections.exchange(request(b"second"), 5)

        assert (first.cancelled(), second.body, server.arrivals) == (True, b"second", 2)


async def test_a_caller_cancelled_in_line_sends_nothing_and_holds_up_nobody() -> None:
    going = asyncio.Event()

    async def when_told(opened: Door, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while await opened.read_request(reader):
            await going.wait()
            writer.write(FINE)

    async with door(when_told) as server, pool(server.port) as connections:
        first, second, third = (
            asyncio.create_task(connections.exchange(request(name), 5)) for name in (b"first", b"second", b"third")
        )
        await _until(lambda: server.bodies == [b"first"])
        second.cancel()
        going.set()

        assert [await first, await third] == [(200, b"fine")] * 2
        assert (second.cancelled(), server.bodies) == (True, [b"first", b"third"])


async def test_a_closed_pool_ends_its_calls_and_takes_no_more() -> None:
    async with door(silence) as server, pool(server.port) as connections:
        under_way, in_line = (asyncio.create_task(connections.exchange(request(), 5)) for _ in range(2))
        await _until(lambda: bool(server.bodies))
        await connections.close()

        with pytest.raises(AnswerLost):
            await under_way
        with pytest.raises(NotReached):
            await in_line
        with pytest.raises(NotReached):
            await connections.exchange(request(), 5)
        await _until(lambda: server.open_now == 0)


# --- TLS ---


@pytest.fixture(scope="module")
def identity(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate that only itself vouches for, of 127.0.0.1; and its key. Without openssl: a failure in CI."""
    if shutil.which("openssl") is None:
        absent = pytest.fail if os.environ.get("CI") else pytest.skip
        absent("needs the program openssl to make a certificate")
    folder = tmp_path_factory.mktemp("identity")
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=there"
    files = ("-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(key), "-out", str(certificate))
    subprocess.run([*command.split(), *files], check=True, capture_output=True)
    return certificate, key


@pytest.fixture
def served_by(identity: tuple[Path, Path]) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*identity)
    return context


async def test_a_server_that_nobody_vouches_for_gets_nothing(served_by: ssl.SSLContext) -> None:
    transport = HttpTransport(1)
    await transport.initialize()
    async with door(saying(FINE), served_by) as server:
        with pytest.raises(NotDelivered, match="SSLCertVerificationError"):
            await transport.post_json(f"https://127.0.0.1:{server.port}/botTOKEN/getMe", {})

        assert server.bodies == []
    await transport.shutdown()


async def test_a_server_of_another_name_gets_nothing(served_by: ssl.SSLContext, identity: tuple[Path, Path]) -> None:
    tls = ssl.create_default_context(cafile=str(identity[0]))
    async with door(saying(FINE), served_by) as server:
        connections = Connections("localhost", server.port, tls, 1)
        with pytest.raises(NotReached, match="SSLCertVerificationError"):
            await connections.exchange(request(), 5)

        assert server.bodies == []


async def test_a_trusted_server_is_talked_to_in_secret(served_by: ssl.SSLContext, identity: tuple[Path, Path]) -> None:
    said = {"ok": True, "result": {"text": "x" * 300_000}}
    transport = HttpTransport(1, tls=ssl.create_default_context(cafile=str(identity[0])))
    await transport.initialize()
    async with door(saying(answer(200, said), answer(200, said)), served_by) as server:
        url = f"https://127.0.0.1:{server.port}/botTOKEN/getMe"
        heard = [await transport.post_json(url, {"text": "y" * 300_000}) for _ in range(2)]
        await transport.shutdown()

        assert heard == [(200, said)] * 2
        assert (server.arrivals, [len(body) for body in server.bodies]) == (1, [300_011] * 2)


@pytest.mark.parametrize("end", [b"", RESET])
async def test_an_answer_cut_short_in_secret_is_lost(
    served_by: ssl.SSLContext, identity: tuple[Path, Path], end: bytes
) -> None:
    tls = ssl.create_default_context(cafile=str(identity[0]))
    said = b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\nConnection: close\r\n\r\nfi" + end
    async with door(saying(said), served_by) as server, pool(server.port, tls=tls) as connections:
        with pytest.raises(AnswerLost):
            await connections.exchange(request(), 5)


# --- As python-telegram-bot uses it ---


async def test_a_file_is_uploaded() -> None:
    async with open_world() as world:
        world.anna.start()
        requests = HttpTransport(1), HttpTransport(1)
        bot = KnownBot(
            {"id": 1, "is_bot": True, "first_name": "Prework", "username": "prework_bot"},
            token=TOKEN,
            base_url=f"{world.server.url}/bot",
            request=requests[0],
            get_updates_request=requests[1],
        )
        async with bot:
            minutes = InputFile(b"%PDF-1" + LONG, filename="Protokoll März.pdf")
            sent = await bot.send_document(world.anna.user.id, minutes, caption="Minutes")

    assert sent.document is not None
    assert (sent.caption, sent.document.file_name) == ("Minutes", "Protokoll März.pdf")
    assert sent.document.file_size == 6 + len(LONG)


async def test_the_head_names_the_server_and_the_whole_path() -> None:
    heads: list[bytes] = []

    async def note(opened: Door, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heads.append(await reader.readuntil(b"\r\n\r\n"))
        await reader.readexactly(2)
        writer.write(answer(200, {"ok": True, "result": 1}))

    transport = HttpTransport(1)
    await transport.initialize()
    async with door(note) as server:
        await transport.post_json(f"http://127.0.0.1:{server.port}/deep/bot1:AA/get Me?x=1", {})
        await transport.shutdown()

    assert heads == [
        b"POST /deep/bot1:AA/get%20Me?x=1 HTTP/1.1\r\nHost: 127.0.0.1:"
        + str(server.port).encode()
        + b"\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n"
    ]


async def _until(condition: Callable[[], bool]) -> None:
    """Wait for the other side; the test's own time limit ends it."""
    while not condition():  # noqa: ASYNC110 - what the other side does sets no event here
        await asyncio.sleep(0.001)
