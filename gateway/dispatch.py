"""One update, one transaction: effect, answer and "done" are saved together or not at all."""

import secrets
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import timedelta
from typing import Any

import orjson
import structlog
from telegram import Update
from telegram.ext import Application

from domain.buttons import coding
from domain.deliveries import owe
from domain.errors import NotAllowed, OutOfDate, UserError
from domain.permissions import Permission
from domain.process import Process
from gateway import replies, routing
from gateway.clocks import Clock
from gateway.entering import background, open_work, place_of
from gateway.guard import Flood, Verdict, is_anonymous, is_for_us
from gateway.happenings import happening_of
from gateway.job import CURRENT, Job
from handlers.requests import Answer, Reply
from handlers.routes import DialogInput, FollowUp, Route
from messages import errors as error_texts
from messages.languages import choose
from messages.markup import Message, below, render
from messages.start import home
from services import alarms
from services.work import Background, Work
from storage import dialogs, inbox, outbox
from storage.database import Database
from storage.inbox import MOST_ALONE, MOST_ATTEMPTS, StoredUpdate

log = structlog.get_logger()

RETRY_AFTER = (timedelta(seconds=1), timedelta(seconds=10))
"""Waits before the second and the third attempt at an update whose handling failed."""


class EndsTheProcess(Exception):
    """Each attempt at this update ended the process before it was done."""


AnyApplication = Application[Any, Any, Any, Any, Any, Any]


