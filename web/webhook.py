"""Takes updates that Telegram posts: the secret first, then the size, then the journal, and only then "got it"."""

import hmac
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

import orjson
import structlog
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

log = structlog.get_logger()

MOST_BYTES = 1024 * 1024
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
RETRY_SECONDS = 5

Store = Callable[[Sequence[Mapping[str, Any]]], Awaitable[None]]
"""Journals updates; returns when they are safe, raises when they are not."""


class TooLarge(Exception):
    """The body has more than `MOST_BYTES`."""


class Webhook:
    """`POST /telegram`. Never answers 410, after which Telegram would not come again."""

    def __init__(self, secret: str, store: Store) -> None:
        self._secret = secret.encode()
        self._store = store

    async def receive(self, request: Request) -> Response:
        """One update: 200 when it is journalled, 503 when Telegram shall bring it again."""
        if not hmac.compare_digest(request.headers.get(SECRET_HEADER, "").encode("latin-1"), self._secret):
            return PlainTextResponse("not for you", 403)
        if request.headers.get("Content-Type", "").partition(";")[0].strip().lower() != "application/json":
            return PlainTextResponse("JSON only", 415)
        try:
            update = orjson.loads(await _body(request))
        except TooLarge:
            return PlainTextResponse("too large", 413)
        except orjson.JSONDecodeError:
            return PlainTextResponse("not JSON", 400)
        if not (isinstance(update, dict) and type(update.get("update_id")) is int):
            return PlainTextResponse("not an update", 400)
        return await self._journal(update)

    async def _journal(self, update: Mapping[str, Any]) -> Response:
        try:
            await self._store([update])
        except Exception:  # whatever the disk or the database has: Telegram keeps the update and comes again
            log.exception("update_not_journalled", update=update["update_id"])
            return PlainTextResponse("try again", 503, headers={"Retry-After": str(RETRY_SECONDS)})
        return PlainTextResponse("")


async def _body(request: Request) -> bytes:
    declared = request.headers.get("Content-Length", "0")
    if declared.isdecimal() and int(declared) > MOST_BYTES:
        raise TooLarge
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            raise TooLarge
    return bytes(body)
