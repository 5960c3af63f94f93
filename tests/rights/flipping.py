"""Flipping cells: of the table in the code, to see the walk turn red, and of what the page expects."""

from collections.abc import Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import combinations, product
from typing import TypeVar, cast

from domain.permissions import TABLE, Actor, Permission, Reach, Role, Target, can, can_anywhere
from tests.rights.scene import OTHER, OWN, OWN_SESSION, OWN_WEBINAR, SIBLING_SESSION

K = TypeVar("K")
V = TypeVar("V")


@dataclass(frozen=True)
class Flip:
    """A cell of the table in the code with something else in it."""

    permission: Permission
    role: Role
    reach: Reach

    def __str__(self) -> str:
        before = TABLE[self.permission].get(self.role, Reach.NO)
        return f"{self.permission} · {self.role}: {before.value} -> {self.reach.value}"


@contextmanager
def replaced(table: Mapping[K, V], key: K, value: V) -> Iterator[None]:
    """Put something else into a table for a while: what a change of its source would do."""
    changed, before = cast("MutableMapping[K, V]", table), table[key]
    changed[key] = value
    try:
        yield
    finally:
        changed[key] = before


@contextmanager
def flipped(flip: Flip) -> Iterator[None]:
    """The bot with this cell flipped."""
    with replaced(TABLE, flip.permission, {**TABLE[flip.permission], flip.role: flip.reach}):
        yield


def flips_of(permission: Permission) -> list[Flip]:
    """Each cell of a row narrowed to nothing and widened to everything, where that differs from what is there."""
    cells = {role: TABLE[permission].get(role, Reach.NO) for role in Role}
    return [
        Flip(permission, role, reach)
        for (role, cell), reach in product(cells.items(), (Reach.NO, Reach.YES))
        if reach is not cell
    ]


def narrowed(permission: Permission, *roles: Role) -> frozenset[Flip]:
    """The cells of these roles, with nothing in them."""
    return frozenset(Flip(permission, role, Reach.NO) for role in roles)


def widened(permission: Permission, *roles: Role) -> frozenset[Flip]:
    """The cells of these roles, with everything in them."""
    return frozenset(Flip(permission, role, Reach.YES) for role in roles)


def every_flip(permission: Permission) -> frozenset[Flip]:
    """All that make a difference."""
    return frozenset(flip for flip in flips_of(permission) if not is_without_effect(flip))


def is_without_effect(flip: Flip) -> bool:
    """Whether nobody could tell: roles add up, so that what everybody may, a member may, cell or no cell."""
    before = _answers(flip.permission)
    with flipped(flip):
        return _answers(flip.permission) == before


def _answers(permission: Permission) -> list[bool]:
    """What everybody may, in one role or two, to everything."""
    targets = [Target(*key) for key in product((None, OWN, OTHER), (None, OWN_SESSION, SIBLING_SESSION), (None, 1, 2))]
    everybody = [_together(one, other) for one, other in combinations([Actor(1), *_actors()], 2)]
    told = [can(actor, permission, target) for actor, target in product(everybody, targets)]
    return told + [can_anywhere(actor, permission) for actor in everybody]


def _actors() -> list[Actor]:
    """Somebody in each role, as the database makes them: a coordinator counts as a member."""
    own = frozenset({OWN})
    return [
        Actor(1, guest_of=own),
        Actor(1, member_of=own),
        Actor(1, presents=frozenset({OWN_SESSION, OWN_WEBINAR})),
        Actor(1, coordinates=own, member_of=own),
        Actor(1, is_organiser=True),
        Actor(1, is_owner=True),
    ]


def _together(one: Actor, other: Actor) -> Actor:
    return Actor(
        1,
        is_owner=one.is_owner or other.is_owner,
        is_organiser=one.is_organiser or other.is_organiser,
        coordinates=one.coordinates | other.coordinates,
        member_of=one.member_of | other.member_of,
        guest_of=one.guest_of | other.guest_of,
        presents=one.presents | other.presents,
    )
