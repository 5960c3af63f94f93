"""Keeps every page that somebody asked for, as bytes, until something public changes."""

import asyncio
from collections.abc import Callable, Hashable
from contextlib import AbstractAsyncContextManager

import structlog

from messages.languages import LANGUAGES
from services import pages
from services.pages import Reading
from services.work import Background
from web.contents import Contents
from web.documents import Document

log = structlog.get_logger()

Opening = Callable[[], AbstractAsyncContextManager[Background]]
"""Opens a reading transaction, with the moment."""

LOOK_SECONDS = 1.0
"""How often it is looked, at most, whether something has changed, however many ask."""

READ_SECONDS = 60.0
"""After so long everything is read anew: also what was changed past the bot stands here then."""


class Shelf:
    """`monotonic`: seconds since some moment."""

    def __init__(self, opening: Opening, monotonic: Callable[[], float]) -> None:
        self._opening = opening
        self._monotonic = monotonic
        self._looking = asyncio.Lock()
        self._looked_at = self._read_at = float("-inf")
        self._reading: Reading | None = None
        self._contents: dict[str, Contents] = {}
        self._documents: dict[Hashable, Document] = {}
        self._fallback = ""

    async def get(self, language: str, place: str, page: int = 1) -> Document | None:
        """The document; None if there is none. Raises what keeps the very first reading from succeeding."""
        await self._look()
        key = (language, place, page)
        found = self._documents.get(key) or self._contents[language].make(place, page)
        if found is not None:  # what there is not takes no room: there is no end of it
            self._documents[key] = found
        return found

    async def not_found(self, language: str) -> Document:
        """What is said where nothing stands."""
        await self._look()
        return self._kept(("not found", language), self._contents[language].not_found)

    async def robots(self) -> Document:
        """Where search engines may look."""
        return self._kept("robots", (await self._any()).robots)

    async def sitemap(self) -> Document | None:
        """Which pages there are; None without a public address: it has to hold whole ones."""
        contents = await self._any()
        return self._kept("sitemap", contents.sitemap) if contents.web_url else None

    async def root(self) -> str:
        """The path below which all pages stand, seen from outside; mostly empty."""
        return (await self._any()).root

    async def fallback(self) -> str:
        """The language for those who read none of ours."""
        await self._look()
        return self._fallback

    async def _any(self) -> Contents:
        """The contents in some language, for what is the same in all."""
        await self._look()
        return next(iter(self._contents.values()))

    def _kept(self, key: Hashable, make: Callable[[], Document]) -> Document:
        if key not in self._documents:
            self._documents[key] = make()
        return self._documents[key]

    async def _look(self) -> None:
        if self._monotonic() - self._looked_at < LOOK_SECONDS:
            return
        async with self._looking:
            if self._monotonic() - self._looked_at < LOOK_SECONDS:
                return
            try:
                await self._read_if_changed()
            except Exception:  # whatever the disk or the database has: yesterday's page is better than none
                if self._reading is None:
                    raise
                log.exception("page_not_read")
            self._looked_at = self._monotonic()

    async def _read_if_changed(self) -> None:
        async with self._opening() as work:
            if await self._is_as_read(work):
                return
            reading = await pages.read_site(work)
        if self._reading is None or reading.site != self._reading.site:
            self._contents = {code: Contents(reading.site, work.process, code) for code in LANGUAGES}
            self._documents = {}
            self._fallback = work.process.language
        self._reading, self._read_at = reading, self._monotonic()

    async def _is_as_read(self, work: Background) -> bool:
        known = self._reading
        if known is None or work.now >= known.until or self._monotonic() - self._read_at >= READ_SECONDS:
            return False
        return await pages.get_revision(work) == known.revision
