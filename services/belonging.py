"""Who belongs to a group: seats and roles come and go through here, so that every card that counts people follows."""

from datetime import datetime

from domain.permissions import Role
from services import cards, polls, sessions
from storage import groups, people, roles
from storage import polls as stored_polls
from storage import sessions as stored
from storage.database import Tx


async def take_seat(tx: Tx, group_id: int, person_id: int, now: datetime, seated_at: datetime | None = None) -> None:
    """Seat somebody, now or as if they had sat since `seated_at`."""
    await groups.take_seat(tx, group_id, person_id, seated_at or now)
    await refresh(tx, group_id, now)


async def free_seat(tx: Tx, group_id: int, person_id: int, now: datetime, *, is_told: bool = True) -> datetime | None:
    """Take a seat away; returns since when it was taken, None if it was not.

    Not `is_told`: their own cards say nothing of it before they hear it in words.
    """
    seated_at = await groups.free_seat(tx, group_id, person_id)
    await refresh(tx, group_id, now, but=None if is_told else person_id)
    return seated_at


async def grant(tx: Tx, person_id: int, role: Role, group_id: int | None, now: datetime) -> bool:
    """Give a role, in a group or in the whole process; False if they hold it already."""
    is_new = await people.grant(tx, person_id, role, group_id)
    if is_new and group_id is not None:
        await refresh(tx, group_id, now)
    return is_new


async def revoke(tx: Tx, person_id: int, role: Role, group_id: int | None, now: datetime) -> bool:
    """Take a role away; False if they did not hold it."""
    was_held = await roles.revoke(tx, person_id, role, group_id)
    if was_held and group_id is not None:
        await refresh(tx, group_id, now)
    return was_held


async def refresh(tx: Tx, group_id: int, now: datetime, *, but: int | None = None) -> None:
    """Show the sessions to come and the open poll of a group anew, to everybody `but` one person."""
    upcoming = await stored.get_upcoming(tx, now - sessions.LONGEST, group_ids=[group_id])
    subjects = [sessions.subject_of(session.id) for session in upcoming if session.ends_at > now]
    poll = await stored_polls.get_open(tx, group_id)
    if poll is not None:
        subjects.append(polls.subject_of(poll.id))
    for subject in subjects:
        await cards.refresh(tx, subject, now, but=but)
