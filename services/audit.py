"""Reading the audit: rows become deeds with names."""

from dataclasses import dataclass

from domain.audit import Deed, Noted, list_changes
from domain.groups import Group
from domain.paging import ListPage, page_at
from domain.permissions import Permission
from messages.languages import pick
from services.groups import Listed, get_group, list_groups
from services.work import Work
from storage import audit, groups, people

PAGE_SIZE = 4


@dataclass(frozen=True)
class Deeds:
    """A page of the audit, newest first; `group`: the one it is about, if not all."""

    deeds: tuple[Deed, ...]
    group: Group | None
    page: ListPage


async def list_deeds(work: Work, wished: int, group_id: int | None, size: int = PAGE_SIZE) -> Deeds:
    """A page of the audit; one past the end shows the last."""
    work.require(Permission.READ_AUDIT)
    group = await get_group(work, group_id, Permission.READ_AUDIT) if group_id else None
    wanted = group.id if group else None
    page = page_at(wished, await audit.count(work.tx, wanted), size)
    rows = await audit.get_page(work.tx, wanted, page.offset, page.limit)
    return Deeds(await _with_names(work, rows), group, page)


async def list_choices(work: Work, page: int) -> Listed:
    """A page of the groups to choose from."""
    work.require(Permission.READ_AUDIT)
    return await list_groups(work, page)


async def _with_names(work: Work, rows: list[Noted]) -> tuple[Deed, ...]:
    named = await audit.get_named(work.tx, {row.subject for row in rows})
    actors = await people.get_many(work.tx, {row.actor_id for row in rows if row.actor_id is not None})
    codes = {group.id: group.code for group in await groups.get_all(work.tx)}

    def deed(row: Noted) -> Deed:
        actor, subject = actors.get(row.actor_id or 0), named.get(row.subject)
        name = subject.name if subject else ""
        return Deed(
            at=row.at,
            by_itself=row.actor_id is None,
            who=actor.name if actor else "",
            action=row.action,
            what=name if isinstance(name, str) else pick(name, work.language),
            group_code=codes.get(_group_of(row, subject.group_id if subject else None), ""),
            changes=list_changes(row.before, row.after),
        )

    return tuple(deed(row) for row in rows)


def _group_of(row: Noted, group_id: int | None) -> int:
    said = (row.after or row.before or {}).get("group_id")
    return group_id or (said if isinstance(said, int) else 0)
