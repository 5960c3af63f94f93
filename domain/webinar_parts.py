"""The parts of a webinar: which can be changed when, and which questions are asked about each."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import Enum, StrEnum
from typing import assert_never

from domain.events import Event, EventState

WORST_DAY = timedelta(days=1)
"""From this long before the start what goes wrong has buttons of its own."""


class Part(StrEnum):
    """What is changed in one go; ALL asks for everything, as for a new webinar."""

    ALL = "all"
    TITLE = "title"
    ABSTRACT = "abstract"
    MOVE = "move"
    LENGTH = "length"
    LINK = "link"
    AUDIENCE = "audience"
    LANGUAGES = "languages"
    SPEAKERS = "speakers"
    MODERATOR = "moderator"
    BACKSTAGE = "backstage"
    SEATS = "seats"
    RECORDING = "recording"
    CANCEL = "cancel"


class Step(StrEnum):
    """The questions; those about texts are asked for one language each."""

    WHAT = "what"
    TITLE_EN = "title_en"
    TITLE_DE = "title_de"
    TITLE_FR = "title_fr"
    ABSTRACT_EN = "abstract_en"
    ABSTRACT_DE = "abstract_de"
    ABSTRACT_FR = "abstract_fr"
    LANGUAGES = "languages"
    SPEAKERS = "speakers"
    MODERATOR = "moderator"
    DAY = "day"
    CLOCK = "clock"
    MINUTES = "minutes"
    LINK = "link"
    AUDIENCE = "audience"
    BACKSTAGE = "backstage"
    CAPACITY = "capacity"
    REGISTERS = "registers"
    RECORDING = "recording"
    PREVIEW = "preview"


TITLES = (Step.TITLE_EN, Step.TITLE_DE, Step.TITLE_FR)
ABSTRACTS = (Step.ABSTRACT_EN, Step.ABSTRACT_DE, Step.ABSTRACT_FR)

LANGUAGE_OF: Mapping[Step, str] = {step: step.value[-2:] for step in (*TITLES, *ABSTRACTS)}
"""The language that a text is asked for in."""

REQUIRED = (Step.TITLE_EN, Step.TITLE_DE, Step.ABSTRACT_EN, Step.ABSTRACT_DE, Step.DAY)
"""Without these nothing is announced."""

_ASKED: Mapping[Part, tuple[Step, ...]] = {
    Part.TITLE: TITLES,
    Part.ABSTRACT: ABSTRACTS,
    Part.LANGUAGES: (Step.LANGUAGES,),
    Part.SPEAKERS: (Step.SPEAKERS,),
    Part.MODERATOR: (Step.MODERATOR,),
    Part.MOVE: (Step.DAY, Step.CLOCK),
    Part.LENGTH: (Step.MINUTES,),
    Part.LINK: (Step.LINK,),
    Part.AUDIENCE: (Step.AUDIENCE,),
    Part.BACKSTAGE: (Step.BACKSTAGE,),
    Part.SEATS: (Step.CAPACITY, Step.REGISTERS),
    Part.RECORDING: (Step.RECORDING,),
    Part.CANCEL: (),
}
_OF_ALL = tuple(step for step in Step if step not in {Step.WHAT, Step.RECORDING, Step.PREVIEW})


def plan_steps(part: Part | None) -> tuple[Step, ...]:
    """The questions of a part, the preview last; None: it is still to be chosen."""
    if part is Part.ALL:
        return (*_OF_ALL, Step.PREVIEW)
    return (Step.WHAT, *(_ASKED[part] if part else ()), Step.PREVIEW)


class Phase(Enum):
    """Where a webinar is, as far as it can be changed."""

    DRAFT = "draft"
    AHEAD = "ahead"  # announced, not over
    OVER = "over"
    CANCELLED = "cancelled"


def phase_of(event: Event, now: datetime) -> Phase:
    """Where it is now."""
    match event.state:
        case EventState.DRAFT:
            return Phase.DRAFT
        case EventState.CANCELLED:
            return Phase.CANCELLED
        case EventState.ANNOUNCED:
            return Phase.AHEAD if now < event.ends_at else Phase.OVER
        case _:
            assert_never(event.state)


_TEXTS = (Part.TITLE, Part.ABSTRACT, Part.LANGUAGES, Part.SPEAKERS)
_BEFORE = tuple(part for part in Part if part is not Part.RECORDING)
_PARTS: Mapping[Phase, tuple[Part, ...]] = {
    Phase.DRAFT: _BEFORE,
    Phase.AHEAD: _BEFORE,
    Phase.OVER: (*_TEXTS, Part.RECORDING),
    Phase.CANCELLED: (),
}


def parts_in(phase: Phase) -> tuple[Part, ...]:
    """What can be changed about a webinar there."""
    return _PARTS[phase]


def parts_of(event: Event, now: datetime) -> tuple[Part, ...]:
    """What can be changed about it now."""
    return parts_in(phase_of(event, now))


def is_worst_day(event: Event, now: datetime) -> bool:
    """Whether it starts within a day or is running."""
    return phase_of(event, now) is Phase.AHEAD and event.starts_at - now <= WORST_DAY


def may_skip(step: Step, part: Part | None, phase: Phase) -> bool:
    """Whether a question may go without an answer: it stays as it is, and there is another question in this part."""
    if step in {Step.WHAT, Step.CLOCK, Step.LANGUAGES, Step.PREVIEW}:
        return False
    return phase is Phase.DRAFT or (part is not Part.MOVE and len(plan_steps(part)) > 3)
