"""What can be taken back for a minute: by whoever did it, as long as nothing is built on it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.groups import Application, ApplicationState, Group, Roster
from domain.members import Removal

UNDO_WITHIN = timedelta(seconds=60)
"""So long an answer or a removal can be taken back; whom it is about is told after that."""


@dataclass(frozen=True)
class Undone:
    """It may be taken back."""


@dataclass(frozen=True)
class Stands:
    """Too late, somebody else's, or something is built on it."""


UndoOutcome = Undone | Stands


def decide_undo_answer(
    group: Group, roster: Roster, application: Application, person_id: int, now: datetime, today: date
) -> UndoOutcome:
    """Take an answer to an application back: it is open again.

    On a seat is built whoever waits because it is taken; on a no, asking again.
    """
    if not _is_theirs(application.decided_by, application.undo_until, person_id, now) or group.has_ended_on(today):
        return Stands()
    applicant = application.person_id
    match application.state:
        case ApplicationState.ACCEPTED:
            is_free = applicant in roster.members and not roster.waiting
        case ApplicationState.WAITING:
            is_free = applicant in roster.waiting
        case ApplicationState.DECLINED:
            is_free = not _stands_in(roster, applicant)
        case _:
            is_free = False
    return Undone() if is_free else Stands()


def decide_undo_removal(group: Group, roster: Roster, removal: Removal, person_id: int, now: datetime) -> UndoOutcome:
    """Give a removed member the seat back: it is kept for them, unless they have asked anew.

    Where the quota was lowered below the taken seats, as many as before the removal are right.
    """
    if not _is_theirs(removal.removed_by, removal.undo_until, person_id, now):
        return Stands()
    has_room = len(roster.members) < max(group.most_members, removal.taken)
    return Undone() if has_room and not _stands_in(roster, removal.person_id) else Stands()


def _is_theirs(done_by: int | None, undo_until: datetime | None, person_id: int, now: datetime) -> bool:
    return done_by == person_id and undo_until is not None and now < undo_until


def _stands_in(roster: Roster, person_id: int) -> bool:
    return person_id in roster.members or person_id in roster.waiting or person_id in roster.asking
