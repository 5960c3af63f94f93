"""Cards: messages that always show the newest state of something, edited in place."""

import hashlib
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from domain.deliveries import Delivery, DeliveryState, owe
from domain.people import Person
from messages.errors import gone
from messages.markup import Message
from services.rendering import OUTDATED, Drop, Rendered, Rendering
from storage import cards, chats, outbox
from storage.cards import Place
from storage.chats import ChatLink
from storage.database import Tx

CardRenderer = Callable[[Rendering, int, Person], Awaitable[Message | None]]
"""(batch, id of what the card shows, reader) -> the card now; None when there is nothing to show any more."""


async def show(tx: Tx, subject: str, person_id: int, now: datetime, *, kind: str = "card") -> None:
    """Owe a person the newest state of a subject such as "application:5"; waiting changes are one delivery."""
    delivery = owe(
        kind, f"{subject}:{person_id}", now, chat_id=person_id, person_id=person_id, refs={"subject": subject}
    )
    await outbox.add_card(tx, subject, delivery, now)


async def show_anew(tx: Tx, subject: str, person_id: int, now: datetime) -> None:
    """The same as a message of its own, so that it is noticed; an older one stays as it is."""
    card = await cards.get(tx, subject, person_id)
    if card is not None:
        await cards.set_message(tx, card.id, None, None)
    await show(tx, subject, person_id, now)


async def show_in_chat(
    tx: Tx, subject: str, link: ChatLink, now: datetime, *, follow: str | None = None, kind: str = "group_card"
) -> None:
    """Owe a group's chat, or its topic, the newest state of a subject; `follow`: see `NewDelivery`."""
    place = Place(link.posting_thread, link.language)
    await _owe_in_chat(tx, subject, link.chat_id, place, now, kind, follow)


async def refresh(tx: Tx, subject: str, now: datetime, *, kind: str = "card", but: int | None = None) -> None:
    """Everywhere the subject is shown, show it anew, but not to the person `but`."""
    for card in await cards.of_subject(tx, subject):
        if card.chat_id < 0:
            place = Place(card.thread_id, card.language)
            await _owe_in_chat(tx, subject, card.chat_id, place, now, "group_card", None)
        elif card.chat_id != but:
            await show(tx, subject, card.chat_id, now, kind=kind)


async def _owe_in_chat(
    tx: Tx, subject: str, chat_id: int, place: Place, now: datetime, kind: str, follow: str | None
) -> None:
    if not await chats.is_attached(tx, chat_id):
        await cards.touch(tx, subject, chat_id, place)
        return  # when the bot comes back, everything is shown as it is then
    refs = {"subject": subject, "language": place.language}
    delivery = owe(kind, f"{subject}:{chat_id}", now, chat_id=chat_id, refs=refs, follow=follow)
    await outbox.add_card(tx, subject, delivery, now, place)


def renderer(cards: Mapping[str, CardRenderer]) -> Callable[[Rendering], Awaitable[Rendered]]:
    """The renderer of all cards; `cards` by the word before the colon of their subject."""

    async def render_cards(batch: Rendering) -> Rendered:
        rendered: dict[int, Message | Drop] = {}
        for delivery in batch.deliveries:
            word, _, number = str(delivery.refs["subject"]).partition(":")
            message = await cards[word](batch, int(number), _reader(batch, delivery))
            rendered[delivery.id] = message or await _gone(batch, delivery)
        return rendered

    return render_cards


async def _gone(batch: Rendering, delivery: Delivery) -> Message | Drop:
    """What a person was shown is no more, or not for them any more: neither does it go on standing there."""
    shown = await cards.get_many(batch.tx, [delivery.card_id]) if delivery.card_id and delivery.person_id else {}
    if not any(card.message_id for card in shown.values()):
        return OUTDATED
    return gone(_reader(batch, delivery).language)


def _reader(batch: Rendering, delivery: Delivery) -> Person:
    """Who reads the card; a group chat reads like somebody without a zone of their own."""
    if delivery.person_id is not None:
        return batch.readers[delivery.person_id]
    language = str(delivery.refs.get("language") or batch.process.language)
    return Person(delivery.chat_id or 0, "", language)


SHOWN_ALREADY = Drop(DeliveryState.SENT, "shows this already")


def hash_of(message: Message) -> str:
    """A short name for what a message says and offers."""
    return hashlib.sha256(repr(message).encode()).hexdigest()[:32]
