"""The organisers' cockpit: how every group is doing."""

from dataclasses import dataclass

from domain.errors import OutOfDate
from domain.groups import Group
from domain.organise import MOST_WEBINARS_WANTED, WEBINARS_WANTED, Judgement, Progress, judge
from domain.paging import ListPage, page_at
from domain.permissions import Permission
from services.groups import get_group
from services.work import Background, Work
from storage import facts, groups, organise

PAGE_SIZE = 5

WANTED = "webinars_wanted"
"""The fact that holds how many webinars are expected of each group."""


@dataclass(frozen=True)
class Standing:
    """A group, what it has so far, and what is to be said of that."""

    group: Group
    progress: Progress
    judgement: Judgement


@dataclass(frozen=True)
class Cockpit:
    """One page of the groups, by code. `wanted`: webinars expected of each."""

    standings: tuple[Standing, ...]
    wanted: int
    page: ListPage


async def get_cockpit(work: Work, wished: int) -> Cockpit:
    """A page of the cockpit; one past the end shows the last."""
    work.require(Permission.EDIT_GROUPS)
    page = page_at(wished, await groups.count(work.tx), PAGE_SIZE)
    found = await groups.get_page(work.tx, page.offset, page.limit)
    wanted = await get_wanted(work)
    return Cockpit(await judge_groups(work, found, wanted), wanted, page)


async def get_standing(work: Work, group_id: int) -> tuple[Standing, int]:
    """One group, and how many webinars are expected of it."""
    group, wanted = await get_group(work, group_id, Permission.EDIT_GROUPS), await get_wanted(work)
    return (await judge_groups(work, [group], wanted))[0], wanted


async def get_wanted(work: Background) -> int:
    """How many webinars are expected of each group."""
    return int(await facts.get(work.tx, WANTED) or WEBINARS_WANTED)


async def set_wanted(work: Work, webinars: int) -> None:
    """Expect another number of webinars of each group; raise OutOfDate for one that is not on offer."""
    work.require(Permission.EDIT_GROUPS)
    before = await get_wanted(work)
    if not 0 <= webinars <= MOST_WEBINARS_WANTED:
        raise OutOfDate
    await facts.put(work.tx, WANTED, str(webinars))
    seen = ({"webinars": before}, {"webinars": webinars})
    await facts.note(work.tx, work.now, work.person.id, "webinars_wanted", "groups", *seen)


async def judge_groups(work: Background, found: list[Group], wanted: int) -> tuple[Standing, ...]:
    """These groups as they stand now."""
    progress = await organise.get_progress(work.tx, [group.id for group in found], work.now)
    return tuple(
        Standing(group, progress[group.id], judge(group, progress[group.id], wanted, work.now, work.today))
        for group in found
    )
