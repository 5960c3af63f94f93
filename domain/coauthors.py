"""Co-authors: named by the author, and asked whether that is right."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.results import Result, ResultState

MOST_COAUTHORS = 5


class CoauthorState(StrEnum):
    """What somebody who was named has said to it."""

    ASKED = "asked"
    CONFIRMED = "confirmed"
    DECLINED = "declined"


@dataclass(frozen=True)
class Coauthor:
    """Somebody named on a result; asked when it is handed in, not while it is a draft."""

    result_id: int
    person_id: int
    state: CoauthorState
    asked_at: datetime


@dataclass(frozen=True)
class Answered:
    """The answer counts."""

    state: CoauthorState


@dataclass(frozen=True)
class AlreadyAnswered:
    """That was said before; a name taken off can only be put back by the author."""

    state: CoauthorState


AnswerOutcome = Answered | AlreadyAnswered


def can_be_answered(result: Result) -> bool:
    """Whether co-authors are asked: not about drafts, not about what is withdrawn."""
    return result.state not in {ResultState.DRAFT, ResultState.WITHDRAWN}


def decide_answer(now: CoauthorState, said: CoauthorState) -> AnswerOutcome:
    """What an answer comes to. Who has confirmed may still have the name taken off."""
    if now in {said, CoauthorState.DECLINED}:
        return AlreadyAnswered(now)
    return Answered(said)
