"""Samples of registering for a webinar, and of what is done with its card."""

from domain.buttons.registering import ExportRegistrations, Register, TakeBack
from domain.buttons.sharing import PostToChat
from domain.buttons.webinars import ListOfGroup, ListPastWebinars
from domain.permissions import Permission
from storage import tables
from storage.database import Tx
from tests.rights import scene
from tests.rights.samples.sample import Sample, Thing, always, followed, nothing, webinar
from tests.rights.scene import Side

PUBLIC, MINE = (Permission.SEE_PUBLIC,), (Permission.SUBSCRIBE,)


async def place(tx: Tx, me: int, side: Side) -> Thing | None:
    """A webinar that one registers for: the place is always one's own."""
    thing = await followed(tx, me, side)
    if thing is not None:
        this = tables.events.c.id == thing.id
        await tx.execute(tables.events.update().where(this).values(registers=True, capacity=5))
    return thing


async def own_place(tx: Tx, me: int, side: Side) -> Thing | None:
    """A place that is taken."""
    thing = await place(tx, me, side)
    if thing is not None:
        row = {"event_id": thing.id, "person_id": me, "state": "registered", "queued_at": scene.NOW}
        await scene.add(tx, tables.registrations, **row)
    return thing


SAMPLES = [
    Sample(ListOfGroup, always(ListOfGroup(scene.OTHER, 0)), nothing, PUBLIC),
    Sample(ListPastWebinars, always(ListPastWebinars(scene.OTHER, 0)), nothing, PUBLIC),
    Sample(Register, lambda it: Register(it.id), place, MINE, public=True),
    Sample(TakeBack, lambda it: TakeBack(it.id), own_place, MINE, public=True),
    Sample(
        ExportRegistrations, lambda it: ExportRegistrations(it.id), webinar, (Permission.EXPORT_MEMBERS,), public=True
    ),
    Sample(PostToChat, lambda it: PostToChat(it.id), webinar, (Permission.RUN_EVENTS,), public=True),
]
