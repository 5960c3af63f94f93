"""Dialogs: where a person is in a conversation of several questions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

Step = TypeVar("Step", bound=str)


@dataclass(frozen=True)
class Dialog:
    """A dialog in progress. `revision` rises with every step; buttons of older steps are out of date."""

    person_id: int
    name: str
    step: str
    data: Mapping[str, object]
    revision: int


def step_after(steps: Sequence[Step], step: str, by: int) -> Step:
    """So many questions on or back, as far as there are any; one that is not asked any more counts as the first."""
    place = steps.index(step) if step in steps else 0
    return steps[min(max(place + by, 0), len(steps) - 1)]
