"""Working groups: listing them, and where a person stands in one."""

from dataclasses import dataclass

from domain.chats import Access
from domain.errors import NotFound
from domain.events import Event, EventKind
from domain.groups import AskOutcome, Group, decide_ask
from domain.paging import ListPage, page_at
from domain.permissions import Permission, Target
from services import admitting
from services.work import Work
from storage import applications, events, groups

PAGE_SIZE = 6


@dataclass(frozen=True)
class Entry:
    """A group in the list: taken seats, and the next webinar if one is announced."""

    group: Group
    members: int
    webinar: Event | None


@dataclass(frozen=True)
class Listed:
    """One page of the groups, by code."""

    entries: list[Entry]
    page: ListPage


async def list_groups(work: Work, wished: int) -> Listed:
    """A page of the groups; one past the end shows the last."""
    page = page_at(wished, await groups.count(work.tx), PAGE_SIZE)
    found = await groups.get_page(work.tx, page.offset, page.limit)
    ids = [group.id for group in found]
    members = await groups.count_members(work.tx, ids)
    webinars = await events.next_of_groups(work.tx, EventKind.WEBINAR, ids, work.now)
    return Listed([Entry(g, members.get(g.id, 0), webinars.get(g.id)) for g in found], page)


async def get_group(work: Work, group_id: int, permission: Permission = Permission.SEE_PUBLIC) -> Group:
    """Load a group and check the right; everybody may know which groups there are."""
    return _checked(work, await groups.get(work.tx, group_id), permission)


async def lock_group(work: Work, group_id: int, permission: Permission) -> Group:
    """The same, held until the end of the transaction: for decisions about its seats."""
    return _checked(work, await groups.lock(work.tx, group_id), permission)


def _checked(work: Work, group: Group | None, permission: Permission) -> Group:
    if group is None:
        raise NotFound
    work.require(permission, Target(group_id=group.id))
    return group


@dataclass(frozen=True)
class Card:
    """What the card of a group shows. `standing`: what asking to join would lead to now.

    `application_id`: the person's own undecided application here. `access`: the way into its chat, if it is theirs.
    """

    group: Group
    members: int
    waiting: int
    webinar: Event | None
    standing: AskOutcome
    application_id: int | None
    access: Access | None


async def get_card(work: Work, group_id: int) -> Card:
    """The newest state of a group, for this person."""
    group = await get_group(work, group_id)
    roster = await groups.get_roster(work.tx, group.id)
    undecided = await applications.undecided_of(work.tx, work.person.id)
    own = next((application.id for application in undecided if application.group_id == group.id), None)
    standing = decide_ask(group, roster, work.person.id, work.today, len(undecided))
    webinars = await events.next_of_groups(work.tx, EventKind.WEBINAR, [group.id], work.now)
    access = await admitting.own_access_to(work, group.id) if work.place.is_private else None
    return Card(group, len(roster.members), len(roster.waiting), webinars.get(group.id), standing, own, access)
