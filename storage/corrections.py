"""Corrections of published results: drafts, proposals, and what became of them."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, select, update

from domain.corrections import Correction, CorrectionState
from domain.results import Accessible, FileKind, Result
from storage.database import Tx
from storage.tables import corrections
from storage.versions import columns_of

_COLUMNS = [corrections.c[name] for name in Correction.__dataclass_fields__]

_OPEN = corrections.c.state.in_((CorrectionState.DRAFT.value, CorrectionState.PROPOSED.value))


def _correction(row: Row[*tuple[Any, ...]]) -> Correction:
    values = dict(row._mapping)
    values["state"], values["accessible"] = CorrectionState(values["state"]), Accessible(values["accessible"])
    values["file_kind"] = FileKind(values["file_kind"]) if values["file_kind"] else None
    return Correction(**values)


async def get(tx: Tx, correction_id: int) -> Correction | None:
    """One correction."""
    row = (await tx.execute(select(*_COLUMNS).where(corrections.c.id == correction_id))).one_or_none()
    return _correction(row) if row else None


async def open_of(tx: Tx, result_id: int, person_id: int) -> Correction | None:
    """The correction of a result that somebody has begun or proposed."""
    mine = (corrections.c.result_id == result_id) & (corrections.c.person_id == person_id) & _OPEN
    query = select(*_COLUMNS).where(mine).order_by(corrections.c.id.desc()).limit(1)
    row = (await tx.execute(query)).one_or_none()
    return _correction(row) if row else None


async def add(tx: Tx, result: Result, person_id: int, now: datetime) -> int:
    """Begin a correction with what the result says now; returns its id."""
    values = {
        **columns_of(result),
        "result_id": result.id,
        "person_id": person_id,
        "base": result.version,
        "accessible": result.accessible.value,
        "sentence": "",
        "state": CorrectionState.DRAFT.value,
        "created_at": now,
    }
    return int((await tx.execute(corrections.insert().values(values).returning(corrections.c.id))).scalar_one())


async def change(tx: Tx, correction_id: int, **values: object) -> None:
    """Set columns of one correction."""
    await tx.execute(update(corrections).where(corrections.c.id == correction_id).values(**values))
