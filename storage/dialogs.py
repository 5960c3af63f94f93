"""Dialogs: which question a person is at, kept over restarts; one per person."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select, update

from domain.dialogs import Dialog
from storage.database import Tx
from storage.dialects import insert
from storage.tables import dialogs

_COLUMNS = [dialogs.c[name] for name in Dialog.__dataclass_fields__]


async def get(tx: Tx, person_id: int) -> Dialog | None:
    """The dialog a person is in."""
    return await _find(tx, person_id, is_open=True)


async def get_left(tx: Tx, person_id: int, name: str) -> Dialog | None:
    """The dialog of this name that a person left last, with what they had answered."""
    left = await _find(tx, person_id, is_open=False)
    return left if left is not None and left.name == name else None


async def put(tx: Tx, person_id: int, name: str, step: str, data: Mapping[str, object], now: datetime) -> Dialog:
    """Go to a step, in the place of whatever dialog there was; revisions go on rising."""
    revision = await tx.scalar(select(dialogs.c.revision).where(dialogs.c.person_id == person_id))
    dialog = Dialog(person_id, name, step, dict(data), (revision or 0) + 1)
    values = {**dialog.__dict__, "is_open": True, "updated_at": now}
    statement = insert(tx, dialogs).values(values)
    await tx.execute(statement.on_conflict_do_update(index_elements=["person_id"], set_=values))
    return dialog


async def keep(tx: Tx, dialog: Dialog, **values: object) -> None:
    """Remember more in an open dialog; the question and its buttons stay as they are."""
    mine = (dialogs.c.person_id == dialog.person_id) & dialogs.c.is_open
    await tx.execute(update(dialogs).where(mine).values(data={**dialog.data, **values}))


async def leave(tx: Tx, person_id: int) -> None:
    """Close the dialog and keep the answers."""
    await tx.execute(update(dialogs).where(dialogs.c.person_id == person_id).values(is_open=False))


async def end(tx: Tx, person_id: int) -> None:
    """Close the dialog and forget the answers. The row stays: a later dialog must not begin at revision 1 again."""
    over = {"is_open": False, "name": "", "step": "", "data": {}}
    await tx.execute(update(dialogs).where(dialogs.c.person_id == person_id).values(over))


async def _find(tx: Tx, person_id: int, *, is_open: bool) -> Dialog | None:
    query = select(*_COLUMNS).where(dialogs.c.person_id == person_id, dialogs.c.is_open.is_(is_open))
    row = (await tx.execute(query)).one_or_none()
    return Dialog(**row._mapping) if row else None
