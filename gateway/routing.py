"""ROUTES become handlers of python-telegram-bot; its updates become our requests."""

import re
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from typing import Any

from telegram import Message as TelegramMessage
from telegram import Update
from telegram import User as TelegramUser
from telegram.constants import ChatMemberStatus
from telegram.ext import BaseHandler, CallbackQueryHandler, ChatMemberHandler, CommandHandler, MessageHandler, filters

from domain.buttons import coding
from domain.errors import NotAllowed, NotReadable, OutOfDate
from domain.people import Person, clean_name
from domain.permissions import Permission, can_anywhere
from gateway import replies
from gateway.job import CURRENT, Job
from gateway.replies import Origin
from handlers.requests import ButtonRequest, CommandRequest, FileRequest, Reply, TextRequest
from handlers.routes import ButtonPress, Command, DialogInput, Route
from messages import errors as error_texts
from messages.languages import choose
from messages.markup import clean
from services.work import Work
from storage import dialogs, people

MOST_FILE = 20 * 1024 * 1024
"""Telegram hands a bot no larger file."""

Callback = Callable[[Update, Any], Coroutine[Any, Any, None]]
AnyHandler = BaseHandler[Update, Any, None]


def build_handlers(routes: Iterable[Route]) -> list[AnyHandler]:
    """The handlers in the order in which they are tried."""
    routes = list(routes)
    inputs = {route.dialog: route for route in routes if isinstance(route, DialogInput)}
    fresh = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE
    built: list[AnyHandler] = []
    for route in routes:
        if isinstance(route, Command):
            built.append(CommandHandler(route.name, _job(_command(route)), filters=fresh))
        elif isinstance(route, ButtonPress):
            pattern = rf"^{re.escape(coding.code_of(route.action))}(:|$)"
            built.append(CallbackQueryHandler(_job(_button(route)), pattern=pattern))
    built.append(CallbackQueryHandler(_job(_unknown_button)))
    built.append(MessageHandler(fresh & ~filters.COMMAND, _job(_input(inputs))))
    built.append(MessageHandler(fresh, _job(_unknown)))
    built.append(ChatMemberHandler(_job(_note_block), ChatMemberHandler.MY_CHAT_MEMBER))
    return built


def _job(run: Callable[[Update, Job], Awaitable[None]]) -> Callback:
    """Run in the transaction of the current job; `process_update` would swallow what is raised."""

    async def callback(update: Update, context: object) -> None:
        del context
        job = CURRENT.get()
        try:
            await run(update, job)
        except Exception as error:  # noqa: BLE001 - handed to the dispatcher, which tells bugs from refusals
            job.error = error

    return callback


def _command(route: Command) -> Callable[[Update, Job], Awaitable[None]]:
    async def run(update: Update, job: Job) -> None:
        message = _message(update)
        work = await open_work(job, message.from_user, route.permission)
        _, _, payload = (message.text or "").partition(" ")
        await _answer(job, await route.handler(CommandRequest(payload.strip()), work), message)

    return run


def _button(route: ButtonPress) -> Callable[[Update, Job], Awaitable[None]]:
    async def run(update: Update, job: Job) -> None:
        query = update.callback_query
        assert query is not None  # noqa: S101 - the handler matched a callback query
        try:
            action = coding.decode(query.data or "")
        except coding.Unreadable as error:
            raise OutOfDate from error
        work = await open_work(job, query.from_user, route.permission)
        reply = await route.handler(ButtonRequest(action), work)
        await replies.owe_reply(job, reply, origin_of(update))

    return run


def _input(inputs: dict[str, DialogInput]) -> Callable[[Update, Job], Awaitable[None]]:
    async def run(update: Update, job: Job) -> None:
        message = _message(update)
        dialog = await dialogs.get(job.tx, message.chat_id)
        route = inputs.get(dialog.name) if dialog else None
        if dialog is None or route is None:
            await _unknown(update, job)
            return
        work = await open_work(job, message.from_user, route.permission)
        if message.text is not None:
            text = TextRequest(message.text, clean(message.text_html), dialog)
            await _answer(job, await route.text(text, work), message)
            return
        if route.file is None or dialog.step not in route.file_steps:
            raise NotReadable("text")
        file_id, name, size = _file(message)
        file = FileRequest(file_id, name, size, dialog, is_photo=message.document is None)
        await _answer(job, await route.file(file, work), message)

    return run


def _file(message: TelegramMessage) -> tuple[str, str, int]:
    if message.document is not None:
        file_id, name, size = message.document.file_id, message.document.file_name, message.document.file_size
    elif message.photo:
        file_id, name, size = message.photo[-1].file_id, "photo.jpg", message.photo[-1].file_size
    else:
        raise NotReadable("file")
    if (size or 0) > MOST_FILE:
        raise NotReadable("big file")
    return file_id, clean_name(name or "file"), size or 0


async def _unknown_button(update: Update, job: Job) -> None:
    del update, job
    raise OutOfDate


async def _unknown(update: Update, job: Job) -> None:
    message = _message(update)
    work = await open_work(job, message.from_user, Permission.USE_BOT)
    await _answer(job, Reply(message=error_texts.not_understood(work.language)), message)


async def _note_block(update: Update, job: Job) -> None:
    """The person blocked the bot, or came back."""
    change = update.my_chat_member
    assert change is not None  # noqa: S101 - the handler matched it
    if await people.get(job.tx, change.from_user.id) is None:
        return
    blocked = change.new_chat_member.status == ChatMemberStatus.BANNED
    await people.change(job.tx, change.from_user.id, blocked_at=job.now if blocked else None)


async def open_work(job: Job, user: TelegramUser | None, permission: Permission) -> Work:
    """Know the person, read their roles, check that the route is for them at all."""
    if user is None:
        raise NotAllowed
    person = await _meet(job, user)
    actor = await people.get_actor(job.tx, person.id, job.process.owner_ids)
    if not can_anywhere(actor, permission):
        raise NotAllowed
    return Work(job.tx, job.now, job.process, person, actor)


async def _meet(job: Job, user: TelegramUser) -> Person:
    """Who writes to us in private can be written to; what changed about them is noted."""
    name = clean_name(user.full_name)
    known = await people.get(job.tx, user.id)
    if known is None:
        language = choose(user.language_code, job.process.language)
        known = Person(user.id, name, language, started_at=job.now)
        await people.add(job.tx, known, job.now)
        return known
    news: dict[str, Any] = {}
    if known.name != name:
        news["name"] = name
    if known.started_at is None:
        news["started_at"] = job.now
    if known.blocked_at is not None:
        news["blocked_at"] = None
    if not news:
        return known
    await people.change(job.tx, user.id, **news)
    return Person(**{**vars(known), **news})


def origin_of(update: Update) -> Origin:
    """Where the answer goes."""
    query = update.callback_query
    if query is None:
        return Origin(_message(update).chat_id)
    pressed = query.message.message_id if query.message else None
    return Origin(query.from_user.id, pressed, query.id)


async def _answer(job: Job, reply: Reply, message: TelegramMessage) -> None:
    await replies.owe_reply(job, reply, Origin(message.chat_id))


def _message(update: Update) -> TelegramMessage:
    assert update.message is not None  # noqa: S101 - the handlers match messages only
    return update.message
