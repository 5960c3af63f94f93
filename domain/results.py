"""Interim results: what one may become next, and by whom."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import assert_never

from domain.permissions import Permission, Target

MOST_TITLE = 200
MOST_SUMMARY = 1500
MOST_REASON = 1000
"""Limits of typed texts in UTF-16 units; together they fit into one message."""


class ResultState(StrEnum):
    """From a member's draft to the public page."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    CHANGES_ASKED = "changes_asked"
    ACCEPTED = "accepted"
    PUBLISHED = "published"


class FileKind(StrEnum):
    """As what Telegram keeps a file; it hands it out only as the same."""

    DOCUMENT = "document"
    PHOTO = "photo"


@dataclass(frozen=True)
class Result:
    """An interim result. `file_id` is Telegram's; the file itself is never opened.

    `version` counts the submissions, `decided_by` is who reviewed the last one.
    """

    id: int
    group_id: int | None
    author_id: int | None
    title: str
    summary: str
    link: str | None
    file_id: str | None
    file_name: str | None
    file_kind: FileKind | None
    state: ResultState
    reason: str
    version: int
    decided_by: int | None
    submitted_at: datetime | None
    published_by: int | None
    published_at: datetime | None

    @property
    def target(self) -> Target:
        """What rights are asked about."""
        return Target(group_id=self.group_id, author_id=self.author_id)

    @property
    def can_be_written(self) -> bool:
        """Whether its author may still change it."""
        return self.state in {ResultState.DRAFT, ResultState.CHANGES_ASKED}


def permission_to_read(result: Result, person_id: int) -> Permission:
    """What somebody needs to see a result: the circle grows from the author to everybody."""
    if result.state is ResultState.PUBLISHED:
        return Permission.SEE_PUBLIC
    if result.author_id == person_id or result.state is ResultState.DRAFT:
        return Permission.EDIT_OWN_RESULT
    if result.state is ResultState.ACCEPTED:
        return Permission.SEE_SUBMISSIONS
    return Permission.REVIEW_RESULT


# --- Reviewing and publishing ---


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


def choose_circle(tiers: Mapping[Tier, Iterable[int]], author_id: int | None) -> Circle:
    """The first tier, in order, that has somebody besides the author."""
    for tier, candidates in tiers.items():
        others = tuple(p for p in candidates if p != author_id)
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


PublishOutcome = Published | AlreadyPublished | NotAccepted | Superseded


def decide_publish(result: Result, version: int) -> PublishOutcome:
    """Only what was accepted, in the version on the card, becomes public."""
    if result.version != version:
        return Superseded(result.version)
    match result.state:
        case ResultState.PUBLISHED:
            return AlreadyPublished(result.published_by)
        case ResultState.ACCEPTED:
            return Published()
        case ResultState.DRAFT | ResultState.SUBMITTED | ResultState.CHANGES_ASKED:
            return NotAccepted()
        case _:
            assert_never(result.state)


# --- Submitting ---


class Step(StrEnum):
    """The questions of the dialog."""

    RESUME = "resume"
    GROUP = "group"
    TITLE = "title"
    SUMMARY = "summary"
    FILE = "file"
    PREVIEW = "preview"


def plan_steps(result: Result, groups: int) -> tuple[Step, ...]:
    """The questions to ask somebody who sits in so many groups; a group once chosen for review stays."""
    steps = (Step.TITLE, Step.SUMMARY, Step.FILE, Step.PREVIEW)
    return (Step.GROUP, *steps) if groups > 1 and result.state is ResultState.DRAFT else steps


def first_open_step(result: Result) -> Step:
    """Where to go on with a draft."""
    if result.group_id is None:
        return Step.GROUP
    if not result.title:
        return Step.TITLE
    if not result.summary:
        return Step.SUMMARY
    return Step.PREVIEW if result.link or result.file_id else Step.FILE


@dataclass(frozen=True)
class Submitted:
    """Handed in as this version."""

    version: int


@dataclass(frozen=True)
class Incomplete:
    """What is still missing."""

    missing: Step


@dataclass(frozen=True)
class NotADraft:
    """It was handed in before."""


SubmitOutcome = Submitted | Incomplete | NotADraft


def decide_submit(result: Result) -> SubmitOutcome:
    """May the draft be handed in? Drafts and results sent back for changes can."""
    if not result.can_be_written:
        return NotADraft()
    if result.group_id is None:
        return Incomplete(Step.GROUP)
    if not result.title:
        return Incomplete(Step.TITLE)
    if not result.summary:
        return Incomplete(Step.SUMMARY)
    return Submitted(result.version + 1)
