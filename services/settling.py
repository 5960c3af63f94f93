"""What ends by itself: the minute in which something can be taken back, and applications to groups that are over."""

from datetime import datetime

from services import applications, cards, members
from services.work import Background
from storage import applications as stored
from storage import groups, settling
from storage.database import Tx


async def next_due_at(tx: Tx) -> datetime | None:
    """When the next answer or removal stands."""
    return await settling.next_due_at(tx)


async def settle(work: Background) -> None:
    """Answers and removals whose minute is over stand: cards lose *Undo*, chats open, kept seats go to who waits."""
    over = await stored.unsettled(work.tx, work.now)
    await stored.settle(work.tx, [application.id for application in over])
    for application in over:
        await cards.refresh(work.tx, applications.subject_of(application.id), work.now)
        await applications.answer_at_the_door(work.tx, application, work.now)
    await members.settle(work)


async def has_closed(work: Background) -> bool:
    """Whether somebody's application waits in a group that is over."""
    return bool(await _closed(work))


async def close(work: Background) -> None:
    """Who asked, or waits, in a group that is over is told so; members keep their seats."""
    for group_id in await _closed(work):
        group = await groups.lock(work.tx, group_id)
        if group is not None and group.has_ended_on(work.today):
            for application in await stored.undecided_in(work.tx, group_id):
                await applications.close(work.tx, application, work.now)


async def _closed(work: Background) -> list[int]:
    affected = set(await stored.groups_of_undecided(work.tx))
    found = await groups.get_all(work.tx) if affected else []
    return [g.id for g in found if g.id in affected and g.has_ended_on(work.today)]
