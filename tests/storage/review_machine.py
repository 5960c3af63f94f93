"""The life of interim results, step by step beside a model in plain Python."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule
from sqlalchemy import update

from domain.coauthors import CoauthorState
from domain.corrections import Step as Correcting
from domain.dialogs import Dialog
from domain.errors import UserError
from domain.groups import Group
from domain.pages import Site
from domain.people import Person
from domain.permissions import Role
from domain.process import Process
from domain.reviews import Review
from domain.submissions import Step as Writing
from messages import corrections as correction_texts
from messages import results as card_texts
from messages import submissions as submission_texts
from services import (
    belonging,
    coauthors,
    comments,
    corrections,
    dialogs,
    pages,
    posting,
    proposals,
    results,
    reviews,
    seats,
    submissions,
)
from services.submissions import Edited, HandedIn
from services.work import Background, Work
from storage import groups, people, tables
from storage.database import Tx
from tests.storage.machines import OnFile
from tests.storage.review_model import Change, Model, Piece, Staff
from tests.storage.review_rows import (
    QUERIES,
    Rows,
    changes_in,
    every_step_is_legal,
    kept,
    nobody_decides_on_their_own,
    pieces_in,
    told_in,
    versions_in,
    words_in,
)

START = datetime(2022, 3, 14, 12, tzinfo=UTC)
PROCESS = Process("Europe/Berlin", "en", "prework_bot", "https://t.me", frozenset())
ANNA, BEN, CARLA, CLEO, OLGA, OTTO, OWEN, FRED, PAUL = EVERYBODY = range(1, 10)
"""Anna and Ben write; Anna coordinates the group, too, and Ben is an organiser, too. Carla and Cleo coordinate, Olga
and Otto organise, Owen is the owner; Fred coordinates another group; Paul is nobody."""

HERE, ELSEWHERE = 1, 2
WRITERS = [ANNA, BEN, ANNA, FRED]
ROLES = [(CARLA, HERE), (CLEO, HERE), (ANNA, HERE), (OLGA, None), (OTTO, None), (BEN, None)]
"""Who may lose a role and get it back; None: that of an organiser."""

T = TypeVar("T")
DEEDS = [
    *["goes on"] * 14, "writes", "writes", "revises", "hands in", "edits", "edits", "accept", "accept",
    "ask changes", "ask changes", "publish", "publish", *["corrects"] * 4, "takes over", "takes over", "leaves it",
    *["withdraw"] * 4, "confirms", "confirms", "declines", "declines", "comments", "comments", "role", "role", "role",
    "leaves", "comes back", "a day",
]  # fmt: skip
"""What can happen; what is here twice happens more often."""

WAITS_FOR = {"accept": "submitted", "ask changes": "submitted", "publish": "accepted", "withdraw": "published"}
ON_THEIR_WAY = {"draft", "submitted", "changes_asked", "accepted"}
WAYS = ["rightly", "rightly", "rightly", "rightly", "wrongly", "wrongly", "stale", "twice"]
"""By somebody who may; by somebody who may not, or has said no to being named; with a card of the version before;
by two, each with the card as it was."""

TEXTS = [("title", "summary"), ("title",), ("summary",), ()]
UNSEEN = {"correction_proposed", "correction_declined"}
"""What changes nothing on the card of the result itself."""

CARD_DUE = ("card", "pending")

REFUSED = {
    "NotAllowed", "OutOfDate", "Superseded", "AlreadyReviewed", "AlreadyPublished", "AlreadyWithdrawn", "NotAccepted",
    "NotPublic", "Unchanged", "AlreadyAnswered", "Closed", "no such message", "Edited False",
}  # fmt: skip
"""What comes of deeds that change nothing."""

numbers = st.sampled_from([0, 0, 0, 1, 1, 2, 3])


def pick(number: int, among: list[T]) -> T:
    """One of these; the first ones most often."""
    return among[number % len(among)]


def by_need(pieces: dict[int, Piece], *wanted: str) -> list[int]:
    """Those in one of these states first, and the newest of them."""
    return sorted(pieces, key=lambda number: (pieces[number].state not in wanted, -number))


class Reviewing(OnFile):
    """Services on a SQLite file, step by step beside the model."""

    def __init__(self) -> None:
        super().__init__()
        everybody = Staff({HERE: {ANNA, BEN}, ELSEWHERE: {FRED}}, {HERE: set(), ELSEWHERE: {FRED}}, set(), {OWEN})
        self.model = Model(everybody)
        self.words = 0
        self.buttons: list[tuple[int, str, int, int]] = []
        self.do(self._begin)
        for person, group in ROLES:
            self.switch_role(person, group)
        self.before: Rows = {}
        self.noted, self.outcomes = 0, list[str]()

    @property
    def now(self) -> datetime:
        return START + timedelta(seconds=self.model.now)

    async def _begin(self, tx: Tx) -> None:
        for code in ("PWG 1", "PWG 2"):
            await groups.add(tx, Group(0, code, {"en": code}, {"en": "A theme"}, 1, 9))
        for number in EVERYBODY:
            await people.add(tx, Person(number, f"Person {number}", "en", started_at=START), START)
        await people.grant(tx, OWEN, Role.OWNER)
        await people.grant(tx, FRED, Role.COORDINATOR, ELSEWHERE)
        for person, group in ((ANNA, HERE), (BEN, HERE), (FRED, ELSEWHERE)):
            await groups.take_seat(tx, group, person, START)

    async def work_of(self, tx: Tx, person_id: int) -> Work:
        """Somebody at work, with the rights that the database gives them."""
        person, actor = await people.get(tx, person_id), await people.get_actor(tx, person_id, ())
        assert person is not None
        return Work(tx, self.now, PROCESS, person, actor)

    def asks(self, person: int, work: Callable[[Work], Awaitable[T]]) -> T | str:
        """What somebody asks for, or the name of what is in the way."""

        async def ask(tx: Tx) -> T:
            return await work(await self.work_of(tx, person))

        try:
            return self.do(ask)
        except UserError as error:
            return type(error).__name__

    def same(self, deed: str, outcome: object, expected: str) -> None:
        """Both sides say the same of a deed."""
        match outcome:
            case str():
                said = outcome
            case HandedIn(circle=circle):
                said = f"HandedIn {sorted(circle.people)}"
            case Edited(is_taken=is_taken):
                said = f"Edited {is_taken}"
            case _:
                said = type(outcome).__name__
        assert said == expected, deed
        self.outcomes.append(said)

    def word(self, what: str) -> str:
        """A text like no other."""
        self.words += 1
        return f"{what} no{self.words}."

    # One rule with many sides: of many rules, Hypothesis would leave most out of each example.
    @rule(deed=st.sampled_from(DEEDS), number=numbers, by=st.integers(0, 15), way=st.sampled_from(WAYS))
    def something_happens(self, deed: str, number: int, by: int, way: str) -> None:
        self.model.now += 86400 if deed == "a day" else 7
        pieces, changes = self.model.pieces, self.model.changes
        match deed:
            case "writes":
                self.write(pick(by, WRITERS), TEXTS[0], by, anew=way == "rightly")
            case "goes on" if not ON_THEIR_WAY.intersection(p.state for p in pieces.values()) and way != "wrongly":
                self.write(pick(by, WRITERS), TEXTS[0], by, anew=True)
            case "hands in" if self.buttons:
                for _ in range(1 + (way == "twice")):
                    self.hand_in(*pick(number, self.buttons[::-1]))
            case "edits":
                self.edits(number, by)
            case "role":
                self.switch_role(*pick(by, ROLES))
            case "leaves" | "comes back":
                self.switch_seat(pick(by, [ANNA, BEN]), comes=deed == "comes back")
            case "takes over" | "leaves it" if changes:
                waiting = sorted(changes, key=lambda n: (changes[n].state != "proposed", -n))
                self.answer_change(pick(number, waiting), by, way, is_yes=deed == "takes over")
            case "a day" | "hands in" | "takes over" | "leaves it":
                pass  # nothing there to do it to
            case _ if pieces:
                self.does(deed, number, by, way)

    def does(self, deed: str, number: int, by: int, way: str) -> None:
        pieces = self.model.pieces
        match deed:
            case "goes on":
                self.goes_on(pick(number, by_need(pieces, *ON_THEIR_WAY)), by, number, way)
            case "accept" | "ask changes" | "publish" | "withdraw":
                self.decides(deed, pick(number, by_need(pieces, WAITS_FOR[deed])), by, way)
            case "revises":
                chosen = pick(number, by_need(pieces, "changes_asked"))
                author = pieces[chosen].author if way != "wrongly" else pick(by, list(EVERYBODY))
                self.revise(author, chosen, TEXTS[number], by)
            case "corrects":
                chosen = pick(number, by_need(pieces, "published"))
                writes = [pieces[chosen].author, *pieces[chosen].named, OLGA, OTTO, OWEN]
                person = pick(by, writes if way != "wrongly" else list(EVERYBODY))
                if self.correct(person, chosen, TEXTS[number]) and way != "stale":
                    self.hand_in(*self.buttons[-1])
            case "confirms" | "declines":
                chosen = pick(number, sorted(pieces, key=lambda n: ("asked" not in pieces[n].named.values(), -n)))
                who = list(pieces[chosen].named) if way != "wrongly" else []
                self.answer_name(pick(by, who or list(EVERYBODY)), chosen, deed)
            case "comments":
                chosen = pick(number, by_need(pieces, "submitted", "changes_asked", "accepted"))
                who = [pieces[chosen].author, *pieces[chosen].named, CARLA, CLEO, OLGA]
                self.comment(pick(by, who if way != "wrongly" else list(EVERYBODY)), chosen)

    def goes_on(self, number: int, by: int, luck: int, way: str) -> None:
        """The next thing that is due."""
        piece = self.model.pieces[number]
        preview = self.model.previews.get(piece.author, ("", 0, 0))
        proposed = [n for n, c in self.model.changes.items() if c.piece == number and c.state == "proposed"]
        match piece.state:
            case "draft" | "changes_asked" if preview[:2] == ("result", number):
                self.hand_in(piece.author, *preview)
            case "draft":
                self.write(piece.author, TEXTS[luck], by, anew=False)
            case "changes_asked":
                self.revise(piece.author, number, TEXTS[luck], by)
            case "submitted":
                self.decides("ask changes" if luck == 2 else "accept", number, by, way)
            case "accepted":
                self.decides("publish", number, by, way)
            case "published" if proposed:
                self.answer_change(proposed[-1], by, way, is_yes=luck < 3)
            case _:
                self.does("corrects", luck, by, way)

    def those_who(self, may: Callable[[int, Piece], bool], piece: Piece, by: int, way: str) -> list[int]:
        """Who does it, one after the other."""
        wrongly = [piece.author, *piece.named, *(person for person in EVERYBODY if not may(person, piece))]
        rightly = [person for person in EVERYBODY if may(person, piece)]
        who = pick(by, rightly if way != "wrongly" else wrongly)
        return [who, pick(by + 1, rightly)] if way == "twice" else [who]

    # --- the same on both sides: writing ---

    def write(self, person: int, what: tuple[str, ...], by: int, *, anew: bool) -> None:
        draft, model = self.model.draft_of(person), self.model
        group = pick(0, model.staff.groups_of(person) or [0])
        is_new = anew or draft is None
        typed = self.typed(TEXTS[0] if is_new else what)
        names = self.names(person, group, by)

        async def write(work: Work) -> submission_texts.Question:
            question = await submissions.begin(work)
            if question.step is Writing.RESUME:
                go = submissions.begin_anew if anew else submissions.resume
                question = await go(work, question.result.id)
            return await self._answer(work, question, typed, names)

        outcome = self.asks(person, write)
        self.same("write", "written" if not isinstance(outcome, str) else outcome, "written" if group else "NotAllowed")
        if isinstance(outcome, str):
            return
        if is_new:
            if draft is not None:
                del model.pieces[draft]
                model.previews.pop(person, None)
            model.pieces[outcome.result.id] = Piece(person, group, {})
        self.previews(person, outcome, typed, names)

    def revise(self, person: int, number: int, what: tuple[str, ...], by: int) -> None:
        piece, typed = self.model.pieces[number], self.typed(what)
        names = self.names(person, piece.group, by)

        async def revise(work: Work) -> submission_texts.Question:
            return await self._answer(work, await submissions.revise(work, number), typed, names)

        outcome = self.asks(person, revise)
        expected = self.model.may_write(person, number, "changes_asked")
        self.same("revise", "written" if not isinstance(outcome, str) else outcome, expected)
        if not isinstance(outcome, str):
            self.previews(person, outcome, typed, names)

    def typed(self, what: tuple[str, ...]) -> dict[int, tuple[str, str]]:
        """Messages that say this, by number."""
        typed = {}
        for one in what:
            text = self.word(one)
            typed[self.words] = one, text
        return typed

    def names(self, person: int, group: int, by: int) -> list[int]:
        """Who is named, or named no more."""
        others = sorted(self.model.candidates(person, group)) if group in self.model.staff.groups_of(person) else []
        return [one for place, one in enumerate(others) if (by + 1) >> place & 1]

    async def _answer(
        self, work: Work, question: submission_texts.Question, typed: dict[int, tuple[str, str]], names: list[int]
    ) -> submission_texts.Question:
        """Answer the questions with these messages, and name these people."""
        at = Dialog(work.person.id, submissions.DIALOG, Writing.FILE, {"result_id": question.result.id}, 0)
        for message, (what, text) in typed.items():
            question = await submissions.type_answer(work, replace(at, step=what), text, message)
        question = await submissions.skip(work, at)
        for name in names:
            question = await submissions.name_coauthor(work, name, 0, question.revision)
        if question.step is Writing.COAUTHORS:
            question = await submissions.skip(work, replace(at, step=Writing.COAUTHORS))
        assert question.step is Writing.PREVIEW
        return question

    def previews(
        self, person: int, asked: submission_texts.Question, typed: dict[int, tuple[str, str]], names: list[int]
    ) -> None:
        self.model.write(person, asked.result.id, typed, names, asked.revision)
        self.buttons.append((person, "result", asked.result.id, asked.revision))

    def hand_in(self, person: int, what: str, number: int, button: int) -> None:
        service = submissions if what == "result" else corrections

        async def send(work: Work) -> object:
            return await service.hand_in(work, await dialogs.current(work, button))

        outcome = self.asks(person, send)
        model = self.model.hand_in if what == "result" else self.model.hand_in_correction
        self.same(f"hand in {what}", outcome, model(person, number, button))

    def edits(self, number: int, by: int) -> None:
        pieces = self.model.pieces
        said = [(pieces[n].author, *one) for n in by_need(pieces, "submitted") for one in pieces[n].said_by.items()]
        if said:
            author, message, what = pick(number, said)
            text = self.word(what) if by > 1 else pieces[max(pieces)].says[what]
            self.edit(author if by else PAUL, message, text)

    def edit(self, person: int, message: int, text: str) -> None:
        outcome = self.asks(person, lambda work: submissions.edit_handed_in(work, message, text))
        self.same("edit", outcome or "no such message", self.model.edit(person, message, text))

    # --- deciding ---

    def decides(self, deed: str, number: int, by: int, way: str) -> None:
        piece, staff = self.model.pieces[number], self.model.staff
        seen = piece.version - (way == "stale")
        may = staff.may_publish if deed in {"publish", "withdraw"} else staff.may_review
        for person in self.those_who(may, piece, by, way):
            self.decide(deed, person, number, seen)

    def decide(self, deed: str, person: int, number: int, seen: int) -> None:
        """Somebody presses a button of a card that shows this version."""
        model, ask, reason = self.model, self.asks, self.word(deed)
        match deed:
            case "accept":
                outcome: object = ask(person, lambda work: reviews.review(work, number, seen, Review.ACCEPT))
                expected = model.review(person, number, seen, "accepted", "")
            case "ask changes":
                outcome = ask(person, lambda work: reviews.ask_changes(work, number, seen, reason))
                expected = model.review(person, number, seen, "changes_asked", reason)
            case "publish":
                outcome = ask(person, lambda work: reviews.publish(work, number, seen))
                expected = model.publish(person, number, seen)
            case _:
                outcome = ask(person, lambda work: reviews.withdraw(work, number, seen, reason))
                expected = model.withdraw(person, number, seen, reason)
        self.same(deed, outcome, expected)

    # --- correcting ---

    def correct(self, person: int, number: int, what: tuple[str, ...]) -> bool:
        """As far as the preview, if they may."""
        typed = {one: self.word(one) for one in what}
        sentence = self.word("sentence")

        async def correct(work: Work) -> correction_texts.Question:
            question = await corrections.begin(work, number)
            at = Dialog(person, corrections.DIALOG, "", {"correction_id": question.correction.id}, 0)
            for step, text in {**typed, Correcting.SENTENCE: sentence}.items():
                question = await corrections.type_answer(work, replace(at, step=step), text)
            assert question.step is Correcting.PREVIEW
            return question

        kept = self.model.open_change(person, number)
        outcome = self.asks(person, correct)
        said = outcome if isinstance(outcome, str) else "begun"
        self.same("correct", said, self.model.begin_correction(person, number))
        if not isinstance(outcome, str):
            piece, change, button = self.model.pieces[number], outcome.correction.id, outcome.revision
            if kept is None:
                self.model.changes[change] = Change(number, person, piece.version, dict(piece.says))
            assert kept in {None, change}
            self.model.correct(person, change, typed, sentence, button)
            self.buttons.append((person, "correction", change, button))
        return said == "begun"

    def answer_change(self, number: int, by: int, way: str, *, is_yes: bool) -> None:
        piece = self.model.pieces[self.model.changes[number].piece]
        for person in self.those_who(self.model.staff.may_publish, piece, by, way):
            self.answer(person, number, is_yes=is_yes)

    def answer(self, person: int, number: int, *, is_yes: bool) -> None:
        service = proposals.approve if is_yes else proposals.decline
        outcome: object = self.asks(person, lambda work: service(work, number))
        expected = self.model.answer_correction(person, number, is_yes=is_yes)
        self.same("take over" if is_yes else "leave it", outcome or "Declined", expected)

    # --- speaking, and who is what ---

    def answer_name(self, person: int, number: int, deed: str) -> None:
        said = CoauthorState.CONFIRMED if deed == "confirms" else CoauthorState.DECLINED
        outcome = self.asks(person, lambda work: coauthors.answer(work, number, said))
        self.same(deed, outcome, self.model.answer_name(person, number, said.value))

    def comment(self, person: int, number: int) -> None:
        text = self.word("comment")
        outcome = self.asks(person, lambda work: comments.add(work, number, text))
        self.same("comment", outcome, self.model.comment(person, number))

    def switch_role(self, person: int, group: int | None) -> None:
        """Give it to whoever does not hold it, take it from whoever does."""
        staff = self.model.staff
        held, role = (staff.coordinators[group], Role.COORDINATOR) if group else (staff.organisers, Role.ORGANISER)
        change = belonging.revoke if person in held else belonging.grant
        assert self.do(lambda tx: change(tx, person, role, group, self.now))
        held ^= {person}

    def switch_seat(self, person: int, *, comes: bool) -> None:
        if comes:
            self.do(lambda tx: belonging.take_seat(tx, HERE, person, self.now))
            self.model.staff.seats[HERE].add(person)
        else:
            self.asks(person, lambda work: seats.leave(work, HERE))
            self.model.staff.seats[HERE].discard(person)

    # --- what holds after every step ---

    @invariant()
    def everything_is_as_the_model_says(self) -> None:
        rows, site = self.do(self._look)
        noted = [row for row in rows["audit"] if row.subject.startswith("result:")]
        new = noted[self.noted :]
        self.the_database_is(rows, noted)
        if self.outcomes and REFUSED.issuperset(self.outcomes):
            assert kept(rows) == kept(self.before)
        self.every_card_follows(rows, new)
        every_step_is_legal(noted)
        for row in new:
            nobody_decides_on_their_own(row, self.before)
        if site is not None:
            self.only_what_is_published_is_public(site, {int(row.subject.partition(":")[2]) for row in new})
        self.before, self.noted, self.outcomes = rows, len(noted), []

    def the_database_is(self, rows: Rows, noted: list[Any]) -> None:
        model = self.model
        assert pieces_in(rows) == model.pieces
        assert changes_in(rows) == model.changes
        assert versions_in(rows) == sorted((*one[:5], START + timedelta(seconds=one[5])) for one in model.versions)
        assert told_in(rows) == model.told
        assert {(row.subject, row.chat_id) for row in rows["cards"]} == model.cards
        assert [(row.actor_id, row.action, row.subject, row.before, row.after) for row in noted] == model.noted

    def every_card_follows(self, rows: Rows, new: list[Any]) -> None:
        """Whoever holds a card of what was changed is to be shown it as it is now."""
        changed = {row.subject for row in new if row.action not in UNSEEN}
        due = {(row.refs["subject"], row.person_id) for row in rows["outbox"] if (row.kind, row.state) == CARD_DUE}
        assert {card for card in self.model.cards if card[0] in changed} <= due

    def only_what_is_published_is_public(self, site: Site, changed: set[int]) -> None:
        said, shown = self.model.shown(), {one.id: (one.title, one.summary, one.correction) for one in site.results}
        assert {**shown, **{one.id: (one.reason,) for one in site.withdrawn}} == said
        assert words_in(repr(site)) == words_in(repr(said))
        for number in changed:
            outcome = self.asks(PAUL, lambda work, number=number: self._read(work, number))  # type: ignore[misc]
            assert words_in(outcome) == words_in(repr(said.get(number, ())))

    async def _read(self, work: Work, number: int) -> str:
        """A result as the bot shows it to this person, and as it stands in the channel."""
        shown = await results.get_card(work, number)
        posted = await posting.word_post(work.tx, PROCESS, shown.result)
        return card_texts.card(shown, work.zone, work.language).text + posted.text

    async def _look(self, tx: Tx) -> tuple[Rows, Site | None]:
        """What the database says, and what everybody sees if anything is new; then whatever is owed goes out."""
        rows = {name: list((await tx.execute(query)).all()) for name, query in QUERIES.items()}
        await tx.execute(update(tables.outbox).where(tables.outbox.c.state == "pending").values(state="sent"))
        if rows["results"] == self.before.get("results"):
            return rows, None
        return rows, (await pages.read_site(Background(tx, self.now, PROCESS))).site
