"""I1, whatever people do in whatever order: membership of a group against a model in plain Python."""

from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule, run_state_machine_as_test
from sqlalchemy import select, update

from domain.errors import OutOfDate
from domain.groups import Group, Left, Roster, Waitlisted
from domain.people import Person
from domain.permissions import Permission, Role, Target, can
from domain.process import Process
from services import applications as answering
from services import applying, members, rendering, seats, settling
from services.groups import lock_group
from services.renderers import RENDERERS
from services.rendering import Drop
from services.work import Background, Work
from storage import claims, groups, people
from storage.database import Tx
from storage.tables import audit
from storage.tables import outbox as outbox_table
from tests.storage.machines import OnFile
from tests.storage.membership_model import Model

START = datetime(2022, 3, 14, 12, tzinfo=UTC)
PROCESS = Process("Europe/Berlin", "en", "prework_bot", "https://t.me", frozenset())
EVERYBODY = range(1, 7)
CARLA, DAN = 100, 101

T = TypeVar("T")
persons = st.sampled_from(EVERYBODY)
deciders = st.sampled_from([CARLA, DAN])
numbers = st.sampled_from([0, 0, 0, 1, 1, 2, 3])
mostly = st.sampled_from([True, True, True, False])


DEEDS = [
    "asks", "joins", "joins", "crowd", "sits", "sits", "accept", "decline", "withdraw", "undo", "undo", "undo", "leave",
    "remove", "remove", "restore", "restore", "quota 1", "quota 2", "quota 3", "end", "close", "wait 1", "wait 29",
    "wait 60",
]  # fmt: skip
"""What can happen; what is here twice happens more often."""

UNDECIDED = {"open", "waiting"}


def pick(number: int, among: list[int]) -> int:
    """One of these; the first ones most often."""
    return among[number % len(among)]


@dataclass(frozen=True)
class Seen:
    """What the database says. `told`: who is told which fact, cancelled news left out; `noted`: the audit."""

    roster: Roster
    may_see_material: set[int]
    told: Counter[tuple[int, str]]
    noted: list[tuple[Any, ...]]


