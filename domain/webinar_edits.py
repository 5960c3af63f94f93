"""Making and changing webinars: what the answers make of one, and what comes of it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from domain.dialogs import step_after
from domain.events import Event, EventState, LinkPolicy
from domain.webinar_parts import (
    ABSTRACTS,
    LANGUAGE_OF,
    REQUIRED,
    TITLES,
    Part,
    Phase,
    Step,
    plan_steps,
)

MOST_TITLE, MOST_ABSTRACT, MOST_SPEAKER = 200, 1000, 120
"""Limits of typed texts in UTF-16 units; a programme file has the same."""

MOST_SPEAKERS, MOST_LANGUAGES, MOST_CAPACITY = 12, 6, 100_000

SPOKEN = ("en", "de", "fr", "es", "ar", "uk")
"""Languages on offer (ISO 639-1); a webinar from a programme file may be in others."""

POSTPONED_BY = (15, 30, 60)
"""Minutes, by one tap on the worst day."""


Answer = str | int | bool | list[str] | None
"""As JSON has it: a moment as ISO text, None for nothing."""


@dataclass(frozen=True)
class Edit:
    """Where somebody is. `event_id` 0: nothing is stored yet. `seen`: the webinar as JSON, as they saw it last.

    `answers` are those not stored: about a draft only the day, which makes no moment without a time.
    `shown_in`: the language of the preview, "" for the editor's own.
    """

    group_id: int
    event_id: int = 0
    part: Part | None = Part.ALL
    seen: Mapping[str, Any] = field(default_factory=dict)
    answers: Mapping[Step, Answer] = field(default_factory=dict)
    shown_in: str = ""

    @property
    def steps(self) -> tuple[Step, ...]:
        """The questions of this edit."""
        return plan_steps(self.part)

    def step_after(self, step: str, by: int) -> Step:
        """So many questions on or back."""
        return step_after(self.steps, step, by)


def to_json(edit: Edit) -> dict[str, object]:
    """The edit as a dialog keeps it."""
    answers = {step.value: answer for step, answer in edit.answers.items()}
    part = edit.part.value if edit.part else None
    return {**vars(edit), "part": part, "seen": dict(edit.seen), "answers": answers}


def from_json(data: Mapping[str, Any]) -> Edit:
    """Read back what `to_json` wrote."""
    answers = {Step(step): answer for step, answer in data["answers"].items()}
    return Edit(**{**data, "part": Part(data["part"]) if data["part"] else None, "answers": answers})


def edited(event: Event, edit: Edit) -> Event:
    """What the answers make of a webinar."""
    for step, answer in edit.answers.items():
        event = with_answer(event, step, answer)
    return replace(event, state=EventState.CANCELLED) if edit.part is Part.CANCEL else event


def with_answer(event: Event, step: Step, answer: Any) -> Event:
    """The webinar with one answer; a day alone changes nothing yet."""
    if step in TITLES:
        return replace(event, titles=_with_text(event.titles, LANGUAGE_OF[step], answer))
    if step in ABSTRACTS:
        return replace(event, abstracts=_with_text(event.abstracts, LANGUAGE_OF[step], answer))
    match step:
        case Step.LANGUAGES:
            return replace(event, languages=tuple(answer))
        case Step.SPEAKERS:
            return replace(event, speakers=tuple(answer))
        case Step.MODERATOR:
            return replace(event, moderator_id=answer)
        case Step.CLOCK:
            return replace(event, starts_at=datetime.fromisoformat(answer))
        case Step.MINUTES:
            return replace(event, minutes=answer)
        case Step.LINK:
            return replace(event, link=answer)
        case Step.AUDIENCE:
            return replace(event, link_policy=LinkPolicy(answer))
        case Step.BACKSTAGE:
            return replace(event, backstage_link=answer)
        case Step.CAPACITY:
            return replace(event, capacity=answer)
        case Step.REGISTERS:
            return replace(event, registers=answer)
        case Step.RECORDING:
            return replace(event, recording_link=answer)
        case _:
            return event


def _with_text(texts: Mapping[str, str], language: str, text: str | None) -> dict[str, str]:
    others = {code: other for code, other in texts.items() if code != language}
    return {**others, language: text} if text else others


_MAY_BE_NONE = frozenset(
    {*TITLES, *ABSTRACTS, Step.MODERATOR, Step.LINK, Step.BACKSTAGE, Step.CAPACITY, Step.RECORDING}
)


def may_remove(step: Step, event: Event, phase: Phase) -> bool:
    """Whether there is something that may go without anything in its place."""
    if phase is not Phase.DRAFT and step in REQUIRED:
        return False
    if step is Step.SPEAKERS:
        return bool(event.speakers)
    return step in _MAY_BE_NONE and with_answer(event, step, None) != event


def toggled(languages: tuple[str, ...], code: str) -> tuple[str, ...]:
    """The spoken languages with this one more or less; at least one stays."""
    if code in languages:
        return tuple(one for one in languages if one != code) or languages
    return (*languages, code)[:MOST_LANGUAGES]


# --- Outcomes ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Announced:
    """The draft is announced."""

    event: Event


@dataclass(frozen=True)
class Incomplete:
    """It cannot be announced while these are missing; DAY: there is no time, or it is past."""

    missing: tuple[Step, ...]


def find_missing(event: Event, now: datetime) -> tuple[Step, ...]:
    """What has to be there before it can be announced."""
    there = {
        **{step: event.titles.get(LANGUAGE_OF[step]) for step in TITLES},
        **{step: event.abstracts.get(LANGUAGE_OF[step]) for step in ABSTRACTS},
        Step.DAY: event.starts_at > now,
    }
    return tuple(step for step in REQUIRED if not there[step])


def decide_announce(event: Event, now: datetime) -> Announced | Incomplete:
    """Whether a draft is ready to be announced."""
    missing = find_missing(event, now)
    return Incomplete(missing) if missing else Announced(replace(event, state=EventState.ANNOUNCED))


def may_finish(edit: Edit, event: Event, step: Step, now: datetime) -> bool:
    """Whether the questions that are left can stay as they are: everything required is there, or was asked for."""
    if edit.part is not Part.ALL or step in {Step.DAY, Step.CLOCK, Step.PREVIEW}:
        return False
    order = plan_steps(Part.ALL)
    return order.index(step) > order.index(Step.CLOCK) or not find_missing(event, now)


def first_open(event: Event, now: datetime) -> Step:
    """Where to go on with a draft."""
    missing = find_missing(event, now)
    return next((step for step in plan_steps(Part.ALL) if step in missing), Step.PREVIEW)


def postponed(event: Event, minutes: int, now: datetime) -> datetime:
    """The start put off by so many minutes; where that is past already, counted from now, in full five minutes."""
    later = timedelta(minutes=minutes)
    if event.starts_at + later > now:
        return event.starts_at + later
    full = now.replace(minute=now.minute - now.minute % 5, second=0, microsecond=0)
    return full + timedelta(minutes=5) + later if full < now else full + later


@dataclass(frozen=True)
class Saved:
    """The change counts. `told`: how many people hear of it."""

    event: Event
    told: int


@dataclass(frozen=True)
class Overtaken:
    """Somebody else has changed it meanwhile. `by`: their name if known; `seen`: what the second editor had seen."""

    event: Event
    by: str | None
    seen: Event


@dataclass(frozen=True)
class Dropped:
    """The draft is gone."""

    group_id: int


Outcome = Announced | Incomplete | Saved | Overtaken | Dropped


# --- New --------------------------------------------------------------------------------------


def new_draft(group_id: int, token: str, now: datetime, zone: str) -> Event:
    """A webinar of which nothing is known: in English, an hour long, and with no time to come."""
    return Event(
        id=0,
        group_id=group_id,
        slug=f"webinar-{token}",
        titles={},
        abstracts={},
        speakers=(),
        languages=("en",),
        starts_at=now.replace(second=0, microsecond=0),
        minutes=60,
        zone=zone,
        link=None,
        link_policy=LinkPolicy.GUARDED,
        state=EventState.DRAFT,
        revision=1,
    )


def read_speakers(text: str) -> list[str]:
    """Names of organisations, one on each line or parted by semicolons."""
    return [" ".join(name.split()) for name in re.split(r"[\n;]", text) if name.strip()]
