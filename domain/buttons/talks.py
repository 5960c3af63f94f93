"""Buttons of talks: what presenters answer, and what coordinators look at."""

from dataclasses import dataclass
from enum import StrEnum

from domain.buttons.coding import Action, coded


class Consent(StrEnum):
    """To being recorded."""

    YES = "yes"
    NO = "no"


@coded("tk")
@dataclass(frozen=True)
class ShowTalk(Action):
    """The card of a talk."""

    talk_id: int


@coded("ty")
@dataclass(frozen=True)
class ConfirmTalk(Action):
    """I will speak."""

    talk_id: int


@coded("tn")
@dataclass(frozen=True)
class AskDecline(Action):
    """I cannot speak: asks first."""

    talk_id: int


@coded("tny")
@dataclass(frozen=True)
class DeclineTalk(Action):
    """I cannot speak, after having been asked."""

    talk_id: int


@coded("te")
@dataclass(frozen=True)
class EditTalk(Action):
    """Title, abstract, biography, recording."""

    talk_id: int


@coded("tr")
@dataclass(frozen=True)
class AnswerRecording(Action):
    """May it be recorded? `revision` is that of the dialog."""

    consent: Consent
    revision: int


@coded("ts")
@dataclass(frozen=True)
class SendSlides(Action):
    """Hand in the slides."""

    talk_id: int


@coded("tg")
@dataclass(frozen=True)
class GetSlides(Action):
    """The slides, as a message of their own."""

    talk_id: int


@coded("tw")
@dataclass(frozen=True)
class CheckWorks(Action):
    """The technical check went well."""

    talk_id: int


@coded("tf")
@dataclass(frozen=True)
class CheckFails(Action):
    """The technical check failed."""

    talk_id: int


@coded("tm")
@dataclass(frozen=True)
class ListTalks(Action):
    """A page of the talks at the coming events of a group, counted from 0."""

    group_id: int
    page: int
