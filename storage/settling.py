"""What can still be taken back: answers to applications, and removals."""

from datetime import datetime

from sqlalchemy import func, select, union_all

from storage.database import Tx
from storage.tables import applications, removals

_MOMENTS = union_all(
    *(select(table.c.undo_until).where(table.c.undo_until.is_not(None)) for table in (applications, removals))
).subquery()
_NEXT = select(func.min(_MOMENTS.c.undo_until))


async def next_due_at(tx: Tx) -> datetime | None:
    """The first moment at which something decided stands."""
    found: datetime | None = await tx.scalar(_NEXT)
    return found
