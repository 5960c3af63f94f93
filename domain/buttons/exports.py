"""Buttons that send tables as files."""

from dataclasses import dataclass

from domain.buttons.coding import Action, coded
from domain.exports import What


@coded("oxl")
@dataclass(frozen=True)
class ListExports(Action):
    """A page of what can be exported, counted from 0."""

    page: int


@coded("oxm")
@dataclass(frozen=True)
class ExportMembers(Action):
    """The members of a group."""

    group_id: int


@coded("oxt")
@dataclass(frozen=True)
class ExportTable(Action):
    """A table over all groups."""

    what: What
