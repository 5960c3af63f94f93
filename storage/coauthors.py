"""Co-authors: who is named on which result, and what they say to it."""

from datetime import datetime

from sqlalchemy import delete, select, update

from domain.coauthors import Coauthor, CoauthorState
from storage.database import Tx
from storage.dialects import insert
from storage.tables import coauthors

_COLUMNS = [coauthors.c[name] for name in Coauthor.__dataclass_fields__]


async def name(tx: Tx, result_id: int, person_id: int, now: datetime) -> None:
    """Name somebody, also once more after they declined."""
    values = {"result_id": result_id, "person_id": person_id, "state": CoauthorState.ASKED.value, "asked_at": now}
    again = {"state": CoauthorState.ASKED.value, "asked_at": now, "answered_at": None}
    statement = insert(tx, coauthors).values(values)
    await tx.execute(statement.on_conflict_do_update(index_elements=["result_id", "person_id"], set_=again))


async def drop(tx: Tx, result_id: int, person_id: int) -> None:
    """Name somebody no more."""
    this = (coauthors.c.result_id == result_id) & (coauthors.c.person_id == person_id)
    await tx.execute(delete(coauthors).where(this))


async def drop_others(tx: Tx, result_id: int, person_ids: frozenset[int]) -> None:
    """Of those named, keep only these."""
    others = (coauthors.c.result_id == result_id) & coauthors.c.person_id.not_in(person_ids)
    await tx.execute(delete(coauthors).where(others))


async def of(tx: Tx, result_id: int) -> list[Coauthor]:
    """Everybody named on a result, in the order in which they were."""
    query = select(*_COLUMNS).where(coauthors.c.result_id == result_id)
    rows = await tx.execute(query.order_by(coauthors.c.asked_at, coauthors.c.person_id))
    return [Coauthor(**{**row._mapping, "state": CoauthorState(row.state)}) for row in rows]


async def answer(tx: Tx, result_id: int, person_id: int, state: CoauthorState, now: datetime) -> None:
    """Somebody said yes or no."""
    this = (coauthors.c.result_id == result_id) & (coauthors.c.person_id == person_id)
    await tx.execute(update(coauthors).where(this).values(state=state.value, answered_at=now))
