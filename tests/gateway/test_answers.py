"""What a failed call means: one test per row of the table, over real connections."""

import asyncio

import pytest

from domain.deliveries import (
    AlreadyDone,
    BadMarkup,
    Migrated,
    NotSent,
    Refused,
    Result,
    Sent,
    TargetGone,
    ThreadGone,
    TooMany,
    Unauthorized,
    Uncertain,
    Unreachable,
)
from gateway.answers import BAD_REQUESTS, DEFAULT_WAIT
from gateway.api import Api
from gateway.identity import TokenRefused, fetch_identity
from gateway.transport import HttpTransport, NotDelivered, Unclear
from tests.gateway.raw_server import HANG, RESET, answer, closed_port, raw_server, refusal

pytestmark = pytest.mark.filterwarnings("ignore:Please use 'Bot")

TOKEN = "123456:AAabcdefghijklmnopqrstuvwxyz0123456"
ME = {"id": 123456, "is_bot": True, "first_name": "Prework", "username": "prework_bot"}
MESSAGE = {"ok": True, "result": {"message_id": 77, "date": 1, "chat": {"id": 7, "type": "private"}}}
PROXY_PAGE = b"<html><body><h1>Forbidden</h1></body></html>"

HALF = answer(200, MESSAGE)[:-30] + RESET
NO_BODY_YET = b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n" + RESET


async def call(url: str, *, method: str = "sendMessage") -> Result:
    """One call as the sender makes it."""
    api = Api(url, TOKEN, connections=1, read_seconds=0.3)
    try:
        return await api.call(method, {"chat_id": 7, "text": "Hello"})
    finally:
        await api.close()


@pytest.mark.parametrize(
    ("said", "result"),
    [
        (answer(200, MESSAGE), Sent(77)),
        (answer(200, {"ok": True, "result": True}), Sent(None, True)),
        (refusal(429, "Too Many Requests: retry after 35", retry_after=35), TooMany(35)),
        (refusal(429, "Too Many Requests"), TooMany(DEFAULT_WAIT)),
        (refusal(400, "Bad Request: upgraded", migrate_to_chat_id=-1002300000001), Migrated(-1002300000001)),
        (refusal(400, "Bad Request: chat not found"), Refused("Bad Request: chat not found")),
        (refusal(400, "Bad Request: message is too long"), Refused("Bad Request: message is too long")),
        (refusal(403, "Forbidden: bot was blocked by the user"), Unreachable("Forbidden: bot was blocked by the user")),
        (refusal(403, "Forbidden: user is deactivated"), Unreachable("Forbidden: user is deactivated")),
    ],
)  # fmt: skip
async def test_what_telegram_says_is_taken_at_its_word(said: bytes, result: Result) -> None:
    async with raw_server([said]) as url:
        assert await call(url) == result


@pytest.mark.parametrize("status", [401, 404, 409])
async def test_a_refused_token_says_nothing_about_the_delivery(status: int) -> None:
    async with raw_server([refusal(status, "Unauthorized")]) as url:
        assert isinstance(await call(url), Unauthorized)


@pytest.mark.parametrize(
    "said",
    [
        pytest.param(HANG, id="no answer in time"),
        pytest.param(RESET, id="reset before the answer"),
        pytest.param(NO_BODY_YET, id="reset before the body"),
        pytest.param(HALF, id="reset inside the body"),
        pytest.param(answer(200, b'{"ok": true, "result": {"message_'), id="truncated JSON"),
        pytest.param(answer(200, b""), id="empty answer"),
        pytest.param(answer(200, b"[]"), id="other JSON"),
        pytest.param(answer(200, {"ok": False}), id="not ok with 200"),
        pytest.param(answer(200, {"result": {}}), id="ok missing"),
        pytest.param(answer(200, {"ok": True}), id="result missing"),
        pytest.param(answer(200, PROXY_PAGE, "text/html"), id="a page with 200"),
        pytest.param(answer(403, PROXY_PAGE, "text/html"), id="a proxy's 403"),
        pytest.param(answer(407, PROXY_PAGE, "text/html"), id="a proxy's 407"),
        pytest.param(answer(404, PROXY_PAGE, "text/html"), id="a proxy's 404"),
        pytest.param(answer(400, b"Bad Request", "text/plain"), id="a proxy's 400"),
        pytest.param(refusal(500, "Internal Server Error"), id="500"),
        pytest.param(answer(502, PROXY_PAGE, "text/html"), id="502 with a page"),
        pytest.param(refusal(502, "Bad Gateway"), id="502"),
        pytest.param(refusal(504, "Gateway Timeout"), id="504"),
        pytest.param(b"HTTP/1.1 2x0 what\r\n\r\n" + RESET, id="no HTTP"),
    ],
)
async def test_what_cannot_be_understood_may_have_arrived(said: bytes) -> None:
    async with raw_server([said]) as url:
        assert isinstance(await call(url), Uncertain)


