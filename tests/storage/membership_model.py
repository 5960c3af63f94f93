"""What membership of one group should be like, in plain Python: the oracle of the state machine beside it."""

from collections import Counter
from dataclasses import dataclass, field

MINUTE = 60


@dataclass
class Asked:
    """An application. `news`: the fact its applicant is still to be told, and when (in seconds)."""

    person: int
    state: str = "open"
    by: int | None = None
    undo_until: int | None = None
    news: tuple[str, int] | None = None


@dataclass
class Gone:
    """A removal."""

    person: int
    by: int
    taken: int
    undo_until: int | None
    told_at: int | None


@dataclass
class Model:
    """One group. Every method says in a word what comes of it."""

    most: int
    now: int = 0
    is_over: bool = False
    members: set[int] = field(default_factory=set)
    waiting: list[int] = field(default_factory=list)
    asked: dict[int, Asked] = field(default_factory=dict)
    gone: dict[int, Gone] = field(default_factory=dict)
    told: Counter[tuple[int, str]] = field(default_factory=Counter)
    noted: list[tuple[int | None, str, str, dict[str, object] | None, dict[str, object]]] = field(default_factory=list)
    ceiling: int = 0

    def asking(self) -> set[int]:
        return {a.person for a in self.asked.values() if a.state == "open"}

    def kept(self) -> int:
        return sum(gone.undo_until is not None for gone in self.gone.values())

    def facts(self) -> Counter[tuple[int, str]]:
        """What people have been told, or are to be told as things stand."""
        owed = [(a.person, a.news[0]) for a in self.asked.values() if a.news]
        owed += [(gone.person, "removed") for gone in self.gone.values() if gone.told_at is not None]
        return self.told + Counter(owed)

    # --- what people do ---

    def ask(self, person: int, number: int | None) -> str:
        if person in self.members:
            return "AlreadyMember"
        if person in self.waiting:
            return "Waiting"
        if person in self.asking():
            return "AlreadyAsked"
        if self.is_over:
            return "GroupClosed"
        if number is not None:
            self.asked[number] = Asked(person)
            self._note(person, "applied", f"application:{number}", None, "open")
        return "Asked"

    def withdraw(self, number: int) -> str:
        asked = self.asked[number]
        if asked.state not in {"open", "waiting"}:
            return "AlreadyDecided"
        if asked.state == "waiting":
            self.waiting.remove(asked.person)
        self._move(number, "withdrawn", asked.person, "withdrawn")
        return "Withdrawn"

    def accept(self, number: int, by: int) -> str:
        asked = self.asked[number]
        if asked.state != "open":
            return "AlreadyDecided"
        if self.is_over:
            self._close(number)
            return "GroupClosed"
        if asked.person in self.members or (len(self.members) + self.kept() < self.most and not self.waiting):
            self.members.add(asked.person)
            self._answer(number, "accepted", by)
            return "Seated"
        self.waiting.append(asked.person)
        self._answer(number, "waiting", by)
        return f"Waitlisted {len(self.waiting)}"

    def decline(self, number: int, by: int) -> str:
        if self.asked[number].state != "open":
            return "AlreadyDecided"
        self._answer(number, "declined", by)
        return "Declined"

    def undo(self, number: int, by: int) -> str:
        asked = self.asked[number]
        in_time = asked.by == by and asked.undo_until is not None and self.now < asked.undo_until
        if not in_time or self.is_over:
            return "OutOfDate"
        stands_again = asked.person in self.members or asked.person in self.waiting or asked.person in self.asking()
        if asked.state == "accepted":
            if asked.person not in self.members or self.waiting:
                return "OutOfDate"
            self.members.remove(asked.person)
        elif asked.state == "waiting":
            self.waiting.remove(asked.person)
        elif stands_again:
            return "OutOfDate"
        self._move(number, "open", by, "undone")
        asked.by = None
        return "undone"

    def leave(self, person: int) -> str:
        if person not in self.members:
            return "NotMember"
        self._seats_noted(person, "left", "group:1", -1)
        self.members.remove(person)
        for asked in self.asked.values():
            if asked.person == person and asked.state == "accepted":
                asked.news = None
        return f"Left {self.promote()}"

    def remove(self, person: int, by: int, number: int) -> str:
        if person not in self.members:
            return "NotMember"
        untold = [a for a in self.asked.values() if a.person == person and a.state == "accepted" and a.undo_until]
        if any(a.undo_until is not None and self.now < a.undo_until for a in untold):
            return "JustAccepted"
        self._seats_noted(by, "removed", f"removal:{number}", -1)
        self.gone[number] = Gone(person, by, len(self.members), self.now + MINUTE, self.now + MINUTE)
        self.members.remove(person)
        return "Removed"

    def undo_removal(self, number: int, by: int) -> str:
        gone = self.gone[number]
        stands = gone.person in self.members or gone.person in self.waiting or gone.person in self.asking()
        in_time = gone.by == by and gone.undo_until is not None and self.now < gone.undo_until
        if not in_time or stands or len(self.members) >= max(self.most, gone.taken):
            return "OutOfDate"
        self._seats_noted(by, "removal_undone", f"removal:{number}", 1)
        self.members.add(gone.person)
        gone.undo_until = gone.told_at = None
        return "undone"

    # --- what organisers and the clock do ---

    def set_quota(self, most: int) -> None:
        self.most = most
        self.ceiling = max(self.most, len(self.members) + self.kept())
        self.promote()

    def promote(self) -> list[int]:
        promoted = []
        while self.waiting and len(self.members) + self.kept() < self.most:
            person = self.waiting.pop(0)
            promoted.append(person)
            self.members.add(person)
            (number,) = (n for n, a in self.asked.items() if a.person == person and a.state == "waiting")
            self._move(number, "accepted", None, "promoted", ("promoted", self.now))
        return promoted

    def close_what_is_open(self) -> None:
        for number in sorted(n for n, a in self.asked.items() if a.state in {"open", "waiting"}):
            self._close(number)
        self.waiting = []

    def pass_time(self, seconds: int) -> None:
        """The minutes that are over, then what is owed by now goes out."""
        self.now += seconds
        for asked in self.asked.values():
            if asked.undo_until is not None and asked.undo_until <= self.now:
                asked.undo_until = None
        over = [gone for gone in self.gone.values() if gone.undo_until is not None and gone.undo_until <= self.now]
        for gone in over:
            gone.undo_until = None
        if over:
            self.promote()
        for asked in self.asked.values():
            if asked.news and asked.news[1] <= self.now:
                self.told[asked.person, asked.news[0]] += 1
                asked.news = None
        for gone in self.gone.values():
            if gone.told_at is not None and gone.told_at <= self.now:
                self.told[gone.person, "removed"] += 1
                gone.told_at = None

    # --- what every change of state does ---

    def _answer(self, number: int, state: str, by: int) -> None:
        until = self.now + MINUTE
        self._move(number, state, by, state, (state, until))
        self.asked[number].by, self.asked[number].undo_until = by, until

    def _close(self, number: int) -> None:
        self._move(number, "closed", None, "closed", ("closed", self.now))

    def _move(
        self, number: int, state: str, actor: int | None, action: str, news: tuple[str, int] | None = None
    ) -> None:
        asked = self.asked[number]
        self._note(actor, action, f"application:{number}", asked.state, state)
        asked.state, asked.news, asked.undo_until = state, news, None

    def _note(self, actor: int | None, action: str, subject: str, before: str | None, after: str) -> None:
        self.noted.append((actor, action, subject, {"state": before} if before else None, {"state": after}))

    def _seats_noted(self, actor: int, action: str, subject: str, by: int) -> None:
        taken = len(self.members)
        self.noted.append((actor, action, subject, {"taken": taken}, {"taken": taken + by}))
