"""Samples of what surrounds a session: its agenda, who was there, its minutes."""

from dataclasses import replace
from datetime import timedelta

from domain.attendance import Presence
from domain.buttons.agenda import DropPoint, MovePoint, OpenAgenda, ProposePoint, ShowAgenda, TakePoint
from domain.buttons.attendance import MarkPresence, SaveAttendance, ShowAttendance
from domain.buttons.dialogs import Back, HandIn
from domain.buttons.minutes import ListPast, ReadMinutes, WriteMinutes
from domain.permissions import Permission
from storage import tables
from storage.database import Tx
from tests.rights import scene
from tests.rights.samples.dialogs import dialog
from tests.rights.samples.sample import Maker, Sample, Thing, always, session
from tests.rights.samples.sessions import own_session
from tests.rights.scene import NOW, Side
from tests.rights.updates import File

SEE, ANSWER, RUN = (Permission.SEE_MATERIAL,), (Permission.ANSWER_SESSION,), (Permission.RUN_EVENTS,)
SEE_WHO = (Permission.SEE_ATTENDANCE,)


def point(state: str) -> Maker:
    """A point that somebody else proposed."""

    async def made(tx: Tx, me: int, side: Side) -> Thing | None:
        return await _point(tx, await session(tx, me, side), scene.AUTHOR, state)

    made.__name__ = f"{state} point"
    return made


async def own_point(tx: Tx, me: int, side: Side) -> Thing | None:
    """A point that whoever asks has proposed."""
    return await _point(tx, await session(tx, me, side), me, "proposed")


async def _point(tx: Tx, of: Thing | None, person: int, state: str) -> Thing | None:
    if of is None:
        return None
    values = {"event_id": of.id, "person_id": person, "text": "Something", "state": state, "place": 1}
    return replace(of, id=await scene.add(tx, tables.agenda, **values, created_at=NOW))


async def begun(tx: Tx, me: int, side: Side) -> Thing | None:
    """A session that is under way."""
    thing = await session(tx, me, side)
    if thing is not None:
        this = tables.events.c.id == thing.id
        await tx.execute(tables.events.update().where(this).values(starts_at=NOW - timedelta(minutes=30)))
    return thing


DRAFT = {"seen": 0, "text": "We met.", "file_id": None, "file_name": None}


def writing(step: str) -> Maker:
    """The dialog of writing minutes, at this question."""
    return dialog("minutes", step, about=begun, key="session_id", data=DRAFT)


there = Presence.THERE
proposed = point("proposed")
taken = point("taken")
proposing = dialog("agenda", "text", about=session, key="session_id")

SAMPLES = [
    Sample(ShowAgenda, lambda it: ShowAgenda(it.id, 0), session, SEE),
    Sample(OpenAgenda, lambda it: OpenAgenda(it.id), session, SEE),
    Sample(ProposePoint, lambda it: ProposePoint(it.id), session, ANSWER),
    Sample("agenda", lambda _: "Something new", proposing, ANSWER),
    Sample(TakePoint, lambda it: TakePoint(it.id, 0), proposed, RUN),
    Sample(TakePoint, lambda it: TakePoint(it.id, 0), own_point, RUN),
    Sample(DropPoint, lambda it: DropPoint(it.id, 0), proposed, RUN),
    Sample(DropPoint, lambda it: DropPoint(it.id, 0), own_point, ANSWER),
    Sample(MovePoint, lambda it: MovePoint(it.id, 1, 0), taken, RUN),
    Sample(ShowAttendance, lambda it: ShowAttendance(it.id, 0), begun, SEE_WHO),
    Sample(MarkPresence, lambda it: MarkPresence(it.id, scene.AUTHOR, 0, there), begun, SEE_WHO),
    Sample(SaveAttendance, lambda it: SaveAttendance(it.id), begun, SEE_WHO),
    Sample(ListPast, always(ListPast(0)), own_session, SEE),
    Sample(ReadMinutes, lambda it: ReadMinutes(it.id), begun, SEE),
    Sample(WriteMinutes, lambda it: WriteMinutes(it.id), begun, RUN),
    Sample("minutes", lambda _: "We met.", writing("text"), RUN),
    Sample("minutes", lambda _: File("minutes.pdf"), writing("text"), RUN),
    Sample(Back, lambda it: Back(it.revision), writing("preview"), RUN),
    Sample(HandIn, lambda it: HandIn(it.revision), writing("preview"), RUN),
]
