"""Giving somebody a role: which, of which group, to whom, sure?"""

from dataclasses import dataclass, replace

from domain.dialogs import Dialog
from domain.errors import OutOfDate
from domain.groups import Group
from domain.paging import ListPage, page_at
from domain.people import Person
from domain.permissions import Permission, Role
from domain.roles import GRANTED_BY, GrantOutcome
from services import dialogs, looking_up, roles
from services.groups import get_group
from services.looking_up import ONLY_PAGE, PAGE_SIZE
from services.work import Work
from storage import groups, people

DIALOG = "grant"


async def begin(work: Work) -> Dialog:
    """Which role? Whoever may give only one is asked the next question at once."""
    work.require(Permission.GRANT_COORDINATOR)
    roles_to_give = roles.grantable(work)
    return await (_chosen(work, roles_to_give[0]) if len(roles_to_give) == 1 else dialogs.go(work, DIALOG, "role", {}))


async def begin_in(work: Work, group_id: int) -> Dialog:
    """Who shall be coordinator of this group?"""
    group = await get_group(work, group_id, Permission.GRANT_COORDINATOR)
    return await dialogs.go(work, DIALOG, "person", {"role": Role.COORDINATOR.value, "group_id": group.id})


async def pick_role(work: Work, role: Role, revision: int) -> Dialog:
    """This one: then of which group, or to whom."""
    if role not in GRANTED_BY:
        raise OutOfDate
    work.require(GRANTED_BY[role])
    await _at(work, revision, "role")
    return await _chosen(work, role)


async def turn_groups(work: Work, page: int, revision: int) -> Dialog:
    """Other groups to choose from."""
    dialog = await _at(work, revision, "group")
    return await dialogs.go(work, DIALOG, "group", {**dialog.data, "page": max(page, 0)})


async def pick_group(work: Work, group_id: int, revision: int) -> Dialog:
    """Of this group."""
    dialog = await _at(work, revision, "group")
    if await groups.get(work.tx, group_id) is None:
        raise OutOfDate
    return await dialogs.go(work, DIALOG, "person", {"role": dialog.data["role"], "group_id": group_id})


async def look_for(work: Work, dialog: Dialog, typed: str) -> Dialog:
    """Find people by a part of their name; where a button was to be pressed, nothing changes."""
    if dialog.step not in {"person", "found"}:
        return dialog
    return await _go(work, dialog, "found", typed=looking_up.read(typed), page=0)


async def turn_people(work: Work, page: int, revision: int) -> Dialog:
    """Others who were found."""
    return await _go(work, await _at(work, revision, "found"), "found", page=max(page, 0))


async def pick_person(work: Work, person_id: int, revision: int) -> Dialog:
    """This person: sure?"""
    dialog = await _at(work, revision, "found")
    if await people.get(work.tx, person_id) is None:
        raise OutOfDate
    return await _go(work, dialog, "confirm", person_id=person_id)


async def go_back(work: Work, dialog: Dialog) -> Dialog:
    """One question back."""
    before = {"group": "role", "found": "person", "confirm": "found"}
    if role_of(dialog) is Role.COORDINATOR:
        before["person"] = "group"
    step = before.get(dialog.step, "role")
    if step == "role" and len(roles.grantable(work)) == 1:  # it was not asked
        raise OutOfDate
    return await _go(work, dialog, step)


async def grant(work: Work, dialog: Dialog) -> GrantOutcome:
    """What the dialog has gathered is done."""
    if dialog.step != "confirm":
        raise OutOfDate
    await dialogs.end(work)
    return await roles.grant(work, role_of(dialog) or Role.PUBLIC, _number(dialog, "person_id"), group_id_of(dialog))


@dataclass(frozen=True)
class Question:
    """What is asked now, with what there is to choose from.

    `person`, `found` and `group` are there from the step on at which they are chosen; `page` is that of the list that
    is shown.
    """

    step: str
    revision: int
    roles: tuple[Role, ...]
    role: Role | None
    group: Group | None = None
    groups: tuple[Group, ...] = ()
    typed: str = ""
    found: tuple[Person, ...] = ()
    person: Person | None = None
    page: ListPage = ONLY_PAGE


async def get_question(work: Work, dialog: Dialog) -> Question:
    """The question the dialog is at."""
    work.require(Permission.GRANT_COORDINATOR)
    group_id = group_id_of(dialog)
    group = await groups.get(work.tx, group_id) if group_id is not None else None
    asked = Question(dialog.step, dialog.revision, tuple(roles.grantable(work)), role_of(dialog), group)
    match dialog.step:
        case "group":
            return await _with_groups(work, asked, _number(dialog, "page"))
        case "found":
            return await _with_found(work, asked, str(dialog.data["typed"]), _number(dialog, "page"))
        case "confirm":
            return replace(asked, person=await people.get(work.tx, _number(dialog, "person_id")))
        case _:
            return asked


async def _with_groups(work: Work, asked: Question, wished: int) -> Question:
    page = page_at(wished, await groups.count(work.tx), PAGE_SIZE)
    found = await groups.get_page(work.tx, page.offset, page.limit)
    return replace(asked, groups=tuple(found), page=page)


async def _with_found(work: Work, asked: Question, typed: str, wished: int) -> Question:
    found, page = await looking_up.find(work, typed, wished)
    return replace(asked, typed=typed, found=found, page=page)


def role_of(dialog: Dialog) -> Role | None:
    """The role that was chosen."""
    return Role(str(dialog.data["role"])) if "role" in dialog.data else None


def group_id_of(dialog: Dialog) -> int | None:
    """The group that was chosen."""
    return _number(dialog, "group_id") if "group_id" in dialog.data else None


def _number(dialog: Dialog, name: str) -> int:
    return int(str(dialog.data.get(name, 0)))


async def _chosen(work: Work, role: Role) -> Dialog:
    return await dialogs.go(work, DIALOG, "group" if role is Role.COORDINATOR else "person", {"role": role.value})


async def _at(work: Work, revision: int, step: str) -> Dialog:
    work.require(Permission.GRANT_COORDINATOR)
    dialog = await dialogs.current(work, revision)
    if dialog.name != DIALOG or dialog.step != step:
        raise OutOfDate
    return dialog


async def _go(work: Work, dialog: Dialog, step: str, **values: object) -> Dialog:
    work.require(Permission.GRANT_COORDINATOR)
    return await dialogs.go(work, DIALOG, step, {**dialog.data, **values})
