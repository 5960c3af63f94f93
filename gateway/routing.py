"""ROUTES become handlers of python-telegram-bot; its updates become our requests."""

import re
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from typing import Any

from telegram import Message as TelegramMessage
from telegram import Update
from telegram.constants import ChatMemberStatus
from telegram.ext import BaseHandler, CallbackQueryHandler, ChatMemberHandler, CommandHandler, MessageHandler, filters

from domain.buttons import coding
from domain.dialogs import Dialog
from domain.errors import NotReadable, OutOfDate
from domain.people import clean_name
from domain.permissions import Permission
from domain.places import PRIVATE, Place
from gateway import albums, groups, replies
from gateway.entering import background, open_work, place_of
from gateway.happenings import HappeningHandler, happening_of
from gateway.job import CURRENT, Job
from gateway.replies import Origin
from handlers.deep_links import HOME
from handlers.requests import (
    ButtonRequest,
    CommandRequest,
    EditRequest,
    FileRequest,
    LateEditRequest,
    Reply,
    TextRequest,
)
from handlers.routes import ButtonPress, Command, DialogInput, Happening, Route, Where
from messages import errors as error_texts
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
    shared = frozenset(route.action for route in routes if isinstance(route, ButtonPress) and route.in_groups)
    inputs = {route.dialog: route for route in routes if isinstance(route, DialogInput)}
    fresh = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE
    in_group = filters.UpdateType.MESSAGE & filters.ChatType.GROUPS
    built: list[AnyHandler] = [
        CommandHandler("start", _job(groups.command(route, shared)), filters=in_group, has_args=True)
        for route in routes
        if isinstance(route, Command) and route.added_with
    ]
    for route in routes:
        if isinstance(route, Happening):
            built.append(HappeningHandler(route.kind, _job(_happening(route))))
        elif isinstance(route, Command):
            if route.where is not Where.GROUP:
                built.append(CommandHandler(route.name, _job(_command(route)), filters=fresh))
            built.append(CommandHandler(route.name, _job(groups.command(route, shared)), filters=in_group))
        elif isinstance(route, ButtonPress):
            pattern = rf"^{re.escape(coding.code_of(route.action))}(:|$)"
            built.append(CallbackQueryHandler(_job(_button(route)), pattern=pattern))
    built.append(CallbackQueryHandler(_job(_unknown_button)))
    built.append(MessageHandler(fresh & ~filters.COMMAND, _job(_input(inputs))))
    built.append(MessageHandler(filters.UpdateType.EDITED_MESSAGE & filters.ChatType.PRIVATE, _job(_edit(inputs))))
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


def _happening(route: Happening) -> Callable[[Update, Job], Awaitable[None]]:
    async def run(update: Update, job: Job) -> None:
        await route.handler(happening_of(update), background(job))

    return run


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
        place = await place_of(job, query.message)
        if not (place.is_private or (route.in_groups and place.group_ids)):
            await replies.owe_reply(job, Reply(to_private=HOME), origin_of(update, place))
            return
        work = await open_work(job, query.from_user, route.permission, place)
        reply = await route.handler(ButtonRequest(action), work)
        await replies.owe_reply(job, reply, origin_of(update, place))

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
            text = TextRequest(message.text, clean(message.text_html), dialog, message.message_id)
            await _answer(job, await route.text(text, work), message)
        elif message.media_group_id is None:
            await _answer(job, await _take_file(route, dialog, message, work), message)
        else:
            await _answer(job, await albums.take(route, dialog, message, work, _take_file), message)

    return run


async def _take_file(route: DialogInput, dialog: Dialog, message: TelegramMessage, work: Work) -> Reply:
    if route.file is None or dialog.step not in route.file_steps:
        raise NotReadable("text")
    file_id, name, size = _file(message)
    return await route.file(FileRequest(file_id, name, size, dialog, is_photo=message.document is None), work)


def _edit(inputs: dict[str, DialogInput]) -> Callable[[Update, Job], Awaitable[None]]:
    """What somebody said in a dialog, said otherwise: in one that is still open, or in one that led to something that
    can still be changed. Any other edited message says nothing.
    """
    late = [route.edited_late for route in inputs.values() if route.edited_late is not None]

    async def run(update: Update, job: Job) -> None:
        message = update.edited_message
        if message is None or message.text is None:
            return
        dialog = await dialogs.get(job.tx, message.chat_id)
        route = inputs.get(dialog.name) if dialog else None
        answers = dialog.data.get("answers") if dialog else None
        step = answers.get(str(message.message_id)) if isinstance(answers, dict) else None
        if dialog is not None and route is not None and route.edited is not None and step is not None:
            work = await open_work(job, message.from_user, route.permission)
            await _answer(job, await route.edited(EditRequest(message.text, str(step), dialog), work), message)
        elif await people.get(job.tx, message.chat_id) is not None:
            work = await open_work(job, message.from_user, Permission.USE_BOT)
            for handler in late:
                reply = await handler(LateEditRequest(message.text, message.message_id), work)
                if reply is not None:
                    await _answer(job, reply, message)
                    return

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


def origin_of(update: Update, place: Place = PRIVATE) -> Origin:
    """Where the answer goes; what is not said in a group goes to the person's private chat."""
    query = update.callback_query
    if query is None:
        user = update.effective_user
        assert user is not None  # noqa: S101 - the guard lets nothing through without
        return Origin(place.chat_id or user.id, thread_id=place.thread_id)
    pressed = query.message.message_id if query.message else None
    return Origin(place.chat_id or query.from_user.id, pressed, query.id, place.thread_id)


async def _answer(job: Job, reply: Reply, message: TelegramMessage) -> None:
    await replies.owe_reply(job, reply, Origin(message.chat_id))


def _message(update: Update) -> TelegramMessage:
    assert update.message is not None  # noqa: S101 - the handlers match messages only
    return update.message
