"""Interim results: what one may become next, and by whom."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ResultState(StrEnum):
    """From a member's draft to the public page."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    CHANGES_ASKED = "changes_asked"
    ACCEPTED = "accepted"
    PUBLISHED = "published"


@dataclass(frozen=True)
class Result:
    """An interim result. `file_id` is Telegram's; the file itself is never opened."""

    id: int
    group_id: int | None
    author_id: int | None
    title: str
    summary: str
    link: str | None
    file_id: str | None
    file_name: str | None
    state: ResultState
    reason: str
    version: int
    decided_by: int | None
    submitted_at: datetime | None


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
class Submitted:
    """Handed in as this version."""

    version: int


@dataclass(frozen=True)
class Incomplete:
    """What is still missing: "group", "title", "summary"."""

    missing: str


@dataclass(frozen=True)
class NotADraft:
    """It was handed in before."""


SubmitOutcome = Submitted | Incomplete | NotADraft


def decide_submit(result: Result) -> SubmitOutcome:
    """May the draft be handed in? Drafts and results sent back for changes can."""
    if result.state not in {ResultState.DRAFT, ResultState.CHANGES_ASKED}:
        return NotADraft()
    if result.group_id is None:
        return Incomplete("group")
    if not result.title:
        return Incomplete("title")
    if not result.summary:
        return Incomplete("summary")
    return Submitted(result.version + 1)
