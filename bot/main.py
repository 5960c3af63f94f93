"""The command line: what people type; what goes wrong becomes one line and an exit code."""

from datetime import datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo, reset_tzpath

import typer

from bot import logs
from bot.check import check_everything
from bot.demo import run_demo
from bot.exits import BAD_INPUT, carry_out, fail, reporting
from bot.offline import back_up, migrate_database, restore_database
from bot.programme_files import export_programme, import_programme
from bot.run import run as run_bot
from bot.settings import Settings, SettingsError, load
from gateway.clocks import Clock

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)

ProgrammeFile = Annotated[Path, typer.Argument(metavar="FILE", help="YAML, or CSV for the webinars alone.")]
BackupFile = Annotated[Path, typer.Argument(metavar="FILE", help="A SQLite file.")]
OtherBotIsMeant = Annotated[
    bool, typer.Option("--i-know", help="The token is another bot's than the database's, and that is meant.")
]
FirstDay = Annotated[
    datetime | None,
    typer.Option("--from", metavar="DATE", formats=["%Y-%m-%d"], help="Shift all dates: the first webinar is on DATE."),
]


@app.callback()
def prework() -> None:
    """Run the pre-conference process of an international conference on Telegram."""


@app.command()
def run(*, i_know: OtherBotIsMeant = False) -> None:
    """Run the bot on Telegram; settings come from the environment and .env."""
    settings = read_settings()
    carry_out(run_bot(settings, Clock(), other_bot=i_know))


@app.command()
def demo() -> None:
    """Try the bot in a local Telegram in the browser, with invented people; needs no account and no token."""
    logs.set_up("console", "WARNING")
    carry_out(run_demo(), children=True)


@app.command()
def check() -> None:
    """Look at settings, database and token; one line per finding."""
    settings = read_settings()
    print("ok   settings")
    raise SystemExit(carry_out(check_everything(settings)))


@app.command()
def migrate() -> None:
    """Bring the database to the schema of this program."""
    carry_out(migrate_database(read_settings()))


@app.command("import")
def import_(file: ProgrammeFile, first_day: FirstDay = None) -> None:
    """Take over groups and webinars from a file; what differs is changed, followers of moved webinars are told."""
    settings = read_settings()
    carry_out(import_programme(settings, Clock(), file, first_day.date() if first_day else None))


@app.command()
def export(file: ProgrammeFile) -> None:
    """Write groups and webinars to a file that `import` reads."""
    carry_out(export_programme(read_settings(), file))


@app.command()
def backup(file: BackupFile) -> None:
    """Copy the database, also while the bot runs."""
    carry_out(back_up(read_settings(), file))


@app.command()
def restore(file: BackupFile) -> None:
    """Put a backup in the place of the database; the former one is kept beside it."""
    carry_out(restore_database(read_settings(), Clock(), file))


def read_settings() -> Settings:
    """The settings, with logging set up; ends with a line per finding and code 2."""
    try:
        settings = load()
    except SettingsError as error:
        fail(str(error), BAD_INPUT)
    logs.set_up(settings.log_format, settings.log_level)
    return settings


def main() -> None:
    """Entry point of `prework`."""
    use_own_zones()
    logs.set_up("console", "INFO")
    with reporting():
        app()


def use_own_zones() -> None:
    """Zones come from the package tzdata: those of the system may be older than the rules that people live by."""
    reset_tzpath(())
    ZoneInfo.clear_cache()
