"""The command line: what people type, the exit codes, one line instead of a trace."""

import asyncio
import sys
from collections.abc import Coroutine
from typing import Any, NoReturn

import typer

from bot import logs
from bot.demo import run_demo
from bot.run import run as run_bot
from bot.settings import Settings, SettingsError, load
from bot.wiring import OtherBot
from gateway.clocks import Clock
from gateway.identity import TokenRefused
from storage.errors import AlreadyRunning, DatabaseDamaged, DatabaseUnreachable, SchemaTooNew, StorageError

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)

BAD_INPUT, DAMAGED, UNREACHABLE = 2, 3, 4


@app.callback()
def prework() -> None:
    """Run the pre-conference process of an international conference on Telegram."""


@app.command()
def run() -> None:
    """Run the bot on Telegram; settings come from the environment and .env."""
    settings = read_settings()
    carry_out(run_bot(settings, Clock()))


@app.command()
def demo() -> None:
    """Try the bot in a local Telegram in the browser, with invented people; needs no account and no token."""
    logs.set_up("console", "WARNING")
    carry_out(run_demo())


def read_settings() -> Settings:
    """The settings, with logging set up; ends with a line per finding and code 2."""
    try:
        settings = load()
    except SettingsError as error:
        fail(str(error), BAD_INPUT)
    logs.set_up(settings.log_format, settings.log_level)
    return settings


def carry_out(work: Coroutine[Any, Any, None]) -> None:
    """Run to the end; what keeps it from working becomes one line and an exit code."""
    try:
        asyncio.run(work)
    except TokenRefused:
        fail("Telegram does not know this BOT_TOKEN. Ask BotFather for the right one.", BAD_INPUT)
    except (OtherBot, AlreadyRunning) as error:
        fail(str(error), BAD_INPUT)
    except (DatabaseDamaged, SchemaTooNew) as error:
        fail(str(error), DAMAGED)
    except DatabaseUnreachable as error:
        fail(str(error), UNREACHABLE)
    except StorageError as error:
        fail(str(error), BAD_INPUT)


def fail(sentence: str, code: int) -> NoReturn:
    """Say why, and end."""
    print(logs.redact(sentence), file=sys.stderr)
    raise SystemExit(code)


def main() -> None:
    """Entry point of `prework`."""
    app()
