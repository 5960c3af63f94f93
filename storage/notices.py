"""Notices for the homepage: rows until it has taken them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select, update

from domain.homepage import GivenUp, NextStep, Notice, NoticeState, Taken, Waits
from storage.database import Tx
from storage.dialects import insert_unless_there
from storage.tables import notices

_COLUMNS = [notices.c[name] for name in Notice.__dataclass_fields__]
_PENDING = notices.c.state == NoticeState.PENDING.value


def _notice(row: Row[*tuple[Any, ...]]) -> Notice:
    return Notice(**{**row._mapping, "state": NoticeState(row.state)})


async def add(tx: Tx, key: str, subject: str, body: str, now: datetime) -> None:
    """Owe a notice; a key that is there is the same fact."""
    values = {
        "key": key,
        "subject": subject,
        "body": body,
        "state": NoticeState.PENDING.value,
        "attempt": 0,
        "not_before": now,
        "created_at": now,
    }
    await tx.execute(insert_unless_there(tx, notices), [values])


async def due(tx: Tx, now: datetime, limit: int) -> Sequence[Notice]:
    """What is to be posted now: of each subject the oldest only; a withdrawal never comes before what it ends."""
    first = select(func.min(notices.c.id)).where(_PENDING).group_by(notices.c.subject)
    query = select(*_COLUMNS).where(_PENDING, notices.c.id.in_(first), notices.c.not_before <= now)
    return [_notice(row) for row in await tx.execute(query.order_by(notices.c.id).limit(limit))]


async def next_due_at(tx: Tx) -> datetime | None:
    """The earliest moment at which a notice may go out."""
    found: datetime | None = await tx.scalar(select(func.min(notices.c.not_before)).where(_PENDING))
    return found


async def last_of(tx: Tx, subject: str) -> Notice | None:
    """The newest notice of a subject."""
    query = select(*_COLUMNS).where(notices.c.subject == subject).order_by(notices.c.id.desc()).limit(1)
    row = (await tx.execute(query)).one_or_none()
    return _notice(row) if row else None


async def record(tx: Tx, notice: Notice, step: NextStep, now: datetime) -> bool:
    """Write what came of the newest try; False if somebody else has meanwhile."""
    values: dict[str, object] = {"attempt": notice.attempt + 1}
    match step:
        case Taken():
            values |= {"state": NoticeState.SENT.value, "error": None, "finished_at": now}
        case Waits(until=until, reason=reason):
            values |= {"not_before": until, "error": reason}
        case GivenUp(reason=reason):
            values |= {"state": NoticeState.FAILED.value, "error": reason, "finished_at": now}
    same = (notices.c.id == notice.id, _PENDING, notices.c.attempt == notice.attempt)
    is_ours = bool((await tx.execute(update(notices).where(*same).values(values))).rowcount)
    if is_ours and isinstance(step, Taken):
        await _forget_before(tx, notice)
    return is_ours


async def _forget_before(tx: Tx, notice: Notice) -> None:
    """What a result said before it was corrected or withdrawn is kept no longer than the homepage needs it."""
    before = (notices.c.subject == notice.subject, notices.c.id < notice.id, ~_PENDING)
    await tx.execute(update(notices).where(*before).values(body=""))


async def again(tx: Tx, notice_id: int, now: datetime) -> None:
    """Owe a notice that was given up once more, under the same key."""
    values = {"state": NoticeState.PENDING.value, "attempt": 0, "not_before": now, "finished_at": None}
    failed = (notices.c.id == notice_id, notices.c.state == NoticeState.FAILED.value)
    await tx.execute(update(notices).where(*failed).values(values))


async def look_again(tx: Tx, now: datetime) -> None:
    """What waits for its next try is due now: the address has changed."""
    await tx.execute(update(notices).where(_PENDING).values(not_before=now))


async def give_up_all(tx: Tx, reason: str, now: datetime) -> None:
    """Nobody takes notices any more."""
    values = {"state": NoticeState.FAILED.value, "error": reason, "finished_at": now}
    await tx.execute(update(notices).where(_PENDING).values(values))
