"""What holds for every test: a zone far from everybody's, and no way to the real Telegram."""

import asyncio
import os
import time
from urllib.parse import urlsplit

import pytest
import structlog

FAR_ZONE = "Asia/Kolkata"
"""Half an hour off and on no one's calendar: whoever reads the local zone by mistake is found."""

LOOPBACK = {"localhost", "127.0.0.1", "::1"}


def pytest_configure() -> None:
    """Set the zone before anything is imported, and refuse to run against a real Bot API server."""
    api_url = os.environ.get("BOT_API_URL")
    if api_url is not None and urlsplit(api_url).hostname not in LOOPBACK:
        pytest.exit(f"BOT_API_URL={api_url} is not on this machine: tests never speak to a real Telegram", returncode=4)
    # Without it python-telegram-bot warns at every "too many requests", and warnings are errors here.
    os.environ["PTB_TIMEDELTA"] = "1"
    os.environ["TZ"] = FAR_ZONE
    time.tzset()
    # As Prework writes them; the default draws every local variable of a trace, a second's work for each.
    structlog.configure(
        processors=[structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)]
    )


def pytest_unconfigure() -> None:
    """Tidy up on a database server that belongs to somebody else."""
    from tests.databases import leave_nothing_behind  # noqa: PLC0415 - after the zone is set

    asyncio.run(leave_nothing_behind())
