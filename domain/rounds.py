"""Rounds: until when results are to be handed in, and when those who owe something are reminded."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

MOST_TITLE = 100
"""UTF-16 units."""

LAST_CALL = timedelta(days=1)
WEEK = timedelta(days=7)

STILL_WORTH_IT = timedelta(days=2)
"""After down time, a reminder later than this is left out."""


@dataclass(frozen=True)
class Round:
    """A deadline: of one group, or of all (`group_id` None)."""

    id: int
    titles: Mapping[str, str]
    group_id: int | None
    due_at: datetime
    created_at: datetime
    reminded_at: datetime | None
    closed_at: datetime | None

    def is_open_at(self, now: datetime) -> bool:
        """Whether something handed in at this moment belongs to it."""
        return self.closed_at is None and self.created_at <= now <= self.due_at

    def is_for(self, group_id: int | None) -> bool:
        """Whether results of this group belong to it."""
        return self.group_id is None or self.group_id == group_id


class Step(StrEnum):
    """The questions about a new round."""

    TITLE_EN = "title_en"
    TITLE_DE = "title_de"
    TITLE_FR = "title_fr"
    GROUP = "group"
    DUE = "due"
    PREVIEW = "preview"


STEPS = tuple(Step)

LANGUAGE_OF: Mapping[Step, str] = {Step.TITLE_EN: "en", Step.TITLE_DE: "de", Step.TITLE_FR: "fr"}


def choose_round(rounds: Iterable[Round], group_id: int | None, now: datetime) -> Round | None:
    """The round that something handed in now belongs to: of those that are open, the one that ends first."""
    fitting = [one for one in rounds if one.is_open_at(now) and one.is_for(group_id)]
    return min(fitting, key=lambda one: (one.due_at, one.id), default=None)


def call_due(one: Round, now: datetime) -> datetime | None:
    """The latest moment to remind at that has come: the day before the end, and each week before that.

    None where there has been none since the round was made, or since the last reminder, or where it is too late.
    """
    if not one.is_open_at(now):
        return None
    moment = one.due_at - LAST_CALL
    while moment > now:
        moment -= WEEK
    since = max(one.created_at, one.reminded_at or one.created_at)
    return moment if moment > since and now - moment <= STILL_WORTH_IT else None
