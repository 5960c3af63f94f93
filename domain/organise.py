"""How a group is doing: on track, behind, or in trouble, and for which reasons."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import IntEnum, StrEnum

from domain.groups import Group

WEBINARS_WANTED = 2
"""So many webinars each group plans, unless the organisers ask for another number."""

MOST_WEBINARS_WANTED = 6

WAITING_LONG, WAITING_TOO_LONG = timedelta(days=7), timedelta(days=14)
"""After that time without an answer, a review or a request is a reason."""

SOON = timedelta(days=42)
"""What is missing weighs more in the last weeks before a group closes."""


class Light(IntEnum):
    """The worse, the higher."""

    ON_TRACK = 0
    BEHIND = 1
    IN_TROUBLE = 2


class Reason(StrEnum):
    """What keeps a group from being on track."""

    NO_COORDINATOR = "no coordinator"
    FEW_MEMBERS = "few members"
    FEW_WEBINARS = "few webinars"
    NO_SESSION = "no session"
    NO_RESULT = "no result"
    SLOW_REVIEW = "slow review"
    SLOW_REQUEST = "slow request"


@dataclass(frozen=True)
class Progress:
    """What a group has so far. `webinars`: held or announced; `results`: published.

    `reviews`, `requests`: how many wait for an answer; `*_since`: the oldest of them.
    """

    coordinators: int = 0
    members: int = 0
    webinars: int = 0
    results: int = 0
    next_session_at: datetime | None = None
    reviews: int = 0
    reviews_since: datetime | None = None
    requests: int = 0
    requests_since: datetime | None = None


@dataclass(frozen=True)
class Judgement:
    """The light of a group with its reasons, the worst first."""

    light: Light
    reasons: tuple[tuple[Reason, Light], ...]


def judge(group: Group, progress: Progress, wanted: int, now: datetime, today: date) -> Judgement:
    """The light is the worst of the reasons. `wanted`: webinars expected of a group; `today`: where the process is."""
    found = dict[Reason, Light](_people(group, progress, today))
    found |= dict(_output(group, progress, wanted, today))
    found |= dict(_answers(progress, now))
    reasons = sorted(found.items(), key=lambda item: -item[1])
    return Judgement(max(found.values(), default=Light.ON_TRACK), tuple(reasons))


def _people(group: Group, progress: Progress, today: date) -> Iterator[tuple[Reason, Light]]:
    """Who is missing; a group that is over needs nobody, one not yet open only somebody who runs it."""
    if group.closes_on is not None and group.closes_on < today:
        return
    if not progress.coordinators:
        yield Reason.NO_COORDINATOR, Light.IN_TROUBLE
    if group.is_open_on(today) and progress.members < group.least_members:
        yield Reason.FEW_MEMBERS, Light.IN_TROUBLE if progress.members * 2 < group.least_members else Light.BEHIND


def _output(group: Group, progress: Progress, wanted: int, today: date) -> Iterator[tuple[Reason, Light]]:
    """What is missing; before a group opens nothing is, and the end makes it worse."""
    if group.opens_on is not None and today < group.opens_on:
        return
    ends_soon = group.closes_on is not None and group.closes_on - today <= SOON
    worse = Light.IN_TROUBLE if ends_soon else Light.BEHIND
    if progress.webinars < wanted:
        yield Reason.FEW_WEBINARS, worse
    if ends_soon and not progress.results:
        yield Reason.NO_RESULT, worse
    if group.is_open_on(today) and progress.next_session_at is None:
        yield Reason.NO_SESSION, Light.BEHIND


def _answers(progress: Progress, now: datetime) -> Iterator[tuple[Reason, Light]]:
    """Who waits for an answer."""
    for reason, since in (
        (Reason.SLOW_REVIEW, progress.reviews_since),
        (Reason.SLOW_REQUEST, progress.requests_since),
    ):
        if since is not None and now - since >= WAITING_LONG:
            yield reason, Light.IN_TROUBLE if now - since >= WAITING_TOO_LONG else Light.BEHIND
