"""Applications: who asked to join which group, what was decided, and the order of the waiting list."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, String, cast, func, literal, select, update

from domain.groups import Application, ApplicationState
from storage.database import Tx
from storage.tables import applications, cards

_COLUMNS = [applications.c[name] for name in Application.__dataclass_fields__]

_UNDECIDED = applications.c.state.in_([ApplicationState.OPEN.value, ApplicationState.WAITING.value])


def _application(row: Row[*tuple[Any, ...]]) -> Application:
    return Application(**{**row._mapping, "state": ApplicationState(row.state)})


async def get(tx: Tx, application_id: int) -> Application | None:
    """One application."""
    row = (await tx.execute(select(*_COLUMNS).where(applications.c.id == application_id))).one_or_none()
    return _application(row) if row else None


async def get_many(tx: Tx, application_ids: Collection[int]) -> dict[int, Application]:
    """Those of the applications that exist, by id."""
    rows = await tx.execute(select(*_COLUMNS).where(applications.c.id.in_(application_ids)))
    return {row.id: _application(row) for row in rows}


async def undecided_of(tx: Tx, person_id: int) -> list[Application]:
    """A person's applications that are open or wait for a seat, oldest first."""
    query = select(*_COLUMNS).where(applications.c.person_id == person_id, _UNDECIDED)
    return [_application(row) for row in await tx.execute(query.order_by(applications.c.id))]


async def waiting_of(tx: Tx, group_id: int, person_ids: Collection[int]) -> list[Application]:
    """The applications with which these people wait for a seat in a group, first in the queue first."""
    waiting = (applications.c.group_id == group_id, applications.c.state == ApplicationState.WAITING.value)
    query = select(*_COLUMNS).where(*waiting, applications.c.person_id.in_(person_ids))
    rows = await tx.execute(query.order_by(applications.c.queued_at, applications.c.id))
    return [_application(row) for row in rows]


async def open_with_cards(tx: Tx) -> list[tuple[Application, frozenset[int]]]:
    """Open applications with the chats in which there is a card of each, oldest first."""
    shown = cards.c.subject == literal("application:") + cast(applications.c.id, String)
    query = select(*_COLUMNS, cards.c.chat_id).select_from(applications.outerjoin(cards, shown))
    rows = await tx.execute(
        query.where(applications.c.state == ApplicationState.OPEN.value).order_by(applications.c.id)
    )
    found: dict[Application, set[int]] = {}
    for row in rows:
        *columns, chat_id = row
        values = dict(zip(Application.__dataclass_fields__, columns, strict=True))
        application = Application(**{**values, "state": ApplicationState(values["state"])})
        found.setdefault(application, set()).update({chat_id} if chat_id is not None else ())
    return [(application, frozenset(chats)) for application, chats in found.items()]


async def add(tx: Tx, group_id: int, person_id: int, motivation: str, affiliation: str, now: datetime) -> int:
    """Store an open application; return its id."""
    values = {
        "group_id": group_id,
        "person_id": person_id,
        "motivation": motivation,
        "affiliation": affiliation,
        "state": ApplicationState.OPEN.value,
        "created_at": now,
    }
    return int((await tx.execute(applications.insert().values(values).returning(applications.c.id))).scalar_one())


async def change(tx: Tx, application: Application, state: ApplicationState, **values: object) -> None:
    """Store a new state and what comes with it: decided_by, decided_at, reason, undo_until (None if not named)."""
    new = {"undo_until": None, **values, "state": state.value, "revision": application.revision + 1}
    await tx.execute(update(applications).where(applications.c.id == application.id).values(**new))


async def settle(tx: Tx, application_ids: Collection[int]) -> None:
    """What was decided about these stands."""
    await tx.execute(update(applications).where(applications.c.id.in_(application_ids)).values(undo_until=None))


async def unsettled(tx: Tx, until: datetime) -> list[Application]:
    """Those whose last moment to be taken back has come by `until`."""
    query = select(*_COLUMNS).where(applications.c.undo_until <= until)
    return [_application(row) for row in await tx.execute(query.order_by(applications.c.id))]


async def undecided_in(tx: Tx, group_id: int) -> list[Application]:
    """A group's applications that are open or wait for a seat, oldest first."""
    query = select(*_COLUMNS).where(applications.c.group_id == group_id, _UNDECIDED).order_by(applications.c.id)
    return [_application(row) for row in await tx.execute(query)]


async def page_of(tx: Tx, group_id: int, state: ApplicationState, *, offset: int, limit: int) -> list[Application]:
    """Some of a group's applications in a state: open ones oldest first, waiting ones in the order of the queue."""
    query = select(*_COLUMNS).where(applications.c.group_id == group_id, applications.c.state == state.value)
    ordered = query.order_by(applications.c.queued_at, applications.c.id).offset(offset).limit(limit)
    return [_application(row) for row in await tx.execute(ordered)]


async def groups_of_undecided(tx: Tx) -> list[int]:
    """Ids of the groups in which somebody's application is not decided, or waits for a seat."""
    query = select(applications.c.group_id).where(_UNDECIDED).distinct().order_by(applications.c.group_id)
    return list((await tx.execute(query)).scalars())


async def accepted_of(tx: Tx, group_id: int, person_id: int) -> Application | None:
    """The last application that gave this person a seat in this group."""
    mine = (applications.c.group_id == group_id, applications.c.person_id == person_id)
    query = select(*_COLUMNS).where(*mine, applications.c.state == ApplicationState.ACCEPTED.value)
    row = (await tx.execute(query.order_by(applications.c.id.desc()).limit(1))).one_or_none()
    return _application(row) if row else None


async def queue(tx: Tx, application: Application, now: datetime) -> None:
    """Put it at the end of its group's waiting list, also when the clock was put back since the last one came."""
    last = await tx.scalar(
        select(func.max(applications.c.queued_at)).where(applications.c.group_id == application.group_id)
    )
    queued_at = max(now, last + timedelta(microseconds=1)) if last else now
    await tx.execute(update(applications).where(applications.c.id == application.id).values(queued_at=queued_at))