async def test_a_refused_connection_did_not_arrive() -> None:
    assert isinstance(await call(closed_port()), NotSent)


async def test_a_name_that_does_not_resolve_did_not_arrive() -> None:
    assert isinstance(await call("http://nowhere.invalid"), NotSent)


async def test_a_server_without_tls_did_not_get_it() -> None:
    server = await asyncio.start_server(lambda _, writer: writer.close(), "127.0.0.1", 0)

    result = await call(f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}")

    assert isinstance(result, NotSent)
    server.close()


async def test_a_pool_that_is_closed_sends_nothing() -> None:
    with pytest.raises(NotDelivered):
        await HttpTransport(1).post_json("http://127.0.0.1:1/", {}, 1.0)


async def test_a_kept_connection_that_was_closed_meanwhile_is_uncertain_and_the_next_call_arrives() -> None:
    async with raw_server([answer(200, MESSAGE), RESET, answer(200, MESSAGE)]) as url:
        transport = HttpTransport(1, 0.3)
        await transport.initialize()
        first, _ = await transport.post_json(f"{url}/bot/sendMessage", {}, 0.3)
        with pytest.raises(Unclear):
            await transport.post_json(f"{url}/bot/sendMessage", {}, 0.3)
        third, _ = await transport.post_json(f"{url}/bot/sendMessage", {}, 0.3)
        await transport.shutdown()

    assert (first, third) == (200, 200)


@pytest.mark.parametrize(("part", "meaning"), BAD_REQUESTS)
async def test_every_known_bad_request_has_its_meaning(part: str, meaning: type[object]) -> None:
    description = part.upper() if "_" in part else part
    async with raw_server([refusal(400, f"Bad Request: {description}")]) as url:
        assert type(await call(url)) is meaning


@pytest.mark.parametrize(
    ("description", "meaning"),
    [
        ("message is not modified: specified new message content and reply markup are exactly the same", AlreadyDone),
        ("query is too old and response timeout expired or query ID is invalid", AlreadyDone),
        ("message to edit not found", TargetGone),
        ("can't parse entities: Can't find end tag corresponding to start tag b", BadMarkup),
        ("message thread not found", ThreadGone),
        ("TOPIC_CLOSED", ThreadGone),
        ("BUTTON_DATA_INVALID", Refused),
        ("not enough rights to send text messages to the chat", Refused),
    ],
)
async def test_bad_requests_in_telegrams_own_words(description: str, meaning: type[object]) -> None:
    async with raw_server([refusal(400, f"Bad Request: {description}")]) as url:
        assert type(await call(url)) is meaning


@pytest.mark.parametrize("status", [401, 404])
async def test_at_the_start_a_refused_token_is_told_apart(status: int) -> None:
    async with raw_server([refusal(status, "Unauthorized")]) as url:
        with pytest.raises(TokenRefused):
            await fetch_identity(url, TOKEN)


async def test_at_the_start_a_proxys_page_is_not_taken_for_telegrams_word() -> None:
    async with raw_server([answer(404, PROXY_PAGE, "text/html")]) as url:
        with pytest.raises(Unclear):
            await fetch_identity(url, TOKEN)


async def test_no_error_tells_the_token() -> None:
    async with raw_server([RESET]) as url:
        result = await call(url)

    assert TOKEN not in repr(result)
