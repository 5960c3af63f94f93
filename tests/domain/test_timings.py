"""Timings: what organisers may choose is of the right size, and everything has a name."""

import pytest

from domain.occasions import TIMINGS, Purpose
from domain.timings import FIXED, changeable, choices_for
from messages.timings import labels


@pytest.mark.parametrize("purpose", changeable())
def test_the_default_is_among_the_choices_and_all_lie_on_its_side_of_the_event(purpose: Purpose) -> None:
    choices = choices_for(purpose)

    assert TIMINGS[purpose].minutes in choices
    assert all((minutes > 0) is (TIMINGS[purpose].minutes > 0) for minutes in choices)


def test_everything_that_may_be_chosen_has_a_name() -> None:
    assert set(labels("en")) == set(changeable()) == set(TIMINGS) - FIXED
