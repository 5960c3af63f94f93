"""Dialogs: which question a person is at, kept over restarts; one per person."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, select

from domain.dialogs import Dialog
from storage.database import Tx
from storage.dialects import insert
from storage.tables import dialogs

_COLUMNS = [dialogs.c[name] for name in Dialog.__dataclass_fields__]


async def get(tx: Tx, person_id: int) -> Dialog | None:
    """The dialog a person is in."""
    row = (await tx.execute(select(*_COLUMNS).where(dialogs.c.person_id == person_id))).one_or_none()
    return Dialog(**row._mapping) if row else None


async def put(tx: Tx, person_id: int, name: str, step: str, data: Mapping[str, object], now: datetime) -> Dialog:
    """Go to a step, in the place of whatever dialog there was; revisions go on rising."""
    old = await get(tx, person_id)
    dialog = Dialog(person_id, name, step, dict(data), old.revision + 1 if old else 1)
    values = {**dialog.__dict__, "updated_at": now}
    statement = insert(tx, dialogs).values(values)
    await tx.execute(statement.on_conflict_do_update(index_elements=["person_id"], set_=values))
    return dialog


async def end(tx: Tx, person_id: int) -> None:
    """Leave the dialog."""
    await tx.execute(delete(dialogs).where(dialogs.c.person_id == person_id))
