"""Handles for whoever runs the sandbox as a process: its clock, its counters, a crowd that speaks."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import aiohttp
import orjson
from aiohttp import web

from sandbox.people import PersonError
from sandbox.state import Json

if TYPE_CHECKING:
    from sandbox.telegram import LocalTelegram


class Control:
    """The wall clock over HTTP, for the bot of the demo, which reads it, and for whoever moves it; and counters."""

    def __init__(self, telegram: "LocalTelegram") -> None:
        self._telegram = telegram

    def add_to(self, app: web.Application) -> None:
        """Add the addresses below /sandbox."""
        app.router.add_get("/sandbox/clock", self.read)
        app.router.add_post("/sandbox/clock", self.move)
        app.router.add_get("/sandbox/clock/wait", self.wait)
        app.router.add_get("/sandbox/counters", self.counters)
        app.router.add_post("/sandbox/say", self.say)

    def _state(self) -> web.Response:
        clock = self._telegram.clock
        return web.json_response({"now": clock.now().isoformat(), "offset": clock.offset})

    async def read(self, _http: web.Request) -> web.Response:
        """Tell the time."""
        return self._state()

    async def wait(self, http: web.Request) -> web.Response:
        """Tell the time as soon as the offset is another than `offset`, at the latest after `timeout` seconds."""
        known, patience = float(http.query.get("offset", "0")), float(http.query.get("timeout", "25"))
        await self._telegram.clock.wait_for_jump(known, min(patience, 50.0))
        return self._state()

    async def move(self, http: web.Request) -> web.Response:
        """Move by {"seconds": n}, to {"to": ISO}, or to what the bot waits for with {"next": true}."""
        try:
            wanted = orjson.loads(await http.read())
            moment = await self.target(wanted)
        except (ValueError, KeyError, TypeError, aiohttp.ClientError) as error:
            return web.json_response({"error": str(error)}, status=400)
        if moment is not None:
            self._telegram.clock.set(moment)
        return self._state()

    async def target(self, wanted: Json) -> datetime | None:
        """Return the moment that is meant; None when nothing is due. Never before now for "next"."""
        now = self._telegram.clock.now()
        if wanted.get("next"):
            due = await self.next_due()
            return None if due is None else max(due, now)
        if "to" in wanted:
            moment = datetime.fromisoformat(wanted["to"])
            if moment.tzinfo is None:
                raise ValueError("the moment needs a time zone")
            return moment
        return now + timedelta(seconds=float(wanted["seconds"]))

    async def next_due(self) -> datetime | None:
        """Ask the bot when its next reminder is due."""
        if self._telegram.health_url is None:
            raise ValueError("nobody told the sandbox where the bot's health page is")
        address = f"{self._telegram.health_url.rstrip('/')}/healthz"
        async with aiohttp.ClientSession() as session, session.get(address) as answer:
            due = (await answer.json(content_type=None)).get("next_due_at")
        return None if due is None else datetime.fromisoformat(due)

    async def counters(self, _http: web.Request) -> web.Response:
        """Tell what each bot sent, what Telegram's limits refused, and how many updates wait for the bot."""
        return web.json_response(
            {
                bot.username: bot.traffic.summary() | {"pushed": bot.queue.pushed, "pending": len(bot.queue)}
                for bot in self._telegram.bots.values()
            }
        )

    async def say(self, http: web.Request) -> web.Response:
        """Let many speak to the first bot: {"text": "/help", "people": 100} are the first 100 who pressed Start."""
        try:
            wanted = orjson.loads(await http.read())
            text, most = str(wanted["text"]), int(wanted["people"])
            started = [chat.user for chat in self._telegram.first_bot.private_chats.values() if chat.started]
            speakers = [user for user in started if user is not None][:most]
            for user in speakers:
                self._telegram.as_person(user).send(text)
        except (ValueError, KeyError, TypeError, PersonError) as error:
            return web.json_response({"error": str(error)}, status=400)
        return web.json_response({"said": len(speakers)})
