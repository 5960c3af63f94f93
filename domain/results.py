"""Interim results: what one may become next, and by whom."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import assert_never

from domain.permissions import Permission, Target

MOST_TITLE = 200
MOST_SUMMARY = 1500
MOST_REASON = 1000
"""Limits of typed texts in UTF-16 units; together they fit into one message."""


class ResultKind(StrEnum):
    """What sort of text it is."""

    STATEMENT = "statement"
    BRIEF = "brief"
    MINUTES = "minutes"
    RECOMMENDATION = "recommendation"
    SLIDES = "slides"
    OTHER = "other"


LANGUAGES = ("en", "de", "fr", "es", "ar", "tr", "uk", "ru")
"""In which results may be written, ISO 639-1: more than the bot speaks."""


class Accessible(StrEnum):
    """Whether the file can be read by everybody, also with a screen reader."""

    YES = "yes"
    NO = "no"
    TO_FOLLOW = "to_follow"


class ResultState(StrEnum):
    """From a member's draft to the public page. A corrected result stays published: `corrected_at` tells."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    CHANGES_ASKED = "changes_asked"
    ACCEPTED = "accepted"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


EVER_PUBLIC = frozenset({ResultState.PUBLISHED, ResultState.WITHDRAWN})
"""What everybody was shown once: it keeps its place, also when its author is erased."""


class FileKind(StrEnum):
    """As what Telegram keeps a file; it hands it out only as the same."""

    DOCUMENT = "document"
    PHOTO = "photo"


@dataclass(frozen=True)
class Contents:
    """What is read of a result. `file_id` is Telegram's; the file itself is never opened."""

    title: str
    summary: str
    link: str | None
    file_id: str | None
    file_name: str | None
    file_kind: FileKind | None

    @property
    def has_file(self) -> bool:
        """Whether there is a file, or a page instead of one."""
        return bool(self.file_id or self.link)


CONTENTS = tuple(Contents.__dataclass_fields__)
"""The names of these fields."""


@dataclass(frozen=True)
class Result(Contents):
    """An interim result.

    `version` counts the submissions and corrections, `decided_by` is who reviewed the last one. `coauthors`: who was
    named as a co-author and has not declined.
    """

    id: int
    group_id: int | None
    author_id: int | None
    state: ResultState
    reason: str
    version: int
    decided_by: int | None
    submitted_at: datetime | None
    published_by: int | None
    published_at: datetime | None
    kind: ResultKind = ResultKind.STATEMENT
    language: str = "en"
    accessible: Accessible = Accessible.NO
    round_id: int | None = None
    corrected_at: datetime | None = None
    correction: str = ""
    withdrawn_at: datetime | None = None
    withdrawal: str = ""
    coauthors: frozenset[int] = frozenset()

    @property
    def target(self) -> Target:
        """What rights are asked about."""
        return Target(group_id=self.group_id, author_id=self.author_id, coauthors=self.coauthors)

    def target_for(self, permission: Permission, person_id: int) -> Target:
        """What this right of this person is asked about: as a co-author's, it is about their own."""
        is_theirs = permission is Permission.CO_AUTHOR and person_id in self.coauthors
        return Target(group_id=self.group_id, author_id=person_id) if is_theirs else self.target

    @property
    def can_be_written(self) -> bool:
        """Whether its author may still change it."""
        return self.state in {ResultState.DRAFT, ResultState.CHANGES_ASKED}

    def is_by(self, person_id: int) -> bool:
        """Whether somebody is its author, or named as a co-author."""
        return person_id == self.author_id or person_id in self.coauthors


@dataclass(frozen=True)
class Version(Contents):
    """What a result said when it was handed in or corrected: `version` counts from 1."""

    result_id: int
    version: int
    by: int | None
    at: datetime


def permission_to_read(result: Result, person_id: int) -> Permission:
    """What somebody needs to see a result: the circle grows from the author to everybody."""
    match result.state:
        case ResultState.PUBLISHED | ResultState.WITHDRAWN:
            return Permission.SEE_PUBLIC
        case _ if result.author_id == person_id or result.state is ResultState.DRAFT:
            return Permission.EDIT_OWN_RESULT
        case _ if person_id in result.coauthors:
            return Permission.CO_AUTHOR
        case ResultState.ACCEPTED:
            return Permission.SEE_SUBMISSIONS
        case ResultState.SUBMITTED | ResultState.CHANGES_ASKED:
            return Permission.REVIEW_RESULT
        case _:
            assert_never(result.state)
