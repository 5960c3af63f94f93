"""Invitations as rows: the token itself is never stored, only its hash."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, and_, func, select, update
from sqlalchemy.sql.elements import ColumnElement

from domain.invites import Invite, InvitePurpose
from storage.database import Tx
from storage.tables import invites

_COLUMNS = [invites.c[name] for name in Invite.__dataclass_fields__]


def _invite(row: Row[*tuple[Any, ...]]) -> Invite:
    return Invite(**{**row._mapping, "purpose": InvitePurpose(row.purpose)})


def _ours(*conditions: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """Other one-time codes lie in the same table."""
    return select(*_COLUMNS).where(invites.c.purpose.in_([purpose.value for purpose in InvitePurpose]), *conditions)


async def add(tx: Tx, invite: Invite, token_hash: str) -> int:
    """Store an invitation (its `id` is ignored); return its id."""
    values = {**vars(invite), "purpose": invite.purpose.value, "token_hash": token_hash}
    del values["id"]
    return int((await tx.execute(invites.insert().values(values).returning(invites.c.id))).scalar_one())


async def get(tx: Tx, invite_id: int) -> Invite | None:
    """One invitation."""
    row = (await tx.execute(_ours(invites.c.id == invite_id))).one_or_none()
    return _invite(row) if row else None


async def find(tx: Tx, token_hash: str) -> Invite | None:
    """The invitation with this token, held until the transaction ends: its last use is taken by one."""
    row = (await tx.execute(_ours(invites.c.token_hash == token_hash).with_for_update())).one_or_none()
    return _invite(row) if row else None


async def use(tx: Tx, invite_id: int) -> None:
    """One use less."""
    await tx.execute(update(invites).where(invites.c.id == invite_id).values(uses_left=invites.c.uses_left - 1))


async def revoke(tx: Tx, invite_id: int, now: datetime) -> bool:
    """Take an invitation back; False if it was before."""
    mine = update(invites).where(invites.c.id == invite_id, invites.c.revoked_at.is_(None))
    return (await tx.execute(mine.values(revoked_at=now).returning(invites.c.id))).first() is not None


def _good(group_id: int, now: datetime) -> ColumnElement[bool]:
    return and_(
        invites.c.group_id == group_id,
        invites.c.revoked_at.is_(None),
        invites.c.uses_left > 0,
        invites.c.expires_at > now,
    )


async def list_good(tx: Tx, group_id: int, now: datetime, offset: int, limit: int) -> list[Invite]:
    """Invitations of a group that somebody may still accept, oldest first."""
    query = _ours(_good(group_id, now)).order_by(invites.c.created_at, invites.c.id).offset(offset).limit(limit)
    return [_invite(row) for row in await tx.execute(query)]


async def count_good(tx: Tx, group_id: int, now: datetime) -> int:
    """How many `list_good` finds in all."""
    return await tx.scalar(select(func.count()).select_from(_ours(_good(group_id, now)).subquery())) or 0
