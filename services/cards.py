"""Cards: messages that always show the newest state of something, edited in place."""

import hashlib
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from domain.deliveries import owe
from domain.people import Person
from messages.markup import Message
from services.rendering import OUTDATED, Drop, Rendered, Rendering
from storage import outbox
from storage.database import Tx

CardRenderer = Callable[[Rendering, int, Person], Awaitable[Message | None]]
"""(batch, id of what the card shows, reader) -> the card now; None when there is nothing to show any more."""


async def show(tx: Tx, subject: str, person_id: int, now: datetime, *, kind: str = "card") -> None:
    """Owe a person the newest state of a subject such as "application:5"; waiting changes are one delivery."""
    delivery = owe(
        kind, f"{subject}:{person_id}", now, chat_id=person_id, person_id=person_id, refs={"subject": subject}
    )
    await outbox.add_card(tx, subject, delivery, now)


async def refresh(tx: Tx, subject: str, now: datetime, *, kind: str = "card") -> None:
    """Everywhere the subject is shown, show it anew."""
    for chat_id in await outbox.chats_of_card(tx, subject):
        await show(tx, subject, chat_id, now, kind=kind)


def renderer(cards: Mapping[str, CardRenderer]) -> Callable[[Rendering], Awaitable[Rendered]]:
    """The renderer of all cards; `cards` by the word before the colon of their subject."""

    async def render_cards(batch: Rendering) -> Rendered:
        rendered: dict[int, Message | Drop] = {}
        for delivery in batch.deliveries:
            word, _, number = str(delivery.refs["subject"]).partition(":")
            message = await cards[word](batch, int(number), batch.readers[delivery.person_id or 0])
            rendered[delivery.id] = message or OUTDATED
        return rendered

    return render_cards


def hash_of(message: Message) -> str:
    """A short name for what a message says and offers."""
    return hashlib.sha256(repr(message).encode()).hexdigest()[:32]
