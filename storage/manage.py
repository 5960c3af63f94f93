"""What waits for the coordinators of a group, counted by one query."""

from dataclasses import dataclass

from sqlalchemy import BindParameter, Select, bindparam, func, literal, select, union_all

from domain.events import EventKind, EventState
from domain.groups import ApplicationState
from domain.permissions import Role
from domain.results import ResultState
from storage.database import Tx
from storage.people import reachable
from storage.tables import applications, chores, events, people, results, roles, seats
from storage.types import BigId

_GROUP: BindParameter[int] = bindparam("group_id", type_=BigId)


@dataclass(frozen=True)
class Counted:
    """How much there is of what. `webinars`: announced, held ones included; `unreached`: people of the group."""

    members: int
    waiting: int
    requests: int
    webinars: int
    submissions: int
    chores: int
    unreached: int


_ROLES_IN = union_all(
    select(seats.c.person_id, literal(Role.MEMBER.value).label("role")).where(seats.c.group_id == _GROUP),
    select(roles.c.person_id, roles.c.role).where(
        roles.c.group_id == _GROUP, roles.c.role.in_([Role.COORDINATOR.value, Role.GUEST.value])
    ),
)


def _applications(state: ApplicationState) -> Select[int]:
    mine = (applications.c.group_id == _GROUP, applications.c.state == state.value)
    return select(func.count()).select_from(applications).where(*mine)


_UNREACHED = people.c.id.in_(select(_ROLES_IN.subquery().c.person_id)) & people.c.id.not_in(reachable())

_COUNTED = select(
    select(func.count()).select_from(seats).where(seats.c.group_id == _GROUP).scalar_subquery(),
    _applications(ApplicationState.WAITING).scalar_subquery(),
    _applications(ApplicationState.OPEN).scalar_subquery(),
    select(func.count())
    .select_from(events)
    .where(
        events.c.group_id == _GROUP,
        events.c.kind == EventKind.WEBINAR.value,
        events.c.state == EventState.ANNOUNCED.value,
    )
    .scalar_subquery(),
    select(func.count())
    .select_from(results)
    .where(results.c.group_id == _GROUP, results.c.state == ResultState.SUBMITTED.value)
    .scalar_subquery(),
    select(func.count())
    .select_from(chores)
    .where(chores.c.group_id == _GROUP, chores.c.done_at.is_(None))
    .scalar_subquery(),
    select(func.count()).select_from(people).where(_UNREACHED).scalar_subquery(),
)


async def roles_in(tx: Tx, group_id: int) -> dict[int, frozenset[Role]]:
    """What everybody who belongs to a group is there, by person id: member, coordinator, guest."""
    found: dict[int, set[Role]] = {}
    for row in await tx.execute(_ROLES_IN, {"group_id": group_id}):
        found.setdefault(row.person_id, set()).add(Role(row.role))
    return {person_id: frozenset(held) for person_id, held in found.items()}


async def count(tx: Tx, group_id: int) -> Counted:
    """Everything that the card of a group counts."""
    return Counted(*(await tx.execute(_COUNTED, {"group_id": group_id})).one())
