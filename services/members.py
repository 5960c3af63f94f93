"""Members: who belongs to a group, whom the bot reaches, and taking a seat back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from domain.deliveries import owe
from domain.errors import NotAllowed, OutOfDate
from domain.groups import Group, Roster
from domain.members import MOST_REASON, Removal, Removed, RemoveOutcome, decide_remove
from domain.paging import ListPage, page_at
from domain.people import Person
from domain.permissions import Permission, Role, Target
from domain.typed import paragraphs, within
from domain.undo import UNDO_WITHIN, Stands, decide_undo_removal
from messages import members as texts
from messages.markup import Message
from services import admitting, belonging, seats
from services.groups import lock_group
from services.manage import get_managed
from services.rendering import OUTDATED, Drop, Rendered, Rendering
from services.work import Background, Work
from storage import applications, facts, groups, manage, outbox, people, removals
from storage.database import Tx

PAGE_SIZE = 8


def subject_of(removal_id: int) -> str:
    """The name of a removal among the subjects of the audit."""
    return f"removal:{removal_id}"


@dataclass(frozen=True)
class Listed:
    """A page of the people of a group by name, each with what they are there."""

    group: Group
    people: Sequence[tuple[Person, frozenset[Role]]]
    page: ListPage


async def list_people(work: Work, group_id: int, wished: int, *, silent: bool = False) -> Listed:
    """A page of a group's people; `silent`: of those only whom the bot cannot or must not write to."""
    group = await get_managed(work, group_id)
    held = await manage.roles_in(work.tx, group.id)
    known = (await people.get_many(work.tx, held)).values()
    listed = [p for p in known if not silent or not p.can_be_written_to or p.stopped_at is not None]
    listed.sort(key=lambda p: (p.name.casefold(), p.id))
    page = page_at(wished, len(listed), PAGE_SIZE)
    shown = listed[page.part]
    return Listed(group, [(p, held[p.id]) for p in shown], page)


@dataclass(frozen=True)
class Shown:
    """One person of a group. `seated_at`: since when they have a seat; None: they have none."""

    group: Group
    person: Person
    roles: frozenset[Role]
    seated_at: datetime | None
    waiting: int


async def get_person(work: Work, group_id: int, person_id: int) -> Shown:
    """Somebody who belongs to a group that the actor runs; for anybody else, raise NotAllowed."""
    group = await get_managed(work, group_id)
    roles = (await manage.roles_in(work.tx, group.id)).get(person_id)
    person = await people.get(work.tx, person_id)
    if roles is None or person is None:
        raise NotAllowed
    seated_at = await groups.seated_at(work.tx, group.id, person_id)
    waiting = len((await groups.get_roster(work.tx, group.id)).waiting)
    return Shown(group, person, roles, seated_at, waiting)


async def get_name(work: Work, group_id: int, person_id: int) -> str:
    """The name of somebody who belongs to a group that the actor runs; for anybody else, raise NotAllowed."""
    return (await get_person(work, group_id, person_id)).person.name


@dataclass(frozen=True)
class Gone:
    """Who was removed from which group."""

    group: Group
    name: str


async def get_removed(work: Work, group_id: int, removal_id: int) -> Gone:
    """Who was removed just now."""
    group = await get_managed(work, group_id)
    removal = await removals.get(work.tx, removal_id)
    person = await people.get(work.tx, removal.person_id) if removal else None
    if removal is None or removal.group_id != group.id or person is None:
        raise NotAllowed
    return Gone(group, person.name)


# --- Removing ---------------------------------------------------------------------------------


async def check_remove(work: Work, group_id: int, person_id: int) -> RemoveOutcome:
    """What removing somebody would come to, before the reason is typed."""
    group = await lock_group(work, group_id, Permission.DECIDE_PEOPLE)
    return (await _decide(work, group, person_id))[0]


