"""Health and webhook over real HTTP."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.report import count, make_report
from domain.deliveries import owe
from sandbox.faults import FaultKind
from storage import outbox
from tests.chat.world import START, Chat, open_chat
from web.app import WebServer, listen, make_app
from web.health import Report, ReportSource
from web.metrics import NumberSource
from web.webhook import MOST_BYTES, SECRET_HEADER, Webhook

SECRET = "only-telegram-knows"
GOOD = {SECRET_HEADER: SECRET, "Content-Type": "application/json"}
UPDATE = {"update_id": 7, "message": {"message_id": 1}}

FINE = Report("ok", {}, None, {"updates": 0, "deliveries": 0}, None, None, None)


class Journal:
    """Keeps updates, or refuses as a full disk does."""

    def __init__(self) -> None:
        self.stored: list[Mapping[str, Any]] = []
        self.full = False

    async def store(self, updates: Sequence[Mapping[str, Any]]) -> None:
        if self.full:
            raise OSError("No space left on device")
        self.stored += updates


async def fine() -> Report:
    return FINE


@asynccontextmanager
async def serving(
    report: ReportSource, webhook: Webhook | None = None, numbers: NumberSource | None = None
) -> AsyncIterator[str]:
    """The address of the web side while it is served."""
    with listen("127.0.0.1", 0) as listening:
        server = WebServer(make_app(report, webhook, numbers=numbers), listening)
        task = asyncio.create_task(server.run_until_stopped())
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.stop()
        await task


@pytest.fixture
def journal() -> Journal:
    return Journal()


@pytest.fixture
async def url(journal: Journal) -> AsyncIterator[str]:
    async with serving(fine, Webhook(SECRET, journal.store)) as address:
        yield f"{address}/telegram"


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
async def chat(tmp_path: Path) -> AsyncIterator[Chat]:
    async with open_chat(tmp_path) as opened:
        yield opened


async def test_an_update_is_journalled_before_it_is_confirmed(
    url: str, journal: Journal, http: aiohttp.ClientSession
) -> None:
    async with http.post(url, json=UPDATE, headers=GOOD) as answer:
        assert answer.status == 200

    assert journal.stored == [UPDATE]


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        ({}, b'{"update_id": 7}', 403),
        ({SECRET_HEADER: "guessed"}, b'{"update_id": 7}', 403),
        ({SECRET_HEADER: "only-telegram-know\xe9"}, b'{"update_id": 7}', 403),
        ({SECRET_HEADER: "guessed"}, b"not even JSON", 403),
        ({SECRET_HEADER: SECRET, "Content-Type": "text/plain"}, b'{"update_id": 7}', 415),
        ({SECRET_HEADER: SECRET, "Content-Type": "application/x-www-form-urlencoded"}, b"update_id=7", 415),
        (GOOD, b"not JSON", 400),
        (GOOD, b"[]", 400),
        (GOOD, b'{"message": {}}', 400),
        (GOOD, b'{"update_id": "7"}', 400),
        (GOOD, b'{"update_id": true}', 400),
        (GOOD, b" " * (MOST_BYTES + 1), 413),
    ],
)
async def test_what_is_not_an_update_from_telegram_is_refused(
    url: str, journal: Journal, http: aiohttp.ClientSession, headers: dict[str, str], body: bytes, status: int
) -> None:
    async with http.post(url, data=BytesIO(body), headers=headers) as answer:
        assert answer.status == status

    assert journal.stored == []


async def test_a_body_without_a_declared_length_is_cut_off_too(
    url: str, journal: Journal, http: aiohttp.ClientSession
) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(20):
            yield b" " * 100_000

    async with http.post(url, data=endless(), headers=GOOD) as answer:
        assert answer.status == 413

    assert journal.stored == []


async def test_an_update_of_exactly_one_mebibyte_is_taken(
    url: str, journal: Journal, http: aiohttp.ClientSession
) -> None:
    async with http.post(url, data=BytesIO(b'{"update_id": 7}'.ljust(MOST_BYTES)), headers=GOOD) as answer:
        assert answer.status == 200

    assert journal.stored == [{"update_id": 7}]


async def test_while_nothing_can_be_written_telegram_is_asked_to_come_again(
    url: str, journal: Journal, http: aiohttp.ClientSession
) -> None:
    journal.full = True
    async with http.post(url, json=UPDATE, headers=GOOD) as answer:
        refused = (answer.status, answer.headers["Retry-After"])
    journal.full = False
    async with http.post(url, json=UPDATE, headers=GOOD) as answer:
        taken = answer.status

    assert (refused, taken) == ((503, "5"), 200)
    assert journal.stored == [UPDATE]


async def test_without_a_webhook_there_is_no_address_for_updates(http: aiohttp.ClientSession) -> None:
    async with serving(fine) as address, http.post(f"{address}/telegram", json=UPDATE, headers=GOOD) as answer:
        assert answer.status == 404


async def test_only_post_brings_updates(url: str, http: aiohttp.ClientSession) -> None:
    async with http.get(url, headers=GOOD) as answer:
        assert answer.status == 405


async def test_the_report_is_given_with_moments_in_iso(http: aiohttp.ClientSession) -> None:
    at = datetime(2022, 3, 22, 15, tzinfo=UTC)

    async def report() -> Report:
        return Report("degraded", {"polling": "No updates."}, at, {"updates": 1, "deliveries": 2}, None, None, at)

    async with serving(report) as address, http.get(f"{address}/healthz") as answer:
        assert answer.status == 200
        assert answer.headers["Cache-Control"] == "no-store"
        assert await answer.json() == {
            "status": "degraded",
            "causes": {"polling": "No updates."},
            "next_due_at": "2022-03-22T15:00:00+00:00",
            "backlog": {"updates": 1, "deliveries": 2},
            "last_poll_at": None,
            "last_update_at": None,
            "last_send_at": "2022-03-22T15:00:00+00:00",
        }


@pytest.mark.parametrize(
    ("status", "causes", "healthy", "ready"),
    [
        ("ok", {}, 200, 200),
        ("degraded", {"token": "…"}, 200, 200),
        ("failed", {"polling": "…"}, 503, 200),
        ("failed", {"database": "…"}, 503, 503),
    ],
)
async def test_the_status_shows_in_the_code(
    http: aiohttp.ClientSession, status: str, causes: dict[str, str], healthy: int, ready: int
) -> None:
    async def report() -> Report:
        return Report(status, causes, None, {}, None, None, None)

    async with serving(report) as address:
        async with http.get(f"{address}/healthz") as answer:
            assert answer.status == healthy
        async with http.get(f"{address}/readyz") as answer:
            assert (answer.status, await answer.json()) == (ready, {"ready": ready == 200})


async def test_the_report_of_a_bot_tells_its_last_signs_of_life_and_what_is_next(chat: Chat) -> None:
    group = await chat.group()
    await chat.webinar(group, {"en": "Cities"}, datetime(2022, 3, 22, 15, tzinfo=UTC))
    await chat.person("Anna")

    report = await make_report(chat.bot)

    assert (report.status, report.causes) == ("ok", {})
    assert report.backlog == {"updates": 0, "deliveries": 0}
    # A day before the webinar; what is due for presenters before that concerns nobody here.
    assert report.next_due_at == datetime(2022, 3, 21, 15, tzinfo=UTC)
    assert report.last_poll_at is not None
    assert report.last_poll_at >= START
    assert report.last_send_at is not None


async def test_a_database_that_does_not_answer_is_a_cause(chat: Chat) -> None:
    with closing(sqlite3.connect(str(chat.bot.database.path))) as connection:
        connection.execute("ALTER TABLE outbox RENAME TO elsewhere")

    report = await make_report(chat.bot)

    assert report.status == "failed"
    assert report.causes == {"database": "The database does not answer: OperationalError"}


# --- Metrics ----------------------------------------------------------------------------------


async def scraped(chat: Chat, http: aiohttp.ClientSession) -> dict[tuple[str, ...], float]:
    """What `/metrics` says, as Prometheus reads it: by the name and the labels."""
    site = serving(lambda: make_report(chat.bot), numbers=lambda: count(chat.bot))
    async with site as address, http.get(f"{address}/metrics") as answer:
        assert answer.status == 200
        assert answer.headers["Content-Type"].startswith("text/plain; version=")
        text = await answer.text()
    families = text_string_to_metric_families(text)
    return {(one.name, *one.labels.values()): one.value for family in families for one in family.samples}


async def test_metrics_count_what_came_in_what_went_out_and_what_waits(chat: Chat, http: aiohttp.ClientSession) -> None:
    await chat.person("Anna")
    async with chat.bot.database.write() as tx:
        due = chat.clock.now() - timedelta(seconds=90)
        await outbox.add(tx, [owe("digest", "late", due, chat_id=7, payload={"chat_id": 7, "text": "Late"})], due)

    said = await scraped(chat, http)

    assert said["prework_status", "ok"] == 1
    assert said["prework_updates", "done"] == 1
    assert said["prework_deliveries", "reply", "sent"] == 1
    assert said["prework_deliveries", "digest", "pending"] == 1
    assert said["prework_oldest_due_seconds",] == 90
    assert (said["prework_backlog",], said["prework_pauses",], said["prework_too_many_requests_total",]) == (0, 0, 0)


async def test_metrics_tell_that_telegram_asked_to_wait(chat: Chat, http: aiohttp.ClientSession) -> None:
    anna = await chat.person("Anna")
    chat.telegram.faults.add(FaultKind.FLOOD, method="sendMessage", chat=anna.id, retry_after=3)
    await anna.sends("/help")

    said = await scraped(chat, http)

    assert said["prework_too_many_requests_total",] == 1


async def test_metrics_name_nobody(chat: Chat, http: aiohttp.ClientSession) -> None:
    anna = await chat.person("Quillfeather")
    await anna.sends("/webinars")

    said = str(await scraped(chat, http))

    assert "Quillfeather" not in said
    assert str(anna.id) not in said