class Dispatcher:
    """Handles journalled updates. `on_owed` is called after each commit that may have made deliveries."""

    def __init__(
        self,
        database: Database,
        application: AnyApplication,
        process: Process,
        clock: Clock,
        routes: Iterable[Route],
        on_owed: Callable[[], None],
    ) -> None:
        self._database = database
        self._application = application
        self._process = process
        self._clock = clock
        self._on_owed = on_owed
        self._flood = Flood()
        routes = list(routes)
        self._questions = {route.dialog: route.again for route in routes if isinstance(route, DialogInput)}
        self._follow_ups = {route.action: route.handler for route in routes if isinstance(route, FollowUp)}

    async def handle(self, stored: StoredUpdate) -> None:
        """Handle one update to the end: done, to be tried again, or a dead letter."""
        try:
            await self._work(stored, None)
        except UserError as refusal:
            await self._work(stored, refusal)
        except Exception as error:  # noqa: BLE001 - any bug ends here, with the update kept
            await self._keep(stored, error)
        self._on_owed()

    async def _work(self, stored: StoredUpdate, refusal: UserError | None) -> None:
        """One attempt; with `refusal`, only the refusal is answered (the attempt before is rolled back)."""
        if refusal is None and stored.attempts > MOST_ATTEMPTS + MOST_ALONE:
            raise EndsTheProcess
        now = self._clock.now()
        async with self._database.write() as tx:
            if not await inbox.finish(tx, stored.id, now):
                return
            job = Job(tx, now, stored, self._process)
            raw = orjson.loads(stored.raw)
            if "follow" in raw:
                await self._follow_up(raw, background(job))
                return
            update = Update.de_json(raw, self._application.bot)
            if refusal is not None:
                await self._refuse(update, job, refusal)
            elif self._passes(update, job):
                await self._route(update, job)
            await outbox.add(tx, job.owed, now)

    async def _follow_up(self, raw: dict[str, Any], work: Background) -> None:
        """Telegram's answer to a call of ours, for whoever owed it."""
        action = coding.decode(raw.pop("follow"))
        await self._follow_ups[type(action)](Answer(action, **raw), work)

    def _passes(self, update: Update, job: Job) -> bool:
        if happening_of(update) is not None:
            return True
        if not is_for_us(update, job.now) or update.effective_user is None:
            return False
        nameless = update.message is not None and is_anonymous(update.message)
        sender = update.message.chat_id if nameless and update.message else update.effective_user.id
        verdict = self._flood.judge(sender, self._clock.monotonic())
        if verdict is Verdict.NOTICE and not nameless:
            user = update.effective_user
            payload = {
                "chat_id": user.id,
                "text": error_texts.too_fast(choose(user.language_code, self._process.language)).text,
            }
            job.owed.append(owe("reply", f"flood:{job.update.id}", job.now, chat_id=user.id, payload=payload))
        return verdict is Verdict.ANSWER

    async def _route(self, update: Update, job: Job) -> None:
        token = CURRENT.set(job)
        try:
            await self._application.process_update(update)
        finally:
            CURRENT.reset(token)
        if job.error is not None:
            raise job.error

    async def _refuse(self, update: Update, job: Job, refusal: UserError) -> None:
        """Say what was wrong: to the person, in private, also when it was asked in a group."""
        if happening_of(update) is not None or (update.message is not None and is_anonymous(update.message)):
            return  # nobody asked, or nobody knows who
        query = update.callback_query
        place = await place_of(job, query.message if query else update.message)
        work = await open_work(job, update.effective_user, Permission.USE_BOT, place)
        if not place.is_private:
            text = error_texts.said(refusal, work.language)
            reply = Reply(toast=text, alert=True) if query else Reply(message=Message(render("{text}", text=text)))
            if query or work.person.can_be_written_to:
                await replies.owe_reply(job, reply, routing.origin_of(update))
            return
        text = error_texts.said(refusal, work.language)
        if update.callback_query is None:
            question = None if _is_command(update) else await self._question(work, refusal)
            reply = (
                Reply(step=below(text, question))
                if question
                else Reply(message=error_texts.fresh_home(text, work.language))
            )
        elif isinstance(refusal, OutOfDate):
            reply = await self._fresh(work, text, refusal)
        else:
            reply = Reply(toast=text, alert=True)
        await replies.owe_reply(job, reply, routing.origin_of(update))

    async def _fresh(self, work: Work, text: str, refusal: OutOfDate) -> Reply:
        """After a button that is old: the open question, or else the home card."""
        question = await self._question(work, refusal)
        if question is not None:
            return Reply(toast=text, step=question)
        return Reply(toast=text, message=home(work.actor, work.person.name, work.language))

    async def _question(self, work: Work, refusal: UserError) -> Message | None:
        """The question this person is at, put once more. A dialog that is not for them any more is left."""
        dialog = await dialogs.get(work.tx, work.person.id)
        again = self._questions.get(dialog.name) if dialog else None
        if dialog is None or again is None:
            return None
        if not isinstance(refusal, NotAllowed):
            with suppress(UserError):  # what it is about may be gone, or the right to it
                return await again(dialog, work)
        await dialogs.leave(work.tx, work.person.id)
        return None

    async def _keep(self, stored: StoredUpdate, error: Exception) -> None:
        """A bug, or the database: try again later, or bury the update and say so."""
        now, reference = self._clock.now(), secrets.token_hex(4)
        log.error(
            "update_failed", update=stored.update_id, attempt=stored.attempts, reference=reference, exc_info=error
        )
        async with self._database.write() as tx:
            if stored.attempts < MOST_ATTEMPTS:
                await inbox.fail(tx, stored.id, repr(error), now + RETRY_AFTER[stored.attempts - 1])
                return
            await inbox.bury(tx, stored.id, f"{reference}: {error!r}", now)
            await alarms.tell_owners(tx, self._process, f"dead:{stored.id}", "dead_letter", reference, now)
            await self._say_sorry(tx, stored, reference)

    async def _say_sorry(self, tx: Any, stored: StoredUpdate, reference: str) -> None:
        if stored.lane <= 0:
            return
        now = self._clock.now()
        delivery = owe(
            "sorry",
            f"sorry:{stored.id}",
            now,
            chat_id=stored.lane,
            person_id=stored.lane,
            refs={"reference": reference},
        )
        await outbox.add(tx, [delivery], now)


def _is_command(update: Update) -> bool:
    return update.message is not None and (update.message.text or "").startswith("/")
