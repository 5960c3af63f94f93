"""The composition root: everything is made here, once, and handed to whoever needs it."""

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import structlog
from telegram.error import NetworkError
from telegram.ext import ApplicationBuilder

from bot.clockwork import Clockwork
from bot.settings import Settings
from bot.ticks import Tick, Ticks
from domain.process import Process
from gateway.api import Api
from gateway.clocks import Clock
from gateway.dispatch import AnyApplication, Dispatcher
from gateway.files import FileKeeper
from gateway.health import Health
from gateway.homepage import HomepageDoor
from gateway.identity import KnownBot, fetch_identity
from gateway.inline import SIDE_BY_SIDE as INLINE_CALLS
from gateway.inline import Inline
from gateway.journal import Journal
from gateway.lanes import Lanes
from gateway.menu import owe_menus
from gateway.poller import Poller
from gateway.routing import build_handlers
from gateway.sender import Sender
from gateway.transport import HttpTransport
from handlers.routes import Route
from handlers.table import ROUTES
from services import settling
from services.renderers import RENDERERS
from storage import facts, notices, outbox
from storage import occasions as stored_occasions
from storage.database import Database

log = structlog.get_logger()

IDENTITY = "bot_identity"


class OtherBot(Exception):
    """The database belongs to another bot; `str()` says what to do."""


@dataclass
class Bot:
    """The running parts."""

    settings: Settings
    database: Database
    clock: Clock
    process: Process
    health: Health
    application: AnyApplication
    api: Api
    journal: Journal
    inline: Inline
    lanes: Lanes
    poller: Poller
    sender: Sender
    files: FileKeeper
    homepage: HomepageDoor
    ticks: Ticks = field(init=False)

    def __post_init__(self) -> None:
        clockwork = Clockwork(self.database, self.clock, self.process, self.sender.wake)
        self.ticks = Ticks(
            [
                *clockwork.ticks(),
                Tick("files", 2, self.files.turn),
                Tick("notices", 1, self.homepage.turn),
                Tick("unfinished", 1, self.lanes.take_unfinished),
            ]
        )

    async def close(self) -> None:
        """Give everything back."""
        self.ticks.stop()
        await self.poller.close()
        await self.inline.close()
        await self.application.shutdown()
        await self.api.close()
        await self.files.close()
        await self.database.close()

    async def next_due_at(self) -> datetime | None:
        """When something happens next by itself: a reminder, or a delivery that waits for its moment."""
        async with self.database.read() as tx:
            moments = [
                await stored_occasions.next_reminder_at(tx),
                await outbox.next_due_at(tx),
                await settling.next_due_at(tx),
                await notices.next_due_at(tx),
            ]
        return min((moment for moment in moments if moment), default=None)


async def assemble(
    settings: Settings,
    database: Database,
    clock: Clock,
    routes: Sequence[Route] = ROUTES,
    *,
    other_bot: bool = False,
) -> Bot:
    """Make the bot on an open, migrated database.

    Raises TokenRefused, OtherBot, or NetworkError when Telegram does not answer and never did before.
    """
    identity = await _identity(settings, database, other_bot=other_bot)
    process = _process(settings, identity)
    health = Health(polls=not settings.uses_webhook)
    application = await _application(settings, identity, routes)
    token = settings.token.get_secret_value()
    api = Api(settings.api_url, token, connections=settings.calls_in_flight)
    owner = secrets.token_hex(8)
    sender = Sender(
        database,
        api,
        RENDERERS,
        process,
        clock,
        health,
        owner=owner,
        rate=settings.rate,
        calls=settings.calls_in_flight,
    )
    dispatcher = Dispatcher(database, application, process, clock, routes, sender.wake)
    lanes = Lanes(database, clock, dispatcher.handle)
    # Connections of their own: what many type at once never waits for what is owed, nor the other way round.
    inline = Inline(database, Api(settings.api_url, token, connections=INLINE_CALLS), process, clock)
    journal = Journal(database, clock, identity["id"], lanes.add, inline.take)
    url = f"{settings.api_url}/bot{token}/getUpdates"
    poller = Poller(url, journal, clock, health)
    files = FileKeeper(
        database, Api(settings.api_url, token, connections=1), settings.files_folder, process, clock, sender.wake
    )
    homepage = HomepageDoor(database, process, clock, sender.wake)
    async with database.write() as tx:
        await owe_menus(tx, routes, clock.now())
    return Bot(
        settings,
        database,
        clock,
        process,
        health,
        application,
        api,
        journal,
        inline,
        lanes,
        poller,
        sender,
        files,
        homepage,
    )


def _process(settings: Settings, identity: dict[str, Any]) -> Process:
    """What is the same for everybody."""
    return Process(
        zone=settings.timezone,
        language=settings.language,
        bot_username=identity["username"],
        link_base=settings.link_base,
        owner_ids=settings.owner_ids,
        bot_id=identity["id"],
        web_url=settings.public_url,
        channel_id=settings.publish_chat_id,
        offers_cards=bool(identity.get("supports_inline_queries")),
    )


async def _identity(settings: Settings, database: Database, *, other_bot: bool) -> dict[str, Any]:
    """Telegram's word on who we are, or what it said last time."""
    async with database.read() as tx:
        stored = await facts.get(tx, IDENTITY)
    try:
        identity = await fetch_identity(settings.api_url, settings.token.get_secret_value())
    except NetworkError as error:
        if stored is None:
            raise
        log.warning("started_without_telegram", reason=error.message)
        known: dict[str, Any] = json.loads(stored)
        return known
    if stored is not None and json.loads(stored)["id"] != identity["id"] and not other_bot:
        raise OtherBot(
            f"This database belongs to the bot @{json.loads(stored)['username']}, the token to "
            f"@{identity['username']}. Use its own database (BOT_DATABASE_URL), or: prework run --i-know"
        )
    async with database.write() as tx:
        await facts.put(tx, IDENTITY, json.dumps(identity))
    return identity


async def _application(settings: Settings, identity: dict[str, Any], routes: Sequence[Route]) -> AnyApplication:
    """python-telegram-bot without its Updater: our poller fetches, our sender sends."""
    bot = KnownBot(
        identity,
        token=settings.token.get_secret_value(),
        base_url=f"{settings.api_url}/bot",
        base_file_url=f"{settings.api_url}/file/bot",
        request=HttpTransport(connections=2),
        get_updates_request=HttpTransport(connections=1),
    )
    application: AnyApplication = ApplicationBuilder().bot(bot).updater(None).job_queue(None).build()
    application.add_handlers(build_handlers(routes))
    await application.initialize()
    return application
