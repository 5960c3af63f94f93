"""What results said before: a row for each submission and each correction."""

from datetime import datetime

from sqlalchemy import func, select

from domain.results import CONTENTS, Contents, FileKind, Version
from storage.database import Tx
from storage.dialects import insert
from storage.tables import result_versions

_COLUMNS = [result_versions.c[name] for name in Version.__dataclass_fields__]


def columns_of(contents: Contents) -> dict[str, object]:
    """What is read of a result, as the columns that keep it."""
    values = {name: getattr(contents, name) for name in CONTENTS}
    return {**values, "file_kind": contents.file_kind.value if contents.file_kind else None}


async def add(tx: Tx, result_id: int, version: int, contents: Contents, by: int, at: datetime) -> None:
    """Keep what a result says from now on."""
    values = {"result_id": result_id, "version": version, "by": by, "at": at, **columns_of(contents)}
    await tx.execute(insert(tx, result_versions).values(values).on_conflict_do_nothing())


async def get(tx: Tx, result_id: int, offset: int) -> Version | None:
    """One of the versions of a result, the newest first."""
    query = select(*_COLUMNS).where(result_versions.c.result_id == result_id)
    row = (await tx.execute(query.order_by(result_versions.c.version.desc()).offset(offset).limit(1))).one_or_none()
    if row is None:
        return None
    values = dict(row._mapping)
    return Version(**{**values, "file_kind": FileKind(values["file_kind"]) if values["file_kind"] else None})


async def count(tx: Tx, result_id: int) -> int:
    """How many versions of a result are kept."""
    query = select(func.count()).select_from(result_versions).where(result_versions.c.result_id == result_id)
    return await tx.scalar(query) or 0
