"""Buttons of questions to the speakers: asking, and what moderators do with them."""

from dataclasses import dataclass
from enum import StrEnum

from domain.buttons.coding import Action, coded


class Way(StrEnum):
    """Which way a question moves in the list."""

    UP = "up"
    DOWN = "down"


class Verdict(StrEnum):
    """What a moderator does with a question in one tap."""

    ANSWERED = "answered"
    DROPPED = "dropped"


@coded("ua")
@dataclass(frozen=True)
class AskSpeakers(Action):
    """Ask the speakers of a webinar."""

    webinar_id: int


@coded("um")
@dataclass(frozen=True)
class ListOwnQuestions(Action):
    """A page of my questions at a webinar, counted from 0."""

    webinar_id: int
    page: int


@coded("ut")
@dataclass(frozen=True)
class TakeQuestionBack(Action):
    """My question is not to be asked any more; on this page of my list."""

    question_id: int
    page: int


@coded("uo")
@dataclass(frozen=True)
class OpenQuestions(Action):
    """The list of a webinar for those who moderate or speak, as a message of its own."""

    webinar_id: int


@coded("ul")
@dataclass(frozen=True)
class ListQuestions(Action):
    """A page of that list in place, counted from 0."""

    webinar_id: int
    page: int


@coded("uq")
@dataclass(frozen=True)
class ShowQuestion(Action):
    """One question, with what can be done."""

    question_id: int


@coded("uv")
@dataclass(frozen=True)
class MoveQuestion(Action):
    """One up or down; `place` is the one on the screen, so that a second tap does not count twice."""

    question_id: int
    place: int
    way: Way


@coded("us")
@dataclass(frozen=True)
class SettleQuestion(Action):
    """It is answered, or dropped."""

    question_id: int
    verdict: Verdict


@coded("uu")
@dataclass(frozen=True)
class ReopenQuestion(Action):
    """It is not, after all."""

    question_id: int


@coded("uc")
@dataclass(frozen=True)
class ChooseSame(Action):
    """Which one asks the same? A page of the others, counted from 0."""

    question_id: int
    page: int


@coded("ug")
@dataclass(frozen=True)
class MergeQuestion(Action):
    """The other one stands for both."""

    question_id: int
    into_id: int


@coded("uw")
@dataclass(frozen=True)
class AnswerQuestion(Action):
    """Answer in writing, once the webinar is over."""

    question_id: int
