"""Buttons of the agenda of a session."""

from dataclasses import dataclass

from domain.buttons.coding import Action, coded


@coded("jl")
@dataclass(frozen=True)
class ShowAgenda(Action):
    """A page of the points of a session, counted from 0."""

    session_id: int
    page: int


@coded("jo")
@dataclass(frozen=True)
class OpenAgenda(Action):
    """The points as a new message: the card that the button stands on goes on editing itself."""

    session_id: int


@coded("jn")
@dataclass(frozen=True)
class ProposePoint(Action):
    """Ask for the text of a new point."""

    session_id: int


@coded("jt")
@dataclass(frozen=True)
class TakePoint(Action):
    """Put a proposed point on the agenda."""

    point_id: int
    page: int


@coded("jd")
@dataclass(frozen=True)
class DropPoint(Action):
    """Drop a point, or withdraw one's own proposal."""

    point_id: int
    page: int


@coded("jm")
@dataclass(frozen=True)
class MovePoint(Action):
    """Move a point so many places on; negative: back."""

    point_id: int
    by: int
    page: int
