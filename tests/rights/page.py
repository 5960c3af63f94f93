"""What docs/permissions.md says, read as data: expectations come from here and from nowhere else."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from domain.permissions import NEVER_ON_OWN, Permission, Role, Target
from handlers.routes import ButtonPress, Command, DialogInput, Where

PAGE = Path(__file__).parents[2] / "docs" / "permissions.md"


class Shape(StrEnum):
    """What is asked with; the columns of the second table."""

    PRIVATE_COMMAND = "private command"
    SHARED_COMMAND = "shared command"
    GROUP_COMMAND = "group command"
    OPEN_COMMAND = "open command"
    START_LINK = "start link"
    PRIVATE_BUTTON = "private button"
    SHARED_BUTTON = "shared button"
    TYPED = "typed answer"


class Way(StrEnum):
    """How it is asked; the rows of the second table."""

    PRIVATE = "In private"
    OWN_CHAT = "In the group's chat"
    OTHER_CHAT = "In another group's chat"
    LOOSE_CHAT = "In a chat of no group"
    ANONYMOUS = "As the group itself, by an anonymous administrator"
    CHANNEL = "In the name of a channel"
    CHANNEL_PRIVATE = "In the name of a channel, in private"
    LINKED_CHANNEL = "Posted by the linked channel"
    FORWARDED = "Forwarded"
    FORWARDED_CHAT = "Forwarded into the group's chat"
    EDITED = "Edited"
    EDITED_CHAT = "Edited in the group's chat"
    VIA_BOT = "Through another bot"
    VIA_BOT_CHAT = "Through another bot, in the group's chat"
    BOT = "By a bot, in the group's chat"
    LATE = "A day late, in the group's chat"
    INLINE = "On a message that another chat shows"


class Counts(StrEnum):
    """The cells of the second table."""

    YES = "Y"
    AWAY = "away"
    CODE = "code"
    NO = "-"
    NEVER = "."


Rights = dict[tuple[Permission, Role], str]
Ways = dict[tuple[Way, Shape], Counts]


def _tables() -> Iterator[list[list[str]]]:
    """The tables of the page: rows of cells, the heading first, the ruling left out."""
    for block in PAGE.read_text().split("\n\n"):
        if block.startswith("| "):
            rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in block.splitlines()]
            yield [row for row in rows if not row[0].startswith("---")]


@cache
def rights() -> Rights:
    """Who may do what: the first table."""
    (_, *roles), *rows = next(_tables())
    return {
        (Permission(name), Role(role)): cell for name, *cells in rows for role, cell in zip(roles, cells, strict=True)
    }


@cache
def ways() -> Ways:
    """What counts where: the second table."""
    (_, *shapes), *rows = list(_tables())[1]
    return {
        (Way(name), Shape(shape)): Counts(cell)
        for name, *cells in rows
        for shape, cell in zip(shapes, cells, strict=True)
    }


def shape_of(route: Command | ButtonPress | DialogInput) -> Shape:
    """The column in which a route is."""
    match route:
        case Command(unlinked=True):
            return Shape.OPEN_COMMAND
        case Command(where=Where.PRIVATE):
            return Shape.PRIVATE_COMMAND
        case Command(where=Where.BOTH):
            return Shape.SHARED_COMMAND
        case Command():
            return Shape.GROUP_COMMAND
        case ButtonPress(in_groups=True):
            return Shape.SHARED_BUTTON
        case ButtonPress():
            return Shape.PRIVATE_BUTTON
        case DialogInput():
            return Shape.TYPED


@dataclass(frozen=True)
class Held:
    """Who somebody is, and the group and the events in which they hold their role."""

    person_id: int
    group_id: int
    events: frozenset[int]


def allows(permission: Permission, role: Role, target: Target, held: Held) -> bool:
    """Whether the page lets somebody in this role do this to that object."""
    is_own = target.author_id == held.person_id
    if permission in NEVER_ON_OWN and is_own:
        return False
    match rights()[permission, role]:
        case "Y":
            return True
        case "own":
            return is_own
        case "grp":
            return target.group_id == held.group_id
        case "ev":
            return target.event_id in held.events
        case "-":
            return False
        case other:
            raise AssertionError(f"the page says {other!r} of {permission} and {role}")
