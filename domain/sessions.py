"""Sessions: who says they will be there, when the join link opens, and what a change means for those concerned."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.changes import Difference, Moved
from domain.events import LINK_OPENS, Event, EventState
from domain.groups import Group


class Answer(StrEnum):
    """What somebody says about a session."""

    YES = "yes"
    MAYBE = "maybe"
    NO = "no"


@dataclass(frozen=True)
class Said:
    """What one person has said. `former`: what they said before the session was moved."""

    answer: Answer | None = None
    former: Answer | None = None


def is_ahead(session: Event, now: datetime) -> bool:
    """Whether it takes place and is not over: it can be answered and changed."""
    return session.state is EventState.ANNOUNCED and now < session.ends_at


@dataclass(frozen=True)
class Answered:
    """The answer counts."""

    answer: Answer


@dataclass(frozen=True)
class TooLate:
    """The session is over."""


@dataclass(frozen=True)
class CalledOff:
    """The session was cancelled."""


AnswerOutcome = Answered | TooLate | CalledOff


def decide_answer(session: Event, answer: Answer, now: datetime) -> AnswerOutcome:
    """Whether an answer still counts: until the end, as some come late."""
    if session.state is EventState.CANCELLED:
        return CalledOff()
    return TooLate() if session.ends_at <= now else Answered(answer)


@dataclass(frozen=True)
class LinkOpen:
    """The join link may be shown."""

    link: str


@dataclass(frozen=True)
class LinkOpensAt:
    """There is a link; it may be shown from then."""

    at: datetime


@dataclass(frozen=True)
class LinkMissing:
    """Nobody has given a link yet."""


LinkOutcome = LinkOpen | LinkOpensAt | LinkMissing | TooLate | CalledOff


def decide_link(session: Event, now: datetime) -> LinkOutcome:
    """What may be shown of the join link now, to somebody who may see it at all."""
    if session.state is EventState.CANCELLED:
        return CalledOff()
    if session.ends_at <= now:
        return TooLate()
    if session.link is None:
        return LinkMissing()
    link = session.link_at(now)
    return LinkOpen(link) if link else LinkOpensAt(session.starts_at - LINK_OPENS)


@dataclass(frozen=True)
class Turnout:
    """How many will come. `silent`: invited, and have not said. `names` by answer; empty where they are not shown."""

    counts: Mapping[Answer, int]
    silent: int
    names: Mapping[Answer, tuple[str, ...]]


def count_turnout(said: Mapping[int, Said], invited: int, names: Mapping[int, str]) -> Turnout:
    """Sum up what those who are invited said; `names` of those that may be shown, by person id."""
    counts = {answer: sum(one.answer is answer for one in said.values()) for answer in Answer}
    shown = {
        answer: tuple(sorted(names[p] for p, one in said.items() if one.answer is answer and p in names))
        for answer in Answer
    }
    return Turnout(counts, max(0, invited - sum(counts.values())), shown)


@dataclass(frozen=True)
class Shown:
    """What the card of a session shows to one reader; to a group chat, nothing that concerns one person.

    `mine` None: the reader is not asked. `may_run`: may move and cancel it. `has_minutes`: they can be read.
    `proposed`: how many points wait for whoever runs it.
    """

    session: Event
    group: Group
    agenda: tuple[str, ...]
    turnout: Turnout
    mine: Said | None = None
    may_run: bool = False
    has_minutes: bool = False
    proposed: int = 0


# --- Changes ----------------------------------------------------------------------------------


def concerns_those_who_declined(news: tuple[Difference, ...]) -> bool:
    """Whoever cannot come hears of another time only: perhaps they can then."""
    return any(isinstance(one, Moved) for one in news)