async def remove(work: Work, group_id: int, person_id: int, typed: str = "") -> tuple[RemoveOutcome, int]:
    """Take a member's seat back, with a reason or without; returns the id of the removal, 0 if there was none.

    For a minute the seat is kept back for an undo; then they are told, and whoever waits first gets it.
    """
    reason = within(paragraphs(typed), MOST_REASON) if typed else ""
    group = await lock_group(work, group_id, Permission.DECIDE_PEOPLE)
    outcome, roster = await _decide(work, group, person_id)
    if not isinstance(outcome, Removed):
        return outcome, 0
    seated_at = await belonging.free_seat(work.tx, group.id, person_id, work.now, is_told=False)
    if seated_at is None:
        return outcome, 0
    removal = Removal(
        id=0,
        group_id=group.id,
        person_id=person_id,
        seated_at=seated_at,
        taken=len(roster.members),
        reason=reason,
        removed_by=work.person.id,
        removed_at=work.now,
        undo_until=work.now + UNDO_WITHIN,
    )
    removal_id = await removals.add(work.tx, removal)
    await _note(work, "removed", removal_id, removal.taken, removal.taken - 1)
    await _tell(work.tx, replace(removal, id=removal_id), work.now)
    return outcome, removal_id


async def _decide(work: Work, group: Group, person_id: int) -> tuple[RemoveOutcome, Roster]:
    roster = await groups.get_roster(work.tx, group.id)
    accepted = await applications.accepted_of(work.tx, group.id, person_id)
    return decide_remove(roster, person_id, accepted.undo_until if accepted else None, work.now), roster


async def undo_removal(work: Work, removal_id: int) -> Removal:
    """Give the seat back as if nothing had been; nobody is told. Raise OutOfDate if the removal stands."""
    removal = await removals.get(work.tx, removal_id)
    if removal is None:
        raise NotAllowed
    work.require(Permission.DECIDE_PEOPLE, Target(group_id=removal.group_id))
    group = await lock_group(work, removal.group_id, Permission.DECIDE_PEOPLE)
    removal = await removals.get(work.tx, removal_id) or removal  # as it is now that nobody else decides
    roster = await groups.get_roster(work.tx, group.id)
    outcome = decide_undo_removal(group, roster, removal, work.person.id, work.now)
    if isinstance(outcome, Stands) or not await outbox.take_back(work.tx, subject_of(removal.id), work.now):
        raise OutOfDate
    await belonging.take_seat(work.tx, group.id, removal.person_id, work.now, removal.seated_at)
    await removals.undo(work.tx, removal.id, work.now)
    await _note(work, "removal_undone", removal.id, len(roster.members), len(roster.members) + 1)
    return removal


async def settle(work: Background) -> None:
    """The minute of some removals is over: they leave the chat too, and their seats go to whoever waits."""
    over = await removals.unsettled(work.tx, work.now)
    await removals.settle(work.tx, [removal.id for removal in over])
    for removal in over:
        await admitting.put_out(work, removal.group_id, removal.person_id)
    for group_id in sorted({removal.group_id for removal in over}):
        await seats.promote(work.tx, group_id, work.now)
        await belonging.refresh(work.tx, group_id, work.now)


async def _note(work: Work, action: str, removal_id: int, before: int, after: int) -> None:
    """Into the audit, with how many seats of the group are taken; whose it was, the removal says."""
    subject = subject_of(removal_id)
    await facts.note(work.tx, work.now, work.person.id, action, subject, {"taken": before}, {"taken": after})


async def _tell(tx: Tx, removal: Removal, now: datetime) -> None:
    reader = removal.person_id
    values = {"chat_id": reader, "person_id": reader, "not_before": removal.undo_until}
    told = owe("removal", subject_of(removal.id), now, refs={"removal": removal.id}, **values)
    await outbox.add(tx, [told], now)


async def render_removals(batch: Rendering) -> Rendered:
    """Tell people plainly that they have no seat any more."""
    found = await removals.get_many(batch.tx, {int(str(d.refs["removal"])) for d in batch.deliveries})
    rendered: dict[int, Message | Drop] = {}
    for delivery in batch.deliveries:
        removal = found.get(int(str(delivery.refs["removal"])))
        group = await groups.get(batch.tx, removal.group_id) if removal else None
        if removal is None or group is None:
            rendered[delivery.id] = OUTDATED
            continue
        language = batch.readers[delivery.person_id or 0].language
        rendered[delivery.id] = texts.told_removed(group, removal.reason, language)
    return rendered
