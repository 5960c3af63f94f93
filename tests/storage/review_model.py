"""What becomes of interim results, and who decides on them, in plain Python: the oracle of the machine beside it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

Texts = dict[str, str]
State = Mapping[str, object] | None

PUBLIC = {"published", "withdrawn"}
MOST_NAMED = 5


@dataclass
class Piece:
    """A result. `says`: title and summary; `said_by`: which message said which of them, as long as it can be edited.

    `named`: what those named as co-authors say to it; `asked`: those of them who have been asked.
    """

    author: int
    group: int
    says: Texts
    state: str = "draft"
    version: int = 0
    decided_by: int | None = None
    published_by: int | None = None
    reason: str = ""
    correction: str = ""
    withdrawal: str = ""
    named: dict[int, str] = field(default_factory=dict)
    said_by: dict[int, str] = field(default_factory=dict)
    asked: set[int] = field(default_factory=set, compare=False)
    spoke: set[int] = field(default_factory=set, compare=False)

    def has_named(self, person: int) -> bool:
        return self.named.get(person, "declined") != "declined"

    def is_by(self, person: int) -> bool:
        return person == self.author or self.has_named(person)


@dataclass
class Change:
    """A correction, from the first question to the answer of an organiser."""

    piece: int
    person: int
    base: int
    says: Texts
    sentence: str = ""
    state: str = "draft"
    decided_by: int | None = None


@dataclass
class Staff:
    """Who holds what now; `seats` and `coordinators` by group."""

    seats: dict[int, set[int]]
    coordinators: dict[int, set[int]]
    organisers: set[int]
    owners: set[int]

    def belongs_to(self, group: int) -> set[int]:
        return self.seats[group] | self.coordinators[group]

    def groups_of(self, person: int) -> list[int]:
        return [group for group in self.seats if person in self.belongs_to(group)]

    def above(self) -> set[int]:
        return self.organisers | self.owners

    def may_review(self, person: int, piece: Piece) -> bool:
        return person in self.above() | self.coordinators[piece.group] and not piece.is_by(person)

    def may_publish(self, person: int, piece: Piece) -> bool:
        return person in self.above() and not piece.is_by(person)

    def may_correct(self, person: int, piece: Piece) -> bool:
        return piece.is_by(person) or person in self.above()

    def reads(self, person: int, piece: Piece) -> bool:
        if piece.state in PUBLIC or person == piece.author:
            return True
        if piece.state == "draft":
            return False
        if piece.state == "accepted" and person in self.above() | self.belongs_to(piece.group):
            return True
        return piece.has_named(person) or self.may_review(person, piece)

    def circle(self, piece: Piece, *, publishes: bool = False) -> set[int]:
        """Who is asked: the first of these in which there is anybody who did not write it."""
        tiers = [self.coordinators[piece.group], self.organisers, self.owners][publishes:]
        others = [{person for person in tier if not piece.is_by(person)} for tier in tiers]
        return next(filter(None, others), set())


@dataclass
class Model:
    """Every method says in a word what comes of it."""

    staff: Staff
    now: int = 0
    pieces: dict[int, Piece] = field(default_factory=dict)
    changes: dict[int, Change] = field(default_factory=dict)
    versions: list[tuple[int, int, str, str, int, int]] = field(default_factory=list)
    noted: list[tuple[int, str, str, State, State]] = field(default_factory=list)
    told: Counter[tuple[int, str]] = field(default_factory=Counter)
    cards: set[tuple[str, int]] = field(default_factory=set)
    previews: dict[int, tuple[str, int, int]] = field(default_factory=dict)
    messages: dict[int, dict[int, str]] = field(default_factory=dict)
    """What each person is shown to be sent: which thing, its number, that of the button; and what said what of it."""

    # --- writing ---

    def draft_of(self, person: int) -> int | None:
        return max((n for n, p in self.pieces.items() if p.author == person and p.state == "draft"), default=None)

    def candidates(self, person: int, group: int) -> set[int]:
        return self.staff.belongs_to(group) - {person}

    def may_write(self, person: int, number: int, state: str) -> str:
        piece = self.pieces[number]
        if person != piece.author:
            return "NotAllowed"
        if piece.state != state:
            return "OutOfDate"
        return "written" if self.staff.groups_of(person) else "NotAllowed"

    def write(
        self, person: int, number: int, typed: Mapping[int, tuple[str, str]], names: list[int], button: int
    ) -> None:
        piece, preview = self.pieces[number], self.previews.get(person)
        kept = self.messages[person] if preview and preview[:2] == ("result", number) else {}
        self.messages[person] = kept | {message: what for message, (what, _) in typed.items()}
        self.previews[person] = "result", number, button
        piece.says |= dict(typed.values())
        for name in names:
            if piece.has_named(name):
                del piece.named[name]
            elif sum(map(piece.has_named, piece.named)) < MOST_NAMED:
                piece.named[name] = "asked"
            piece.asked.discard(name)

    def hand_in(self, person: int, number: int, button: int) -> str:
        piece = self.pieces.get(number)
        if piece is None or self.previews.get(person) != ("result", number, button):
            return "OutOfDate"
        if person not in self.staff.belongs_to(piece.group):
            return "NotAllowed"
        before = {"state": piece.state, "version": piece.version}
        piece.state, piece.version, piece.reason, piece.decided_by = "submitted", piece.version + 1, "", None
        piece.said_by = self.messages[person]
        self._keep(number, piece.says, person)
        self._note(person, "result_submitted", number, before, {"state": "submitted", "version": piece.version})
        del self.previews[person]
        self._ask_named(number, piece)
        asked = self.staff.circle(piece)
        self._show(f"result:{number}", asked)
        return f"HandedIn {sorted(asked)}"

    def _ask_named(self, number: int, piece: Piece) -> None:
        allowed = self.candidates(piece.author, piece.group)
        piece.named = {who: said for who, said in piece.named.items() if said == "confirmed" or who in allowed}
        piece.asked &= set(piece.named)
        for who, said in piece.named.items():
            if said == "asked" and who not in piece.asked:
                piece.asked.add(who)
                self.told[who, f"coauthor {number}"] += 1

    def edit(self, person: int, message: int, text: str) -> str:
        about = [n for n, piece in self.pieces.items() if piece.author == person and message in piece.said_by]
        if not about:
            return "no such message"
        number, piece = about[0], self.pieces[about[0]]
        what = piece.said_by[message]
        if piece.says[what] == text:
            return "no such message"
        if piece.state != "submitted":
            return "Edited False"
        piece.says[what], piece.version = text, piece.version + 1
        self._keep(number, piece.says, person)
        self._note(person, "result_edited", number, {"version": piece.version - 1}, {"version": piece.version})
        return "Edited True"

    # --- deciding ---

    def review(self, person: int, number: int, version: int, state: str, reason: str) -> str:
        piece = self.pieces[number]
        if not (self.staff.reads(person, piece) and self.staff.may_review(person, piece)):
            return "NotAllowed"
        if version != piece.version:
            return "Superseded"
        if piece.state != "submitted":
            return "AlreadyReviewed"
        piece.decided_by, piece.reason = person, reason
        self._move(person, number, state, {piece.author})
        if state == "accepted":
            self._show(f"result:{number}", self.staff.circle(piece, publishes=True))
        return "Reviewed"

    def publish(self, person: int, number: int, version: int) -> str:
        piece = self.pieces[number]
        if not (self.staff.reads(person, piece) and self.staff.may_publish(person, piece)):
            return "NotAllowed"
        if version != piece.version:
            return "Superseded"
        if piece.state != "accepted":
            return {"published": "AlreadyPublished", "withdrawn": "AlreadyWithdrawn"}.get(piece.state, "NotAccepted")
        piece.published_by = person
        self._move(person, number, "published", self._authors(piece))
        return "Published"

    def withdraw(self, person: int, number: int, version: int, reason: str) -> str:
        piece = self.pieces[number]
        if not (self.staff.reads(person, piece) and self.staff.may_publish(person, piece)):
            return "NotAllowed"
        if piece.state != "published":
            return "AlreadyWithdrawn" if piece.state == "withdrawn" else "NotPublic"
        if version != piece.version:
            return "Superseded"
        piece.withdrawal = reason
        self._move(person, number, "withdrawn", self._authors(piece))
        return "Withdrawn"

    # --- correcting ---

    def begin_correction(self, person: int, number: int) -> str:
        piece = self.pieces[number]
        if not (self.staff.reads(person, piece) and self.staff.may_correct(person, piece)):
            return "NotAllowed"
        return "begun" if piece.state == "published" else "OutOfDate"

    def open_change(self, person: int, number: int) -> int | None:
        """The one to go on with: it is about what is public now."""
        mine = (n for n, c in self.changes.items() if (c.piece, c.person) == (number, person))
        newest = max((n for n in mine if self.changes[n].state in {"draft", "proposed"}), default=None)
        is_current = newest is not None and self.changes[newest].base == self.pieces[number].version
        return newest if is_current else None

    def correct(self, person: int, number: int, typed: Mapping[str, str], sentence: str, button: int) -> None:
        change = self.changes[number]
        change.says |= typed
        change.state, change.sentence = "draft", sentence
        self.previews[person] = "correction", number, button

    def hand_in_correction(self, person: int, number: int, button: int) -> str:
        change = self.changes[number]
        if self.previews.get(person) != ("correction", number, button):
            return "OutOfDate"
        if not self.staff.may_correct(person, self.pieces[change.piece]):
            return "NotAllowed"
        if refused := self._why_not(change):
            return refused
        del self.previews[person]
        if self.staff.may_publish(person, self.pieces[change.piece]):
            self._apply(person, change)
            return "Corrected"
        change.state = "proposed"
        self._note(person, "correction_proposed", change.piece, None, {"base": change.base})
        self._show(f"correction:{number}", self.staff.circle(self.pieces[change.piece], publishes=True))
        return "Proposed"

    def answer_correction(self, person: int, number: int, *, is_yes: bool) -> str:
        change = self.changes[number]
        if change.state == "draft" or not self.staff.may_publish(person, self.pieces[change.piece]):
            return "NotAllowed"
        if change.state != "proposed":
            return "AlreadyAnswered"
        if not is_yes:
            change.state, change.decided_by = "declined", person
            self._note(person, "correction_declined", change.piece, {"base": change.base}, None)
            self._tell({change.person} - {person}, change.piece, "not_corrected")
            return "Declined"
        if refused := self._why_not(change):
            return refused
        self._apply(person, change)
        return "Corrected"

    def _why_not(self, change: Change) -> str | None:
        piece = self.pieces[change.piece]
        if piece.state == "withdrawn":
            return "AlreadyWithdrawn"
        if piece.version != change.base:
            return "Superseded"
        return None if change.says != piece.says and change.sentence else "Unchanged"

    def _apply(self, person: int, change: Change) -> None:
        piece = self.pieces[change.piece]
        piece.says, piece.correction, piece.version = dict(change.says), change.sentence, piece.version + 1
        change.state, change.decided_by = "applied", person
        self._keep(change.piece, piece.says, change.person)
        before, after = {"version": piece.version - 1}, {"version": piece.version}
        self._note(person, "result_corrected", change.piece, before, after)
        self._tell(self._authors(piece) | {change.person} - {person}, change.piece, "corrected")

    # --- speaking ---

    def answer_name(self, person: int, number: int, said: str) -> str:
        piece = self.pieces[number]
        now = piece.named.get(person)
        if now is None or not self.staff.reads(person, piece):
            return "NotAllowed"
        if piece.state == "withdrawn":
            return "OutOfDate"
        if now in {said, "declined"}:
            return "AlreadyAnswered"
        piece.named[person] = said
        self._note(person, f"coauthor_{said}", number, {"state": now}, {"state": said})
        if said == "declined":
            self._tell({piece.author}, number, "coauthor_declined")
        return "Answered"

    def comment(self, person: int, number: int) -> str:
        piece, staff = self.pieces[number], self.staff
        if not (staff.reads(person, piece) and (piece.is_by(person) or staff.may_review(person, piece))):
            return "NotAllowed"
        if piece.state in {"draft", "withdrawn"}:
            return "Closed"
        piece.spoke.add(person)
        self._note(person, "result_commented", number, None, None)
        reviewers = staff.circle(piece) | {one for one in piece.spoke if not piece.is_by(one)}
        for reader in (reviewers if piece.is_by(person) else self._authors(piece)) - {person}:
            self.told[reader, f"comment {number}"] += 1
        return "Added"

    # --- what everybody sees ---

    def shown(self) -> dict[int, tuple[str, ...]]:
        """The words that are public, by result."""
        found = {}
        for number, piece in self.pieces.items():
            if piece.state == "published":
                found[number] = *piece.says.values(), piece.correction
            elif piece.state == "withdrawn":
                found[number] = (piece.withdrawal,)
        return found

    # --- what every change does ---

    def _authors(self, piece: Piece) -> set[int]:
        """The author, and those named who have said yes."""
        return {piece.author, *(who for who, said in piece.named.items() if said == "confirmed")}

    def _move(self, person: int, number: int, state: str, readers: set[int]) -> None:
        piece = self.pieces[number]
        before, after = {"state": piece.state, "version": piece.version}, {"state": state, "version": piece.version}
        piece.state = state
        self._note(person, f"result_{state}", number, before, after)
        self._tell(readers, number, state)

    def _keep(self, number: int, says: Texts, by: int) -> None:
        self.versions.append((number, self.pieces[number].version, says["title"], says["summary"], by, self.now))

    def _tell(self, readers: set[int], number: int, news: str) -> None:
        for reader in readers:
            self.told[reader, f"{news} {number} v{self.pieces[number].version}"] += 1

    def _show(self, subject: str, readers: set[int]) -> None:
        self.cards |= {(subject, reader) for reader in readers}

    def _note(self, person: int, action: str, number: int, before: State, after: State) -> None:
        self.noted.append((person, action, f"result:{number}", before, after))
