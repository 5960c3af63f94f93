"""The door to the conference homepage: posts notices to the address that an owner has set, and to no other."""

import asyncio
import socket
from collections.abc import Callable
from typing import Any

import aiohttp
import structlog
from aiohttp.abc import AbstractResolver, ResolveResult

from domain.homepage import (
    Answered,
    Forbidden,
    Homepage,
    NoAnswer,
    Notice,
    Reaction,
    is_loopback,
    is_public_address,
    read_address,
    sign,
)
from domain.process import Process
from gateway.clocks import Clock
from services import homepage
from services.work import Background
from storage import notices
from storage.database import Database

log = structlog.get_logger()

MOST_AT_ONCE = 10
SECONDS = 10.0
MOST_ANSWER = 64 * 1024
"""Bytes of an answer that are read, and thrown away: a homepage that sends more is not waited for."""

NAME = "Prework-Notices/1"


class NotPublic(OSError):
    """The name leads into somebody's own network."""


class PublicResolver(AbstractResolver):
    """Looks names up, and hands out only addresses of the open internet: what is checked is what is connected to."""

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Addresses of a host; raise NotPublic if there is any other among them."""
        loop = asyncio.get_running_loop()
        found = await loop.getaddrinfo(host, port, family=family, type=socket.SOCK_STREAM)
        numbers = [(of, protocol, str(address[0])) for of, _, protocol, _, address in found]
        if not all(is_public_address(number) for _, _, number in numbers):
            raise NotPublic
        flags = socket.AI_NUMERICHOST
        return [
            ResolveResult(hostname=host, host=number, port=port, family=of, proto=protocol, flags=flags)
            for of, protocol, number in numbers
        ]

    async def close(self) -> None:
        """Nothing is kept."""


class HomepageDoor:
    """Posts what is due, one notice after the other. A kill loses none: a notice may come twice, under the same key.

    `seconds`: how long a whole answer may take.
    """

    def __init__(
        self,
        database: Database,
        process: Process,
        clock: Clock,
        on_owed: Callable[[], None],
        *,
        seconds: float = SECONDS,
    ) -> None:
        self._database = database
        self._process = process
        self._clock = clock
        self._on_owed = on_owed
        self._seconds = seconds

    async def turn(self) -> int:
        """Post what is due now; returns how many were tried."""
        async with self._database.read() as tx:
            due = await notices.due(tx, self._clock.now(), MOST_AT_ONCE)
            known = await homepage.get(tx) if due else None
        if known is None:
            return 0
        for notice in due:
            reaction = await self._post(known, notice)
            log.info("notice_posted", notice=notice.id, reaction=type(reaction).__name__)
            async with self._database.write() as tx:
                await homepage.record(Background(tx, self._clock.now(), self._process), notice, reaction)
        if due:
            self._on_owed()
        return len(due)

    async def _post(self, known: Homepage, notice: Notice) -> Reaction:
        if read_address(known.address, loopback=self._process.is_demo) is None:
            return Forbidden("this address is not allowed")
        headers = {
            "Content-Type": "application/json",
            "Accept-Encoding": "identity",
            "User-Agent": NAME,
            "Idempotency-Key": notice.key,
            "Prework-Signature": sign(known.secret, self._clock.now(), notice.body),
        }
        try:
            return await _exchange(known.address, notice.body.encode(), headers, self._seconds)
        except NotPublic:
            return Forbidden("its name leads into a private network")
        except aiohttp.ClientConnectorError as error:
            if isinstance(error.os_error, NotPublic):
                return Forbidden("its name leads into a private network")
            return NoAnswer("no connection")
        except TimeoutError:
            return NoAnswer("no answer in time")
        except (aiohttp.ClientError, OSError, ValueError) as error:  # its text may hold the address
            return NoAnswer(type(error).__name__)


async def _exchange(address: str, body: bytes, headers: dict[str, str], seconds: float) -> Answered:
    """One POST on a connection of its own; redirects are answers, nothing is kept from them, or unpacked."""
    resolver: Any = None if is_loopback(address) else PublicResolver()
    connector = aiohttp.TCPConnector(resolver=resolver, force_close=True, limit=1)
    timeout = aiohttp.ClientTimeout(total=seconds)
    async with (
        aiohttp.ClientSession(
            connector=connector, timeout=timeout, cookie_jar=aiohttp.DummyCookieJar(), auto_decompress=False
        ) as session,
        session.post(address, data=body, headers=headers, allow_redirects=False) as answer,
    ):
        await answer.content.read(MOST_ANSWER)
        return Answered(answer.status)
