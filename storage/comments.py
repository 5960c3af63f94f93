"""Comments on results, in the order in which they were made."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select

from domain.comments import Comment
from storage.database import Tx
from storage.tables import comments

_COLUMNS = [comments.c[name] for name in Comment.__dataclass_fields__]


async def add(tx: Tx, result_id: int, person_id: int, text: str, now: datetime) -> int:
    """Keep a comment; returns its id."""
    values = {"result_id": result_id, "person_id": person_id, "text": text, "at": now}
    return int((await tx.execute(comments.insert().values(values).returning(comments.c.id))).scalar_one())


async def get_many(tx: Tx, comment_ids: Collection[int]) -> dict[int, Comment]:
    """Those of the comments that exist, by id."""
    rows = await tx.execute(select(*_COLUMNS).where(comments.c.id.in_(comment_ids)))
    return {row.id: Comment(**row._mapping) for row in rows}


async def of(tx: Tx, result_id: int, *, offset: int, limit: int) -> list[Comment]:
    """Comments on a result, the newest first."""
    query = select(*_COLUMNS).where(comments.c.result_id == result_id).order_by(comments.c.id.desc())
    return [Comment(**row._mapping) for row in await tx.execute(query.offset(offset).limit(limit))]


async def count(tx: Tx, result_id: int, person_id: int | None = None) -> int:
    """How many there are on a result, or how many of them one person made."""
    query = select(func.count()).select_from(comments).where(comments.c.result_id == result_id)
    return await tx.scalar(query if person_id is None else query.where(comments.c.person_id == person_id)) or 0


async def who(tx: Tx, result_id: int) -> set[int]:
    """Ids of everybody who has commented on a result."""
    query = select(comments.c.person_id).where(comments.c.result_id == result_id, comments.c.person_id.is_not(None))
    return set((await tx.execute(query.distinct())).scalars())
