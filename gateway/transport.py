"""HTTP to the Bot API: python-telegram-bot's `BaseRequest` over connections of our own.

A failed call says whether the request can have arrived: `NotDelivered` or `Unclear`.
"""

from collections.abc import Mapping
from functools import cache, lru_cache
from ssl import SSLContext, create_default_context
from typing import Any, NamedTuple
from urllib.parse import quote, urlsplit

import aiohttp
import orjson
from telegram._utils.types import ODVInput, UploadFileDict
from telegram.error import NetworkError
from telegram.request import BaseRequest, RequestData

from gateway.connections import Answer, AnswerLost, Connections, NotReached
from messages.markup import Attachment

READ_SECONDS = 10.0


class NotDelivered(NetworkError):
    """The request certainly did not arrive."""


class Unclear(NetworkError):
    """The request may have arrived; its answer did not."""


class Server(NamedTuple):
    """Where to connect."""

    host: str
    port: int
    is_secure: bool


class Target(NamedTuple):
    """A url, taken apart once. `lines`: the head of a request from the path to the host; holds the token."""

    server: Server
    lines: bytes


class Body(NamedTuple):
    """What a request carries, with the line of the head that says what it is."""

    kind: bytes
    content: bytes


class HttpTransport(BaseRequest):
    """Kept connections, at most so many to a server. `read_seconds` bounds the wait for a whole answer.

    `tls`: whom to trust instead of the authorities that the system trusts.
    """

    def __init__(self, connections: int, read_seconds: float = READ_SECONDS, tls: SSLContext | None = None) -> None:
        self._most = connections
        self._read_seconds = read_seconds
        self._tls = tls
        self._servers: dict[Server, Connections] = {}
        self._is_open = False

    @property
    def read_timeout(self) -> float:
        """Seconds to wait for an answer where a call names none."""
        return self._read_seconds

    async def initialize(self) -> None:
        """Be ready for calls; connections are made as they are needed."""
        self._is_open = True

    async def shutdown(self) -> None:
        """Close every connection."""
        self._is_open = False
        while self._servers:
            _, connections = self._servers.popitem()
            await connections.close()

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
        """Make one request, GET or POST; returns status and body. Called by python-telegram-bot."""
        del write_timeout, connect_timeout, pool_timeout
        seconds = read_timeout if isinstance(read_timeout, int | float) else self._read_seconds
        answer = await self._exchange(method.encode(), url, await _body(request_data), seconds)
        _read(*answer)
        return answer

    async def post_json(
        self, url: str, parameters: Mapping[str, Any], read_seconds: float | None = None
    ) -> tuple[int, dict[str, Any]]:
        """Post JSON; returns the status and Telegram's answer as it came, `ok` and all."""
        status, said = await self._exchange(b"POST", url, _json(parameters), read_seconds or self._read_seconds)
        return status, _read(status, said)

    async def post_document(
        self, url: str, parameters: Mapping[str, Any], attachment: Attachment
    ) -> tuple[int, dict[str, Any]]:
        """Post a form with a file as its `document`; returns the same as `post_json`."""
        fields = {
            name: value if isinstance(value, str) else orjson.dumps(value).decode()
            for name, value in parameters.items()
        }
        files: UploadFileDict = {"document": (attachment.name, attachment.content, "application/octet-stream")}
        status, said = await self._exchange(b"POST", url, await _form(fields, files), self._read_seconds)
        return status, _read(status, said)

    async def get(self, url: str, read_seconds: float) -> Answer:
        """Fetch a file; returns status and body as they came."""
        return await self._exchange(b"GET", url, Body(b"", b""), read_seconds)

    async def _exchange(self, method: bytes, url: str, body: Body, seconds: float) -> Answer:
        if not self._is_open:
            raise NotDelivered("the connection pool is closed")
        target = _take_apart(url)
        request = b"%b %b%bContent-Length: %d\r\n\r\n%b" % (
            method,
            target.lines,
            body.kind,
            len(body.content),
            body.content,
        )
        try:
            return await self._connections(target.server).exchange(request, seconds)
        except NotReached as error:
            raise NotDelivered(f"no connection: {error}") from error
        except AnswerLost as error:
            raise Unclear(f"no answer: {error}") from error

    def _connections(self, server: Server) -> Connections:
        found = self._servers.get(server)
        if found is None:
            tls = (self._tls or _usual_trust()) if server.is_secure else None
            found = self._servers[server] = Connections(server.host, server.port, tls, self._most)
        return found


@cache
def _usual_trust() -> SSLContext:
    """Read once: the list of authorities is long."""
    return create_default_context()


@lru_cache(maxsize=256)
def _take_apart(url: str) -> Target:
    parts = urlsplit(url)
    is_secure = parts.scheme == "https"
    server = Server(parts.hostname or "", parts.port or (443 if is_secure else 80), is_secure)
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~") + (f"?{parts.query}" if parts.query else "")
    host = parts.netloc.rpartition("@")[2].encode("idna").decode()
    return Target(server, f"{path} HTTP/1.1\r\nHost: {host}\r\n".encode("ascii"))


async def _body(data: RequestData | None) -> Body:
    if data is None:
        return Body(b"", b"")
    if not data.contains_files:
        return _json(data.parameters)
    return await _form(data.json_parameters, data.multipart_data or {})


async def _form(fields: Mapping[str, str], files: UploadFileDict) -> Body:
    """A multipart form. Telegram takes a file's name as it stands."""
    form = aiohttp.FormData(quote_fields=False)
    for name, value in fields.items():
        form.add_field(name, value)
    for name, (file_name, content, mime) in files.items():
        form.add_field(name, content, filename=file_name, content_type=mime)
    parts = form()
    return Body(f"Content-Type: {parts.content_type}\r\n".encode(), await parts.as_bytes())


def _json(parameters: Mapping[str, Any]) -> Body:
    return Body(b"Content-Type: application/json\r\n", orjson.dumps(parameters))


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
