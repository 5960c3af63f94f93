"""Roles: whom nobody can do without, and who can take over."""

import pytest

from domain.permissions import Role
from domain.roles import (
    HandedOver,
    HandOverOutcome,
    LastOwner,
    NobodyElse,
    NotAnHeir,
    SteppedDown,
    Taken,
    TakeOutcome,
    decide_hand_over,
    decide_step_down,
    decide_take,
)


@pytest.mark.parametrize(
    ("role", "others", "expected"),
    [
        (Role.OWNER, {1}, LastOwner()),
        (Role.OWNER, set(), LastOwner()),
        (Role.OWNER, {1, 2}, Taken()),
        (Role.ORGANISER, {1}, Taken()),
        (Role.ORGANISER, set(), Taken()),
        (Role.COORDINATOR, {1}, Taken(is_orphaned=True)),
        (Role.COORDINATOR, {1, 2}, Taken()),
    ],
)
def test_only_the_last_owner_stays_and_a_group_may_be_orphaned(
    role: Role, others: set[int], expected: TakeOutcome
) -> None:
    assert decide_take(role, 1, others) == expected


@pytest.mark.parametrize(
    ("heir", "stays", "expected"),
    [
        (2, False, HandedOver(has_left=True)),
        (2, True, HandedOver(has_left=False)),
        (1, False, NotAnHeir()),
        (3, False, NotAnHeir()),
    ],
)
def test_a_group_goes_to_somebody_else_who_belongs_to_it(heir: int, stays: bool, expected: HandOverOutcome) -> None:
    assert decide_hand_over(heir, 1, {1, 2}, stays=stays) == expected


def test_only_one_of_several_coordinators_can_just_go() -> None:
    assert decide_step_down(1, {1, 2}) == SteppedDown()
    assert decide_step_down(1, {1}) == NobodyElse()
