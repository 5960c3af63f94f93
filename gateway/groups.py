"""Commands in group chats: few, quiet, and nothing private in front of everybody."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from telegram import Message as TelegramMessage
from telegram import Update

from domain.buttons.coding import Action
from domain.deliveries import owe
from domain.places import Place
from gateway import replies
from gateway.entering import anonymous_work, open_work, place_of
from gateway.guard import is_anonymous
from gateway.job import Job
from gateway.replies import Origin
from handlers.deep_links import HOME, payload_of
from handlers.requests import CommandRequest, Reply
from handlers.routes import Command, Where
from messages import shared as texts
from storage import chats

MAY_DELETE = "can_delete_messages"


def command(route: Command, shared: frozenset[type[Action]]) -> Callable[[Update, Job], Awaitable[None]]:
    """Answer a command in the same topic, if the group is linked there; `shared`: what may be pressed by anybody."""

    async def run(update: Update, job: Job) -> None:
        message = update.message
        assert message is not None  # noqa: S101 - the handler matches messages only
        place = await place_of(job, message)
        if not (place.group_ids or route.unlinked):
            return
        reply = await _reply(route, message, job, place)
        if reply.message is not None:
            link = job.process.start_link
            reply = Reply(message=texts.for_all(reply.message, shared, lambda a: _address(a, link)))
        await replies.owe_reply(job, reply, Origin(message.chat_id, thread_id=place.thread_id))
        await _clean_up(job, message)

    return run


async def _reply(route: Command, message: TelegramMessage, job: Job, place: Place) -> Reply:
    link = job.process.start_link(HOME)
    if route.where is Where.PRIVATE or (is_anonymous(message) and not route.unlinked):
        language = anonymous_work(job, place).language
        return Reply(message=texts.in_private(link, language, is_anonymous=is_anonymous(message)))
    if is_anonymous(message):
        work = anonymous_work(job, place)
    else:
        work = await open_work(job, message.from_user, route.permission, place)
        # Everybody reads the answer: it is in the language of the group, not of whoever asked.
        work = replace(work, person=replace(work.person, language=place.language or work.language))
    _, _, payload = (message.text or "").partition(" ")
    return await route.handler(CommandRequest(payload.strip()), work)


def _address(action: Action, start_link: Callable[[str], str]) -> str | None:
    payload = payload_of(action)
    return start_link(payload) if payload is not None else None


async def _clean_up(job: Job, message: TelegramMessage) -> None:
    """The command itself is of no interest to the others."""
    if MAY_DELETE in await chats.rights_in(job.tx, message.chat_id):
        payload = {"chat_id": message.chat_id, "message_id": message.message_id}
        key = f"clean:{message.chat_id}:{message.message_id}"
        job.owed.append(
            owe("chat_call", key, job.now, method="deleteMessage", chat_id=message.chat_id, payload=payload)
        )
