"""News of webinars: owed to everybody concerned when one changes, worded when they are sent."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from domain.changes import Difference, Known, Renamed, differences, known_from, known_of, seen_of
from domain.deliveries import Delivery, owe
from domain.events import Event, EventState
from messages import webinar_news as texts
from messages.languages import LANGUAGES, pick
from messages.markup import Message
from services.rendering import OUTDATED, Drop, Rendered, Rendering
from storage import events, outbox, webinars
from storage.database import Tx
from storage.sessions import Recipients, count, which_of


async def tell(tx: Tx, old: Event, new: Event, now: datetime, actor_id: int | None) -> None:
    """Owe the news. Whoever has not been told of an earlier change yet hears of both at once, from what they know."""
    told = _told(old, new, now, actor_id)
    if told is None:
        return
    delivery = owe(
        "change",
        f"change:{new.id}:{new.sequence}:",
        now,
        event_id=new.id,
        revision=new.revision,
        refs={"known": seen_of(old)},
        expires_at=max(old.ends_at, new.ends_at),
    )
    await outbox.bring_forward(tx, delivery)
    await outbox.add_for_each(tx, told, delivery, now)


async def count_told(tx: Tx, old: Event, new: Event, now: datetime, actor_id: int | None) -> int:
    """How many people would be told of this change, if it were saved."""
    told = _told(old, new, now, actor_id)
    return await count(tx, told) if told is not None else 0


def _told(old: Event, new: Event, now: datetime, actor_id: int | None) -> Recipients | None:
    """Who is told; None if it is no news to anybody: not announced, over, or nothing that people have to know."""
    news = differences(known_of(old), known_of(new))
    if not news or old.state is not EventState.ANNOUNCED or old.ends_at <= now:
        return None
    if all(isinstance(one, Renamed) for one in news):
        readers = {language for language in LANGUAGES if pick(old.titles, language) != pick(new.titles, language)}
        return webinars.concerned(new, actor_id, readers) if readers else None
    return webinars.concerned(new, actor_id)


# --- Wording ----------------------------------------------------------------------------------


async def render_changes(batch: Rendering) -> Rendered:
    """Word what differs from what the reader knew; moved there and back is no news, nor what they follow no longer."""
    found = await events.get_many(batch.tx, {d.event_id for d in batch.deliveries if d.event_id})
    told = {e.id: await which_of(batch.tx, webinars.concerned(e), batch.readers) for e in found.values()}
    rendered: dict[int, Message | Drop] = {}
    for delivery in batch.deliveries:
        event, reader = found.get(delivery.event_id or 0), batch.readers[delivery.person_id or 0]
        current = event is not None and event.revision == delivery.revision and reader.id in told[event.id]
        news = _news(delivery, event, reader.language) if event is not None and current else ()
        if event is not None and news:
            rendered[delivery.id] = texts.changed(event, news, batch.zone_of(reader), reader.language)
        else:
            rendered[delivery.id] = OUTDATED
    return rendered


def _news(delivery: Delivery, event: Event, language: str) -> tuple[Difference, ...]:
    """What is new to somebody who reads this language; a title that is new in another one is none."""
    found = differences(_known(delivery, event), known_of(event))
    return tuple(one for one in found if not isinstance(one, Renamed) or _is_renamed(one, language))


def _is_renamed(one: Renamed, language: str) -> bool:
    return pick(one.before, language) != pick(one.now, language)


def _known(delivery: Delivery, event: Event) -> Known:
    known = delivery.refs.get("known")
    if isinstance(known, Mapping):
        return known_from(known)
    # Owed by a program that knew of new times and of cancelling only.
    before = datetime.fromisoformat(str(delivery.refs["old_starts_at"]))
    return replace(known_of(event), starts_at=before, state=EventState.ANNOUNCED)
