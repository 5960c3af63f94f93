"""What the bench of the public page sends, and what it makes of the answers."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta

import pytest

from benchmarks.hits import PAGES, Answer, Crowd, Load, body_length, known_by, load_of, mixed, question, visitor
from benchmarks.lateness import Lateness, Round, late_by, lateness_of, report, spread
from sandbox.state import Call
from web.buckets import Buckets

AT = datetime(2022, 3, 22, 15, tzinfo=UTC)
RATE = 500


def refused(visitors: int) -> int:
    """Of a minute of hits by so many in turn, none of them on the machine of the bot."""
    now = 0.0
    buckets = Buckets(lambda: now)
    count = 0
    for number in range(60 * RATE):
        now = number / RATE
        count += not buckets.take(visitor(number % visitors))
    return count


def test_the_visitors_are_so_many_that_none_of_them_is_refused_and_few_would_be() -> None:
    assert refused(visitors=1_000) == 0
    assert refused(visitors=10) > 0


def test_a_question_names_its_visitor_as_a_proxy_does() -> None:
    asked = question("/en/", 999, "If-None-Match: W/1").decode()

    assert asked.startswith("GET /en/ HTTP/1.1\r\nHost: ")
    assert asked.endswith("\r\nX-Forwarded-For: 198.18.3.250\r\nIf-None-Match: W/1\r\n\r\n")


def test_every_page_is_asked_for_as_often_with_its_tag_as_without() -> None:
    known = [(path, f"If-None-Match: W/{path}") for path in PAGES.values()]

    asked = [one.decode() for one in mixed(known, 80)]

    assert [sum(f"GET {path} " in one for one in asked) for path in PAGES.values()] == [20] * 4
    assert [sum(f"{line}\r\n" in one for one in asked) for _, line in known] == [10] * 4


@pytest.mark.parametrize(
    ("head", "length"),
    [
        (b"HTTP/1.1 200 OK\r\ncontent-length: 12\r\n\r\n", 12),
        (b"HTTP/1.1 200 OK\r\nContent-Length:7\r\netag: 1\r\n\r\n", 7),
        (b"HTTP/1.1 304 Not Modified\r\ncontent-length: 12\r\n\r\n", 0),
        (b"HTTP/1.1 200 OK\r\n\r\n", 0),
    ],
)
def test_an_answer_is_as_long_as_its_head_says(head: bytes, length: int) -> None:
    assert body_length(head) == length


def test_a_page_is_known_by_its_tag_or_else_by_its_date() -> None:
    dated = b"HTTP/1.0 200 OK\r\nLast-Modified: Tue, 22 Mar 2022 15:00:00 GMT\r\n"

    assert known_by(Answer(dated + b'ETag: W/"1"\r\n\r\n', b"")) == 'If-None-Match: W/"1"'
    assert known_by(Answer(dated + b"\r\n", b"")) == "If-Modified-Since: Tue, 22 Mar 2022 15:00:00 GMT"
    with pytest.raises(ValueError, match="nothing to know it by"):
        known_by(Answer(b"HTTP/1.1 200 OK\r\n\r\n", b""))


def test_a_load_is_what_was_answered_well() -> None:
    assert load_of([n / 1000 for n in range(101)], 3, seconds=2) == Load(50.5, 0.05, 0.099, 3)


ANSWERS = {
    "/good": b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi",
    "/known": b"HTTP/1.1 304 Not Modified\r\n\r\n",
    "/refused": b"HTTP/1.1 429 Too Many Requests\r\ncontent-length: 0\r\n\r\n",
    "/cut": b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nh",
}


@asynccontextmanager
async def answering() -> AsyncIterator[int]:
    """A server that answers by the address and hangs up after half an answer; its port."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(asyncio.IncompleteReadError):
            path = ""
            while path != "/cut":
                path = (await reader.readuntil(b"\r\n\r\n")).split()[1].decode()
                writer.write(ANSWERS[path])
        writer.close()
        await writer.wait_closed()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        yield server.sockets[0].getsockname()[1]


async def test_refused_and_broken_answers_are_errors_and_the_others_come_all_the_same() -> None:
    async with answering() as port:
        crowd = Crowd(port)
        questions = [question(path, 0) for path in ANSWERS] * 50
        long_ago = asyncio.get_running_loop().time() - 60

        load = await crowd.ask(questions, rate=RATE, begins_at=long_ago)

    assert (len(crowd.waits), load.errors) == (100, 100)
    assert load.p50 > 59


def test_reminders_are_due_once_a_second_anywhere_between_two_looks_of_the_clock() -> None:
    dues = spread(AT, 60)

    assert [int((due - AT).total_seconds()) for due in dues] == list(range(1, 59))
    after_a_look = [due.microsecond % 500_000 for due in dues]
    assert [sum(n * 100_000 <= at < (n + 1) * 100_000 for at in after_a_look) for n in range(5)] == [11, 12, 12, 12, 11]


def sent(text: str, after: float, seconds: float = 0.0, method: str = "sendMessage") -> Call:
    """A call that was answered so long after the hour, and took so long."""
    at = AT + timedelta(seconds=after)
    return Call(1, method, {"text": text}, at, after, True, 200, None, None, None, seconds)


def test_a_reminder_is_as_late_as_its_call_came_in() -> None:
    calls = [
        sent("Starts in 1 hour: <b>Webinar 0</b>\nTue", 0.75, seconds=0.25),
        sent("Starts in 59 minutes: <b>Webinar 1</b>\nTue", 3),
        sent("Moved: <b>Webinar 1</b>\nTue", 3),
        sent("", 3, method="setMyCommands"),
    ]

    assert late_by(calls, [AT, AT + timedelta(seconds=2)]) == [0.5, 1.0]


def test_lateness_is_a_median_and_its_tail() -> None:
    assert lateness_of([n / 100 for n in range(101)]) == Lateness(0.5, 0.95, 1.0)


QUIET = [Round(Lateness(0.2, 0.4, 0.6), None)] * 3


def rounds(median: float, p95: float, *, rate: float = RATE, errors: int = 0) -> list[Round]:
    """Three of them with hits."""
    return [Round(Lateness(median, p95, 3.0), Load(rate, 0.001, 0.01, errors))] * 3


@pytest.mark.parametrize(
    ("busy", "held"),
    [
        (rounds(0.29, 0.59), True),
        (rounds(0.31, 0.59), False),
        (rounds(0.29, 0.61), False),
        (rounds(0.29, 0.59, rate=480), False),
        (rounds(0.29, 0.59, errors=1), False),
        ([*rounds(0.29, 0.59)[:2], *rounds(5, 5)[:1]], True),  # the median round counts
    ],
)
def test_the_floor_is_held_by_median_and_tail_under_the_whole_load(busy: list[Round], held: bool) -> None:
    assert report(QUIET, busy, RATE) is held


def test_the_table_has_both_and_their_ratio(capsys: pytest.CaptureFixture[str]) -> None:
    report(QUIET, rounds(0.25, 0.5), RATE)

    assert capsys.readouterr().out.splitlines() == [
        "medians            median       p95       max",
        "nobody reads      0.200 s   0.400 s   0.600 s",
        "500 hits/s        0.250 s   0.500 s   3.000 s",
        "ratio              1.25 x    1.25 x    5.00 x",
        "pages: 500.0 a second, p50 1.0 ms, p99 10.0 ms, 0 errors",
        "floor 1.5 x for median and p95, with all hits answered: HELD",
    ]
