"""Cards of webinars in other chats: found, shared, posted, and kept up to date there."""

from datetime import datetime

from domain.deliveries import AlreadyDone, Delivery, NewDelivery, Refused, Result, Sent, TargetGone, Unreachable, owe
from domain.errors import OutOfDate
from domain.events import Event, EventKind, EventState
from domain.groups import Group
from domain.happenings import CardShared
from domain.people import Person
from domain.permissions import Permission
from domain.sharing import MOST_OFFERED, Shown, find, read_offset, read_shown
from messages import sharing as texts
from messages.languages import LANGUAGES
from messages.markup import Message
from services import cards
from services.rendering import OUTDATED, Drop, Rendered, Rendering
from services.work import Background, Work
from storage import cards as stored_cards
from storage import chats, events, facts, groups, outbox, sharing
from storage.database import Tx

KIND = "share"
"""Deliveries that edit a shared card; their `refs` name the message in Telegram's inline ids."""

MOST_LATELY = 50
"""More webinars than end within a day."""

LIST = "webinars"
"""Start payload of the list."""


def subject_of(event_id: int) -> str:
    """The name of a webinar among the subjects of cards in the groups' chats."""
    return f"webinar:{event_id}"


# --- Looking for a card, sharing it -----------------------------------------------------------


async def search(work: Work, words: str, offset: str) -> texts.Offers:
    """The cards that somebody can share who typed these words. Reads only; a process has a few hundred webinars."""
    work.require(Permission.SEE_PUBLIC)
    having = {group.id: group for group in await groups.get_all(work.tx)}
    codes = {group.id: group.code for group in having.values()}
    found = find(await events.get_all(work.tx, EventKind.WEBINAR), codes, words, work.now)
    if not found:
        return texts.nothing_found(LIST, work.language)
    begin = read_offset(offset)
    end = begin + MOST_OFFERED
    entries = [_offer(work, event, having.get(event.group_id)) for event in found[begin:end]]
    return texts.Offers(entries, next_offset=str(end) if end < len(found) else "")


def _offer(work: Work, event: Event, group: Group | None) -> texts.Offer:
    card = texts.card(event, group, work.process.start_link, work.now, work.language)
    shown = Shown(event.id, event.sequence, work.language)
    return texts.offer(str(shown), event, group.code if group else "", card, work.zone, work.language)


async def note_shared(work: Background, shared: CardShared) -> None:
    """Remember where a card was put. What changed since it was offered is shown there at once."""
    shown = read_shown(shared.result_id)
    if shown is None or shown.language not in LANGUAGES:
        return
    event = await events.get(work.tx, shown.event_id)
    if event is None or event.kind is not EventKind.WEBINAR or event.state is EventState.DRAFT:
        return
    await sharing.add(work.tx, shared.inline_message_id, event.id, shown.language, work.now)
    if event.sequence != shown.sequence:
        await outbox.add(work.tx, [_edit(event, shared.inline_message_id, work.now)], work.now)
    else:
        card = await _card(work, event, shown.language)
        await sharing.remember(work.tx, shared.inline_message_id, cards.hash_of(card))


# --- Keeping it up to date --------------------------------------------------------------------


async def refresh(tx: Tx, event: Event, now: datetime, *, after: int = 0) -> None:
    """A webinar has changed: every card of it edits itself, wherever it stands. Changes that wait become one edit."""
    await cards.refresh(tx, subject_of(event.id), now)
    shared = await sharing.of_event(tx, event.id)
    if shared:
        await outbox.cancel_kind(tx, KIND, event.id, now)
        await outbox.add(tx, [_edit(event, inline_id, now, after=after) for inline_id in shared], now)


async def find_ended(tx: Tx, since: datetime, until: datetime) -> list[Event]:
    """The webinars that have ended in this time: what their cards say is not true any more."""
    newest = await events.begun(tx, EventKind.WEBINAR, until, limit=MOST_LATELY)
    return [event for event in newest if since < event.ends_at <= until]


