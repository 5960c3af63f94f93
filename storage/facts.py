"""Single facts the bot must remember over restarts, the pauses Telegram asked for, and the audit."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, func, select

from storage.database import Tx
from storage.dialects import insert
from storage.tables import audit, facts, pauses, people


async def get(tx: Tx, name: str) -> str | None:
    """A fact by name."""
    found: str | None = await tx.scalar(select(facts.c.value).where(facts.c.name == name))
    return found


async def put(tx: Tx, name: str, value: str) -> None:
    """Set a fact."""
    statement = insert(tx, facts).values(name=name, value=value)
    await tx.execute(statement.on_conflict_do_update(index_elements=["name"], set_={"value": value}))


async def drop(tx: Tx, name: str) -> None:
    """Forget a fact."""
    await tx.execute(delete(facts).where(facts.c.name == name))


async def pause(tx: Tx, scope: str, until: datetime) -> None:
    """Remember that Telegram wants no call in this scope before `until`; the later of two wins."""
    statement = insert(tx, pauses).values(scope=scope, until=until)
    await tx.execute(
        statement.on_conflict_do_update(index_elements=["scope"], set_={"until": until}, where=pauses.c.until < until)
    )


async def get_pauses(tx: Tx, now: datetime) -> dict[str, datetime]:
    """The pauses that still last; ended ones are dropped."""
    await tx.execute(delete(pauses).where(pauses.c.until <= now))
    rows = await tx.execute(select(pauses.c.scope, pauses.c.until))
    return dict(rows.all())


async def count_pauses(tx: Tx, now: datetime) -> int:
    """How many pauses last."""
    return await tx.scalar(select(func.count()).select_from(pauses).where(pauses.c.until > now)) or 0


async def note(
    tx: Tx,
    at: datetime,
    actor_id: int | None,
    action: str,
    subject: str,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> None:
    """Append to the audit: who did what to which object, with its state before and after."""
    values = {
        "at": at,
        "actor_id": actor_id,
        "action": action,
        "subject": subject,
        "before": before,
        "after": after,
    }
    await tx.execute(audit.insert().values(values))


async def last_actor(tx: Tx, subject: str, actions: str) -> str | None:
    """The name of whoever did something last to this object; `actions`: how the names of those meant begin."""
    query = select(people.c.name).join(audit, audit.c.actor_id == people.c.id)
    query = query.where(audit.c.subject == subject, audit.c.action.startswith(actions, autoescape=True))
    found: str | None = await tx.scalar(query.order_by(audit.c.id.desc()).limit(1))
    return found
