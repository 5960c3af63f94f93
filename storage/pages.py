"""The public page: the texts that organisers write for it, and whether anything may have changed."""

from collections.abc import Mapping

from sqlalchemy import delete, func, select

from domain.pages import Note
from storage import facts as stored
from storage.database import Tx
from storage.tables import audit, facts

_PREFIX = "page_"


async def get_revision(tx: Tx) -> int:
    """A number that rises with whatever somebody does: each deed is a row of the audit."""
    return await tx.scalar(select(func.max(audit.c.id))) or 0


async def get_notes(tx: Tx) -> Mapping[tuple[Note, str], str]:
    """All texts for the page, by note and language."""
    rows = await tx.execute(
        select(facts.c.name, facts.c.value).where(facts.c.name.startswith(_PREFIX, autoescape=True))
    )
    found = {}
    for name, value in rows:
        note, _, language = name.removeprefix(_PREFIX).partition("_")
        found[Note(note), language] = value
    return found


async def put_note(tx: Tx, note: Note, language: str, text: str) -> None:
    """Set a text; an empty one takes it away."""
    name = f"{_PREFIX}{note.value}_{language}"
    if text:
        await stored.put(tx, name, text)
    else:
        await tx.execute(delete(facts).where(facts.c.name == name))
