"""What those who answer applications look at: one of them, the open ones, the waiting list."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from domain.errors import NotAllowed
from domain.groups import Application, ApplicationState, Group
from domain.paging import ListPage, page_at
from domain.permissions import Permission, Target, can, can_anywhere
from messages.deciding import Shown
from services import cards
from services.applications import get_application, look, subject_of
from services.manage import get_managed
from services.work import Work
from storage import applications, groups, people

PAGE_SIZE = 8


async def get_shown(work: Work, application_id: int) -> Shown:
    """The newest state of an application, for somebody who decides about it."""
    application, _ = await get_application(work, application_id, Permission.DECIDE_PEOPLE)
    shown = await look(work.tx, application.id, work.person, work.now, work.today)
    if shown is None:
        raise NotAllowed
    return shown


@dataclass(frozen=True)
class Requests:
    """A page of a group's open applications with the applicants' names. `waiting`: how many are on the list."""

    group: Group
    asked: Sequence[tuple[Application, str]]
    waiting: int
    page: ListPage


async def list_requests(work: Work, group_id: int, wished: int) -> Requests:
    """A page of the open applications, oldest first; one past the end shows the last."""
    group = await get_managed(work, group_id)
    roster = await groups.get_roster(work.tx, group.id)
    page, state = page_at(wished, len(roster.asking), PAGE_SIZE), ApplicationState.OPEN
    found = await applications.page_of(work.tx, group.id, state, offset=page.offset, limit=page.limit)
    names = {p.id: p.name for p in (await people.get_many(work.tx, {a.person_id for a in found})).values()}
    return Requests(group, [(a, names[a.person_id]) for a in found], len(roster.waiting), page)


@dataclass(frozen=True)
class WaitingList:
    """A page of those who wait for a seat: position, counted from 1, and name."""

    group: Group
    waiting: Sequence[tuple[int, str]]
    page: ListPage


async def list_waiting(work: Work, group_id: int, wished: int) -> WaitingList:
    """A page of the waiting list, first in line first."""
    group = await get_managed(work, group_id)
    waiting = (await groups.get_roster(work.tx, group.id)).waiting
    page = page_at(wished, len(waiting), PAGE_SIZE)
    shown = waiting[page.part]
    names = {p.id: p.name for p in (await people.get_many(work.tx, set(shown))).values()}
    in_order = [(page.offset + place, names[person_id]) for place, person_id in enumerate(shown, 1)]
    return WaitingList(group, in_order, page)


async def show_unseen(work: Work) -> None:
    """Somebody who may decide is here: show them the applications that nobody who may decide has been shown."""
    if not can_anywhere(work.actor, Permission.DECIDE_PEOPLE):
        return
    for application, holders in await applications.open_with_cards(work.tx):
        target = Target(group_id=application.group_id)
        if can(work.actor, Permission.DECIDE_PEOPLE, target) and not await _any_decides(work, holders, target):
            await cards.show(work.tx, subject_of(application.id), work.person.id, work.now)


async def _any_decides(work: Work, holders: Collection[int], target: Target) -> bool:
    """Whether one of those who hold the card may use it: not once all have lost their roles, or left."""
    for holder in holders:
        actor = await people.get_actor(work.tx, holder, work.process.owner_ids)
        if can(actor, Permission.DECIDE_PEOPLE, target):
            return True
    return False
