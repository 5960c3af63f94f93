"""Albums: Telegram sends each of their files as a message of its own; a question takes one file."""

from collections.abc import Awaitable, Callable

from telegram import Message as TelegramMessage

from domain.dialogs import Dialog
from domain.errors import NotReadable
from handlers.requests import Reply
from handlers.routes import DialogInput
from messages import errors as error_texts
from messages.markup import below
from services.work import Work
from storage import dialogs

Take = Callable[[DialogInput, Dialog, TelegramMessage, Work], Awaitable[Reply]]


async def take(route: DialogInput, dialog: Dialog, message: TelegramMessage, work: Work, take_file: Take) -> Reply:
    """The first file counts, or is refused; of the others it is said once that they do not."""
    album = message.media_group_id
    if dialog.data.get("album") != album:
        try:
            reply, was_told = await take_file(route, dialog, message, work), False
        except NotReadable as refusal:
            # Not raised: what is rolled back could not remember that it was said already.
            reply, was_told = await _again(route, dialog, work, error_texts.said(refusal, work.language)), True
    elif dialog.data.get("album_told"):
        return Reply()
    else:
        reply, was_told = await _again(route, dialog, work, error_texts.only_first(work.language)), True
    now = await dialogs.get(work.tx, work.person.id)
    if now is not None:
        await dialogs.keep(work.tx, now, album=album, album_told=was_told)
    return reply


async def _again(route: DialogInput, dialog: Dialog, work: Work, text: str) -> Reply:
    return Reply(step=below(text, await route.again(dialog, work)))
