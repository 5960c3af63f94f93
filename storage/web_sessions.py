"""Links that let somebody in on the organisers' pages, and the sessions that come of them: hashes of their tokens."""

from datetime import datetime

from sqlalchemy import delete, select

from storage.database import Tx
from storage.tables import web_links, web_sessions


async def put_link(tx: Tx, person_id: int, token_hash: str, now: datetime, expires_at: datetime) -> None:
    """Store the one link of a person; the one before, and whatever has ended meanwhile, goes."""
    await _forget_ended(tx, now)
    await tx.execute(delete(web_links).where(web_links.c.person_id == person_id))
    values = {"token_hash": token_hash, "person_id": person_id, "created_at": now, "expires_at": expires_at}
    await tx.execute(web_links.insert().values(values))


async def _forget_ended(tx: Tx, now: datetime) -> None:
    for table in (web_links, web_sessions):
        await tx.execute(delete(table).where(table.c.expires_at <= now))


async def take_link(tx: Tx, token_hash: str, now: datetime) -> int | None:
    """Use a link up: the id of the person it lets in, None for one that is used, too old, or none at all."""
    used = delete(web_links).where(web_links.c.token_hash == token_hash)
    found = (await tx.execute(used.returning(web_links.c.person_id, web_links.c.expires_at))).one_or_none()
    return found.person_id if found is not None and found.expires_at > now else None


async def add(tx: Tx, person_id: int, token_hash: str, now: datetime, expires_at: datetime) -> None:
    """Store a session."""
    values = {"token_hash": token_hash, "person_id": person_id, "created_at": now, "expires_at": expires_at}
    await tx.execute(web_sessions.insert().values(values))


async def owner_of(tx: Tx, token_hash: str, now: datetime) -> int | None:
    """The id of the person whose session this is, while it lasts."""
    lasting = (web_sessions.c.token_hash == token_hash, web_sessions.c.expires_at > now)
    found: int | None = await tx.scalar(select(web_sessions.c.person_id).where(*lasting))
    return found


async def end(tx: Tx, token_hash: str) -> None:
    """End one session."""
    await tx.execute(delete(web_sessions).where(web_sessions.c.token_hash == token_hash))


async def end_all(tx: Tx, person_id: int) -> int:
    """End every session of a person, and their link; returns how many sessions there were."""
    await tx.execute(delete(web_links).where(web_links.c.person_id == person_id))
    return (await tx.execute(delete(web_sessions).where(web_sessions.c.person_id == person_id))).rowcount
