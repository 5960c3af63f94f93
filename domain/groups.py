"""Working groups: seats, applications, the waiting list."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import assert_never


@dataclass(frozen=True)
class Group:
    """A pre-working group. Titles and themes by language code; the quota is data and may change."""

    id: int
    code: str
    titles: Mapping[str, str]
    themes: Mapping[str, str]
    least_members: int
    most_members: int
    opens_on: date | None = None
    closes_on: date | None = None

    def is_open_on(self, day: date) -> bool:
        """Whether the group works on that day."""
        return (self.opens_on is None or self.opens_on <= day) and (self.closes_on is None or day <= self.closes_on)


@dataclass(frozen=True)
class Roster:
    """Who sits in a group, who waits (in order), who asked and is not decided."""

    members: frozenset[int] = frozenset()
    waiting: tuple[int, ...] = ()
    asking: frozenset[int] = frozenset()


class ApplicationState(StrEnum):
    """Open until somebody decides; waiting: accepted while the group is full."""

    OPEN = "open"
    WAITING = "waiting"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Application:
    """Somebody's wish to join a group. An application takes no seat."""

    id: int
    group_id: int
    person_id: int
    motivation: str
    affiliation: str
    state: ApplicationState
    decided_by: int | None
    created_at: datetime


@dataclass(frozen=True)
class Asked:
    """The application may be handed in."""


@dataclass(frozen=True)
class AlreadyMember:
    """They have a seat."""


@dataclass(frozen=True)
class AlreadyAsked:
    """Their application is open or waits for a seat."""


@dataclass(frozen=True)
class GroupClosed:
    """The group does not work today."""


@dataclass(frozen=True)
class Seated:
    """They have a seat now."""


@dataclass(frozen=True)
class Waitlisted:
    """Accepted while all seats are taken; `position` counts from 1."""

    position: int


@dataclass(frozen=True)
class Declined:
    """The application is over."""


@dataclass(frozen=True)
class AlreadyDecided:
    """Somebody else was faster; or the applicant withdrew."""

    state: ApplicationState
    decided_by: int | None


AskOutcome = Asked | AlreadyMember | AlreadyAsked | GroupClosed
DecideOutcome = Seated | Waitlisted | Declined | AlreadyDecided


def decide_ask(group: Group, roster: Roster, person_id: int, today: date) -> AskOutcome:
    """May this person ask to join this group now?"""
    if person_id in roster.members:
        return AlreadyMember()
    if person_id in roster.asking or person_id in roster.waiting:
        return AlreadyAsked()
    if not group.is_open_on(today):
        return GroupClosed()
    return Asked()


def decide_accept(group: Group, roster: Roster, application: Application) -> DecideOutcome:
    """Accept: a seat while there is one and nobody waits, else the end of the queue."""
    if application.state is not ApplicationState.OPEN:
        return AlreadyDecided(application.state, application.decided_by)
    if len(roster.members) < group.most_members and not roster.waiting:
        return Seated()
    return Waitlisted(position=len(roster.waiting) + 1)


def decide_decline(application: Application) -> DecideOutcome:
    """Decline: the first answer wins."""
    if application.state is not ApplicationState.OPEN:
        return AlreadyDecided(application.state, application.decided_by)
    return Declined()


def state_after(outcome: DecideOutcome) -> ApplicationState:
    """The state of the application that the outcome leads to."""
    match outcome:
        case Seated():
            return ApplicationState.ACCEPTED
        case Waitlisted():
            return ApplicationState.WAITING
        case Declined():
            return ApplicationState.DECLINED
        case AlreadyDecided(state=state):
            return state
        case _:
            assert_never(outcome)


def decide_promotions(group: Group, roster: Roster) -> tuple[int, ...]:
    """Who moves up from the waiting list, in order, now that seats are free."""
    free = max(0, group.most_members - len(roster.members))
    return roster.waiting[:free]
