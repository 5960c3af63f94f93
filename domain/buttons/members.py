"""Buttons about the people of a group."""

from dataclasses import dataclass

from domain.buttons.coding import Action, coded


@coded("pl")
@dataclass(frozen=True)
class ListPeople(Action):
    """A page of a group's people, counted from 0."""

    group_id: int
    page: int


@coded("ps")
@dataclass(frozen=True)
class ListSilent(Action):
    """A page of those of a group's people whom the bot cannot write to, counted from 0."""

    group_id: int
    page: int


@coded("pd")
@dataclass(frozen=True)
class ShowPerson(Action):
    """Somebody who belongs to a group."""

    group_id: int
    person_id: int


@coded("pr")
@dataclass(frozen=True)
class Remove(Action):
    """Take a member's seat back: asks first."""

    group_id: int
    person_id: int


@coded("pry")
@dataclass(frozen=True)
class RemoveForSure(Action):
    """Take a member's seat back after having been asked."""

    group_id: int
    person_id: int


@coded("prr")
@dataclass(frozen=True)
class RemoveWithReason(Action):
    """Take a member's seat back in one's own words: they are typed next."""

    group_id: int
    person_id: int


@coded("pu")
@dataclass(frozen=True)
class UndoRemoval(Action):
    """Give a removed member the seat back."""

    removal_id: int
