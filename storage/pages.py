"""The public page: the texts that organisers write for it, and whether anything may have changed."""

from collections.abc import Mapping

from sqlalchemy import delete, func, select, update

from domain.pages import Note
from domain.results import Result, ResultState
from storage import facts as stored
from storage import results as stored_results
from storage.database import Tx
from storage.dialects import insert
from storage.tables import audit, facts, results

_PREFIX = "page_"

_PUBLIC = (ResultState.PUBLISHED.value, ResultState.WITHDRAWN.value)


async def get_revision(tx: Tx) -> int:
    """A number that rises with whatever somebody does: each deed is a row of the audit."""
    return await tx.scalar(select(func.max(audit.c.id))) or 0


async def get_results(tx: Tx) -> list[Result]:
    """Whatever is or was published, the newest first."""
    query = select(results.c.id).where(results.c.state.in_(_PUBLIC), results.c.published_at.is_not(None))
    ids = list((await tx.execute(query.order_by(results.c.published_at.desc(), results.c.id.desc()))).scalars())
    found = await stored_results.get_many(tx, ids)
    return [found[result_id] for result_id in ids]


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


async def replace_note(tx: Tx, note: Note, language: str, before: str, text: str) -> bool:
    """Set a text where `before` stands; False if another one does. Empty: none."""
    name = f"{_PREFIX}{note.value}_{language}"
    if not before:
        added = insert(tx, facts).values(name=name, value=text).on_conflict_do_nothing()
        return (await tx.execute(added)).rowcount == 1
    standing = (facts.c.name == name, facts.c.value == before)
    change = update(facts).where(*standing).values(value=text) if text else delete(facts).where(*standing)
    return (await tx.execute(change)).rowcount == 1


async def put_note(tx: Tx, note: Note, language: str, text: str) -> None:
    """Set a text; an empty one takes it away."""
    name = f"{_PREFIX}{note.value}_{language}"
    if text:
        await stored.put(tx, name, text)
    else:
        await tx.execute(delete(facts).where(facts.c.name == name))
