"""`python -m sandbox --world FILE.yaml`: the local Telegram as a process of its own, for the demo and benchmarks."""

import argparse
import asyncio
import signal
import sys
from pathlib import Path

import orjson

from sandbox.clock import WallClock
from sandbox.limits import Limits
from sandbox.telegram import LocalTelegram
from sandbox.world import WorldError, read_world


def main() -> int:
    """Serve until SIGTERM or SIGINT; prints one line of JSON, {"url": …}, when it listens. 2: the world is unusable."""
    options = _arguments()
    telegram = LocalTelegram(
        WallClock(),
        limits=None if options.lift_limits else Limits(),
        validate=not options.no_validation,
        keep_calls=options.keep_calls,
        keep_messages=options.keep_messages,
    )
    telegram.health_url = options.health_url
    try:
        read_world(options.world, telegram)
    except WorldError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    asyncio.run(_serve(telegram, options))
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    parser.add_argument("--world", type=Path, required=True, help="YAML file, described in sandbox/world.py")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0, help="0: a free one")
    parser.add_argument("--page", action=argparse.BooleanOptionalAction, default=True, help="the chat page at /")
    parser.add_argument("--lift-limits", action="store_true", help="no rate limits")
    parser.add_argument("--no-validation", action="store_true", help="do not check against the schema")
    parser.add_argument("--keep-calls", type=int, default=20_000, help="how many calls the inspector remembers")
    parser.add_argument("--keep-messages", type=int, default=5_000, help="how many messages a chat remembers")
    parser.add_argument("--end-with-stdin", action="store_true", help="end when standard input does: with the parent")
    parser.add_argument("--health-url", help="where the bot answers /healthz, for “to the next reminder”")
    return parser.parse_args()


async def _serve(telegram: LocalTelegram, options: argparse.Namespace) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    if options.end_with_stdin:
        loop.add_reader(sys.stdin.fileno(), stop.set)
    server = await telegram.serve(options.host, options.port, page=options.page)
    sys.stdout.buffer.write(orjson.dumps({"url": server.url}) + b"\n")
    sys.stdout.buffer.flush()
    await stop.wait()
    await server.close()


if __name__ == "__main__":
    raise SystemExit(main())
