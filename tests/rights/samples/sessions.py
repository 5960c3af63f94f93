"""Samples of the sessions of a group: coming, planning, changing; and the chores around them."""

from domain.buttons.chores import ListChores, TickOff, TickOffInList
from domain.buttons.dialogs import Back, HandIn, Skip
from domain.buttons.scheduling import Choose, NewSession, TurnWeek
from domain.buttons.session_changes import ChangeSession
from domain.buttons.sessions import AnswerSession, JoinSession, ListSessions, OpenSessions, ShowSession
from domain.changes import seen_of
from domain.permissions import Permission, Target
from domain.session_edits import Edit, Part, to_json
from domain.sessions import Answer
from storage import events, tables
from storage.database import Tx
from tests.rights import scene
from tests.rights.page import Shape
from tests.rights.samples.dialogs import dialog
from tests.rights.samples.sample import Maker, Sample, Thing, always, group, nothing, session
from tests.rights.scene import GROUP_OF, LINKS, NAMES, NOW, OWN, OWN_SESSION, Side

BOT, SEE, ANSWER = (Permission.USE_BOT,), (Permission.SEE_MATERIAL,), (Permission.ANSWER_SESSION,)
RUN = (Permission.RUN_EVENTS,)

# --- Coming -----------------------------------------------------------------------------------


async def own_session(tx: Tx, me: int, side: Side) -> Thing | None:
    """The session in which the role is held: for lists that are one's own."""
    return Thing(OWN_SESSION, Target(OWN, OWN_SESSION)) if side is Side.OWN else None


COMING = [
    Sample("/sessions", lambda _: "/sessions", nothing, BOT),
    Sample("/start", lambda it: f"/start s_{it.id}", session, SEE, shape=Shape.START_LINK),
    Sample(ListSessions, always(ListSessions(0)), own_session, SEE),
    Sample(OpenSessions, always(OpenSessions()), own_session, SEE),
    Sample(ShowSession, lambda it: ShowSession(it.id), session, SEE, tells=NAMES),
    Sample(JoinSession, lambda it: JoinSession(it.id), session, SEE, tells=LINKS),
    Sample(AnswerSession, lambda it: AnswerSession(it.id, Answer.YES), session, ANSWER),
    Sample(AnswerSession, lambda it: AnswerSession(it.id, Answer.NO), session, ANSWER),
]

# --- Planning and changing --------------------------------------------------------------------

DRAFT = {
    "title": "",
    "day": "2022-04-01",
    "clock": "10:00",
    "minutes": 60,
    "rule": "once",
    "times": None,
    "until": None,
    "link": None,
    "left_out": [],
}


def planning(step: str) -> Maker:
    """The dialog of planning a session of a group, at this question."""
    return dialog("session", step, about=group, key="group_id", data=DRAFT)


def changing(step: str, part: str = "length") -> Maker:
    """The dialog of changing a session, at this question."""

    async def made(tx: Tx, me: int, side: Side) -> Thing | None:
        thing = await session(tx, me, side)
        stored = await events.get(tx, thing.id) if thing else None
        if thing is None or stored is None:
            return None
        edit = Edit(stored.id, {stored.id: stored.sequence}, seen_of(stored), Part(part), minutes=90)
        return await dialog("session_change", step, about=session, data=to_json(edit))(tx, me, side)

    made.__name__ = f"session_change at {step} about session"
    return made


PLANNING = [
    Sample(NewSession, lambda it: NewSession(it.id), group, RUN),
    Sample("session", lambda _: "First session", planning("title"), RUN),
    Sample("session", lambda _: "01.04.2022", planning("day"), RUN),
    Sample("session", lambda _: "10:00", planning("clock"), RUN),
    Sample("session", lambda _: "90", planning("minutes"), RUN),
    Sample("session", lambda _: "https://meet.example.org/new", planning("link"), RUN),
    Sample(Choose, lambda it: Choose(it.revision, 60), planning("minutes"), RUN),
    Sample(TurnWeek, lambda it: TurnWeek(it.revision, 1), planning("day"), RUN),
    Sample(Skip, lambda it: Skip(it.revision), planning("link"), RUN),
    Sample(Back, lambda it: Back(it.revision), planning("preview"), RUN),
    Sample(HandIn, lambda it: HandIn(it.revision), planning("preview"), RUN),
]

CHANGING = [
    Sample(ChangeSession, lambda it: ChangeSession(it.id), session, RUN),
    Sample("session_change", lambda _: "Another title", changing("title", "title"), RUN),
    Sample("session_change", lambda _: "01.04.2022", changing("day", "move"), RUN),
    Sample("session_change", lambda _: "90", changing("minutes"), RUN),
    Sample(Choose, lambda it: Choose(it.revision, 1), changing("what"), RUN),
    Sample(TurnWeek, lambda it: TurnWeek(it.revision, 1), changing("day", "move"), RUN),
    Sample(Skip, lambda it: Skip(it.revision), changing("link", "link"), RUN),
    Sample(Back, lambda it: Back(it.revision), changing("minutes"), RUN),
    Sample(HandIn, lambda it: HandIn(it.revision), changing("preview"), RUN),
]

# --- Chores -----------------------------------------------------------------------------------


async def chore(tx: Tx, me: int, side: Side) -> Thing | None:
    """Something that waits for the coordinators."""
    if side not in {Side.OWN, Side.OTHER}:
        return None
    values = {"key": "a", "kind": "link_missing", "group_id": GROUP_OF[side], "created_at": NOW}
    event = scene.WEBINAR_OF[side]
    return Thing(await scene.add(tx, tables.chores, **values, event_id=event), Target(GROUP_OF[side]))


CHORES = [
    Sample(ListChores, lambda it: ListChores(it.id, 0), group, RUN),
    Sample(TickOff, lambda it: TickOff(it.id), chore, RUN),
    Sample(TickOffInList, lambda it: TickOffInList(it.id, 0), chore, RUN),
]

SAMPLES = [*COMING, *PLANNING, *CHANGING, *CHORES]
