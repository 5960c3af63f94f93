"""After a restore: what the backup still owed has mostly been sent since. Nothing of it is sent again."""

from datetime import datetime

from sqlalchemy import null, update

from domain.deliveries import DeliveryState
from storage.database import Tx
from storage.notices import give_up_all
from storage.tables import occasions, outbox

REASON = "held back: the database was restored from a backup"


async def hold_back(tx: Tx, now: datetime) -> int:
    """End every delivery that the backup owes, and every reminder due since; returns how many deliveries.

    Notices for the homepage are given up, so that organisers see them and try again what has not arrived.
    Those under way when the copy was made are uncertain, the others cancelled: each is listed with the reason.
    """
    ended = {DeliveryState.PENDING: DeliveryState.CANCELLED, DeliveryState.SENDING: DeliveryState.UNCERTAIN}
    held = 0
    for found, state in ended.items():
        values = {"state": state.value, "error": REASON, "finished_at": now, "owner": None}
        held += (await tx.execute(update(outbox).where(outbox.c.state == found.value).values(values))).rowcount
    await give_up_all(tx, REASON, now)
    past = occasions.c.fired_at.is_(null()) & (occasions.c.due_at <= now)
    await tx.execute(update(occasions).where(past).values(fired_at=now))
    return held
