"""Telling the organisers that an outlet did not take what was published."""

from domain.deliveries import owe
from domain.people import Person
from domain.permissions import Permission, can
from domain.publications import Outlet
from domain.results import Result
from messages import publications as texts
from messages.markup import Message
from services.rendering import OUTDATED, Drop, Rendered, Rendering
from services.work import Background
from storage import outbox, people, results


async def tell(work: Background, result: Result, outlet: Outlet, reason: str) -> None:
    """Tell every organiser, or every owner where there is none, what failed; `reason`: who refused says why."""
    readers = await people.organisers(work.tx) or await people.owners(work.tx, work.process.owner_ids)
    refs = {"result_id": result.id, "outlet": outlet.value, "reason": reason}
    key = f"publication:{result.id}:{outlet.value}:{work.now.isoformat()}"
    told = [owe("publication", f"{key}:{one}", work.now, chat_id=one, person_id=one, refs=refs) for one in readers]
    await outbox.add(work.tx, told, work.now)


async def render_troubles(batch: Rendering) -> Rendered:
    """Word what failed, for those who may still do something about it."""
    found = await results.get_many(batch.tx, {int(str(d.refs["result_id"])) for d in batch.deliveries})
    rendered: dict[int, Message | Drop] = {}
    for delivery in batch.deliveries:
        result = found.get(int(str(delivery.refs["result_id"])))
        reader = batch.readers[delivery.person_id or 0]
        if result is None or not await _may_act(batch, reader, result):
            rendered[delivery.id] = OUTDATED
            continue
        outlet, reason = Outlet(str(delivery.refs["outlet"])), str(delivery.refs["reason"])
        rendered[delivery.id] = texts.trouble(result, outlet, reason, reader.language)
    return rendered


async def _may_act(batch: Rendering, reader: Person, result: Result) -> bool:
    actor = await people.get_actor(batch.tx, reader.id, batch.process.owner_ids)
    return can(actor, Permission.PUBLISH_RESULT, result.target)
