"""Writing a message for many: the draft, its audience, its preview. The draft outlives the dialog."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.broadcasts import Audience, Broadcast
from domain.dialogs import Dialog
from domain.errors import NotFound, OutOfDate, TooLong
from domain.events import EventKind, EventState
from domain.paging import ListPage, page_at
from domain.permissions import Permission
from messages.broadcasts import Choice
from messages.markup import Html, utf16_length
from services import dialogs
from services.work import Work
from storage import broadcasts, events, groups
from storage.database import Tx

DIALOG = "broadcast"
MOST_TEXT = 3500
"""In UTF-16 units: a card shows it with a few lines of ours."""

PAGE_SIZE = 6


async def begin(work: Work) -> tuple[Dialog, Broadcast | None]:
    """Open the dialog: with the kept draft, or at the first question."""
    work.require(Permission.BROADCAST)
    draft = await broadcasts.draft_of(work.tx, work.person.id)
    return await dialogs.go(work, DIALOG, "kept" if draft else "text", {}), draft


async def get_draft(work: Work) -> Broadcast:
    """The draft of the person; raise OutOfDate if it has been sent or thrown away."""
    work.require(Permission.BROADCAST)
    draft = await broadcasts.draft_of(work.tx, work.person.id)
    if draft is None:
        raise OutOfDate
    return draft


async def discard(work: Work) -> Dialog:
    """Throw the kept draft away and ask anew."""
    work.require(Permission.BROADCAST)
    await broadcasts.remove_drafts(work.tx, work.person.id)
    return await dialogs.go(work, DIALOG, "text", {})


async def write(work: Work, text: str, html: Html) -> None:
    """Keep the text of the draft; raise TooLong."""
    work.require(Permission.BROADCAST)
    length = utf16_length(text)
    if length > MOST_TEXT:
        raise TooLong(length, MOST_TEXT)
    draft = await broadcasts.draft_of(work.tx, work.person.id)
    if draft is None:
        await broadcasts.add_draft(work.tx, work.person.id, html, work.now)
    else:
        await broadcasts.change(work.tx, draft.id, html=html)


async def choose(work: Work, audience: Audience, target_id: int) -> None:
    """Keep the audience of the draft; raise NotFound for a group or webinar that is not there."""
    draft = await get_draft(work)
    target_id = 0 if audience is Audience.EVERYBODY else target_id
    if audience is not Audience.EVERYBODY and not await titles(work.tx, audience, target_id):
        raise NotFound
    await broadcasts.change(work.tx, draft.id, audience=audience.value, target_id=target_id)


@dataclass(frozen=True)
class Targets:
    """One page of what can be chosen."""

    listed: list[Choice]
    page: ListPage


async def list_targets(work: Work, audience: Audience, wished: int) -> Targets:
    """Groups by code; webinars to come soonest first, then the past ones, latest first."""
    work.require(Permission.BROADCAST)
    found = await _webinars(work) if audience is Audience.WEBINAR else await _groups(work.tx)
    page = page_at(wished, len(found), PAGE_SIZE)
    return Targets(found[page.part], page)


async def _groups(tx: Tx) -> list[Choice]:
    return [Choice(group.id, _with_code(group.code, group.titles)) for group in await groups.get_all(tx)]


async def _webinars(work: Work) -> list[Choice]:
    known = [event for event in await events.get_all(work.tx, EventKind.WEBINAR) if event.state is not EventState.DRAFT]
    coming = [event for event in known if event.starts_at > work.now]
    past = [event for event in reversed(known) if event.starts_at <= work.now]
    return [Choice(event.id, event.titles) for event in (*coming, *past)]


async def titles(tx: Tx, audience: Audience, target_id: int) -> Mapping[str, str]:
    """How the group or the webinar is called, by language; empty for everybody and for what is not there."""
    if audience is Audience.GROUP:
        group = await groups.get(tx, target_id)
        return _with_code(group.code, group.titles) if group else {}
    event = await events.get(tx, target_id) if audience is Audience.WEBINAR else None
    return event.titles if event else {}


def _with_code(code: str, group_titles: Mapping[str, str]) -> dict[str, str]:
    return {language: f"{code} · {title}" for language, title in group_titles.items()}


@dataclass(frozen=True)
class Preview:
    """What is shown before anything is sent; `target` by language."""

    broadcast: Broadcast
    target: Mapping[str, str]
    recipients: int


async def preview(tx: Tx, broadcast: Broadcast) -> Preview:
    """The broadcast with its audience as of now."""
    target = await titles(tx, broadcast.audience, broadcast.target_id)
    return Preview(broadcast, target, await broadcasts.count_recipients(tx, broadcast))
