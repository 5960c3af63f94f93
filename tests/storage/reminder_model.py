"""What becomes of reminders of one webinar, in plain Python, minute by minute: the oracle of the machine beside it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

MINUTE = timedelta(minutes=1)
DEFAULTS = frozenset({1440, 60, 10})


@dataclass
class Reader:
    """Somebody, and what they have chosen. `only_this`: what they said of the webinar itself."""

    zone: str
    leads: set[int] = field(default_factory=lambda: set(DEFAULTS))
    follows_all: bool = False
    only_this: bool | None = None
    stopped: bool = False
    quiet: tuple[int, int] | None = None
    silent_until: datetime | None = None

    @property
    def wants(self) -> bool:
        follows = self.follows_all if self.only_this is None else self.only_this
        return follows and not self.stopped

    def in_silence(self, now: datetime) -> bool:
        return self.silent_until is not None and now < self.silent_until

    def in_quiet(self, now: datetime) -> bool:
        if self.quiet is None:
            return False
        clock = now.astimezone(ZoneInfo(self.zone))
        begin, end = self.quiet
        at = clock.hour * 60 + clock.minute
        return begin <= at < end if begin < end else at >= begin or at < end

    def quiet_until(self, now: datetime) -> datetime:
        """The first whole minute at which it is not quiet any more."""
        moment = now
        while self.in_quiet(moment):
            moment += MINUTE
        return moment


@dataclass
class Owed:
    """A reminder on its way."""

    revision: int
    lead: int
    person: int
    not_before: datetime
    state: str = "pending"


@dataclass(frozen=True)
class Heard:
    """A reminder that arrived."""

    person: int
    revision: int
    lead: int
    at: datetime
    silent: bool


@dataclass
class Model:
    """One webinar and its readers."""

    readers: dict[int, Reader]
    starts_at: datetime
    revision: int = 1
    announced: bool = True
    planned: set[tuple[int, int]] = field(default_factory=set)
    fired: set[tuple[int, int]] = field(default_factory=set)
    owed: list[Owed] = field(default_factory=list)
    heard: list[Heard] = field(default_factory=list)

    def due(self, lead: int) -> datetime:
        return self.starts_at - lead * MINUTE

    def minutes_to_next(self, now: datetime) -> int:
        """Until the next reminder is due or the next that waits may go, or the webinar starts; else an hour."""
        moments = [self.due(lead) for revision, lead in self.planned if revision == self.revision]
        moments += [self.starts_at, *(one.not_before for one in self._pending())]
        return min((int((moment - now) / MINUTE) for moment in moments if moment > now), default=60)

    def plan(self, leads: set[int], now: datetime) -> None:
        if self.announced and self.starts_at > now:
            self.planned |= {(self.revision, lead) for lead in leads if self.due(lead) > now}

    def change(self, now: datetime, starts_at: datetime, *, announced: bool) -> None:
        if (starts_at, announced) == (self.starts_at, self.announced):
            return
        self.starts_at, self.announced, self.revision = starts_at, announced, self.revision + 1
        for one in self._pending():
            one.state = "cancelled"
        self.plan(set(DEFAULTS).union(*(reader.leads for reader in self.readers.values())), now)

    def add_lead(self, person: int, lead: int, now: datetime) -> None:
        self.readers[person].leads.add(lead)
        self.plan({lead}, now)

    def look_again(self, person: int, now: datetime) -> None:
        for one in self._pending():
            if one.person == person:
                one.not_before = min(one.not_before, now)

    def stop(self, person: int) -> None:
        self.readers[person].stopped = True
        for one in self._pending():
            if one.person == person:
                one.state = "cancelled"

    def tick(self, now: datetime) -> None:
        """What is due is owed: the smallest of a person's overdue leads only."""
        over = {
            (rev, lead) for rev, lead in self.planned - self.fired if rev == self.revision and self.due(lead) <= now
        }
        self.fired |= over
        if self.announced and now < self.starts_at:
            for person, reader in self.readers.items():
                mine = [lead for _, lead in over if lead in reader.leads]
                if mine and reader.wants:
                    self.owed.append(Owed(self.revision, min(mine), person, now))
        for one in self._pending():
            if now >= self.starts_at:
                one.state = "expired"

    def send(self, now: datetime) -> None:
        """What may go out does so, waits, or is let go."""
        for one in [one for one in self._pending() if one.not_before <= now]:
            self._deliver(one, self.readers[one.person], now)

    def _deliver(self, one: Owed, reader: Reader, now: datetime) -> None:
        end = reader.quiet_until(now)
        if reader.in_silence(now):
            one.state = "cancelled"
        elif now < end < self.starts_at:
            one.not_before = end
        elif not reader.wants or one.lead not in reader.leads or self._is_repeated(one, reader, now):
            one.state = "cancelled"
        else:
            one.state = "sent"
            self.heard.append(Heard(one.person, one.revision, one.lead, now, silent=reader.in_quiet(now)))

    def _is_repeated(self, one: Owed, reader: Reader, now: datetime) -> bool:
        return any(
            (other.person, other.revision) == (one.person, one.revision)
            and other.state in {"pending", "sent"}
            and other.lead < one.lead
            and other.lead in reader.leads
            and self.due(other.lead) <= now
            for other in self.owed
        )

    def waiting(self, now: datetime) -> list[Owed]:
        return [one for one in self._pending() if one.not_before > now]

    def _pending(self) -> list[Owed]:
        return [one for one in self.owed if one.state == "pending"]
