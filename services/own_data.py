"""A person's copy of what is stored about them, made when it is sent."""

import json
from zoneinfo import ZoneInfo

from domain.deliveries import owe
from domain.people import Person
from domain.permissions import Permission, Target
from messages import privacy as texts
from messages.markup import Attachment, Message
from services.rendering import Drop, Rendered, Rendering
from services.work import Work
from storage import facts, outbox, own_data


async def order(work: Work) -> None:
    """Owe the copy; it is noted that it was taken."""
    reader = work.person.id
    work.require(Permission.OWN_DATA, Target(author_id=reader))
    await facts.note(work.tx, work.now, reader, "own_data_taken", f"person:{reader}")
    key = f"own_data:{work.now:%Y-%m-%dT%H:%M}:{reader}"  # a second tap within the minute is the same wish
    await outbox.add(work.tx, [owe("own_data", key, work.now, chat_id=reader, person_id=reader)], work.now)


async def render_copies(batch: Rendering) -> Rendered:
    """Make the files from the newest state."""
    rendered: dict[int, Message | Drop] = {}
    for delivery in batch.deliveries:
        rendered[delivery.id] = await _copy(batch, batch.readers[delivery.person_id or 0])
    return rendered


async def _copy(batch: Rendering, reader: Person) -> Message:
    found = await own_data.collect(batch.tx, reader.id)
    content = json.dumps({"taken_at": batch.now.isoformat(), **found}, ensure_ascii=False, indent=2)
    day = batch.now.astimezone(ZoneInfo(batch.zone_of(reader))).date().isoformat()
    counts = {table: len(rows) for table, rows in found.items()}
    # A lone surrogate, as names may hold, has no UTF-8.
    return texts.own_data(counts, Attachment(f"my-data-{day}.json", content.encode(errors="replace")), reader.language)
