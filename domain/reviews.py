"""Who is asked about a result, and what their answer makes of it: accepted, published, withdrawn."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from domain.results import Result, ResultState


class Tier(StrEnum):
    """Who is asked: the first of these in which there is somebody but the author."""

    COORDINATORS = "coordinators"
    ORGANISERS = "organisers"
    OWNERS = "owners"
    NOBODY = "nobody"


@dataclass(frozen=True)
class Circle:
    """The people who are asked for an answer."""

    tier: Tier
    people: tuple[int, ...]


def choose_circle(tiers: Mapping[Tier, Iterable[int]], result: Result) -> Circle:
    """The first tier, in order, that has somebody besides those who wrote it."""
    for tier, candidates in tiers.items():
        others = tuple(p for p in candidates if not result.is_by(p))
        if others:
            return Circle(tier, others)
    return Circle(Tier.NOBODY, ())


class Review(StrEnum):
    """What a reviewer can say."""

    ACCEPT = "accept"
    ASK_CHANGES = "ask_changes"


@dataclass(frozen=True)
class Reviewed:
    """The review counts; the result becomes `state`."""

    state: ResultState


@dataclass(frozen=True)
class AlreadyReviewed:
    """Another reviewer was faster."""

    state: ResultState
    decided_by: int | None


@dataclass(frozen=True)
class Superseded:
    """The card shows an older version than the one submitted now."""

    version: int


ReviewOutcome = Reviewed | AlreadyReviewed | Superseded


def decide_review(result: Result, review: Review, version: int) -> ReviewOutcome:
    """The first answer to the version on the card wins."""
    if result.version != version:
        return Superseded(result.version)
    if result.state is not ResultState.SUBMITTED:
        return AlreadyReviewed(result.state, result.decided_by)
    return Reviewed(ResultState.ACCEPTED if review is Review.ACCEPT else ResultState.CHANGES_ASKED)


@dataclass(frozen=True)
class Published:
    """It is public now."""


@dataclass(frozen=True)
class AlreadyPublished:
    """Another organiser was faster."""

    published_by: int | None


@dataclass(frozen=True)
class NotAccepted:
    """Nobody has accepted it yet."""


@dataclass(frozen=True)
class AlreadyWithdrawn:
    """It was public, and is not any more."""


PublishOutcome = Published | AlreadyPublished | AlreadyWithdrawn | NotAccepted | Superseded


def decide_publish(result: Result, version: int) -> PublishOutcome:
    """Only what was accepted, in the version on the card, becomes public."""
    if result.version != version:
        return Superseded(result.version)
    match result.state:
        case ResultState.PUBLISHED:
            return AlreadyPublished(result.published_by)
        case ResultState.WITHDRAWN:
            return AlreadyWithdrawn()
        case ResultState.ACCEPTED:
            return Published()
        case ResultState.DRAFT | ResultState.SUBMITTED | ResultState.CHANGES_ASKED:
            return NotAccepted()
        case _:
            assert_never(result.state)


class News(StrEnum):
    """What those who wrote a result are told."""

    CHANGES_ASKED = "changes_asked"
    ACCEPTED = "accepted"
    PUBLISHED = "published"
    CORRECTED = "corrected"
    NOT_CORRECTED = "not_corrected"
    COAUTHOR_DECLINED = "coauthor_declined"
    WITHDRAWN = "withdrawn"


# --- Withdrawing ---

MOST_WITHDRAWAL = 500
"""UTF-16 units of the sentence that stands in the place of what was withdrawn."""


@dataclass(frozen=True)
class Withdrawn:
    """Its place says from now on when and why it was withdrawn."""


@dataclass(frozen=True)
class NotPublic:
    """Nobody has published it yet."""


WithdrawOutcome = Withdrawn | AlreadyWithdrawn | NotPublic | Superseded


def decide_withdraw(result: Result, version: int) -> WithdrawOutcome:
    """Only what is public, in the version on the card, can be taken back."""
    match result.state:
        case ResultState.WITHDRAWN:
            return AlreadyWithdrawn()
        case ResultState.PUBLISHED:
            return Withdrawn() if result.version == version else Superseded(result.version)
        case _:
            return NotPublic()
