"""Polls about the time of a session: who may still vote, which slot wins, and what each reader sees."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.events import Event
from domain.groups import Group
from domain.slots import Vote, decide_winner


class PollState(StrEnum):
    """Where a poll stands. Closed: a session came of it."""

    OPEN = "open"
    CLOSED = "closed"
    DROPPED = "dropped"


@dataclass(frozen=True)
class Poll:
    """A poll in a group. `zone`: of whoever asked; `title` of the session to be, "" if it has none."""

    id: int
    group_id: int
    title: str
    zone: str
    minutes: int
    state: PollState
    event_id: int | None
    created_by: int | None
    created_at: datetime


@dataclass(frozen=True)
class PollSlot:
    """One time to vote on. `place`: from 1, fairest first; `outside`: ids of those for whom it is no good time."""

    id: int
    poll_id: int
    place: int
    starts_at: datetime
    outside: tuple[int, ...]


Ballot = Mapping[int, Mapping[int, Vote]]
"""Votes by slot and person."""


@dataclass(frozen=True)
class Voted:
    """The vote counts."""

    vote: Vote


@dataclass(frozen=True)
class PollOver:
    """The poll is closed or dropped."""


@dataclass(frozen=True)
class SlotPast:
    """That time is over."""


VoteOutcome = Voted | PollOver | SlotPast


def decide_vote(poll: Poll, slot: PollSlot, vote: Vote, now: datetime) -> VoteOutcome:
    """Whether a vote still counts."""
    if poll.state is not PollState.OPEN:
        return PollOver()
    return SlotPast() if slot.starts_at <= now else Voted(vote)


@dataclass(frozen=True)
class Winner:
    """The slot that suits most."""

    slot: PollSlot


@dataclass(frozen=True)
class NobodyCan:
    """No slot that is still ahead has anybody who could come."""


@dataclass(frozen=True)
class NoneAhead:
    """Every slot is past."""


CloseOutcome = Winner | NobodyCan | NoneAhead | PollOver


def decide_close(poll: Poll, slots: Sequence[PollSlot], ballot: Ballot, now: datetime) -> CloseOutcome:
    """What closing the poll now would make of it."""
    if poll.state is not PollState.OPEN:
        return PollOver()
    ahead = {slot.id: slot for slot in sorted(slots, key=lambda slot: slot.place) if slot.starts_at > now}
    if not ahead:
        return NoneAhead()
    winner = decide_winner({slot_id: ballot.get(slot_id, {}) for slot_id in ahead})
    return Winner(ahead[winner]) if winner is not None else NobodyCan()


# --- The card ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class ShownSlot:
    """A slot as one reader sees it.

    `burdened`: for how many others it is no good time, `outside`: their names; empty, like `names`, where names are
    not shown.
    """

    slot: PollSlot
    counts: Mapping[Vote, int]
    names: Mapping[Vote, tuple[str, ...]]
    burdened: int
    outside: tuple[str, ...]
    mine: Vote | None


@dataclass(frozen=True)
class ShownPoll:
    """The card of a poll for one reader, or for a group chat.

    `voters`: who may vote, `voted`: who has. `session`: what came of it; `by`: who closed or dropped it.
    """

    poll: Poll
    group: Group
    slots: tuple[ShownSlot, ...]
    voters: int
    voted: int
    may_vote: bool = False
    may_run: bool = False
    session: Event | None = None
    by: str | None = None


def show_slots(
    slots: Sequence[PollSlot], ballot: Ballot, names: Mapping[int, str], person_id: int | None
) -> tuple[ShownSlot, ...]:
    """Count the votes of each slot, in order of place; `names` of those that may be shown, by person id."""
    shown = []
    for slot in sorted(slots, key=lambda slot: slot.place):
        votes = ballot.get(slot.id, {})
        counts = {vote: list(votes.values()).count(vote) for vote in Vote}
        named = {v: tuple(sorted(names[p] for p, said in votes.items() if said is v and p in names)) for v in Vote}
        burdened = [person for person in slot.outside if person != person_id]
        outside = tuple(sorted(names[person] for person in burdened if person in names))
        shown.append(ShownSlot(slot, counts, named, len(burdened), outside, votes.get(person_id or 0)))
    return tuple(shown)
