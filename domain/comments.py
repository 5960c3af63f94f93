"""Comments on a result: between those who wrote it and those who review it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.results import Result, ResultState

MOST_COMMENT = 500
"""UTF-16 units of one comment."""

MOST_COMMENTS = 50
"""From one person on one result."""

ON_CARD = 3
"""So many of the last ones stand on the card."""


class Side(StrEnum):
    """Who speaks."""

    AUTHORS = "authors"
    REVIEWERS = "reviewers"


@dataclass(frozen=True)
class Comment:
    """What somebody said; `person_id` None: they have left since."""

    id: int
    result_id: int
    person_id: int | None
    text: str
    at: datetime


@dataclass(frozen=True)
class Added:
    """It is kept, and told to the other side."""

    side: Side


@dataclass(frozen=True)
class TooMany:
    """This person has said enough."""


@dataclass(frozen=True)
class Closed:
    """Nothing is said about a draft, or about what is withdrawn."""


CommentOutcome = Added | TooMany | Closed


def is_open_to_comments(result: Result) -> bool:
    """Whether there is anything to talk about."""
    return result.state not in {ResultState.DRAFT, ResultState.WITHDRAWN}


def side_of(result: Result, person_id: int) -> Side:
    """On which side somebody is who may comment at all."""
    return Side.AUTHORS if result.is_by(person_id) else Side.REVIEWERS


def decide_comment(result: Result, person_id: int, so_far: int) -> CommentOutcome:
    """May this person say one more thing? `so_far`: how many they have said."""
    if not is_open_to_comments(result):
        return Closed()
    return TooMany() if so_far >= MOST_COMMENTS else Added(side_of(result, person_id))
