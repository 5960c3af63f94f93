"""Buttons of making and changing webinars."""

from dataclasses import dataclass

from domain.buttons.coding import Action, coded
from domain.webinar_parts import Part


@coded("wen")
@dataclass(frozen=True)
class NewWebinar(Action):
    """Begin a webinar of a group."""

    group_id: int


@coded("wer")
@dataclass(frozen=True)
class RunWebinar(Action):
    """The card of a webinar for those who run it."""

    webinar_id: int


@coded("weo")
@dataclass(frozen=True)
class ListOver(Action):
    """A page of a group's webinars that are past or cancelled, counted from 0."""

    group_id: int
    page: int


@coded("wec")
@dataclass(frozen=True)
class ChangeWebinar(Action):
    """Begin to change a webinar: asks what."""

    webinar_id: int


@coded("wep")
@dataclass(frozen=True)
class ChangePart(Action):
    """Begin to change this part of a webinar."""

    webinar_id: int
    part: Part


@coded("weg")
@dataclass(frozen=True)
class GoOnWithDraft(Action):
    """Go on with a draft, at the first question that is open."""

    webinar_id: int


@coded("wet")
@dataclass(frozen=True)
class Trouble(Action):
    """Something is wrong on the day of a webinar: what to do about it."""

    webinar_id: int


@coded("web")
@dataclass(frozen=True)
class Postpone(Action):
    """Put a webinar off by so many minutes; asks once more."""

    webinar_id: int
    minutes: int


@coded("wei")
@dataclass(frozen=True)
class ShowIn(Action):
    """The preview of a draft in another language. `revision` is that of the dialog."""

    revision: int
    language: str


@coded("wef")
@dataclass(frozen=True)
class GoToPreview(Action):
    """Leave the questions that are still to come as they are. `revision` is that of the dialog."""

    revision: int


@coded("wek")
@dataclass(frozen=True)
class KeepDraft(Action):
    """Leave a draft as it is. `revision` is that of the dialog."""

    revision: int


@coded("wem")
@dataclass(frozen=True)
class TurnHosts(Action):
    """Other people at the question who moderates, counted in pages from 0. `revision` is that of the dialog."""

    revision: int
    page: int
