"""Logs: machine names first, no names, no texts, and the token never."""

import logging
import re
import sys
from typing import Any

import structlog

SECRET = re.compile(r"\b\d{5,}:[A-Za-z0-9_-]{10,}")
"""The shape of a bot token, wherever it stands: in an address, in a traceback."""


def redact(text: str) -> str:
    """The same text without tokens."""
    return SECRET.sub("[token]", text)


def set_up(log_format: str, level: str) -> None:
    """Send everything, our own and the libraries' logs, through one redacting writer to stderr."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    last: Any = structlog.dev.ConsoleRenderer(
        colors=sys.stderr.isatty(),
        # Not the pretty one: it shows local variables, and breaks a token over two lines, where nothing redacts it.
        exception_formatter=structlog.dev.plain_traceback,
    )
    if log_format == "json":
        shared.append(structlog.processors.format_exc_info)
        last = structlog.processors.JSONRenderer()
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        # What is below the level costs nothing: it is not even put together.
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler()
    handler.setFormatter(
        _Redacting(
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, last], foreign_pre_chain=shared
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    # They log addresses with the token in them, or say every second that a second has passed.
    for noisy in ("httpx", "apscheduler", "aiosqlite", "telegram", "alembic"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


class _Redacting(structlog.stdlib.ProcessorFormatter):
    def format(self, record: logging.LogRecord) -> str:
        return redact(super().format(record))
