"""What the owners must hear of, and the apology to the person it happened to."""

from datetime import datetime

from domain.deliveries import owe
from domain.process import Process
from messages import alarms as texts
from messages import errors as error_texts
from services.rendering import Rendered, Rendering
from storage import outbox, people
from storage.database import Tx


async def tell_owners(tx: Tx, process: Process, fact: str, alarm: str, detail: str, now: datetime) -> None:
    """Owe each owner one message about a fact; `alarm` names the text, `detail` is shown with it."""
    deliveries = [
        owe(
            "alarm",
            f"alarm:{fact}:{owner}",
            now,
            chat_id=owner,
            person_id=owner,
            refs={"alarm": alarm, "detail": detail},
        )
        for owner in await people.owners(tx, process.owner_ids)
    ]
    await outbox.add(tx, deliveries, now)


async def render_alarms(batch: Rendering) -> Rendered:
    """Word alarms."""
    return {
        d.id: texts.alarm(str(d.refs["alarm"]), str(d.refs["detail"]), batch.readers[d.person_id or 0].language)
        for d in batch.deliveries
    }


async def render_apologies(batch: Rendering) -> Rendered:
    """Word apologies: something of ours failed for good."""
    return {
        d.id: error_texts.unexpected(str(d.refs["reference"]), batch.readers[d.person_id or 0].language)
        for d in batch.deliveries
    }
