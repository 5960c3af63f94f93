"""Published files: what each is called, by the random name under which it lies in the folder."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from storage.database import Tx
from storage.tables import files


@dataclass(frozen=True)
class PublishedFile:
    """A file that everybody may have. `name`: in the folder and in its address; `size` in bytes."""

    name: str
    result_id: int
    version: int
    shown_name: str
    media_type: str
    size: int
    stored_at: datetime


_COLUMNS = [files.c[name] for name in PublishedFile.__dataclass_fields__]


async def get(tx: Tx, name: str) -> PublishedFile | None:
    """A file by its name."""
    row = (await tx.execute(select(*_COLUMNS).where(files.c.name == name))).one_or_none()
    return PublishedFile(**row._mapping) if row else None


async def replace(tx: Tx, file: PublishedFile) -> None:
    """The file of a result from now on; those before are none any more."""
    await remove(tx, file.result_id)
    await tx.execute(files.insert().values(vars(file)))


async def remove(tx: Tx, result_id: int) -> None:
    """A result has no file any more; what lies in the folder is swept away later."""
    await tx.execute(delete(files).where(files.c.result_id == result_id))


async def names(tx: Tx) -> frozenset[str]:
    """Every name that may lie in the folder."""
    return frozenset((await tx.execute(select(files.c.name))).scalars())


async def of_results(tx: Tx) -> Mapping[int, str]:
    """The name of the file of each result that has one."""
    rows = await tx.execute(select(files.c.result_id, files.c.name))
    return {row.result_id: row.name for row in rows}
