"""Registering for a webinar: who has a place, who waits for one, who moves up."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.events import Event, EventState, LinkPolicy


class Registration(StrEnum):
    """What somebody's registration is."""

    REGISTERED = "registered"
    WAITING = "waiting"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Booking:
    """How an event is booked, seen by one person. `position`: theirs on the waiting list, counted from 1."""

    taken: int = 0
    waiting: int = 0
    mine: Registration | None = None
    position: int | None = None

    @property
    def is_registered(self) -> bool:
        """Whether the person has a place."""
        return self.mine is Registration.REGISTERED

    @property
    def is_waiting(self) -> bool:
        """Whether the person is on the waiting list."""
        return self.mine is Registration.WAITING

    def is_full(self, event: Event) -> bool:
        """Whether the next one has to wait."""
        return event.capacity is not None and self.taken + self.waiting >= event.capacity


NOT_BOOKED = Booking()
"""Where nobody registers."""


@dataclass(frozen=True)
class Registered:
    """They have a place."""


@dataclass(frozen=True)
class Queued:
    """There is no place; they are on the waiting list, `position` counted from 1."""

    position: int


@dataclass(frozen=True)
class AlreadyThere:
    """They are registered, or wait, and nothing changes."""


@dataclass(frozen=True)
class NotOpen:
    """One does not register for it, or not any more."""


RegisterOutcome = Registered | Queued | AlreadyThere | NotOpen


def is_open(event: Event, now: datetime) -> bool:
    """Whether one can register, or take it back: until the end, for those who come late."""
    return event.registers and event.state is EventState.ANNOUNCED and now < event.ends_at


def decide_register(event: Event, booking: Booking, now: datetime) -> RegisterOutcome:
    """A place while there is one and nobody waits, else the end of the waiting list."""
    if booking.is_registered or booking.is_waiting:
        return AlreadyThere()
    if not is_open(event, now):
        return NotOpen()
    return Queued(booking.waiting + 1) if booking.is_full(event) else Registered()


@dataclass(frozen=True)
class Withdrawn:
    """They come no more; whoever waits may move up."""


@dataclass(frozen=True)
class NotThere:
    """They were not registered and did not wait."""


WithdrawOutcome = Withdrawn | NotThere


def decide_withdraw(booking: Booking) -> WithdrawOutcome:
    """Take a registration back, or leave the waiting list; always possible."""
    return Withdrawn() if booking.is_registered or booking.is_waiting else NotThere()


def count_moving_up(event: Event, booking: Booking) -> int:
    """How many of those who wait have a place now: also after a larger capacity, or when nobody needs one any more."""
    if event.capacity is None or not event.registers:
        return booking.waiting
    return max(0, min(booking.waiting, event.capacity - booking.taken))


def link_for(event: Event, now: datetime, *, is_expected: bool) -> str | None:
    """The join link, if this person may have it now. `is_expected`: they are registered, or take part as hosts."""
    return None if event.registers and not is_expected else event.link_at(now)


def is_link_for_all(event: Event) -> bool:
    """Whether anybody may have the join link: a guarded one comes through the bot, as does one for the registered."""
    return event.link_policy is LinkPolicy.PUBLIC and not event.registers


def public_link(event: Event, now: datetime) -> str | None:
    """The join link, where anybody may have it: on cards in chats that nobody guards."""
    return event.link_at(now) if is_link_for_all(event) else None
