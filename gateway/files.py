"""Brings the files of published results from Telegram into a folder, and keeps it like the rows that name them."""

import asyncio
import os
import secrets
from collections.abc import Callable, Collection
from pathlib import Path

import structlog

from domain.process import Process
from domain.publications import MOST_FILE
from gateway.api import Api
from gateway.clocks import Clock
from services import published_files
from services.work import Background
from storage import files, publications
from storage.database import Database
from storage.publications import Publication

log = structlog.get_logger()

MOST_TRIES = 5
"""After so many downloads that failed, the file is given up until somebody tries again."""

NAME_BYTES = 16


class FileKeeper:
    """One per process. What lies in the folder and is in no row of `files` goes: a kill leaves nothing behind."""

    def __init__(
        self,
        database: Database,
        api: Api,
        folder: Path,
        process: Process,
        clock: Clock,
        on_owed: Callable[[], None],
    ) -> None:
        self._database = database
        self._api = api
        self._folder = folder
        self._process = process
        self._clock = clock
        self._on_owed = on_owed
        self._tries: dict[str, int] = {}

    async def turn(self) -> int:
        """Sweep, then download what Telegram has named the place of; returns how many files were settled."""
        async with self._database.read() as tx:
            found, wanted = await publications.files_found(tx), await files.names(tx)
        await self._sweep(wanted)
        settled = [await self._fetch(one) for one in found]
        if any(settled):
            self._on_owed()
        return sum(settled)

    async def close(self) -> None:
        """Give the connection back."""
        await self._api.close()

    async def _fetch(self, owed: Publication) -> bool:
        mark, result_id = owed.content_hash or "", int(owed.subject.partition(":")[2])
        content = await self._api.download(owed.reference or "", MOST_FILE)
        if content is None:
            return await self._failed(result_id, mark)
        name = secrets.token_hex(NAME_BYTES)
        await asyncio.to_thread(_write, self._folder, name, content)
        self._tries.pop(mark, None)
        async with self._database.write() as tx:
            work = Background(tx, self._clock.now(), self._process)
            is_kept = await published_files.store_file(work, result_id, mark, name, len(content))
        log.info("file_fetched", result=result_id, size=len(content), kept=is_kept)
        return True

    async def _failed(self, result_id: int, mark: str) -> bool:
        """Ask Telegram anew where the file is: a place is named for an hour only; after some tries, say so."""
        tries = self._tries[mark] = self._tries.get(mark, 0) + 1
        async with self._database.write() as tx:
            work = Background(tx, self._clock.now(), self._process)
            if tries < MOST_TRIES:
                await published_files.ask_again(work, result_id, mark, tries)
            else:
                del self._tries[mark]
                await published_files.note_missing(work, result_id, mark, "Telegram did not hand it out")
        return True

    async def _sweep(self, wanted: frozenset[str]) -> None:
        lying = await asyncio.to_thread(_list, self._folder)
        if gone := lying - wanted:
            await asyncio.to_thread(_remove, self._folder, gone)
            log.info("files_removed", count=len(gone))
        if lost := wanted - lying:
            await self._fetch_again(lost)

    async def _fetch_again(self, lost: Collection[str]) -> None:
        """The folder was lost, or the database comes from a backup: Telegram still has the files."""
        async with self._database.write() as tx:
            work = Background(tx, self._clock.now(), self._process)
            for name in lost:
                await published_files.note_lost(work, name)
        log.warning("files_lost", count=len(lost))
        self._on_owed()


def _write(folder: Path, name: str, content: bytes) -> None:
    """Whole and on the disk before any row names it."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / name).open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _list(folder: Path) -> frozenset[str]:
    """Only names of our own making: nothing else in the folder is touched."""
    if not folder.is_dir():
        return frozenset()
    names = (entry.name for entry in os.scandir(folder) if entry.is_file())
    return frozenset(name for name in names if is_name(name))


def _remove(folder: Path, names: Collection[str]) -> None:
    for name in names:
        (folder / name).unlink(missing_ok=True)


def is_name(name: str) -> bool:
    """Whether this is a name that we give: 32 hexadecimal digits."""
    return len(name) == 2 * NAME_BYTES and all(digit in "0123456789abcdef" for digit in name)
