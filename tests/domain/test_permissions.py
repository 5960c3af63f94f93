"""Rights: the page in docs/, the table in code and the answers of `can` say the same, cell by cell."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest

from domain.permissions import NEVER_ON_OWN, TABLE, Actor, Permission, Reach, Role, Target, can, can_anywhere

PAGE = Path(__file__).parents[2] / "docs" / "permissions.md"
CELLS = {"Y": Reach.YES, "own": Reach.OWN, "grp": Reach.GROUP, "ev": Reach.EVENT, "-": Reach.NO}

ME, SOMEBODY = 1, 2
MY_GROUP, OTHER_GROUP = 10, 11
MY_EVENT, OTHER_EVENT = 20, 21

ACTORS = {
    Role.PUBLIC: Actor(ME),
    Role.SUBSCRIBER: Actor(ME),
    Role.APPLICANT: Actor(ME),
    Role.GUEST: Actor(ME, guest_of=frozenset({MY_GROUP})),
    Role.MEMBER: Actor(ME, member_of=frozenset({MY_GROUP})),
    Role.PRESENTER: Actor(ME, presents=frozenset({MY_EVENT})),
    Role.COORDINATOR: Actor(ME, coordinates=frozenset({MY_GROUP}), member_of=frozenset({MY_GROUP})),
    Role.ORGANISER: Actor(ME, is_organiser=True),
    Role.OWNER: Actor(ME, is_owner=True),
}

TARGETS = [
    Target(group_id=group, event_id=event, author_id=author)
    for group, event, author in product(
        (None, MY_GROUP, OTHER_GROUP), (None, MY_EVENT, OTHER_EVENT), (None, ME, SOMEBODY)
    )
]


def read_page() -> dict[tuple[Permission, Role], Reach]:
    """The cells of the table on the page."""
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in PAGE.read_text().splitlines()
        if re.match(r"\| (?!permission)[a-z]", line)
    ]
    return {
        (Permission(name), role): CELLS[cell] for name, *cells in rows for role, cell in zip(Role, cells, strict=True)
    }


EXPECTED = read_page()


def by_page(permission: Permission, role: Role, target: Target) -> bool:
    """What the page says about one role, one permission and one object."""
    if permission in NEVER_ON_OWN and target.author_id == ME:
        return False
    match EXPECTED[permission, role]:
        case Reach.YES:
            return True
        case Reach.OWN:
            return target.author_id == ME
        case Reach.GROUP:
            return target.group_id == MY_GROUP
        case Reach.EVENT:
            return target.event_id == MY_EVENT
        case Reach.NO:
            return False


def test_the_page_has_a_cell_for_every_permission_and_role() -> None:
    assert set(EXPECTED) == set(product(Permission, Role))
    assert set(TABLE) == set(Permission)


@pytest.mark.parametrize(("permission", "role"), list(product(Permission, Role)), ids=str)
def test_every_cell_of_the_page_is_what_the_code_does(permission: Permission, role: Role) -> None:
    answers = {target: can(ACTORS[role], permission, target) for target in TARGETS}

    assert answers == {target: by_page(permission, role, target) for target in TARGETS}


@pytest.mark.parametrize(("permission", "role"), list(product(Permission, Role)), ids=str)
def test_a_menu_opens_where_there_is_anything_to_do(permission: Permission, role: Role) -> None:
    assert can_anywhere(ACTORS[role], permission) is (EXPECTED[permission, role] is not Reach.NO)


@pytest.mark.parametrize("permission", sorted(NEVER_ON_OWN))
@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.ORGANISER, Role.OWNER])
def test_nobody_decides_on_what_they_wrote(permission: Permission, role: Role) -> None:
    everything = replace(ACTORS[role], is_owner=True, is_organiser=True, coordinates=frozenset({MY_GROUP}))

    assert not can(everything, permission, Target(group_id=MY_GROUP, author_id=ME))
    assert can(everything, permission, Target(group_id=MY_GROUP, author_id=SOMEBODY))


def pairs() -> Iterator[tuple[Role, Role]]:
    return ((first, second) for first, second in product(Role, Role) if first < second)


@pytest.mark.parametrize(("first", "second"), list(pairs()), ids=str)
def test_two_roles_allow_what_either_allows(first: Role, second: Role) -> None:
    one, other = ACTORS[first], ACTORS[second]
    both = Actor(
        ME,
        is_owner=one.is_owner or other.is_owner,
        is_organiser=one.is_organiser or other.is_organiser,
        coordinates=one.coordinates | other.coordinates,
        member_of=one.member_of | other.member_of,
        guest_of=one.guest_of | other.guest_of,
        presents=one.presents | other.presents,
    )

    for permission, target in product(Permission, TARGETS):
        assert can(both, permission, target) is (can(one, permission, target) or can(other, permission, target))


def test_an_object_without_a_group_is_in_nobodys_group() -> None:
    nowhere = Actor(ME, member_of=frozenset(), coordinates=frozenset(), presents=frozenset())

    assert not can(nowhere, Permission.SEE_MATERIAL, Target())
    assert not can(ACTORS[Role.COORDINATOR], Permission.RUN_EVENTS, Target())
