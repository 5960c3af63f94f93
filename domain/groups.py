"""Working groups: seats, applications, the waiting list."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import assert_never

MOST_OPEN_APPLICATIONS = 5
"""So many undecided applications one person may have; more would be a flood for the coordinators."""

MOST_OPEN_IN_GROUP = 100
"""So many open applications a group takes; more would bury those who answer them."""


@dataclass(frozen=True)
class Group:
    """A pre-working group. Titles and themes by language code; the quota is data and may change.

    `shows_members`: whether its members see each other's names.
    """

    id: int
    code: str
    titles: Mapping[str, str]
    themes: Mapping[str, str]
    least_members: int
    most_members: int
    opens_on: date | None = None
    closes_on: date | None = None
    shows_members: bool = True

    def is_open_on(self, day: date) -> bool:
        """Whether the group works on that day."""
        return (self.opens_on is None or self.opens_on <= day) and not self.has_ended_on(day)

    def has_ended_on(self, day: date) -> bool:
        """Whether its last day is over; its members keep their seats."""
        return self.closes_on is not None and self.closes_on < day


@dataclass(frozen=True)
class Roster:
    """Who sits in a group, who waits (in order), who asked and is not decided, who coordinates.

    `kept`: seats that nobody gets yet, because the removal of who sat there can still be undone.
    """

    members: frozenset[int] = frozenset()
    waiting: tuple[int, ...] = ()
    asking: frozenset[int] = frozenset()
    coordinators: frozenset[int] = frozenset()
    kept: int = 0

    def free_seats(self, group: Group) -> int:
        """How many seats can be given now."""
        return max(0, group.most_members - len(self.members) - self.kept)


class ApplicationState(StrEnum):
    """Open until somebody decides; waiting: accepted while the group is full; closed: the group ended before."""

    OPEN = "open"
    WAITING = "waiting"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"


@dataclass(frozen=True)
class Application:
    """Somebody's wish to join a group. An application takes no seat.

    `revision` is raised by every change of its state. Before `undo_until`, whoever decided may take it back.
    """

    id: int
    group_id: int
    person_id: int
    motivation: str
    affiliation: str
    state: ApplicationState
    decided_by: int | None
    created_at: datetime
    reason: str = ""
    revision: int = 0
    undo_until: datetime | None = None


@dataclass(frozen=True)
class Asked:
    """The application may be handed in."""


@dataclass(frozen=True)
class AlreadyMember:
    """They have a seat."""


@dataclass(frozen=True)
class Coordinates:
    """They run the group, and take part without a seat."""


@dataclass(frozen=True)
class AlreadyAsked:
    """Their application is not decided yet."""


@dataclass(frozen=True)
class Waiting:
    """They are on the waiting list; `position` counts from 1."""

    position: int


@dataclass(frozen=True)
class TooManyOpen:
    """They have as many undecided applications as anybody may have."""

    most: int


@dataclass(frozen=True)
class Crowded:
    """So many have asked that the coordinators have to answer some of them first."""


@dataclass(frozen=True)
class GroupClosed:
    """The group does not work today. `opens_on`: when it will; None: it is over."""

    opens_on: date | None = None


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


@dataclass(frozen=True)
class Withdrawn:
    """The applicant has thought better of it."""


@dataclass(frozen=True)
class Left:
    """The seat is free; these people, who waited, have one now."""

    promoted: tuple[int, ...]


@dataclass(frozen=True)
class NotMember:
    """There is no seat to give back."""


NotAsked = AlreadyMember | Coordinates | AlreadyAsked | Waiting | TooManyOpen | Crowded | GroupClosed
AskOutcome = Asked | NotAsked
DecideOutcome = Seated | Waitlisted | Declined | GroupClosed | AlreadyDecided
WithdrawOutcome = Withdrawn | AlreadyDecided
LeaveOutcome = Left | NotMember


def decide_ask(group: Group, roster: Roster, person_id: int, today: date, open_applications: int) -> AskOutcome:
    """May this person ask to join this group now? `open_applications`: their undecided ones, in all groups."""
    if person_id in roster.members:
        return AlreadyMember()
    if person_id in roster.coordinators:
        return Coordinates()
    if person_id in roster.waiting:
        return Waiting(roster.waiting.index(person_id) + 1)
    if person_id in roster.asking:
        return AlreadyAsked()
    if not group.is_open_on(today):
        return GroupClosed(None if group.has_ended_on(today) else group.opens_on)
    if open_applications >= MOST_OPEN_APPLICATIONS:
        return TooManyOpen(MOST_OPEN_APPLICATIONS)
    if len(roster.asking) >= MOST_OPEN_IN_GROUP:
        return Crowded()
    return Asked()


def decide_accept(group: Group, roster: Roster, application: Application, today: date) -> DecideOutcome:
    """Accept: a seat while there is one and nobody waits, else the end of the queue; nothing once the group is over."""
    if application.state is not ApplicationState.OPEN:
        return AlreadyDecided(application.state, application.decided_by)
    if group.has_ended_on(today):
        return GroupClosed()
    if application.person_id in roster.members:
        return Seated()
    if roster.free_seats(group) and not roster.waiting:
        return Seated()
    return Waitlisted(position=len(roster.waiting) + 1)


def decide_decline(application: Application) -> DecideOutcome:
    """Decline: the first answer wins."""
    if application.state is not ApplicationState.OPEN:
        return AlreadyDecided(application.state, application.decided_by)
    return Declined()


def decide_withdraw(application: Application) -> WithdrawOutcome:
    """Withdraw: as long as it has not led to a seat or a no."""
    if application.state not in {ApplicationState.OPEN, ApplicationState.WAITING}:
        return AlreadyDecided(application.state, application.decided_by)
    return Withdrawn()


def state_after(outcome: DecideOutcome) -> ApplicationState:
    """The state of the application that the outcome leads to."""
    match outcome:
        case Seated():
            return ApplicationState.ACCEPTED
        case Waitlisted():
            return ApplicationState.WAITING
        case Declined():
            return ApplicationState.DECLINED
        case GroupClosed():
            return ApplicationState.CLOSED
        case AlreadyDecided(state=state):
            return state
        case _:
            assert_never(outcome)


def decide_promotions(group: Group, roster: Roster) -> tuple[int, ...]:
    """Who moves up from the waiting list, in order, now that seats are free."""
    return roster.waiting[: roster.free_seats(group)]


def decide_leave(group: Group, roster: Roster, person_id: int) -> LeaveOutcome:
    """Give back a seat; whoever waits first gets it."""
    if person_id not in roster.members:
        return NotMember()
    return Left(decide_promotions(group, replace(roster, members=roster.members - {person_id})))


def choose_deciders(circles: Sequence[Sequence[int]], reachable: Set[int]) -> tuple[int, ...]:
    """Who gets the card of an application: of the first circle in which anybody can be written to, all who can.

    Circles in order: the coordinators, the organisers, the owners.
    """
    for circle in circles:
        found = tuple(person_id for person_id in circle if person_id in reachable)
        if found:
            return found
    return ()
