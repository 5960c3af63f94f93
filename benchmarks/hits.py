"""Visitors of a page: over connections that stay open, as fast as they are answered, or so many a second.

`python -m benchmarks.hits PORT RATE SECONDS BEGINS_AT` asks the bot on this port for its pages so many times a second
from that moment on (seconds since 1970), answered or not, and prints a `Load` as JSON.
"""

import asyncio
import itertools
import json
import re
import statistics
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, field

import uvloop

PAGES = {
    "start page": "/en/",
    "a webinar": "/en/webinars/1",
    "a result": "/en/results/1",
    "Atom feed": "/en/webinars.atom",
}

VISITORS = 1_000
"""They are told apart by the address that a proxy names: one alone may not ask for more than 20 pages a second."""

BROWSER = (
    "Host: prework.example.org",
    "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language: en-GB,en;q=0.8,de;q=0.5",
)
GZIP = "Accept-Encoding: gzip, deflate, br"

AT_ONCE = 8
"""Connections of those who ask as fast as they are answered."""

CONNECTIONS = 64
"""Of those who keep a pace: as many hits may be under way."""

GOOD = frozenset({200, 304})

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_VALIDATORS = ((rb"\r\netag: *([^\r]+)", "If-None-Match"), (rb"\r\nlast-modified: *([^\r]+)", "If-Modified-Since"))


@dataclass(frozen=True)
class Answer:
    """`head`: the first line and the headers as they came."""

    head: bytes
    body: bytes

    @property
    def status(self) -> int:
        """200, 304, …"""
        return int(self.head[9:12])


@dataclass(frozen=True)
class Load:
    """What became of the hits. `rate`: good answers a second; `p50`, `p99`: seconds from when a hit was due."""

    rate: float
    p50: float
    p99: float
    errors: int


class Connection:
    """One connection that stays open; opened with the first question, and again after one that failed."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, question: bytes) -> Answer:
        """Raises OSError or EOFError when there is no answer."""
        reader, writer = self._streams = self._streams or await asyncio.open_connection("127.0.0.1", self._port)
        try:
            writer.write(question)
            head = await reader.readuntil(b"\r\n\r\n")
            return Answer(head, await reader.readexactly(body_length(head)))
        except (OSError, EOFError):
            self.close()
            raise

    def close(self) -> None:
        """Hang up."""
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None


def body_length(head: bytes) -> int:
    """How many bytes follow the head of an answer; 304 has none, whatever it says."""
    found = _LENGTH.search(head)
    return int(found[1]) if found and head[9:12] != b"304" else 0


def visitor(number: int) -> str:
    """The address of whoever asks this question, of a net that is set aside for benchmarks (RFC 2544)."""
    return f"198.18.{number % VISITORS // 250}.{number % 250 + 1}"


def question(path: str, number: int, *more: str) -> bytes:
    """What the visitor of this number sends; `more`: further lines of the head."""
    lines = (f"GET {path} HTTP/1.1", *BROWSER, f"X-Forwarded-For: {visitor(number)}", *more)
    return "\r\n".join((*lines, "", "")).encode()


def known_by(answer: Answer) -> str:
    """The line that asks whether the page is still the same: by its tag, or else by its date."""
    for pattern, name in _VALIDATORS:
        if found := re.search(pattern, answer.head, re.IGNORECASE):
            return f"{name}: {found[1].decode()}"
    raise ValueError("nothing to know it by")


async def fetch(port: int, path: str, *more: str) -> Answer:
    """One page, over a connection of its own."""
    with closing(Connection(port)) as connection:
        return await connection.ask(question(path, 0, *more))


async def flat_out(port: int, questions: Iterable[bytes], status: int) -> None:
    """Ask all, some at a time, each as soon as one before is answered; raises where the answer is another one."""
    waiting = iter(questions)

    async def ask() -> None:
        with closing(Connection(port)) as connection:
            for one in waiting:
                answer = await connection.ask(one)
                if answer.status != status:
                    raise RuntimeError(f"{answer.status} instead of {status}")

    await asyncio.gather(*(ask() for _ in range(AT_ONCE)))


@dataclass
class Crowd:
    """Asks at a pace, whether answered or not. A hit that finds no free connection waits: that counts as its wait."""

    port: int
    waits: list[float] = field(default_factory=list)
    errors: int = 0

    async def ask(self, questions: Iterable[bytes], rate: float, begins_at: float) -> Load:
        """From a moment of the loop's clock on, until all is answered."""
        loop = asyncio.get_running_loop()
        due: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
        workers = [asyncio.create_task(self._work(due)) for _ in range(CONNECTIONS)]
        for number, one in enumerate(questions):
            moment = begins_at + number / rate
            if (pause := moment - loop.time()) > 0:
                await asyncio.sleep(pause)
            due.put_nowait((moment, one))
        await due.join()
        seconds = loop.time() - begins_at
        for worker in workers:
            worker.cancel()
        await asyncio.wait(workers)
        return load_of(self.waits, self.errors, seconds)

    async def _work(self, due: asyncio.Queue[tuple[float, bytes]]) -> None:
        with closing(Connection(self.port)) as connection:
            while True:
                moment, one = await due.get()
                await self._ask(connection, moment, one)
                due.task_done()

    async def _ask(self, connection: Connection, moment: float, one: bytes) -> None:
        try:
            good = (await connection.ask(one)).status in GOOD
        except (OSError, EOFError):
            good = False
        if good:
            self.waits.append(asyncio.get_running_loop().time() - moment)
        else:
            self.errors += 1


def load_of(waits: Sequence[float], errors: int, seconds: float) -> Load:
    """`waits` of the good answers; `seconds` from the first hit to the last answer."""
    hundredths = statistics.quantiles(waits, n=100, method="inclusive") if len(waits) > 1 else [float("nan")] * 99
    return Load(len(waits) / seconds, hundredths[49], hundredths[98], errors)


def mixed(known: Sequence[tuple[str, str]], count: int) -> Iterator[bytes]:
    """Questions for all pages in turn, half of them by those who have the page already: (path, how it is known)."""
    kinds = [(path, more) for path, line in known for more in ((GZIP,), (GZIP, line))]
    for number, (path, more) in zip(range(count), itertools.cycle(kinds), strict=False):
        yield question(path, number, *more)


async def visit(port: int, rate: float, seconds: float, begins_at: float) -> Load:
    """So many hits a second on all pages, from a moment of the wall clock on."""
    known = [(path, known_by(await fetch(port, path))) for path in PAGES.values()]
    begins = asyncio.get_running_loop().time() + begins_at - time.time()
    return await Crowd(port).ask(mixed(known, round(rate * seconds)), rate, begins)


def main() -> None:
    """PORT RATE SECONDS BEGINS_AT."""
    port, rate, seconds, begins_at = sys.argv[1:5]
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        print(json.dumps(asdict(runner.run(visit(int(port), float(rate), float(seconds), float(begins_at))))))


if __name__ == "__main__":
    main()
