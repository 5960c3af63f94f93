"""Questions to the speakers: who may ask how many, which of them ask the same, and what becomes of each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from domain.events import Event, EventKind, EventState
from domain.occasions import Purpose
from domain.permissions import Actor, Permission, Target, can
from domain.talks import choose_leads

MOST_TEXT = 500
MOST_ANSWER = 1500
"""Limits of what is typed, in UTF-16 units as Telegram counts."""

MOST_OPEN = 5
"""So many questions of one person wait at the same event."""


class QuestionState(StrEnum):
    """What became of a question."""

    OPEN = "open"
    ANSWERED = "answered"
    DROPPED = "dropped"


@dataclass(frozen=True)
class Question:
    """A question to the speakers of a webinar. `person_id` None: whoever asked is not known any more.

    `merged_into`: the one that asks the same and stands for both. `place`: in the list, lowest first.
    `answer`: written after the event; None where it was answered aloud, or not at all.
    """

    id: int
    event_id: int
    person_id: int | None
    text: str
    state: QuestionState
    merged_into: int | None
    place: int
    asked_at: datetime
    settled_at: datetime | None = None
    answer: str | None = None


@dataclass(frozen=True)
class Cluster:
    """A question and those that ask the same, oldest first."""

    head: Question
    same: tuple[Question, ...] = ()

    @property
    def everyone(self) -> tuple[Question, ...]:
        """All of them; the head first."""
        return (self.head, *self.same)

    @property
    def asker_ids(self) -> tuple[int, ...]:
        """Those who asked and are known, each once, in the order of `everyone`."""
        return tuple(dict.fromkeys(q.person_id for q in self.everyone if q.person_id is not None))

    @property
    def askers(self) -> int:
        """How many people asked; of whoever is not known any more, each question counts."""
        return len(self.asker_ids) + sum(q.person_id is None for q in self.everyone)


def may(actor: Actor, permission: Permission, event: Event) -> bool:
    """Whether somebody may do this to the questions of an event; who moderates it may, with any role or none."""
    target = Target(group_id=event.group_id, event_id=event.id, author_id=event.moderator_id)
    return can(actor, permission, target) or can(actor, Permission.MODERATE_OWN, target)


# --- Asking -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class MayAsk:
    """There is time, and room for one more."""


@dataclass(frozen=True)
class Closed:
    """The webinar is over, or does not take place."""


@dataclass(frozen=True)
class TooMany:
    """So many of theirs wait already."""

    most: int


NotAsked = Closed | TooMany
AskOutcome = MayAsk | NotAsked


def takes_questions(event: Event, now: datetime) -> bool:
    """Before a webinar and during it."""
    return event.kind is EventKind.WEBINAR and event.state is EventState.ANNOUNCED and now < event.ends_at


def is_held(event: Event, now: datetime) -> bool:
    """Whether it has taken place: what is open then is answered in writing."""
    return event.state is EventState.ANNOUNCED and now >= event.ends_at


def decide_ask(event: Event, open_ones: int, now: datetime) -> AskOutcome:
    """May somebody ask one more, of whom `open_ones` wait?"""
    if not takes_questions(event, now):
        return Closed()
    return MayAsk() if open_ones < MOST_OPEN else TooMany(MOST_OPEN)


def is_time_for_presenters(event: Event, now: datetime, chosen: Mapping[Purpose, int]) -> bool:
    """Whether those who speak see the list as it grows: from when they meet backstage until the end."""
    ahead = timedelta(minutes=choose_leads(chosen)[Purpose.TALK_BACKSTAGE])
    return takes_questions(event, now) and event.starts_at - ahead <= now


# --- Settling ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Settled:
    """It counts; so does it for those that ask the same."""


@dataclass(frozen=True)
class SettledBefore:
    """Somebody was faster."""

    state: QuestionState


@dataclass(frozen=True)
class StandsFor:
    """Somebody has said meanwhile that another question asks the same."""

    other_id: int


SettleOutcome = Settled | SettledBefore | StandsFor


def decide_settle(question: Question) -> SettleOutcome:
    """Answer it or drop it; the first counts."""
    if question.state is not QuestionState.OPEN:
        return SettledBefore(question.state)
    return Settled() if question.merged_into is None else StandsFor(question.merged_into)


def can_reopen(question: Question) -> bool:
    """Whether it may be taken back that a question is settled: not once an answer has been written."""
    return question.state is not QuestionState.OPEN and question.merged_into is None and question.answer is None


def can_merge(question: Question, into: Question) -> bool:
    """Whether one may stand for both: two open ones of the same event, neither part of another."""
    both = (question, into)
    apart = question.id != into.id and question.event_id == into.event_id
    return apart and all(q.state is QuestionState.OPEN and q.merged_into is None for q in both)
