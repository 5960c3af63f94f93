"""Answers what people type after the bot's name in other chats: at once, from what is stored, and nothing is kept."""

import asyncio
from collections.abc import Mapping
from typing import Any

import structlog

from domain.deliveries import AlreadyDone, Sent
from domain.people import Person
from domain.permissions import Actor
from domain.process import Process
from gateway import payloads
from gateway.api import Api
from gateway.clocks import Clock
from handlers import sharing
from handlers.requests import InlineRequest
from messages.languages import choose
from messages.sharing import Offer, Offers
from services.work import Work
from storage import people
from storage.database import Database

log = structlog.get_logger()

SIDE_BY_SIDE = 4

MOST_WAITING = 300
"""People whose words wait at once: about as many as can be answered in time."""

WORTH_SECONDS = 10.0
"""After this Telegram takes no answer any more."""

CACHE_SECONDS = 10
"""How long Telegram may answer the same words of the same person itself: a card that changes meanwhile is edited."""


class Inline:
    """Of each person, the newest query only: each letter typed makes one, and only the last is waited for."""

    def __init__(self, database: Database, api: Api, process: Process, clock: Clock) -> None:
        self._database = database
        self._api = api
        self._process = process
        self._clock = clock
        self._waiting: dict[int, tuple[Mapping[str, Any], float]] = {}
        self._slots = asyncio.Semaphore(SIDE_BY_SIDE)
        self._tasks: set[asyncio.Task[None]] = set()

    def take(self, update: Mapping[str, Any]) -> None:
        """Answer an inline query soon; a flood beyond what can be answered in time is dropped."""
        query = update["inline_query"]
        asker = _asker(query)
        if asker is None or (asker not in self._waiting and len(self._waiting) >= MOST_WAITING):
            return
        is_new = asker not in self._waiting
        self._waiting[asker] = query, self._clock.monotonic()
        if is_new:
            task = asyncio.create_task(self._answer_newest(asker))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def idle(self) -> None:
        """Wait until nothing waits for an answer."""
        while self._tasks:
            await asyncio.gather(*self._tasks)

    async def close(self) -> None:
        """Leave the rest unanswered and close the connections."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._api.close()

    async def _answer_newest(self, asker: int) -> None:
        async with self._slots:
            query, since = self._waiting.pop(asker)
            if self._clock.monotonic() - since >= WORTH_SECONDS:
                return
            try:
                await self._answer(asker, query)
            except Exception:  # a bug, or the database: nothing is lost but this answer, and people type on
                log.exception("inline_query_failed")

    async def _answer(self, asker: int, query: Mapping[str, Any]) -> None:
        request = InlineRequest(str(query.get("query", "")), str(query.get("offset", "")))
        async with self._database.read() as tx:
            known = await people.get(tx, asker)
            language = choose(query["from"].get("language_code"), self._process.language)
            person = known or Person(asker, "", language)
            # Whatever else they are: in other people's chats everybody finds what is public.
            work = Work(tx, self._clock.now(), self._process, person, Actor(asker))
            offers = await sharing.search(request, work)
        result = await self._api.call("answerInlineQuery", {"inline_query_id": query["id"], **_parameters(offers)})
        if not isinstance(result, Sent | AlreadyDone):
            log.info("inline_query_not_answered", result=type(result).__name__)


def _asker(query: Any) -> int | None:
    """Who asks; None for a query that no person makes. Nothing in it may hold up the updates beside it."""
    match query:
        case {"id": str(), "from": {"id": int(asker), "is_bot": False}}:
            return asker
        case _:
            return None


def _parameters(offers: Offers) -> dict[str, Any]:
    """Times and words are the asker's own: their answer is for nobody else."""
    parameters: dict[str, Any] = {
        "results": [_article(offer) for offer in offers.entries],
        "is_personal": True,
        "cache_time": CACHE_SECONDS,
        "next_offset": offers.next_offset,
    }
    if offers.way_out:
        parameters["button"] = {"text": offers.way_out, "start_parameter": offers.payload}
    return parameters


def _article(offer: Offer) -> dict[str, Any]:
    return {
        "type": "article",
        "id": offer.id,
        "title": offer.title,
        "description": offer.note,
        "input_message_content": payloads.content(offer.card),
        "reply_markup": payloads.keyboard(offer.card),
    }
