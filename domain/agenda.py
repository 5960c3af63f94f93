"""The agenda of a session: anybody invited proposes a point, whoever runs it takes, drops and orders them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.events import Event
from domain.groups import Group
from domain.paging import ListPage
from domain.sessions import is_ahead

MOST_TEXT = 200
"""In UTF-16 units."""

MOST_OPEN = 10
"""So many points one person may have proposed that nobody has taken or dropped yet, over all sessions to come."""


class PointState(StrEnum):
    """Where a point stands."""

    PROPOSED = "proposed"
    TAKEN = "taken"
    DROPPED = "dropped"


@dataclass(frozen=True)
class Point:
    """Something to talk about. `place` orders those that are taken; `person_id`: who proposed it."""

    id: int
    event_id: int
    person_id: int | None
    text: str
    state: PointState
    place: int
    created_at: datetime


@dataclass(frozen=True)
class Proposed:
    """The point waits for whoever runs the session."""


@dataclass(frozen=True)
class TooMany:
    """First the others of this person have to be taken or dropped."""

    most: int


@dataclass(frozen=True)
class Over:
    """The session is over or cancelled; its agenda stays as it is."""


ProposeOutcome = Proposed | TooMany | Over


def decide_propose(session: Event, count_open: int, now: datetime) -> ProposeOutcome:
    """Whether somebody with so many open proposals may add another one."""
    if not is_ahead(session, now):
        return Over()
    return TooMany(MOST_OPEN) if count_open >= MOST_OPEN else Proposed()


@dataclass(frozen=True)
class Settled:
    """The point is in this state from now on."""

    state: PointState


@dataclass(frozen=True)
class SettledBefore:
    """It was in that state already: somebody else was faster."""

    state: PointState


SettleOutcome = Settled | SettledBefore | Over


def decide_settle(session: Event, point: Point, state: PointState, now: datetime) -> SettleOutcome:
    """Take a proposed point; drop a proposed or a taken one. What is dropped stays dropped."""
    if not is_ahead(session, now):
        return Over()
    if point.state is PointState.DROPPED or point.state is state:
        return SettledBefore(point.state)
    return Settled(state)


def moved(points: Sequence[Point], point_id: int, by: int) -> tuple[int, ...]:
    """Ids of the taken points in their new order: this one so many places later; at the end it stays there."""
    order = [p.id for p in sorted(points, key=lambda p: (p.place, p.id)) if p.state is PointState.TAKEN]
    if point_id in order:
        place = order.index(point_id)
        order.insert(min(max(place + by, 0), len(order) - 1), order.pop(place))
    return tuple(order)


@dataclass(frozen=True)
class Agenda:
    """One page of the points of a session, as one reader sees them: those taken in order, then those proposed.

    `names` of who proposed, by person id, as far as they are shown. `first`: the number of the first point on the page.
    """

    session: Event
    group: Group
    points: tuple[Point, ...]
    names: dict[int, str]
    first: int
    taken: int
    page: ListPage
    may_propose: bool
    may_run: bool
    reader_id: int
