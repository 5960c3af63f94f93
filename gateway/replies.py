"""A handler's reply becomes rows of the outbox."""

from dataclasses import dataclass
from typing import Any

from domain.deliveries import NewDelivery, owe
from gateway import payloads
from gateway.job import Job
from handlers.requests import Reply
from messages.markup import Message
from services.cards import hash_of
from storage import cards

DIALOG = "dialog"
"""Subject of the card that shows the current question of a person's dialog."""


@dataclass(frozen=True)
class Origin:
    """Where the request came from. `pressed`: the message whose button it was, with the query's id."""

    chat_id: int
    pressed: int | None = None
    query_id: str | None = None
    thread_id: int | None = None

    @property
    def person_id(self) -> int | None:
        """Who reads the answer, if one person does."""
        return self.chat_id if self.chat_id > 0 else None


async def owe_reply(job: Job, reply: Reply, origin: Origin) -> None:
    """Owe everything the reply says; a pressed button is always answered."""
    if origin.query_id is not None:
        job.owed.append(_toast(job, reply, origin.query_id))
    if reply.edit is not None:
        card_id = await _adopt(job, reply.subject, origin, reply.edit) if reply.subject else None
        _owe_in_place(job, reply.edit, origin, card_id)
    if reply.message is not None:
        card_id = await _adopt(job, reply.subject, origin, None) if reply.subject and reply.edit is None else None
        _owe(job, origin, *payloads.send(reply.message), card_id=card_id)
    if reply.step is not None:
        await _owe_step(job, reply.step, origin, in_place=reply.message is None)


def _toast(job: Job, reply: Reply, query_id: str) -> NewDelivery:
    payload: dict[str, Any] = {"callback_query_id": query_id}
    if reply.to_private:
        payload |= {"url": job.process.start_link(reply.to_private)}
    elif reply.toast:
        payload |= {"text": reply.toast, "show_alert": reply.alert}
    key = f"toast:{job.update.id}"
    return owe("toast", key, job.now, method="answerCallbackQuery", payload=payload)


async def _adopt(job: Job, subject: str, origin: Origin, edit: Message | None) -> int | None:
    """The message is the card of the subject from now on; returns the card's id where it is still to be sent.

    The one that was it before edits itself no longer: it loses its buttons.
    """
    before = await cards.get(job.tx, subject, origin.chat_id)
    if before is not None and before.message_id not in {None, origin.pressed}:
        _owe(job, origin, "editMessageReplyMarkup", _without_buttons(before.message_id))
    card_id, _ = await cards.touch(job.tx, subject, origin.chat_id)
    in_place = edit is not None and origin.pressed is not None and not edit.has_file
    shown, content = (origin.pressed, hash_of(edit)) if in_place and edit else (None, None)
    await cards.set_message(job.tx, card_id, shown, content)
    if in_place:
        await _leave_dialog(job, origin)
    return None if in_place else card_id


async def _leave_dialog(job: Job, origin: Origin) -> None:
    """What was the question of a dialog shows something else now: the next question takes no buttons from it."""
    dialog = await cards.get(job.tx, DIALOG, origin.chat_id)
    if dialog is not None and dialog.message_id == origin.pressed:
        await cards.set_message(job.tx, dialog.id, None, None)


def _owe_in_place(job: Job, message: Message, origin: Origin, card_id: int | None = None) -> None:
    if origin.pressed is None or message.has_file:
        _owe(job, origin, *payloads.send(message), card_id=card_id)
    else:
        _owe(job, origin, *payloads.edit(message, origin.pressed))


async def _owe_step(job: Job, message: Message, origin: Origin, *, in_place: bool) -> None:
    card = await cards.get(job.tx, DIALOG, origin.chat_id)
    shown = card.message_id if card else None
    if in_place and shown is not None and shown == origin.pressed:
        _owe(job, origin, *payloads.edit(message, shown))
        return
    if shown is not None:
        _owe(job, origin, "editMessageReplyMarkup", _without_buttons(shown))
    card_id, _ = await cards.touch(job.tx, DIALOG, origin.chat_id)
    await cards.set_message(job.tx, card_id, None, None)
    _owe(job, origin, *payloads.send(message), card_id=card_id)


def _without_buttons(message_id: int | None) -> dict[str, Any]:
    return {"message_id": message_id, "reply_markup": {"inline_keyboard": []}}


def _owe(job: Job, origin: Origin, method: str, parameters: dict[str, Any], card_id: int | None = None) -> None:
    key = f"reply:{job.update.id}:{len(job.owed)}"
    job.owed.append(
        owe(
            "reply",
            key,
            job.now,
            method=method,
            chat_id=origin.chat_id,
            person_id=origin.person_id,
            payload={"chat_id": origin.chat_id, **_topic(origin, method), **parameters},
            card_id=card_id,
        )
    )


def _topic(origin: Origin, method: str) -> dict[str, Any]:
    """A new message goes into the topic in which it was asked for; an edit stays where it is anyway."""
    return {"message_thread_id": origin.thread_id} if origin.thread_id and method.startswith("send") else {}
