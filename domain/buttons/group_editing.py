"""Buttons with which organisers create and edit groups."""

from dataclasses import dataclass

from domain.buttons.coding import Action, coded
from domain.group_editing import Part


@coded("ogl")
@dataclass(frozen=True)
class ListEditable(Action):
    """A page of the groups to edit, counted from 0."""

    page: int


@coded("oge")
@dataclass(frozen=True)
class EditGroup(Action):
    """Everything about one group, to be changed."""

    group_id: int


@coded("ogn")
@dataclass(frozen=True)
class NewGroup(Action):
    """Create a group, or go on with the one that was begun."""


@coded("ogp")
@dataclass(frozen=True)
class EditPart(Action):
    """Change one part of a group; `language` is that of the title or theme, else English."""

    group_id: int
    part: Part
    language: str


@coded("ogs")
@dataclass(frozen=True)
class ShowNames(Action):
    """Whether members see each other's names (1) or not (0). `revision` is that of the dialog."""

    shows: int
    revision: int


@coded("ogc")
@dataclass(frozen=True)
class CloseGroup(Action):
    """Close a group now: asks first."""

    group_id: int


@coded("ogy")
@dataclass(frozen=True)
class CloseForSure(Action):
    """Close a group after having been asked."""

    group_id: int
