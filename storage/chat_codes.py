"""One-time codes with which a group chat is linked to a working group; only their hashes are kept."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, null, update

from storage.database import Tx
from storage.tables import invites

PURPOSE = "chat"


@dataclass(frozen=True)
class ChatCode:
    """What a code is good for. `created_by`: whoever asked for it, as long as they are known."""

    group_id: int
    created_by: int | None


async def add(tx: Tx, token_hash: str, code: ChatCode, now: datetime, expires_at: datetime) -> None:
    """Store a new code; earlier ones of the same group count no longer."""
    await tx.execute(delete(invites).where(invites.c.group_id == code.group_id, invites.c.purpose == PURPOSE))
    values = {**vars(code), "token_hash": token_hash, "purpose": PURPOSE, "created_at": now}
    await tx.execute(invites.insert().values(**values, expires_at=expires_at, uses_left=1))


async def use(tx: Tx, token_hash: str, now: datetime) -> ChatCode | None:
    """Use a code up; None if it is unknown, used, revoked or expired."""
    counts = (invites.c.token_hash == token_hash, invites.c.purpose == PURPOSE, invites.c.uses_left > 0)
    still = (invites.c.expires_at > now, invites.c.revoked_at.is_(null()))
    statement = update(invites).where(*counts, *still).values(uses_left=invites.c.uses_left - 1)
    row = (await tx.execute(statement.returning(invites.c.group_id, invites.c.created_by))).one_or_none()
    return ChatCode(row.group_id, row.created_by) if row else None
