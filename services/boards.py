"""The board of a group: one pinned message in its chat that always says what is next."""

from collections.abc import Collection
from datetime import datetime

from domain.buttons.chats import BoardPosted
from domain.buttons.coding import encode
from domain.events import EventKind
from domain.people import Person
from messages import boards as texts
from messages.markup import Message
from services import cards
from services.rendering import OUTDATED, Drop, Rendered, Rendering
from services.work import Background
from storage import chats, chores, events, groups
from storage.chats import ChatLink
from storage.database import Tx

MOST_WEBINARS = 3


def subject_of(group_id: int) -> str:
    """The name of a group's board among the subjects of cards."""
    return f"board:{group_id}"


def follow_of(subject: str) -> str | None:
    """What takes up that a card was posted anew: a board is pinned again, other cards only stand there."""
    word, _, number = subject.partition(":")
    return encode(BoardPosted(int(number))) if word == "board" else None


async def show(work: Background, link: ChatLink) -> None:
    """Post the board, or edit it where it is posted; a new one is pinned then."""
    subject = subject_of(link.group_id)
    await cards.show_in_chat(work.tx, subject, link, work.now, follow=follow_of(subject))


async def refresh(tx: Tx, group_id: int, now: datetime) -> None:
    """Something that a board says has changed."""
    await cards.refresh(tx, subject_of(group_id), now)


async def has_passed(tx: Tx, since: datetime, until: datetime) -> bool:
    """Whether anything began in this time that a board may have said is next."""
    return bool(await events.groups_of_started(tx, since, until))


async def refresh_passed(tx: Tx, since: datetime, until: datetime) -> int:
    """What began in this time is not next any more: refresh the boards that said so; returns how many."""
    group_ids = await events.groups_of_started(tx, since, until)
    return await _refresh(tx, group_ids, until) if group_ids else 0


async def _refresh(tx: Tx, group_ids: Collection[int], now: datetime) -> int:
    links = await chats.links_attached(tx, group_ids)
    for link in links:
        await refresh(tx, link.group_id, now)
    return len(links)


async def render_board(batch: Rendering, group_id: int, reader: Person) -> Message | None:
    """The board as of now; None when there is no such group any more."""
    group = await groups.get(batch.tx, group_id)
    if group is None:
        return None
    session = (await events.next_of_groups(batch.tx, EventKind.SESSION, [group_id], batch.now)).get(group_id)
    webinars = await events.upcoming_of(batch.tx, EventKind.WEBINAR, group_id, batch.now, offset=0, limit=MOST_WEBINARS)
    shown = texts.Board(group, session, webinars, chores=await chores.count_open(batch.tx, group_id))
    return texts.board(shown, batch.process.start_link, batch.zone_of(reader), reader.language)


async def render_posts(batch: Rendering) -> Rendered:
    """Word what is posted into a chat on request."""
    rendered: dict[int, Message | Drop] = {}
    for delivery in batch.deliveries:
        group = await groups.get(batch.tx, int(str(delivery.refs["group"])))
        if group is None:
            rendered[delivery.id] = OUTDATED
            continue
        link = batch.process.start_link(f"g_{group.id}")
        rendered[delivery.id] = texts.reminders(group, link, str(delivery.refs["language"]))
    return rendered
