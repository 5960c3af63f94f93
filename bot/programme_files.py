"""`prework import` and `prework export`: the programme between files and the database."""

import sys
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from bot.offline import reading, writing
from bot.settings import Settings
from domain.programme import Programme, ProgrammeError, starting_on
from gateway.clocks import Clock
from programme.reading import read
from programme.writing import write
from services import programme as programmes
from services.programme import Applied
from storage.database import Database


async def import_programme(settings: Settings, clock: Clock, file: Path, first_day: date | None) -> None:
    """Take a file over, all of it or nothing; raises ProgrammeError, StorageError."""
    programme = read(file)
    if first_day is not None:
        programme = starting_on(programme, first_day)
    async with writing(settings) as database:
        applied = await _apply(database, programme, clock)
    print(
        f"Groups: {applied.groups_added} new, {applied.groups_changed} changed. "
        f"Webinars: {applied.webinars_added} new, {applied.webinars_changed} changed. "
        f"{applied.unchanged} as before."
    )


async def _apply(database: Database, programme: Programme, clock: Clock) -> Applied:
    """Show the progress where somebody looks."""
    entries = len(programme.groups) + len(programme.webinars)
    with Progress(console=Console(file=sys.stderr), transient=True) as progress:
        task = progress.add_task("Importing", total=entries)
        async with database.write() as tx:
            return await programmes.apply(tx, programme, clock.now(), None, lambda: progress.advance(task))


async def export_programme(settings: Settings, file: Path) -> None:
    """Write everything to a file, also while the bot runs."""
    async with reading(settings) as database, database.read() as tx:
        programme = await programmes.collect(tx)
    try:
        write(programme, file)
    except OSError as error:
        raise ProgrammeError([f"{file} cannot be written: {error.strerror}"]) from error
    print(f"{len(programme.groups)} groups and {len(programme.webinars)} webinars are in {file}.")
