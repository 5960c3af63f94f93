"""Erasing somebody else, who asked for it: whom, with what they hold, sure?"""

from dataclasses import dataclass, replace

from domain.dialogs import Dialog
from domain.erasing import OrderOutcome
from domain.errors import OutOfDate
from domain.paging import ListPage
from domain.people import Person
from domain.permissions import Actor, Permission
from services import dialogs, erasing, looking_up
from services.looking_up import ONLY_PAGE
from services.work import Work
from storage import groups, own_data, people

DIALOG = "erase"


async def begin(work: Work) -> Dialog:
    """Whose data?"""
    work.require(Permission.ERASE_OTHER)
    return await dialogs.go(work, DIALOG, "person", {})


async def look_for(work: Work, dialog: Dialog, typed: str) -> Dialog:
    """Find people by a part of their name or their number; where a button was to be pressed, nothing changes."""
    if dialog.step not in {"person", "found"}:
        return dialog
    return await _go(work, dialog, "found", typed=looking_up.read(typed), page=0)


async def turn(work: Work, page: int, revision: int) -> Dialog:
    """Others who were found."""
    return await _go(work, await _at(work, revision, "found"), "found", page=max(page, 0))


async def pick(work: Work, person_id: int, revision: int) -> Dialog:
    """This person: what goes, what stays?"""
    dialog = await _at(work, revision, "found")
    if await people.get(work.tx, person_id) is None:
        raise OutOfDate
    return await _go(work, dialog, "holds", person_id=person_id)


async def go_on(work: Work, revision: int) -> Dialog:
    """Sure?"""
    return await _go(work, await _at(work, revision, "holds"), "sure")


async def go_back(work: Work, dialog: Dialog) -> Dialog:
    """One question back."""
    before = {"found": "person", "holds": "found", "sure": "holds"}
    if dialog.step not in before:
        raise OutOfDate
    return await _go(work, dialog, before[dialog.step])


async def hand_in(work: Work, dialog: Dialog) -> tuple[Person, OrderOutcome]:
    """It begins, if nothing has come in between."""
    work.require(Permission.ERASE_OTHER)
    person = await people.get(work.tx, _number(dialog, "person_id"))
    if dialog.step != "sure" or person is None:
        raise OutOfDate
    await dialogs.end(work)
    return person, await erasing.order(work, person)


@dataclass(frozen=True)
class Holdings:
    """What somebody holds. `entries` go; `published` is how many results stay."""

    actor: Actor
    group_codes: dict[int, str]
    entries: int
    published: int


@dataclass(frozen=True)
class Question:
    """What is asked now; `found` and `page` at "found", the rest from the step on at which there is somebody."""

    step: str
    revision: int
    typed: str = ""
    found: tuple[Person, ...] = ()
    page: ListPage = ONLY_PAGE
    person: Person | None = None
    holds: Holdings | None = None
    outcome: OrderOutcome | None = None


async def get_question(work: Work, dialog: Dialog) -> Question:
    """The question the dialog is at."""
    work.require(Permission.ERASE_OTHER)
    asked = Question(dialog.step, dialog.revision, str(dialog.data.get("typed", "")))
    if dialog.step == "found":
        found, page = await looking_up.find(work, asked.typed, _number(dialog, "page"))
        return replace(asked, found=found, page=page)
    if dialog.step == "person":
        return asked
    person = await people.get(work.tx, _number(dialog, "person_id"))
    if person is None:
        raise OutOfDate
    outcome = await erasing.judge_order(work, person.id)
    return replace(asked, person=person, outcome=outcome, holds=await _holdings(work, person.id))


async def _holdings(work: Work, person_id: int) -> Holdings:
    actor = await people.get_actor(work.tx, person_id, work.process.owner_ids)
    codes = {group.id: group.code for group in await groups.get_all(work.tx)}
    published = await own_data.count_published(work.tx, person_id)
    return Holdings(actor, codes, await own_data.count(work.tx, person_id) - published, published)


def _number(dialog: Dialog, name: str) -> int:
    return int(str(dialog.data.get(name, 0)))


async def _at(work: Work, revision: int, step: str) -> Dialog:
    work.require(Permission.ERASE_OTHER)
    dialog = await dialogs.current(work, revision)
    if dialog.name != DIALOG or dialog.step != step:
        raise OutOfDate
    return dialog


async def _go(work: Work, dialog: Dialog, step: str, **values: object) -> Dialog:
    work.require(Permission.ERASE_OTHER)
    return await dialogs.go(work, DIALOG, step, {**dialog.data, **values})
