"""Who asks, and where: the person is met, their roles are read, the place is looked up."""

from typing import Any

from telegram import MaybeInaccessibleMessage
from telegram import Message as TelegramMessage
from telegram import User as TelegramUser
from telegram.constants import ChatType

from domain.errors import NotAllowed
from domain.people import ANONYMOUS_ADMIN, Person, clean_name
from domain.permissions import Actor, Permission, can_anywhere
from domain.places import PRIVATE, Place
from gateway.happenings import seen_chat
from gateway.job import Job
from messages.languages import choose
from services.work import Background, Work
from storage import chats, people


def background(job: Job) -> Background:
    """The work of a job that no person asked for."""
    return Background(job.tx, job.now, job.process)


async def open_work(job: Job, user: TelegramUser | None, permission: Permission, place: Place = PRIVATE) -> Work:
    """Know the person, read their roles, check that the route is for them at all."""
    if user is None:
        raise NotAllowed
    person = await _meet(job, user, in_private=place.is_private)
    actor = await people.get_actor(job.tx, person.id, job.process.owner_ids)
    if not can_anywhere(actor, permission):
        raise NotAllowed
    return Work(job.tx, job.now, job.process, person, actor, place)


def anonymous_work(job: Job, place: Place) -> Work:
    """An administrator of a group who does not say which: without any role, and never stored."""
    nobody = Person(ANONYMOUS_ADMIN, "", place.language or job.process.language)
    return Work(job.tx, job.now, job.process, nobody, Actor(ANONYMOUS_ADMIN), place)


async def place_of(job: Job, message: MaybeInaccessibleMessage | None) -> Place:
    """Where a message stands; the working groups are those linked right there."""
    if message is None or message.chat.type == ChatType.PRIVATE:
        return PRIVATE
    thread = message.message_thread_id if isinstance(message, TelegramMessage) and message.is_topic_message else None
    links = await chats.links_at(job.tx, message.chat.id, thread)
    seen, language = seen_chat(message.chat), links[0].language if links else None
    return Place(seen.id, thread, tuple(link.group_id for link in links), seen.title, seen.is_forum, language)


async def _meet(job: Job, user: TelegramUser, *, in_private: bool) -> Person:
    """Who writes to us in private can be written to; what changed about them is noted."""
    started_at = job.now if in_private else None
    name = clean_name(user.full_name)
    known = await people.get(job.tx, user.id)
    if known is None:
        language = choose(user.language_code, job.process.language)
        known = Person(user.id, name, language, started_at=started_at)
        await people.add(job.tx, known, job.now)
        return known
    news: dict[str, Any] = {}
    if known.name != name:
        news["name"] = name
    if known.started_at is None and in_private:
        news["started_at"] = job.now
    if known.blocked_at is not None and in_private:
        news["blocked_at"] = None
    if not news:
        return known
    await people.change(job.tx, user.id, **news)
    return Person(**{**vars(known), **news})