class Membership(OnFile):
    """Services on a SQLite file, step by step beside the model."""

    def __init__(self) -> None:
        super().__init__()
        self.model = Model(most=1)
        self.group_id = self.do(self._begin)

    @property
    def now(self) -> datetime:
        return START + timedelta(seconds=self.model.now)

    async def _begin(self, tx: Tx) -> int:
        group_id = await groups.add(tx, Group(0, "PWG 1", {"en": "A title"}, {"en": "A theme"}, 1, 1))
        for number in (*EVERYBODY, CARLA, DAN):
            await people.add(tx, Person(number, f"Person {number}", "en", started_at=START), START)
        for number in (CARLA, DAN):
            await people.grant(tx, number, Role.COORDINATOR, group_id)
        return group_id

    async def work_of(self, tx: Tx, person_id: int) -> Work:
        """Somebody at work, with the rights that the database gives them."""
        person, actor = await people.get(tx, person_id), await people.get_actor(tx, person_id, ())
        assert person is not None
        return Work(tx, self.now, PROCESS, person, actor)

    # One rule with many sides: of many rules, Hypothesis would leave most out of each example.
    @rule(deed=st.sampled_from(DEEDS), number=numbers, person=persons, by=deciders, is_own=mostly)
    def something_happens(self, deed: str, number: int, person: int, by: int, is_own: bool) -> None:
        asked, gone = self.model.asked, self.model.gone
        match deed.split():
            case ["asks"]:
                self.ask(person)
            case ["joins"]:
                self.join(person, by)
            case ["crowd"]:
                for somebody in EVERYBODY[:4]:
                    self.join(somebody, by)
            case ["sits"]:
                self.join(person, by)
                self.pass_time(60)
            case ["accept" | "decline" | "withdraw" as way] if asked:
                self.answer(way, pick(number, sorted(asked, key=lambda n: (asked[n].state not in UNDECIDED, -n))), by)
            case ["undo"] if asked:
                order = sorted(asked, key=lambda n: (asked[n].undo_until is None, asked[n].state != "accepted", -n))
                number = pick(number, order)
                self.undo(number, (asked[number].by if is_own else None) or by)
            case ["restore"] if gone:
                number = pick(number, sorted(gone, key=lambda n: (gone[n].undo_until is None, -n)))
                self.undo_removal(number, gone[number].by if is_own else by)
            case ["leave"]:
                self.leave(pick(number, [*sorted(self.model.members), person]))
            case ["remove"]:
                self.remove(pick(number, [*sorted(self.model.members), person]), by, "Because" if is_own else "")
            case ["quota", most]:
                self.set_quota(int(most))
            case ["end"]:
                self.set_end(date(2022, 3, 1) if not self.model.is_over else None)
            case ["close"] if self.model.is_over:
                self.close_what_is_open()
            case ["wait", seconds]:
                self.pass_time(int(seconds))
            case _:
                pass  # nothing there to do it to

    def join(self, person: int, by: int) -> None:
        self.ask(person)
        undecided = [n for n, asked in self.model.asked.items() if asked.person == person and asked.state == "open"]
        if undecided:
            self.accept(undecided[0], by)

    def answer(self, way: str, number: int, by: int) -> None:
        if way == "withdraw":
            self.withdraw(number)
        elif way == "accept":
            self.accept(number, by)
        else:
            self.decline(number, by, "Because" if number % 2 else "")

    def pass_time(self, seconds: int) -> None:
        self.model.pass_time(seconds)
        self.do(lambda tx: settling.settle(Background(tx, self.now, PROCESS)))
        self.do(self._send)

    # --- the same on both sides ---

    def ask(self, person: int) -> None:
        async def ask(tx: Tx) -> object:
            work = await self.work_of(tx, person)
            group = await lock_group(work, self.group_id, Permission.ASK_TO_JOIN)
            return await applying.apply(work, group, person, "why")

        outcome = type(self.do(ask)).__name__

        number = len(self.model.asked) + 1 if outcome == "Asked" else None
        assert outcome == self.model.ask(person, number)

    def withdraw(self, asked: int) -> None:
        person = self.model.asked[asked].person

        async def withdraw(tx: Tx) -> object:
            return (await answering.withdraw(await self.work_of(tx, person), asked))[1]

        assert type(self.do(withdraw)).__name__ == self.model.withdraw(asked)

    def accept(self, asked: int, by: int) -> None:
        async def accept(tx: Tx) -> object:
            return await answering.accept(await self.work_of(tx, by), asked)

        outcome = self.do(accept)

        said = f"Waitlisted {outcome.position}" if isinstance(outcome, Waitlisted) else type(outcome).__name__
        assert said == self.model.accept(asked, by)

    def decline(self, asked: int, by: int, reason: str) -> None:
        async def decline(tx: Tx) -> object:
            return await answering.decline(await self.work_of(tx, by), asked, reason)

        assert type(self.do(decline)).__name__ == self.model.decline(asked, by)

    def undo(self, asked: int, by: int) -> None:
        async def undo(tx: Tx) -> None:
            await answering.undo(await self.work_of(tx, by), asked)

        assert self.undone(undo) == self.model.undo(asked, by)

    def undone(self, undo: Callable[[Tx], Awaitable[object]]) -> str:
        try:
            self.do(undo)
        except OutOfDate:
            return "OutOfDate"
        return "undone"

    def leave(self, person: int) -> None:
        async def leave(tx: Tx) -> object:
            return await seats.leave(await self.work_of(tx, person), self.group_id)

        outcome = self.do(leave)

        said = f"Left {list(outcome.promoted)}" if isinstance(outcome, Left) else type(outcome).__name__
        assert said == self.model.leave(person)

    def remove(self, person: int, by: int, reason: str) -> None:
        async def remove(tx: Tx) -> tuple[object, int]:
            return await members.remove(await self.work_of(tx, by), self.group_id, person, reason)

        outcome, number = self.do(remove)

        assert type(outcome).__name__ == self.model.remove(person, by, number)

    def undo_removal(self, gone: int, by: int) -> None:
        async def undo(tx: Tx) -> object:
            return await members.undo_removal(await self.work_of(tx, by), gone)

        assert self.undone(undo) == self.model.undo_removal(gone, by)

    def set_quota(self, most: int) -> None:
        async def change(tx: Tx) -> None:
            await self._save(tx, most_members=most)
            await seats.promote(tx, self.group_id, self.now)

        self.do(change)
        self.model.set_quota(most)

    def set_end(self, day: date | None) -> None:
        self.do(lambda tx: self._save(tx, closes_on=day))
        self.model.is_over = day is not None

    async def _save(self, tx: Tx, **values: Any) -> None:
        group = await groups.get(tx, self.group_id)
        assert group is not None
        await groups.save(tx, replace(group, **values))

    def close_what_is_open(self) -> None:
        self.do(lambda tx: settling.close(Background(tx, self.now, PROCESS)))
        self.model.close_what_is_open()

    async def _send(self, tx: Tx) -> None:
        """What is due goes out: whatever is still owed then must be true, or it would not be said."""
        is_news = outbox_table.c.kind.in_(["decision", "removal"])
        due = select(outbox_table.c.id).where(
            is_news, outbox_table.c.state == "pending", outbox_table.c.not_before <= self.now
        )
        ids = list((await tx.execute(due)).scalars())
        claimed = await claims.claim(tx, ids, "test", self.now)
        said = await rendering.render(RENDERERS, tx, claimed, PROCESS, self.now)
        assert [message for message in said.values() if isinstance(message, Drop)] == []
        await tx.execute(update(outbox_table).where(outbox_table.c.id.in_(ids)).values(state="sent"))

    # --- what holds after every step ---

    @invariant()
    def the_database_says_what_the_model_says(self) -> None:
        seen, model = self.do(self._look), self.model
        assert (set(seen.roster.members), list(seen.roster.waiting)) == (model.members, model.waiting)
        assert (set(seen.roster.asking), seen.roster.kept) == (model.asking(), model.kept())
        assert seen.may_see_material == model.members
        assert seen.told == model.facts()
        assert seen.noted == model.noted

    @invariant()
    def nobody_sits_beyond_the_quota_and_no_seat_stays_free_while_somebody_waits(self) -> None:
        model = self.model
        assert len(model.members) <= max(model.most, model.ceiling)
        assert not model.waiting or len(model.members) + model.kept() >= model.most

    async def _look(self, tx: Tx) -> "Seen":
        actors = {n: await people.get_actor(tx, n, ()) for n in EVERYBODY}
        group = Target(group_id=self.group_id)
        rows = await tx.execute(
            select(outbox_table.c.person_id, outbox_table.c.refs).where(
                outbox_table.c.kind.in_(["decision", "removal"]), outbox_table.c.state != "cancelled"
            )
        )
        told = Counter((person, str(refs.get("fact", "removed"))) for person, refs in rows)
        columns = (audit.c.actor_id, audit.c.action, audit.c.subject, audit.c.before, audit.c.after)
        return Seen(
            roster=await groups.get_roster(tx, self.group_id),
            may_see_material={n for n, actor in actors.items() if can(actor, Permission.SEE_MATERIAL, group)},
            told=told,
            noted=[tuple(row) for row in await tx.execute(select(*columns).order_by(audit.c.id))],
        )


def test_I1_membership_is_what_the_model_says_whatever_people_do() -> None:
    run_state_machine_as_test(
        Membership,
        settings=settings(
            max_examples=40, stateful_step_count=40, deadline=None, suppress_health_check=[HealthCheck.too_slow]
        ),
    )
