"""The runway of a talk: what a presenter is asked before a webinar, when, and what stays undone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import assert_never

from domain.chores import ChoreKind
from domain.events import Event, EventKind, EventState
from domain.occasions import TIMINGS, Planned, Purpose

MOST_TYPED: Mapping[str, int] = {"title": 200, "abstract": 1500, "bio": 800}
"""Limits of what is typed, in UTF-16 units as Telegram counts."""

DAY = 24 * 60


class TalkState(StrEnum):
    """Whether the presenter speaks."""

    ASKED = "asked"
    CONFIRMED = "confirmed"
    DECLINED = "declined"


class Step(StrEnum):
    """What a presenter is asked for, in the usual order."""

    CONFIRM = "confirm"
    DETAILS = "details"
    SLIDES = "slides"
    CHECK = "check"


PURPOSES: Mapping[Step, Purpose] = {
    Step.CONFIRM: Purpose.TALK_CONFIRM,
    Step.DETAILS: Purpose.TALK_DETAILS,
    Step.SLIDES: Purpose.TALK_SLIDES,
    Step.CHECK: Purpose.TALK_CHECK,
}
"""When each step is due."""

ALL_PURPOSES = frozenset({*PURPOSES.values(), Purpose.TALK_BACKSTAGE, Purpose.TALK_THANKS, Purpose.TALK_SILENT})
"""Everything that is due because somebody speaks."""

CHORES: Mapping[Step, ChoreKind] = {
    Step.CONFIRM: ChoreKind.TALK_UNCONFIRMED,
    Step.DETAILS: ChoreKind.TALK_INCOMPLETE,
    Step.SLIDES: ChoreKind.SLIDES_MISSING,
    Step.CHECK: ChoreKind.CHECK_MISSING,
}
"""What a step becomes for the coordinators when the presenter stays silent."""


@dataclass(frozen=True)
class Talk:
    """Somebody's part in an event. "" and None: not said yet. `slides_id` is Telegram's file id."""

    id: int
    event_id: int
    person_id: int
    state: TalkState
    title: str
    abstract: str
    bio: str
    recording: bool | None
    slides_id: str | None
    slides_name: str | None
    checked_at: datetime | None
    invited_by: int | None
    created_at: datetime

    def has(self, step: Step) -> bool:
        """Whether this step is done."""
        match step:
            case Step.CONFIRM:
                return self.state is TalkState.CONFIRMED
            case Step.DETAILS:
                # Without words about the person a host can manage: whoever skips them is not asked again.
                return bool(self.title and self.abstract) and self.recording is not None
            case Step.SLIDES:
                return self.slides_id is not None
            case Step.CHECK:
                return self.checked_at is not None
            case _:
                assert_never(step)


def choose_leads(chosen: Mapping[Purpose, int]) -> dict[Purpose, int]:
    """Minutes before the start at which each part of the runway is due; `chosen` override the defaults."""
    parts = (*PURPOSES.values(), Purpose.TALK_BACKSTAGE)
    return {purpose: chosen.get(purpose, TIMINGS[purpose].minutes) for purpose in parts}


def find_deadlines(leads: Mapping[Purpose, int]) -> dict[Step, int]:
    """Minutes before the start at which a silent step becomes a chore.

    That is a day before whatever comes next is due; where this step itself is due less than a day before that, with it.
    """
    deadlines = {}
    for step, purpose in PURPOSES.items():
        following = max((lead for lead in leads.values() if lead < leads[purpose]), default=0)
        a_day_before = following + DAY
        deadlines[step] = a_day_before if a_day_before < leads[purpose] else following
    return deadlines


def find_due(event: Event, now: datetime, leads: Mapping[Purpose, int]) -> tuple[Step, ...]:
    """The steps whose moment has come; none for a session, and none once the event has begun or is cancelled."""
    if event.kind is not EventKind.WEBINAR or event.state is not EventState.ANNOUNCED or now >= event.starts_at:
        return ()
    return tuple(s for s, purpose in PURPOSES.items() if event.starts_at - timedelta(minutes=leads[purpose]) <= now)


def find_open(talk: Talk, due: tuple[Step, ...]) -> tuple[Step, ...]:
    """What the presenter still has to do of what is due: all of it is asked at once."""
    if talk.state is TalkState.DECLINED:
        return ()
    return tuple(step for step in due if not talk.has(step))


def find_late(talk: Talk, lead: int, leads: Mapping[Purpose, int]) -> tuple[Step, ...]:
    """What is undone `lead` minutes before the start, and has become a chore by then."""
    if talk.state is TalkState.DECLINED:
        return ()
    return tuple(s for s, deadline in find_deadlines(leads).items() if deadline >= lead and not talk.has(s))


def plan_runway(kind: EventKind, starts_at: datetime, now: datetime, chosen: Mapping[Purpose, int]) -> list[Planned]:
    """The moments of a talk beside those of its steps: the deadlines, and at once what is past already.

    Of several steps that are past, as after a move to an earlier day, one is planned: it asks for all of them.
    """
    if kind is not EventKind.WEBINAR or now >= starts_at:
        return []
    leads = choose_leads(chosen)
    silent = [
        Planned(lead, starts_at - timedelta(minutes=lead), Purpose.TALK_SILENT)
        for lead in sorted(set(find_deadlines(leads).values()), reverse=True)
    ]
    past = [(leads[p], p) for p in PURPOSES.values() if starts_at - timedelta(minutes=leads[p]) <= now]
    catch_up = [Planned(lead, now, purpose) for lead, purpose in sorted(past)[:1]]
    return catch_up + [one for one in silent if one.due_at > now]


def is_backstage_open(talk: Talk, event: Event, now: datetime, leads: Mapping[Purpose, int]) -> bool:
    """Whether those who speak may go where they meet; until it is over."""
    if talk.state is TalkState.DECLINED or event.state is not EventState.ANNOUNCED:
        return False
    return event.starts_at - timedelta(minutes=leads[Purpose.TALK_BACKSTAGE]) <= now < event.ends_at


# --- Answers ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Confirmed:
    """They speak."""


@dataclass(frozen=True)
class Declined:
    """They do not; the coordinators look for somebody else."""


@dataclass(frozen=True)
class Over:
    """The event has begun, is cancelled, or the answer was no before."""


ConfirmOutcome = Confirmed | Over
DeclineOutcome = Declined | Over


def decide_confirm(talk: Talk, event: Event, now: datetime) -> ConfirmOutcome:
    """Say yes, also after having said yes."""
    return Confirmed() if is_ahead(talk, event, now) else Over()


def decide_decline(talk: Talk, event: Event, now: datetime) -> DeclineOutcome:
    """Say no, also after having said yes."""
    return Declined() if is_ahead(talk, event, now) else Over()


def is_ahead(talk: Talk, event: Event, now: datetime) -> bool:
    """Whether the talk is still to come."""
    return talk.state is not TalkState.DECLINED and event.state is EventState.ANNOUNCED and now < event.starts_at
