"""The agenda of a session: proposing a point, taking it, dropping it, putting points in order."""

from collections.abc import Mapping

from domain.agenda import (
    MOST_TEXT,
    Agenda,
    Over,
    Point,
    PointState,
    Proposed,
    ProposeOutcome,
    Settled,
    SettleOutcome,
    decide_propose,
    decide_settle,
    moved,
)
from domain.dialogs import Dialog
from domain.errors import NotAllowed, OutOfDate
from domain.events import Event
from domain.paging import page_at
from domain.permissions import Permission, can
from domain.sessions import is_ahead
from domain.typed import one_line, within
from services import cards, dialogs
from services.groups import get_group
from services.sessions import LONGEST, get_session, lock_session, sees_names, subject_of, target_of
from services.work import Work
from storage import agenda as stored
from storage import facts
from storage import sessions as invitations

DIALOG = "agenda"

PAGE_SIZE = 5


async def get_page(work: Work, session_id: int, wished: int) -> Agenda:
    """A page of the points; one past the end shows the last. What others proposed is for those who may take it."""
    session = await get_session(work, session_id)
    group, target = await get_group(work, session.group_id), target_of(session, work.person.id)
    may_run, is_open = can(work.actor, Permission.RUN_EVENTS, target), is_ahead(session, work.now)
    points = [p for p in await stored.get_all(work.tx, session.id) if may_run or _is_shown(p, work.person.id)]
    page = page_at(wished, len(points), PAGE_SIZE)
    shown = tuple(points[page.part])
    authors = {p.person_id for p in shown if p.person_id is not None} if sees_names(work.actor, group) else set()
    return Agenda(
        session,
        group,
        shown,
        await invitations.get_names(work.tx, authors),
        first=page.offset + 1,
        taken=sum(p.state is PointState.TAKEN for p in points),
        page=page,
        may_propose=is_open and can(work.actor, Permission.ANSWER_SESSION, target),
        may_run=is_open and may_run,
        reader_id=work.person.id,
    )


def _is_shown(point: Point, reader_id: int) -> bool:
    return point.state is PointState.TAKEN or point.person_id == reader_id


# --- Proposing --------------------------------------------------------------------------------


async def begin(work: Work, session_id: int) -> Dialog | ProposeOutcome:
    """Ask for the text, if one more point may be proposed."""
    session = await get_session(work, session_id, Permission.ANSWER_SESSION)
    outcome = await _decide(work, session)
    if not isinstance(outcome, Proposed):
        return outcome
    return await dialogs.go(work, DIALOG, "text", {"session_id": session.id})


async def propose(work: Work, dialog: Dialog, typed: str) -> ProposeOutcome:
    """Propose what was typed; raise TooLong or NotReadable."""
    text = within(one_line(typed), MOST_TEXT)
    session = await lock_session(work, session_of(dialog), Permission.ANSWER_SESSION)
    outcome = await _decide(work, session)
    await dialogs.end(work)
    if isinstance(outcome, Proposed):
        point_id = await stored.add(work.tx, session.id, work.person.id, text, work.now)
        await _note(work, session, "point_proposed", None, {"point": point_id})
        await cards.refresh(work.tx, subject_of(session.id), work.now)
    return outcome


async def _decide(work: Work, session: Event) -> ProposeOutcome:
    count = await stored.count_open(work.tx, work.person.id, work.now - LONGEST)
    return decide_propose(session, count, work.now)


def session_of(dialog: Dialog) -> int:
    """Which session the dialog is about."""
    return int(str(dialog.data["session_id"]))


# --- Taking, dropping, ordering ---------------------------------------------------------------


async def take(work: Work, point_id: int) -> tuple[Event, SettleOutcome]:
    """Put a proposed point on the agenda; every card of the session shows it."""
    return await _settle(work, point_id, PointState.TAKEN)


async def drop(work: Work, point_id: int) -> tuple[Event, SettleOutcome]:
    """Drop a point; whoever proposed it may do so until it is taken."""
    return await _settle(work, point_id, PointState.DROPPED)


async def _settle(work: Work, point_id: int, state: PointState) -> tuple[Event, SettleOutcome]:
    session, point = await _lock(work, point_id, state)
    outcome = decide_settle(session, point, state, work.now)
    if isinstance(outcome, Settled):
        await stored.settle(work.tx, point, state)
        seen = {"point": point.id, "state": point.state.value}
        await _note(work, session, f"point_{state.value}", seen, {**seen, "state": state.value})
        await cards.refresh(work.tx, subject_of(session.id), work.now)
    return session, outcome


async def _lock(work: Work, point_id: int, state: PointState) -> tuple[Event, Point]:
    """The point and its session, held until the end of the transaction, if the person may do this."""
    found = await stored.get(work.tx, point_id)
    if found is None:
        raise NotAllowed
    is_own = found.person_id == work.person.id and found.state is PointState.PROPOSED and state is PointState.DROPPED
    permission = Permission.ANSWER_SESSION if is_own else Permission.RUN_EVENTS
    session = await lock_session(work, found.event_id, permission)
    point = await stored.get(work.tx, point_id)
    if point is None:
        raise NotAllowed
    return session, point


async def move(work: Work, point_id: int, by: int) -> tuple[Event, Over | None]:
    """Move a point up or down; None when it is done. Raise OutOfDate for one that is not on the agenda any more."""
    session, point = await _lock(work, point_id, PointState.TAKEN)
    if not is_ahead(session, work.now):
        return session, Over()
    if point.state is not PointState.TAKEN:
        raise OutOfDate
    before = await stored.get_all(work.tx, session.id)
    order = moved(before, point.id, by)
    await stored.order(work.tx, order)
    old = [p.id for p in before if p.state is PointState.TAKEN]
    await _note(work, session, "points_ordered", {"order": old}, {"order": list(order)})
    await cards.refresh(work.tx, subject_of(session.id), work.now)
    return session, None


async def _note(
    work: Work, session: Event, action: str, before: Mapping[str, object] | None, after: Mapping[str, object]
) -> None:
    await facts.note(work.tx, work.now, work.person.id, action, subject_of(session.id), before, after)
