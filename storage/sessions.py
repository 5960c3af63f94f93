"""Sessions: who is invited, who said what, which of them are mine."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Select, func, null, or_, select, union, update
from sqlalchemy.sql.elements import ColumnElement

from domain.events import Event, EventKind, EventState
from domain.permissions import Role
from domain.sessions import Answer, Said
from storage import events as stored
from storage.database import Tx
from storage.dialects import insert
from storage.people import reachable
from storage.tables import agenda, answers, events, people, roles, seats, series, talks

Recipients = Select[int]
"""SELECT of the ids of people."""

# --- Who --------------------------------------------------------------------------------------


def invited(*sessions: Event) -> Select[int]:
    """SELECT of the ids of those who may come to these: members, coordinators and guests of the group, presenters."""
    group_ids = {session.group_id for session in sessions}
    here = roles.c.group_id.in_(group_ids)
    of_group = roles.c.role.in_([Role.GUEST.value, Role.COORDINATOR.value])
    speaks = talks.c.event_id.in_([session.id for session in sessions]) & (talks.c.state != "declined")
    everybody = union(
        select(seats.c.person_id).where(seats.c.group_id.in_(group_ids)),
        select(roles.c.person_id).where(here, of_group),
        select(talks.c.person_id).where(speaks),
    ).subquery()
    return select(everybody.c.person_id)


def expecting(session: Event) -> Select[int]:
    """SELECT of the ids of those to be reminded: invited, can be written to, and have not said no."""
    return concerned(session).where(people.c.id.not_in(_who_said(session, answers.c.answer == Answer.NO.value)))


def concerned(*sessions: Event) -> Select[int]:
    """SELECT of the ids of the invited who can be written to."""
    return reachable().where(people.c.id.in_(invited(*sessions)))


def silent(session: Event, *, only: int | None = None) -> Select[int]:
    """SELECT of the ids of the invited who can be written to and have not answered; or `only` this one of them."""
    query = concerned(session).where(people.c.id.not_in(_who_said(session, answers.c.answer.is_not(null()))))
    return query if only is None else query.where(people.c.id == only)


async def which_of(tx: Tx, query: Select[int], person_ids: Collection[int]) -> set[int]:
    """Those of the people that a SELECT of people still finds."""
    return set((await tx.execute(query.where(people.c.id.in_(person_ids)))).scalars())


async def count_invited(tx: Tx, session: Event) -> int:
    """How many may come."""
    return await count(tx, invited(session))


async def get_invited(tx: Tx, session: Event) -> frozenset[int]:
    """The ids of those who may come."""
    return frozenset((await tx.execute(invited(session))).scalars())


def told(session: Event, actor_id: int | None, *, with_refusals: bool) -> Select[int]:
    """SELECT of the ids of those who are told of a change by somebody; `with_refusals`: also those who said no."""
    return _but(actor_id, concerned(session) if with_refusals else expecting(session))


def told_of_several(sessions: Sequence[Event], actor_id: int | None) -> Select[int]:
    """SELECT of the ids of those who are told of changes to several by somebody, whatever they said to one of them."""
    return _but(actor_id, concerned(*sessions))


def _but(person_id: int | None, query: Select[int]) -> Select[int]:
    return query if person_id is None else query.where(people.c.id != person_id)


async def count(tx: Tx, recipients: Recipients) -> int:
    """How many people a SELECT of people finds."""
    return await tx.scalar(select(func.count()).select_from(recipients.subquery())) or 0


def _who_said(session: Event, what: ColumnElement[bool]) -> Select[int]:
    return select(answers.c.person_id).where(answers.c.event_id == session.id, what)


# --- Answers ----------------------------------------------------------------------------------


async def get_answers(tx: Tx, session: Event) -> dict[int, Said]:
    """What the invited said, by person id; who was invited once and is no longer is left out."""
    query = select(answers.c.person_id, answers.c.answer, answers.c.former)
    rows = await tx.execute(query.where(answers.c.event_id == session.id, answers.c.person_id.in_(invited(session))))
    return {row.person_id: Said(_answer(row.answer), _answer(row.former)) for row in rows}


def _answer(value: str | None) -> Answer | None:
    return Answer(value) if value is not None else None


async def answered_by(tx: Tx, person_id: int, answer: Answer) -> set[int]:
    """Ids of the sessions to which a person gave this answer."""
    given = (answers.c.person_id == person_id, answers.c.answer == answer.value)
    return set((await tx.execute(select(answers.c.event_id).where(*given))).scalars())


async def set_answer(tx: Tx, session_id: int, person_id: int, answer: Answer, now: datetime) -> None:
    """Store an answer over an earlier one."""
    values = {"answer": answer.value, "former": None, "answered_at": now}
    statement = insert(tx, answers).values(event_id=session_id, person_id=person_id, **values)
    await tx.execute(statement.on_conflict_do_update(index_elements=["event_id", "person_id"], set_=values))


async def forget_answers(tx: Tx, session_id: int) -> None:
    """Nobody has answered any more; what they had said is kept beside it."""
    former = func.coalesce(answers.c.answer, answers.c.former)
    await tx.execute(update(answers).where(answers.c.event_id == session_id).values(answer=None, former=former))


async def get_names(tx: Tx, person_ids: Collection[int]) -> dict[int, str]:
    """Names by person id."""
    rows = await tx.execute(select(people.c.id, people.c.name).where(people.c.id.in_(person_ids)))
    return {row.id: row.name for row in rows}


# --- Which ------------------------------------------------------------------------------------


async def lock(tx: Tx, session_id: int) -> Event | None:
    """One session, held until the transaction ends: of two who change it, the second sees what the first did."""
    await hold(tx, [session_id])
    session = await stored.get(tx, session_id)
    return session if session is not None and session.kind is EventKind.SESSION else None


async def hold(tx: Tx, session_ids: Collection[int]) -> None:
    """Hold sessions until the transaction ends, always in the same order: two who do so never wait for each other."""
    held = select(events.c.id).where(events.c.id.in_(session_ids)).order_by(events.c.id)
    await tx.execute(held.with_for_update())


async def get_upcoming(
    tx: Tx, since: datetime, *, group_ids: Collection[int], session_ids: Collection[int] = ()
) -> list[Event]:
    """Announced sessions of these groups, and these ones, that start after `since`; soonest first."""
    mine = or_(events.c.group_id.in_(group_ids), events.c.id.in_(session_ids))
    return await _find(tx, mine, _announced_after(since))


async def get_series(tx: Tx, series_id: int, since: datetime) -> list[Event]:
    """Announced sessions of a series that start at `since` or later, soonest first."""
    return await _find(tx, events.c.series_id == series_id, events.c.starts_at >= since, _ANNOUNCED)


async def get_between(tx: Tx, since: datetime, until: datetime) -> list[Event]:
    """Announced sessions of all groups that start after `since` and before `until`, soonest first."""
    return await _find(tx, _announced_after(since), events.c.starts_at < until)


async def add_series(tx: Tx, **values: object) -> int:
    """Store a series, its columns given by name; return its id."""
    return int((await tx.execute(series.insert().values(values).returning(series.c.id))).scalar_one())


async def get_agenda(tx: Tx, session_id: int) -> tuple[str, ...]:
    """What is on the agenda, in order."""
    taken = (agenda.c.event_id == session_id) & (agenda.c.state == "taken")
    rows = await tx.execute(select(agenda.c.text).where(taken).order_by(agenda.c.place, agenda.c.id))
    return tuple(rows.scalars())


_ANNOUNCED = events.c.state == EventState.ANNOUNCED.value


def _announced_after(since: datetime) -> ColumnElement[bool]:
    return _ANNOUNCED & (events.c.starts_at > since)


async def _find(tx: Tx, *conditions: ColumnElement[bool]) -> list[Event]:
    """Sessions that meet all conditions, soonest first."""
    query = select(events.c.id).where(events.c.kind == EventKind.SESSION.value, *conditions)
    found: Sequence[int] = (await tx.execute(query)).scalars().all()
    return sorted((await stored.get_many(tx, found)).values(), key=lambda e: (e.starts_at, e.id))
