"""Questions to the speakers, in the order in which the moderators put them."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, and_, case, delete, func, null, or_, select, update
from sqlalchemy.sql.elements import ColumnElement

from domain.questions import Cluster, Question, QuestionState
from storage.database import Tx
from storage.tables import events, questions

_COLUMNS = [questions.c[name] for name in Question.__dataclass_fields__]

_OPEN = questions.c.state == QuestionState.OPEN.value
_STANDS_ALONE = questions.c.merged_into.is_(null())


def _question(row: Row[*tuple[Any, ...]]) -> Question:
    return Question(**{**row._mapping, "state": QuestionState(row.state)})


async def hold(tx: Tx, event_id: int) -> None:
    """Keep the list of an event from others until the transaction ends: of two moderators the first counts."""
    await tx.execute(select(events.c.id).where(events.c.id == event_id).with_for_update())


async def get(tx: Tx, question_id: int) -> Question | None:
    """One question."""
    row = (await tx.execute(select(*_COLUMNS).where(questions.c.id == question_id))).one_or_none()
    return _question(row) if row else None


async def get_many(tx: Tx, question_ids: Collection[int]) -> dict[int, Question]:
    """Those of the questions that exist, by id."""
    rows = await tx.execute(select(*_COLUMNS).where(questions.c.id.in_(question_ids)))
    return {row.id: _question(row) for row in rows}


async def add(tx: Tx, event_id: int, person_id: int, text: str, now: datetime) -> int:
    """Store a question as the last one of its event; return its id."""
    last = await tx.scalar(select(func.max(questions.c.place)).where(questions.c.event_id == event_id)) or 0
    values = {
        "event_id": event_id,
        "person_id": person_id,
        "text": text,
        "state": QuestionState.OPEN.value,
        "place": last + 1,
        "asked_at": now,
    }
    return int((await tx.execute(questions.insert().values(values).returning(questions.c.id))).scalar_one())


async def change(tx: Tx, question_ids: Collection[int], **values: object) -> None:
    """Set columns of some questions."""
    await tx.execute(update(questions).where(questions.c.id.in_(question_ids)).values(**values))


async def drop(tx: Tx, question_id: int) -> None:
    """Forget a question for good."""
    await tx.execute(delete(questions).where(questions.c.id == question_id))


# --- The list of an event ---------------------------------------------------------------------


def _heads(event_id: int) -> ColumnElement[bool]:
    """Open questions that stand in the list: those that ask the same are counted with them."""
    return and_(questions.c.event_id == event_id, _OPEN, _STANDS_ALONE)


async def open_heads(tx: Tx, event_id: int, *, but: int = 0, offset: int = 0, limit: int = 100) -> list[Question]:
    """A part of the list, first one first; without the question `but`."""
    query = select(*_COLUMNS).where(_heads(event_id), questions.c.id != but)
    ordered = query.order_by(questions.c.place, questions.c.id).offset(offset).limit(limit)
    return [_question(row) for row in await tx.execute(ordered)]


async def count_open_heads(tx: Tx, event_id: int) -> int:
    """How long the list is."""
    return await _count(tx, _heads(event_id))


async def count_before(tx: Tx, question: Question) -> int:
    """How many stand before this one."""
    earlier = or_(
        questions.c.place < question.place,
        and_(questions.c.place == question.place, questions.c.id < question.id),
    )
    return await _count(tx, _heads(question.event_id) & earlier)


async def neighbour(tx: Tx, question: Question, *, above: bool) -> Question | None:
    """The one right above or below it in the list."""
    mine = questions.c.place < question.place if above else questions.c.place > question.place
    order = questions.c.place.desc() if above else questions.c.place
    query = select(*_COLUMNS).where(_heads(question.event_id), mine).order_by(order).limit(1)
    row = (await tx.execute(query)).one_or_none()
    return _question(row) if row else None


async def swap(tx: Tx, one: Question, other: Question) -> None:
    """Let two questions change places."""
    places = case((questions.c.id == one.id, other.place), else_=one.place)
    await tx.execute(update(questions).where(questions.c.id.in_([one.id, other.id])).values(place=places))


async def clusters(tx: Tx, heads: Collection[Question]) -> list[Cluster]:
    """These questions, each with those that ask the same."""
    query = select(*_COLUMNS).where(questions.c.merged_into.in_([head.id for head in heads]))
    same: dict[int, list[Question]] = defaultdict(list)
    for row in await tx.execute(query.order_by(questions.c.id)):
        same[row.merged_into].append(_question(row))
    return [Cluster(head, tuple(same[head.id])) for head in heads]


async def count_asked(tx: Tx, event_id: int) -> int:
    """How many questions there are at an event, whatever became of them."""
    return await _count(tx, questions.c.event_id == event_id)


async def count_answered(tx: Tx, event_id: int, *, only_heads: bool = False) -> int:
    """How many of them are answered, aloud or in writing; `only_heads`: what asks the same counts once."""
    answered = (questions.c.event_id == event_id) & (questions.c.state == QuestionState.ANSWERED.value)
    return await _count(tx, answered & _STANDS_ALONE if only_heads else answered)


async def count_open_by_event(tx: Tx, event_ids: Collection[int]) -> dict[int, int]:
    """How long the lists of some events are, by event id; empty ones are left out."""
    query = select(questions.c.event_id, func.count()).where(questions.c.event_id.in_(event_ids), _OPEN, _STANDS_ALONE)
    rows = await tx.execute(query.group_by(questions.c.event_id))
    return dict(rows.all())


# --- Of one person ----------------------------------------------------------------------------


def _own(event_id: int, person_id: int) -> ColumnElement[bool]:
    return and_(questions.c.event_id == event_id, questions.c.person_id == person_id)


async def own(tx: Tx, event_id: int, person_id: int, offset: int, limit: int) -> list[Question]:
    """Somebody's questions at an event, newest first."""
    query: Select[*tuple[Any, ...]] = select(*_COLUMNS).where(_own(event_id, person_id))
    rows = await tx.execute(query.order_by(questions.c.id.desc()).offset(offset).limit(limit))
    return [_question(row) for row in rows]


async def count_own(tx: Tx, event_id: int, person_id: int, *, only_open: bool = False) -> int:
    """How many they are; `only_open`: how many of them wait."""
    return await _count(tx, _own(event_id, person_id) & _OPEN if only_open else _own(event_id, person_id))


async def _count(tx: Tx, which: ColumnElement[bool]) -> int:
    return await tx.scalar(select(func.count()).select_from(questions).where(which)) or 0
