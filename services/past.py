"""Sessions that are over: which of them are mine, and which have minutes."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.events import Event
from domain.paging import ListPage, page_at
from services.work import Work
from storage import groups, minutes

PAGE_SIZE = 5


@dataclass(frozen=True)
class Entry:
    """A session that is over, with the code of its group."""

    session: Event
    group_code: str
    has_minutes: bool


@dataclass(frozen=True)
class Past:
    """One page of them, newest first, counted from 0."""

    entries: Sequence[Entry]
    page: ListPage


async def list_past(work: Work, wished: int) -> Past:
    """A page of the sessions of the person's groups, and of those they spoke at, that have begun; newest first."""
    actor = work.actor
    mine = actor.member_of | actor.guest_of | actor.coordinates
    count = await minutes.count_past(work.tx, work.now, mine, actor.presents)
    page = page_at(wished, count, PAGE_SIZE)
    found = await minutes.get_past(work.tx, work.now, mine, actor.presents, offset=page.offset, limit=page.limit)
    written = await minutes.which_have(work.tx, [session.id for session in found])
    codes = {group.id: group.code for group in await groups.get_all(work.tx)}
    return Past([Entry(s, codes[s.group_id], s.id in written) for s in found], page)
