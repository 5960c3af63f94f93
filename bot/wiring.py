"""The composition root: everything is made here, once, and handed to whoever needs it."""

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import structlog
from telegram.error import NetworkError
from telegram.ext import ApplicationBuilder

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
from services import (
    boards,
    broadcast_pauses,
    broadcasts,
    chats,
    digest,
    erasing,
    occasions,
    publications,
    rounds,
    settling,
    sharing,
)
from services.purposes import PURPOSES
from services.renderers import RENDERERS
from services.work import Background
from storage import erasures, facts, inbox, notices, outbox
from storage import occasions as stored_occasions
from storage.database import Database

log = structlog.get_logger()

IDENTITY = "bot_identity"

RAW_KEPT = timedelta(days=7)
"""How long the JSON of a handled update is kept."""


BOARDS_LOOK_BACK = timedelta(days=1)


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
    _boards_at: datetime | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self.ticks = Ticks(
            [
                Tick("occasions", 0.5, self._fire_occasions),
                Tick("broadcasts", 3, self._watch_broadcasts),
                Tick("digest", 30, self._owe_digests),
                Tick("rounds", 30, self._remind_of_rounds),
                Tick("settling", 1, self._settle),
                Tick("publications", 1, self._follow_publications),
                Tick("files", 2, self.files.turn),
                Tick("notices", 1, self.homepage.turn),
                Tick("ended groups", 60, self._close_applications),
                Tick("boards", 60, self._refresh_boards),
                Tick("strangers", 600, self._leave_strangers),
                Tick("expiry", 10, self._expire),
                Tick("unfinished", 1, self.lanes.take_unfinished),
                Tick("retention", 3600, self._forget),
                Tick("erasures", 1, self._erase),
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
                await stored_occasions.next_due_at(tx),
                await outbox.next_due_at(tx),
                await settling.next_due_at(tx),
                await notices.next_due_at(tx),
            ]
        return min((moment for moment in moments if moment), default=None)

    async def _fire_occasions(self) -> None:
        now = self.clock.now()
        async with self.database.read() as tx:
            due = await stored_occasions.next_due_at(tx)
        if due is None or due > now:
            return
        async with self.database.write() as tx:
            owed = await occasions.fire_due(Background(tx, now, self.process), PURPOSES)
        log.info("occasions_fired", owed=owed)
        self.sender.wake()

    async def _owe_digests(self) -> None:
        now = self.clock.now()
        async with self.database.read() as tx:
            if not await digest.is_due(Background(tx, now, self.process)):
                return
        async with self.database.write() as tx:
            owed = await digest.owe_due(Background(tx, now, self.process))
        log.info("digest_owed", owed=owed)
        self.sender.wake()

    async def _remind_of_rounds(self) -> None:
        now = self.clock.now()
        async with self.database.read() as tx:
            if not await rounds.is_due(Background(tx, now, self.process)):
                return
        async with self.database.write() as tx:
            owed = await rounds.remind(Background(tx, now, self.process))
        log.info("rounds_reminded", owed=owed)
        self.sender.wake()

    async def _refresh_boards(self) -> None:
        """What has begun is not next any more; what has ended says so. A new process looks back a day."""
        since, now = self._boards_at or self.clock.now() - BOARDS_LOOK_BACK, self.clock.now()
        async with self.database.read() as tx:
            has_passed = await boards.has_passed(tx, since, now) or await sharing.find_ended(tx, since, now)
        if has_passed:
            async with self.database.write() as tx:
                await boards.refresh_passed(tx, since, now)
                await sharing.refresh_ended(tx, since, now)
            self.sender.wake()
        self._boards_at = now

    async def _leave_strangers(self) -> None:
        now = self.clock.now()
        async with self.database.read() as tx:
            if not await chats.has_strangers(tx, now):
                return
        async with self.database.write() as tx:
            await chats.leave_strangers(Background(tx, now, self.process))
        self.sender.wake()

    async def _watch_broadcasts(self) -> None:
        now = self.clock.now()
        async with self.database.read() as tx:
            if not await broadcasts.any_open(tx):
                return
        async with self.database.write() as tx:
            await broadcast_pauses.pause_orphans(Background(tx, now, self.process))
            await broadcasts.watch(tx, now)
        self.sender.wake()

    async def _follow_publications(self) -> None:
        now = self.clock.now()
        async with self.database.read() as tx:
            if not await publications.is_behind(Background(tx, now, self.process)):
                return
        async with self.database.write() as tx:
            followed = await publications.follow_all(Background(tx, now, self.process))
        log.info("publications_followed", count=followed)
        self.sender.wake()

    async def _settle(self) -> None:
        now = self.clock.now()
        async with self.database.read() as tx:
            due = await settling.next_due_at(tx)
        if due is None or due > now:
            return
        async with self.database.write() as tx:
            await settling.settle(Background(tx, now, self.process))
        self.sender.wake()

    async def _close_applications(self) -> None:
        now = self.clock.now()
        async with self.database.read() as tx:
            if not await settling.has_closed(Background(tx, now, self.process)):
                return
        async with self.database.write() as tx:
            await settling.close(Background(tx, now, self.process))
        self.sender.wake()

    async def _expire(self) -> None:
        async with self.database.write() as tx:
            await outbox.expire(tx, self.clock.now())

    async def _erase(self) -> None:
        now = self.clock.now()
        async with self.database.read() as tx:
            if not await erasures.is_any_open(tx):
                return
            waiting = [erasure.id for erasure in await erasures.get_open(tx)]
        for erasure_id in waiting:
            await self._advance(erasure_id, now)
        async with self.database.read() as tx:
            waits_for_log = await erasures.waits_for_log(tx)
        if waits_for_log and await self.database.truncate_log():
            async with self.database.write() as tx:
                await erasing.confirm(Background(tx, now, self.process))
        self.sender.wake()

    async def _advance(self, erasure_id: int, now: datetime) -> None:
        """Each in a transaction of its own: one that fails comes again, and the others do not wait for it."""
        try:
            async with self.database.write() as tx:
                await erasing.advance(Background(tx, now, self.process), erasure_id)
        except Exception:
            log.exception("erasure_failed", erasure=erasure_id)

    async def _forget(self) -> None:
        async with self.database.write() as tx:
            await inbox.forget_raw(tx, self.clock.now() - RAW_KEPT)


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
