"""Kept HTTP/1.1 connections to one server, and the little of a client that calls of the Bot API need.

A request is one `write` of finished bytes, an answer is read by httptools; what a general client does besides
(redirects, cookies, compression, streams) was half the cost of a send. Nothing is ever sent twice.
"""

import asyncio
import socket
from ssl import SSLContext
from typing import NamedTuple, cast

import aiohappyeyeballs
from httptools import HttpParserError, HttpParserUpgrade, HttpResponseParser

CONNECT_SECONDS = 5.0
KEEP_SECONDS = 75.0
"""A connection idle for longer is not used again: a server or a router may have forgotten it without a word."""

NEXT_ADDRESS_SECONDS = 0.25
"""How long one address of the server may take before the next is tried beside it (RFC 8305)."""

MOST_BYTES = 20 * 1024 * 1024
"""The longest answer, head included; the largest file that the Bot API hands out is as long."""


class NotReached(Exception):
    """No connection, so no byte of the request has left."""


class AnswerLost(Exception):
    """The request left, at least in part; no whole answer came."""


class Answer(NamedTuple):
    """Status and body."""

    status: int
    body: bytes


class Connection(asyncio.Protocol):
    """One connection with at most one request under way. Whatever is not as it should be closes it."""

    def __init__(self, all_open: set["Connection"]) -> None:
        """`all_open`: this one is among them from the moment it is made until it is gone."""
        self.is_open = False
        self.idle_since = 0.0
        self.gone: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._all_open = all_open
        self._transport: asyncio.Transport | None = None
        self._parser = HttpResponseParser(self)
        self._answer: asyncio.Future[Answer] | None = None  # while a request is under way
        self._begin()

    async def exchange(self, request: bytes, seconds: float) -> Answer:
        """Write a request and wait at most so long for its whole answer; raise AnswerLost."""
        assert self._transport is not None  # noqa: S101 - the pool hands out what is connected
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[Answer] = loop.create_future()
        self._answer = answer
        self._transport.write(request)
        timer = loop.call_later(seconds, self.close, "no answer in time")
        try:
            return await answer
        finally:
            timer.cancel()
            if self._answer is answer:  # cancelled: the answer still to come must not be taken for the next one's
                self.close("cancelled")

    def close(self, reason: str) -> None:
        """Drop the connection at once; whoever waits for an answer hears the reason."""
        self.is_open = False
        if self._transport is not None:
            self._transport.abort()
        if self._answer is not None:
            answer, self._answer = self._answer, None
            if not answer.done():
                answer.set_exception(AnswerLost(reason))

    def _begin(self) -> None:
        self._pieces: list[bytes] = []
        self._received = 0
        self._has_head = False
        self._has_length = False

    def _complete(self) -> None:
        answer, self._answer = self._answer, None
        if answer is not None and not answer.done():
            answer.set_result(Answer(self._parser.get_status_code(), b"".join(self._pieces)))
        self._begin()

    # --- Called by the event loop ---

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ready for a request."""
        self._transport = cast("asyncio.Transport", transport)
        self.is_open = True
        self._all_open.add(self)

    def data_received(self, data: bytes) -> None:
        """Part of an answer; if nobody asked, or too much, the end."""
        self._received += len(data)
        if self._answer is None or self._received > MOST_BYTES:
            return self.close("an answer that is too long")
        try:
            self._parser.feed_data(data)
        except (HttpParserError, HttpParserUpgrade):
            self.close("an answer that is not HTTP")

    def eof_received(self) -> None:
        """The server closed: the end of an answer that has no other, or of an idle connection."""
        if self._has_head and not self._has_length:
            self._complete()
        self.close("the server closed the connection")

    def connection_lost(self, error: Exception | None) -> None:
        """Reset by the server, or closed by either side."""
        self.close(f"connection lost: {type(error).__name__}")
        self._all_open.discard(self)
        self.gone.set_result(None)

    # --- Called by the parser ---

    def on_message_begin(self) -> None:
        """Another answer, in the same breath: nobody asked for it."""
        if self._answer is None:
            self.close("unasked")

    def on_header(self, name: bytes, value: bytes) -> None:
        """Note whether the answer says where it ends; the parser goes by it."""
        del value
        if name.lower() in {b"content-length", b"transfer-encoding"}:
            self._has_length = True

    def on_headers_complete(self) -> None:
        """The head is whole."""
        self._has_head = True

    def on_body(self, piece: bytes) -> None:
        """Part of the body."""
        self._pieces.append(piece)

    def on_message_complete(self) -> None:
        """Hand the answer over; 100 Continue and its like only announce it."""
        if self._parser.get_status_code() < 200:
            self._begin()
            return
        is_kept = self._parser.should_keep_alive()
        self._complete()
        if not is_kept:
            self.close("not kept")


class Connections:
    """At most `most` connections to a server; who comes when all are busy waits in turn."""

    def __init__(
        self,
        host: str,
        port: int,
        tls: SSLContext | None,
        most: int,
        *,
        connect_seconds: float = CONNECT_SECONDS,
        keep_seconds: float = KEEP_SECONDS,
    ) -> None:
        self._host = host
        self._port = port
        self._tls = tls
        self._connect_seconds = connect_seconds
        self._keep_seconds = keep_seconds
        self._turns = asyncio.Semaphore(most)
        self._idle: list[Connection] = []  # the one used last is used next: the others grow old and go
        self._open: set[Connection] = set()
        self._is_closed = False

    async def exchange(self, request: bytes, seconds: float) -> Answer:
        """Send a request once and wait at most so long for the answer; raise NotReached or AnswerLost."""
        async with self._turns:
            if self._is_closed:
                raise NotReached("the pool was closed")
            connection = self._take_idle() or await self._connect()
            try:
                return await connection.exchange(request, seconds)
            finally:
                if connection.is_open:
                    connection.idle_since = asyncio.get_running_loop().time()
                    self._idle.append(connection)

    async def close(self) -> None:
        """Close every connection; requests under way raise AnswerLost, those in line NotReached."""
        self._is_closed = True
        still_open = list(self._open)
        for connection in still_open:
            connection.close("the pool was closed")
        if still_open:
            await asyncio.wait([connection.gone for connection in still_open])

    def _take_idle(self) -> Connection | None:
        oldest = asyncio.get_running_loop().time() - self._keep_seconds
        while self._idle:
            connection = self._idle.pop()
            if connection.is_open and connection.idle_since >= oldest:
                return connection
            connection.close("idle for too long")
        return None

    async def _connect(self) -> Connection:
        try:
            async with asyncio.timeout(self._connect_seconds):
                connection = await self._open_connection()
        except (OSError, UnicodeError) as error:  # UnicodeError: a host that is no name
            raise NotReached(type(error).__name__) from error
        if self._is_closed or not connection.is_open:
            connection.close("not needed any more")
            raise NotReached("closed before it was used")
        return connection

    async def _open_connection(self) -> Connection:
        """By the first address that answers: uvloop's `create_connection` would try one after the other."""
        loop = asyncio.get_running_loop()
        addresses = await loop.getaddrinfo(self._host, self._port, type=socket.SOCK_STREAM)
        opened = await aiohappyeyeballs.start_connection(
            addresses, happy_eyeballs_delay=NEXT_ADDRESS_SECONDS, interleave=1
        )
        name = self._host if self._tls is not None else None
        try:
            _, connection = await loop.create_connection(
                lambda: Connection(self._open), sock=opened, ssl=self._tls, server_hostname=name
            )
        except BaseException:
            opened.close()
            raise
        return connection