async def refresh_ended(tx: Tx, since: datetime, until: datetime) -> None:
    """Let the cards of what has ended say so; once, however often a process looks back."""
    for event in await find_ended(tx, since, until):
        await refresh(tx, event, until, after=int(event.ends_at.timestamp()))


def _edit(event: Event, inline_message_id: str, now: datetime, *, after: int = 0) -> NewDelivery:
    """An edit to the newest state; `after`: the number of what it comes after, a change of the webinar left out."""
    refs = {"inline_message_id": inline_message_id, "sequence": event.sequence}
    key = f"share:{event.sequence}:{after}:{inline_message_id}"
    return owe(KIND, key, now, method="editMessageText", event_id=event.id, refs=refs)


async def render_shares(batch: Rendering) -> Rendered:
    """Word the shared cards as they are to be now."""
    found = await events.get_many(batch.tx, {d.event_id for d in batch.deliveries if d.event_id})
    known = await sharing.get_many(batch.tx, [str(d.refs["inline_message_id"]) for d in batch.deliveries])
    having = {group.id: group for group in await groups.get_all(batch.tx)}
    rendered: dict[int, Message | Drop] = {}
    for delivery in batch.deliveries:
        share = known.get(str(delivery.refs["inline_message_id"]))
        event = found.get(delivery.event_id or 0)
        if share is None or event is None:
            rendered[delivery.id] = OUTDATED
            continue
        group = having.get(event.group_id)
        card = texts.card(event, group, batch.process.start_link, batch.now, share.language)
        rendered[delivery.id] = card if cards.hash_of(card) != share.content_hash else cards.SHOWN_ALREADY
    return rendered


async def note_result(tx: Tx, delivery: Delivery, result: Result, content_hash: str | None, now: datetime) -> Result:
    """Take up what became of an edit: a card that is gone is forgotten, and that is all; returns how to go on."""
    inline_message_id = str(delivery.refs["inline_message_id"])
    match result:
        case Sent() | AlreadyDone():
            await sharing.remember(tx, inline_message_id, content_hash)
            await _see_to_newest(tx, delivery, inline_message_id, now)
            return result
        case Refused(reason=reason) | Unreachable(reason=reason) | TargetGone(reason=reason):
            await sharing.forget(tx, inline_message_id)
            return AlreadyDone(reason)
        case _:
            return result


async def _see_to_newest(tx: Tx, delivery: Delivery, inline_message_id: str, now: datetime) -> None:
    """An edit that began before the webinar changed may reach Telegram after the one that shows the change."""
    event = await events.get(tx, delivery.event_id or 0)
    if event is not None and event.sequence != delivery.refs["sequence"]:
        await outbox.add(tx, [_edit(event, inline_message_id, now, after=delivery.id)], now)


# --- In the chat of a group -------------------------------------------------------------------


async def post(work: Work, event: Event) -> bool:
    """Post the card of a webinar in the chat of its group; False if it stands there already."""
    link = await chats.link_of(work.tx, event.group_id)
    if link is None:
        raise OutOfDate
    before = await stored_cards.get(work.tx, subject_of(event.id), link.chat_id)
    await cards.show_in_chat(work.tx, subject_of(event.id), link, work.now)
    if before is None:
        await facts.note(work.tx, work.now, work.by, "card_posted", f"webinar:{event.id}")
    return before is None


async def render_card(batch: Rendering, event_id: int, reader: Person) -> Message | None:
    """The card of a webinar as everybody in a chat may see it."""
    event = await events.get(batch.tx, event_id)
    return await _card(batch, event, reader.language) if event else None


async def _card(work: Background | Rendering, event: Event, language: str) -> Message:
    group = await groups.get(work.tx, event.group_id)
    return texts.card(event, group, work.process.start_link, work.now, language)
