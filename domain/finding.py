"""Finding a time for a group: which questions are asked, and the slots that were proposed so far."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from domain.dialogs import step_after
from domain.groups import Group
from domain.scheduling import Clash
from domain.slots import MOST_DAYS, Slot

MOST_SLOTS = 8
"""More times than that nobody compares; each is a row of buttons on the card."""

FIRST_OFFER, NEXT_OFFER = 5, 3
"""So many slots are proposed at once, and when more are asked for."""

WORKDAYS = frozenset(range(5))


class Step(StrEnum):
    """The questions, in order; FIRST and LAST only where other days than the usual are chosen."""

    TITLE = "title"
    MINUTES = "minutes"
    DAYS = "days"
    FIRST = "first"
    LAST = "last"
    WEEKDAYS = "weekdays"
    SLOTS = "slots"


class Days(StrEnum):
    """Which days come into question."""

    THIS_WEEK = "this_week"
    TWO_WEEKS = "two_weeks"
    RANGE = "range"


@dataclass(frozen=True)
class Offer:
    """A slot that was proposed; `is_out`: whoever plans does not want to ask for it."""

    slot: Slot
    is_out: bool = False


@dataclass(frozen=True)
class Finding:
    """What has been answered so far. `first` and `last` are days where whoever plans is; Monday is 0."""

    group_id: int
    title: str = ""
    minutes: int = 60
    days: Days = Days.TWO_WEEKS
    first: date | None = None
    last: date | None = None
    weekdays: frozenset[int] = WORKDAYS
    offers: tuple[Offer, ...] = ()

    @property
    def steps(self) -> tuple[Step, ...]:
        """The questions for this search."""
        only_in_range = {Step.FIRST, Step.LAST}
        return tuple(step for step in Step if step not in only_in_range or self.days is Days.RANGE)

    def step_after(self, step: str, by: int) -> Step:
        """So many questions on or back."""
        return step_after(self.steps, step, by)

    @property
    def chosen(self) -> tuple[Slot, ...]:
        """The slots to ask for."""
        return tuple(offer.slot for offer in self.offers if not offer.is_out)


def span(days: Days, today: date) -> tuple[date, date] | None:
    """First and last day; None where they are asked for. This week ends on Sunday, the next two begin on Monday."""
    monday = today - timedelta(days=today.weekday())
    match days:
        case Days.THIS_WEEK:
            return today, monday + timedelta(days=6)
        case Days.TWO_WEEKS:
            return monday + timedelta(days=7), monday + timedelta(days=20)
        case Days.RANGE:
            return None


def latest(first: date) -> date:
    """The last day that can be chosen after `first`."""
    return first + timedelta(days=MOST_DAYS - 1)


def with_more(finding: Finding, ranked: tuple[Slot, ...]) -> Finding:
    """The search with newly ranked slots behind those that were proposed before."""
    known = {offer.slot.at for offer in finding.offers}
    fresh = tuple(Offer(slot) for slot in ranked if slot.at not in known)
    return replace(finding, offers=(*finding.offers, *fresh)[:MOST_SLOTS])


def toggled(finding: Finding, number: int) -> Finding:
    """Untick a proposed slot, or tick it again; `number` from 0."""
    offers = [replace(o, is_out=not o.is_out) if n == number else o for n, o in enumerate(finding.offers)]
    return replace(finding, offers=tuple(offers))


# --- The proposal -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Line:
    """One proposed slot. `outside`: name and zone of those for whom it is no good time; and what else is then."""

    offer: Offer
    outside: tuple[tuple[str, str], ...]
    clashes: tuple[Clash, ...]


@dataclass(frozen=True)
class Proposal:
    """What would be asked. `guessed`: how many have chosen no zone, so that `home` was taken for them."""

    group: Group
    finding: Finding
    lines: tuple[Line, ...]
    guessed: int
    home: str


# --- As JSON ----------------------------------------------------------------------------------


def to_json(finding: Finding) -> dict[str, object]:
    """The search as a dialog keeps it."""
    return {
        "group_id": finding.group_id,
        "title": finding.title,
        "minutes": finding.minutes,
        "days": finding.days.value,
        "first": finding.first.isoformat() if finding.first else None,
        "last": finding.last.isoformat() if finding.last else None,
        "weekdays": sorted(finding.weekdays),
        "offers": [
            [o.slot.at.isoformat(), list(o.slot.outside), list(o.slot.asleep), o.is_out] for o in finding.offers
        ],
    }


def from_json(data: Mapping[str, object]) -> Finding:
    """Read back what `to_json` wrote."""
    weekdays, offers = data["weekdays"], data["offers"]
    return Finding(
        group_id=int(str(data["group_id"])),
        title=str(data["title"]),
        minutes=int(str(data["minutes"])),
        days=Days(str(data["days"])),
        first=_day(data["first"]),
        last=_day(data["last"]),
        weekdays=frozenset(int(day) for day in weekdays) if isinstance(weekdays, list) else WORKDAYS,
        offers=tuple(_offer(*one) for one in offers) if isinstance(offers, list) else (),
    )


def _day(value: object) -> date | None:
    return date.fromisoformat(str(value)) if value else None


def _offer(at: str, outside: list[int], asleep: list[int], is_out: bool) -> Offer:
    return Offer(Slot(datetime.fromisoformat(at), tuple(outside), tuple(asleep)), is_out)
