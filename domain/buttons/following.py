"""Buttons of what somebody follows and what comes next of it."""

from dataclasses import dataclass

from domain.buttons.coding import Action, coded
from domain.webinars import Scope


@coded("wal")
@dataclass(frozen=True)
class FollowLanguage(Action):
    """Follow all webinars held in a language (`number_of`), from the card of one of them."""

    webinar_id: int
    number: int


@coded("wfp")
@dataclass(frozen=True)
class ListFollowed(Action):
    """A page of what I follow, counted from 0."""

    page: int


@coded("wfs")
@dataclass(frozen=True)
class StopFollowing(Action):
    """End one choice; `page` is where it stood."""

    scope: Scope
    target_id: int
    page: int


@coded("wfn")
@dataclass(frozen=True)
class ListNext(Action):
    """A page of what comes next for me, counted from 0."""

    page: int
