"""`prework demo`: the bot in a local Telegram, on a world of invented people, for as long as one likes."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import aiohttp
from pydantic import SecretStr
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource

from bot.demo_world import DemoWorld, read_demo_world, settle_in
from bot.remote_clock import RemoteClock
from bot.run import run, stop_on_signals
from bot.settings import Settings
from bot.wiring import Bot
from domain.process import Process
from domain.programme import Programme, starting_on
from programme.reading import read
from services.work import Background
from storage import schema
from storage.database import Database
from web.app import listen

FILES = Path(__file__).parent.parent / "programme"
PATIENCE_SECONDS = 20.0

WELCOME = """\
Prework demo: open {url}/ in your browser.
The public page: {web_url}/
Be Anna: Start, Webinars, "1 · Remind me", "This webinar"; then move the clock to the next reminder.
Ctrl-C ends the demo and leaves nothing behind.\
"""


class DemoEnded(Exception):
    """The demo cannot go on; `str()` says why."""


class DemoSettings(Settings):
    """Settings of which nothing comes from the environment or from `.env`."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Only what is given in code."""
        del settings_cls, env_settings, dotenv_settings, file_secret_settings
        return (init_settings,)


async def run_demo() -> None:
    """Run until Ctrl-C or SIGTERM; raises DemoEnded when the local Telegram ends first."""
    stop = stop_on_signals()
    world = read_demo_world(FILES / "demo.yaml")
    with TemporaryDirectory(prefix="prework-demo-") as folder, listen("127.0.0.1", 0) as listening:
        web_url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        async with local_telegram(FILES / "demo.yaml", web_url) as (url, process):
            settings = make_settings(world, url, Path(folder) / "prework.db", web_url)
            await _fill(settings, world)
            clock = RemoteClock(url)

            async def beside(bot: Bot) -> None:
                print(WELCOME.format(url=url, web_url=web_url), flush=True)
                await _follow(bot, clock, process)

            try:
                await run(settings, clock, stop=stop, listening=listening, beside=beside)
            except* DemoEnded as ended:
                raise DemoEnded(str(ended.exceptions[0])) from None


def make_settings(world: DemoWorld, url: str, database: Path, web_url: str) -> Settings:
    """What the demo runs with."""
    return DemoSettings(
        token=SecretStr(world.token),
        owner_ids=world.owner_ids,
        database_url=f"sqlite+aiosqlite:///{database}",
        api_url=url,
        log_level="WARNING",
        publish_chat_id=world.channel,
        link_base=f"{url}/t.me",
        public_url=web_url,
    )


@asynccontextmanager
async def local_telegram(world: Path, health_url: str) -> AsyncIterator[tuple[str, asyncio.subprocess.Process]]:
    """The sandbox as a process of its own: its address, and the process. It ends with the block, or with us.

    It has a session of its own: Ctrl-C reaches only us, and we end it when the bot has said good-bye.
    Its standard input is a pipe that nobody writes to: if we are killed, it closes, and the sandbox ends.
    """
    arguments = ["-m", "sandbox", "--world", str(world), "--health-url", health_url, "--end-with-stdin"]
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        sys.executable, *arguments, stdin=pipe, stdout=pipe, start_new_session=True
    )
    try:
        yield await _address(process), process
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def _address(process: asyncio.subprocess.Process) -> str:
    assert process.stdout is not None  # noqa: S101 - it was asked for as a pipe
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            line = await process.stdout.readline()
        return str(json.loads(line)["url"])
    except (TimeoutError, ValueError) as error:
        raise DemoEnded("The local Telegram does not start.") from error


async def _fill(settings: Settings, world: DemoWorld) -> None:
    """A database with the programme, and everybody in their seats."""
    database = Database(settings.database_url)
    now = datetime.now(UTC)
    try:
        await schema.migrate(database)
        async with database.write() as tx:
            work = Background(tx, now, _process(settings, world))
            await settle_in(work, world, coming_soon(read(FILES / "imcb22.yaml"), now))
    finally:
        await database.close()


def _process(settings: Settings, world: DemoWorld) -> Process:
    """The process as the bot will know it once it has asked who it is."""
    return Process(
        zone=settings.timezone,
        language=settings.language,
        bot_username=world.username,
        link_base=settings.link_base,
        owner_ids=settings.owner_ids,
        bot_id=int(world.token.partition(":")[0]),
        web_url=settings.public_url,
        channel_id=settings.publish_chat_id,
    )


def coming_soon(programme: Programme, now: datetime) -> Programme:
    """The programme from today on; its first webinar begins at a half hour, in two hours or a little more."""
    first = min(programme.webinars, key=lambda webinar: webinar.wall)
    local = now.astimezone(ZoneInfo(first.zone)).replace(tzinfo=None)
    # The others come three days later: a reminder a day before one of them would come in between.
    shifted = starting_on(programme, local.date() + timedelta(days=3))
    # Counted in UTC: two hours stay two hours in the night when the clocks change.
    soon = now + timedelta(hours=2, minutes=30)
    soon = soon.replace(minute=soon.minute // 30 * 30, second=0, microsecond=0)
    wall = soon.astimezone(ZoneInfo(first.zone)).replace(tzinfo=None)
    webinars = tuple(replace(w, wall=wall) if w.slug == first.slug else w for w in shifted.webinars)
    return replace(shifted, webinars=webinars)


async def _follow(bot: Bot, clock: RemoteClock, process: asyncio.subprocess.Process) -> None:
    async def catch_up() -> None:
        await bot.ticks.run_all()
        bot.sender.wake()

    try:
        async with asyncio.TaskGroup() as both:
            both.create_task(clock.follow(catch_up))
            both.create_task(_watch(process))
    except* (DemoEnded, aiohttp.ClientError):
        raise DemoEnded("The local Telegram has ended, and the demo with it.") from None


async def _watch(process: asyncio.subprocess.Process) -> None:
    await process.wait()
    raise DemoEnded
