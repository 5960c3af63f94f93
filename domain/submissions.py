"""Handing in a result: the questions, and whether a draft is complete."""

from dataclasses import dataclass
from enum import StrEnum

from domain.results import Result, ResultState


class Step(StrEnum):
    """The questions of the dialog."""

    RESUME = "resume"
    GROUP = "group"
    KIND = "kind"
    LANGUAGE = "language"
    TITLE = "title"
    SUMMARY = "summary"
    FILE = "file"
    ACCESSIBLE = "accessible"
    COAUTHORS = "coauthors"
    PREVIEW = "preview"


def plan_steps(result: Result, groups: int, *, has_others: bool) -> tuple[Step, ...]:
    """The questions to ask somebody who sits in so many groups; a group once chosen for review stays.

    `has_others`: whether there is anybody else in the group who could be named as a co-author.
    """
    asked = {
        Step.GROUP: groups > 1 and result.state is ResultState.DRAFT,
        Step.ACCESSIBLE: result.has_file,
        Step.COAUTHORS: has_others,
        Step.RESUME: False,
    }
    return tuple(step for step in Step if asked.get(step, True))


def step_after(steps: tuple[Step, ...], step: Step) -> Step:
    """The next question. One that is not asked any more (no file, a seat lost) leads to what comes after it."""
    later = [one for one in steps if _ORDER[one] > _ORDER[step]]
    return later[0] if later else steps[-1]


def step_before(steps: tuple[Step, ...], step: Step) -> Step | None:
    """One question back; None before the first."""
    earlier = [one for one in steps if _ORDER[one] < _ORDER[step]]
    return earlier[-1] if earlier else None


_ORDER = {step: place for place, step in enumerate(Step)}


def has_answer(result: Result, step: Step) -> bool:
    """Whether a question has an answer to keep. Where there is a title, kind and language were chosen before it."""
    match step:
        case Step.GROUP:
            return result.group_id is not None
        case Step.KIND | Step.LANGUAGE | Step.TITLE:
            return bool(result.title)
        case Step.SUMMARY:
            return bool(result.summary)
        case Step.FILE:
            return result.has_file
        case _:
            return False


def first_open_step(result: Result) -> Step:
    """Where to go on with a draft."""
    if result.group_id is None:
        return Step.GROUP
    if not result.title:
        return Step.KIND
    if not result.summary:
        return Step.SUMMARY
    return Step.PREVIEW if result.has_file else Step.FILE


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


@dataclass(frozen=True)
class Stays:
    """What was handed in cannot be changed by editing a message any more, or not like this."""


def decide_edit(result: Result) -> Submitted | Stays:
    """A message that said something of a result was edited after it was handed in: as long as it waits, what is new
    is a version of its own.
    """
    return Submitted(result.version + 1) if result.state is ResultState.SUBMITTED else Stays()


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
