"""The coordinators' card of a group: where it stands, and what waits for them."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.errors import NotAllowed
from domain.events import Event, EventKind
from domain.groups import Group
from domain.paging import ListPage, page_at
from domain.permissions import Permission, Target, can
from domain.results import Result
from services.work import Work
from storage import events, groups, manage, results
from storage.manage import Counted

PAGE_SIZE = 8


@dataclass(frozen=True)
class Overview:
    """What the card shows: the counts, and the next session and webinar if there are any."""

    group: Group
    counted: Counted
    session: Event | None
    webinar: Event | None


@dataclass(frozen=True)
class Managed:
    """One page of the groups that a person runs, by code."""

    groups: Sequence[Group]
    page: ListPage


async def get_managed(work: Work, group_id: int, permission: Permission = Permission.DECIDE_PEOPLE) -> Group:
    """Load a group that the person runs; "not there" and "not yours" are said alike."""
    group = await groups.get(work.tx, group_id)
    if group is None:
        raise NotAllowed
    work.require(permission, Target(group_id=group.id))
    return group


async def list_managed(work: Work, wished: int) -> Managed:
    """A page of the groups that the person runs; one past the end shows the last."""
    everything = await groups.get_all(work.tx)
    mine = [g for g in everything if can(work.actor, Permission.DECIDE_PEOPLE, Target(group_id=g.id))]
    page = page_at(wished, len(mine), PAGE_SIZE)
    return Managed(mine[page.part], page)


async def get_overview(work: Work, group_id: int) -> Overview:
    """The newest state of a group, for those who run it."""
    group = await get_managed(work, group_id)
    counted = await manage.count(work.tx, group.id)
    session = await events.next_of_groups(work.tx, EventKind.SESSION, [group.id], work.now)
    webinar = await events.next_of_groups(work.tx, EventKind.WEBINAR, [group.id], work.now)
    return Overview(group, counted, session.get(group.id), webinar.get(group.id))


@dataclass(frozen=True)
class Submissions:
    """A page of a group's results that wait for an answer, the oldest first."""

    group: Group
    results: Sequence[Result]
    page: ListPage


async def list_submissions(work: Work, group_id: int, wished: int) -> Submissions:
    """A page of what is to be reviewed."""
    group = await get_managed(work, group_id, Permission.REVIEW_RESULT)
    page = page_at(wished, await results.count_submitted_to(work.tx, group.id), PAGE_SIZE)
    found = await results.submitted_to(work.tx, group.id, offset=page.offset, limit=page.limit)
    return Submissions(group, found, page)
