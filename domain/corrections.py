"""Corrections of published results: a new version with a sentence that says what was wrong."""

from dataclasses import dataclass
from enum import StrEnum

from domain.results import CONTENTS, Accessible, Contents, Result, ResultState
from domain.reviews import AlreadyWithdrawn, NotPublic, Superseded

MOST_CORRECTION = 500
"""UTF-16 units of the sentence that says in public what was corrected."""


class CorrectionState(StrEnum):
    """A correction by somebody who wrote the result waits for an organiser; one by an organiser does not."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    APPLIED = "applied"
    DECLINED = "declined"


@dataclass(frozen=True)
class Correction(Contents):
    """What a result is to say instead of its version `base`. `sentence`: what was corrected."""

    id: int
    result_id: int
    person_id: int
    base: int
    accessible: Accessible
    sentence: str
    state: CorrectionState
    decided_by: int | None


class Step(StrEnum):
    """The questions of the dialog."""

    TITLE = "title"
    SUMMARY = "summary"
    FILE = "file"
    ACCESSIBLE = "accessible"
    SENTENCE = "sentence"
    PREVIEW = "preview"


def plan_steps(correction: Correction) -> tuple[Step, ...]:
    """The questions to ask: only a file or page can be accessible or not."""
    return tuple(step for step in Step if step is not Step.ACCESSIBLE or correction.has_file)


@dataclass(frozen=True)
class Corrected:
    """It is public as this version."""

    version: int


@dataclass(frozen=True)
class Proposed:
    """An organiser is asked."""


@dataclass(frozen=True)
class Unchanged:
    """It says the same as before, or not what was corrected."""


@dataclass(frozen=True)
class AlreadyAnswered:
    """Another organiser was faster, or it was taken back."""

    state: CorrectionState
    decided_by: int | None


CorrectOutcome = Corrected | Proposed | Unchanged | AlreadyWithdrawn | NotPublic | Superseded
AnswerOutcome = Corrected | AlreadyAnswered | Unchanged | AlreadyWithdrawn | NotPublic | Superseded


def is_different(result: Result, correction: Correction) -> bool:
    """Whether there is anything to correct."""
    return any(getattr(result, name) != getattr(correction, name) for name in (*CONTENTS, "accessible"))


def decide_correct(result: Result, correction: Correction, *, may_publish: bool) -> CorrectOutcome:
    """What comes of a finished draft: those who may publish this result correct it, those who wrote it propose."""
    outcome = _decide(result, correction)
    return Proposed() if isinstance(outcome, Corrected) and not may_publish else outcome


def decide_approve(result: Result, correction: Correction) -> AnswerOutcome:
    """What comes of an organiser's *yes* to a proposal: the first answer counts."""
    if correction.state is not CorrectionState.PROPOSED:
        return AlreadyAnswered(correction.state, correction.decided_by)
    return _decide(result, correction)


def _decide(
    result: Result, correction: Correction
) -> Corrected | Unchanged | AlreadyWithdrawn | NotPublic | Superseded:
    if result.state is ResultState.WITHDRAWN:
        return AlreadyWithdrawn()
    if result.state is not ResultState.PUBLISHED:
        return NotPublic()
    if result.version != correction.base:
        return Superseded(result.version)
    if not (is_different(result, correction) and correction.sentence):
        return Unchanged()
    return Corrected(result.version + 1)
