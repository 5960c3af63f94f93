"""Buttons of webinars."""

from dataclasses import dataclass

from domain.buttons.coding import Action, coded
from domain.webinars import Scope


@coded("wl")
@dataclass(frozen=True)
class ListWebinars(Action):
    """A page of the upcoming webinars, counted from 0."""

    page: int


@coded("wg")
@dataclass(frozen=True)
class ListOfGroup(Action):
    """A page of the upcoming webinars of one group, or of all (group 0), counted from 0."""

    group_id: int
    page: int


@coded("wp")
@dataclass(frozen=True)
class ListPastWebinars(Action):
    """A page of the webinars that have begun, of one group or of all (group 0), counted from 0."""

    group_id: int
    page: int


@coded("wd")
@dataclass(frozen=True)
class ShowWebinar(Action):
    """Details of one webinar."""

    webinar_id: int


@coded("wr")
@dataclass(frozen=True)
class RemindMe(Action):
    """Ask how wide: this webinar, the group's, all."""

    webinar_id: int


@coded("ws")
@dataclass(frozen=True)
class Subscribe(Action):
    """Follow; `webinar_id` is the card that the button stands on."""

    webinar_id: int
    scope: Scope


@coded("wu")
@dataclass(frozen=True)
class Unsubscribe(Action):
    """No reminders of this webinar any more."""

    webinar_id: int


@coded("wf")
@dataclass(frozen=True)
class ShowFollowed(Action):
    """What I follow."""


@coded("wa")
@dataclass(frozen=True)
class FollowAll(Action):
    """Follow every webinar, also those to come."""


@coded("wx")
@dataclass(frozen=True)
class UnfollowAll(Action):
    """End every subscription."""
