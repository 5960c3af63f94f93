"""How the command line ends: an exit code and one line that says what to do, never a trace."""

import asyncio
import secrets
import sys
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from typing import Any, NoReturn, TypeVar

import structlog
import uvloop
from telegram.error import NetworkError

from bot import logs
from bot.demo import DemoEnded
from bot.offline import CopyRefused
from bot.run import PortTaken
from bot.wiring import OtherBot
from domain.programme import ProgrammeError
from gateway.identity import TokenRefused
from storage.errors import DatabaseDamaged, DatabaseUnreachable, SchemaTooNew, StorageError

log = structlog.get_logger()

BUG, BAD_INPUT, DAMAGED, UNREACHABLE = 1, 2, 3, 4

Result = TypeVar("Result")


def carry_out(work: Coroutine[Any, Any, Result], *, children: bool = False) -> Result:
    """Run to the end; what keeps it from working ends the process with a line. `children`: it starts processes."""
    try:
        # uvloop: about a third less processor time for each call than asyncio's own loop. But it was seen
        # to hang at its end when a child process had ended by itself (uvloop 0.22): the demo does without it.
        with asyncio.Runner(loop_factory=None if children else uvloop.new_event_loop) as runner:
            return runner.run(work)
    except TokenRefused:
        fail("Telegram does not know this BOT_TOKEN. Ask BotFather for the right one.", BAD_INPUT)
    except NetworkError as error:
        fail(
            f"Telegram does not answer ({error.message}). The first start needs it: look at the network and "
            "BOT_API_URL.",
            UNREACHABLE,
        )
    except (DatabaseDamaged, SchemaTooNew) as error:
        fail(str(error), DAMAGED)
    except DatabaseUnreachable as error:
        fail(str(error), UNREACHABLE)
    except (StorageError, OtherBot, PortTaken, ProgrammeError, CopyRefused) as error:
        fail(str(error), BAD_INPUT)
    except DemoEnded as error:
        fail(str(error), BUG)


@contextmanager
def reporting() -> Iterator[None]:
    """What nobody foresaw: the trace goes to the log, a line with its reference to the person."""
    try:
        yield
    except Exception as error:
        reference = secrets.token_hex(4)
        log.critical("unexpected_error", reference=reference, exc_info=error)
        fail(f"Unexpected error, reference {reference}: the log has the details.", BUG)


def fail(sentence: str, code: int) -> NoReturn:
    """Say why, and end."""
    print(logs.redact(sentence), file=sys.stderr)
    raise SystemExit(code)
