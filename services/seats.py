"""Seats: giving one back, and who moves up."""

from datetime import datetime

from domain.groups import Group, LeaveOutcome, Left, decide_leave, decide_promotions
from domain.permissions import Permission
from services import applications, cards
from services.groups import lock_group
from services.work import Work
from storage import applications as stored
from storage import facts, groups
from storage.database import Tx


async def leave(work: Work, group_id: int) -> LeaveOutcome:
    """Give back the own seat; whoever waits first gets it and is told."""
    group = await lock_group(work, group_id, Permission.SEE_PUBLIC)
    outcome = decide_leave(group, await groups.get_roster(work.tx, group.id), work.person.id)
    if isinstance(outcome, Left):
        await groups.free_seat(work.tx, group.id, work.person.id)
        await facts.note(work.tx, work.now, work.person.id, "left", f"group:{group.id}")
        await _seat(work.tx, group, outcome.promoted, work.now)
    return outcome


async def promote(tx: Tx, group_id: int, now: datetime) -> None:
    """Fill seats that are free for another reason, such as a higher quota."""
    group = await groups.lock(tx, group_id)
    if group is not None:
        await _seat(tx, group, decide_promotions(group, await groups.get_roster(tx, group.id)), now)


async def _seat(tx: Tx, group: Group, promoted: tuple[int, ...], now: datetime) -> None:
    for application in await stored.waiting_of(tx, group.id, promoted):
        await groups.take_seat(tx, group.id, application.person_id, now)
        await stored.seat(tx, application.id)
        await facts.note(tx, now, None, "promoted", f"application:{application.id}")
        await applications.tell(tx, application, "promoted", now)
        await cards.refresh(tx, applications.subject_of(application.id), now)
