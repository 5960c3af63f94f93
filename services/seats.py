"""Seats: giving one back, and who moves up."""

from datetime import datetime

from domain.groups import Group, LeaveOutcome, Left, decide_leave, decide_promotions
from domain.permissions import Permission
from services import admitting, applications, belonging
from services.groups import lock_group
from services.work import Background, Work
from storage import applications as stored
from storage import facts, groups
from storage.database import Tx


async def leave(work: Work, group_id: int) -> LeaveOutcome:
    """Give back the own seat."""
    group = await lock_group(work, group_id, Permission.SEE_PUBLIC)
    return await give_back(work, group, work.person.id)


async def give_back(work: Background, group: Group, person_id: int) -> LeaveOutcome:
    """Somebody leaves a group that the caller holds; whoever waits first gets the seat and is told."""
    roster = await groups.get_roster(work.tx, group.id)
    outcome = decide_leave(group, roster, person_id)
    if isinstance(outcome, Left):
        await belonging.free_seat(work.tx, group.id, person_id, work.now)
        await applications.forget_news(work.tx, group.id, person_id, work.now)
        before, after = {"taken": len(roster.members)}, {"taken": len(roster.members) - 1}
        await facts.note(work.tx, work.now, person_id, "left", f"group:{group.id}", before, after)
        await _seat(work.tx, group, outcome.promoted, work.now)
        await admitting.put_out(work, group.id, person_id)
    return outcome


async def promote(tx: Tx, group_id: int, now: datetime) -> None:
    """Fill seats that are free for another reason, such as a higher quota."""
    group = await groups.lock(tx, group_id)
    if group is not None:
        await _seat(tx, group, decide_promotions(group, await groups.get_roster(tx, group.id)), now)


async def _seat(tx: Tx, group: Group, promoted: tuple[int, ...], now: datetime) -> None:
    for application in await stored.waiting_of(tx, group.id, promoted):
        await applications.promote(tx, application, now)
