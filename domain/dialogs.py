"""Dialogs: where a person is in a conversation of several questions."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Dialog:
    """A dialog in progress. `revision` rises with every step; buttons of older steps are out of date."""

    person_id: int
    name: str
    step: str
    data: Mapping[str, object]
    revision: int
