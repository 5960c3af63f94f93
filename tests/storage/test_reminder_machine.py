"""Reminders against a model in plain Python, whatever people, organisers and the clock do in whatever order."""

import itertools
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule, run_state_machine_as_test
from sqlalchemy import select

from domain.deliveries import Result, Sent
from domain.events import EventState
from domain.people import Person
from domain.process import Process
from domain.webinars import Scope
from gateway.api import Api
from gateway.clocks import Clock
from gateway.health import Health
from gateway.sender import Sender
from messages.markup import Attachment
from services import following, occasions, quiet, webinars
from services import people as persons_service
from services import settings as choices
from services.purposes import PURPOSES
from services.renderers import RENDERERS
from services.work import Background, Work
from storage import events, outbox, people
from storage import following as chosen
from storage.database import Tx
from storage.tables import outbox as outbox_table
from tests.storage.machines import OnFile
from tests.storage.people_and_events import add_group, an_event
from tests.storage.reminder_model import Heard, Model, Reader

START = datetime(2022, 3, 24, 18, tzinfo=UTC)
"""Three days before the clocks of Berlin go forward."""

PROCESS = Process("Europe/Berlin", "en", "prework_bot", "https://t.me", frozenset())
ZONES = ["Europe/Berlin", "Asia/Jakarta", "America/Toronto"]
QUIET = [(-90, 60), (-660, -30), (-1500, -1000), (-720, -30), (-180, -5), (-1500, -30)]
"""Quiet hours, in minutes from the start of the webinar: over it, before it, a day before it; rounded to half hours."""

LEADS = [10, 45, 60, 180, 600, 1440]

DEEDS = [
    "next", "wait 30", "wait 60", "down 90", "down 700", "back 60",
    "follows", "follows all", "unfollows", "unfollows all", "stops", "comes back", "lead", "lead", "lead", "lead",
    "quiet", "quiet", "quiet", "quiet", *["falls asleep"] * 6, "no more of it", "no more of it", "no quiet",
    "silence", "speak", "zone", "zone", "move 2", "move 12", "move 12", "move 26", "move 26", "cancel", "cancel",
]  # fmt: skip
"""What can happen; what is here twice happens more often."""

T = TypeVar("T")


class StillClock(Clock):
    """Wall time is the machine's; monotonic time passes when the sender has to wait."""

    def __init__(self) -> None:
        self.wall, self.seconds = START, 1000.0

    def now(self) -> datetime:
        return self.wall

    def monotonic(self) -> float:
        return self.seconds


@dataclass(frozen=True)
class Arrived:
    """A message as Telegram got it."""

    person: int
    at: datetime
    silent: bool


class Ears(Api):
    """Takes what the sender says, and answers like Telegram."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.arrived: dict[int, Arrived] = {}
        self._numbers = itertools.count(1)

    async def call(self, method: str, parameters: Mapping[str, Any], attachment: Attachment | None = None) -> Result:
        assert method == "sendMessage"
        number = next(self._numbers)
        silent = parameters.get("disable_notification", False)
        self.arrived[number] = Arrived(parameters["chat_id"], self.clock.now(), silent)
        return Sent(number)


class Reminding(OnFile):
    """Services and sender on a SQLite file, step by step beside the model."""

    def __init__(self) -> None:
        super().__init__()
        self.clock = StillClock()
        self.ears = Ears(self.clock)
        health = Health(polls=False)
        make = Sender(self.database, self.ears, RENDERERS, PROCESS, self.clock, health, owner="me", rate=1e6, calls=4)
        self.sender = make
        self.model = Model(
            {n: Reader(zone, follows_all=True) for n, zone in enumerate(ZONES, 1)}, START + timedelta(hours=26)
        )
        self.webinar_id = self.do(self._begin)
        self.model.plan({1440, 60, 10}, self.now)

    @property
    def now(self) -> datetime:
        return self.clock.wall

    def ask(self, person: int, deed: Callable[[Work], Awaitable[object]]) -> None:
        """Let somebody do something."""

        async def asked(tx: Tx) -> None:
            found, actor = await people.get(tx, person), await people.get_actor(tx, person, ())
            assert found is not None
            await deed(Work(tx, self.now, PROCESS, found, actor))

        self.do(asked)

    async def _begin(self, tx: Tx) -> int:
        group_id = await add_group(tx)
        for number, zone in enumerate(ZONES, 1):
            await people.add(tx, Person(number, f"Person {number}", "en", zone=zone, started_at=START), START)
            await chosen.follow(tx, number, Scope.ALL, 0, START)
        return await webinars.add(tx, an_event(group_id, starts_at=self.model.starts_at), START, None)

    # One rule with many sides: of many rules, Hypothesis would leave most out of each example.
    @rule(
        deed=st.sampled_from(DEEDS),
        person=st.sampled_from([1, 2, 3]),
        lead=st.sampled_from(LEADS),
        hours=st.sampled_from(QUIET),
        zone=st.sampled_from(ZONES),
        time_goes_on=st.sampled_from([True, True, False]),
    )
    def something_happens(
        self, deed: str, person: int, lead: int, hours: tuple[int, int], zone: str, time_goes_on: bool
    ) -> None:
        self.does(deed, person, lead, hours, zone)
        if time_goes_on:
            self.goes_on()

    def goes_on(self) -> None:
        """To the next moment that matters; what is over takes place once more, at the same time of day."""
        if self.now >= self.model.starts_at or not self.model.announced:
            days = (self.now + timedelta(hours=25) - self.model.starts_at) // timedelta(days=1) + 1
            self.change(self.model.starts_at + timedelta(days=days), announced=True)
        self.pass_time(self.model.minutes_to_next(self.now))

    def does(self, deed: str, person: int, lead: int, hours: tuple[int, int], zone: str) -> None:
        reader = self.model.readers[person]
        match deed.split():
            case ["follows" | "unfollows", *_]:
                self.choose(deed, person, reader)
            case ["stops"]:
                self.ask(person, persons_service.stop_messages)
                self.model.stop(person)
            case ["comes", "back"]:
                self.ask(person, persons_service.come_back)
                reader.stopped = False
            case ["lead"]:
                self.switch_lead(person, reader, lead)
            case ["falls", _]:
                self.fall_asleep(person, reader)
            case ["no", "more", *_]:
                self.switch_off_what_waits()
            case ["quiet" | "no" | "silence" | "speak" | "zone", *_]:
                self.want_quiet(deed, person, reader, hours, zone)
            case ["move", ahead]:
                self.change(self.now + timedelta(hours=int(ahead)), announced=True)
            case ["cancel"]:
                self.change(self.model.starts_at, announced=False)
            case ["wait" | "down" | "back" as way, minutes]:
                self.pass_time(int(minutes) * (-1 if way == "back" else 1), halfway=way == "wait")
            case _:
                self.goes_on()

    # --- the same on both sides ---

    def choose(self, deed: str, person: int, reader: Reader) -> None:
        match deed:
            case "follows":
                self.ask(person, lambda work: webinars.subscribe(work, self.webinar_id, Scope.WEBINAR))
                reader.only_this, reader.stopped = True, False
            case "follows all":
                self.ask(person, following.follow_all)
                reader.follows_all, reader.stopped = True, False
            case "unfollows":
                self.ask(person, lambda work: webinars.unsubscribe(work, self.webinar_id))
                reader.only_this = False
            case _:
                self.ask(person, following.unfollow_all)
                reader.only_this, reader.follows_all = None, False

    def switch_lead(self, person: int, reader: Reader, lead: int) -> None:
        if lead in reader.leads:
            self.ask(person, lambda work: choices.toggle_lead(work, lead))
            reader.leads.discard(lead)
        else:
            self.ask(person, lambda work: choices.add_lead(work, lead))
            self.model.add_lead(person, lead, self.now)

    def switch_off_what_waits(self) -> None:
        """The lead times of the reminders that wait for somebody to wake up."""
        for one in self.model.waiting(self.now):
            reader = self.model.readers[one.person]
            if one.lead in reader.leads:
                self.switch_lead(one.person, reader, one.lead)

    def want_quiet(self, deed: str, person: int, reader: Reader, hours: tuple[int, int], zone: str) -> None:
        match deed:
            case "quiet":
                reader.quiet = self.around_the_start(reader, hours)
                self.ask(person, lambda work: quiet.set_hours(work, *(reader.quiet or (0, 0))))
            case "no quiet":
                self.ask(person, quiet.end_hours)
                reader.quiet = None
            case "silence":
                self.ask(person, lambda work: quiet.be_silent_for(work, 1))
                reader.silent_until = self.now + timedelta(days=1)
            case "speak":
                self.ask(person, quiet.speak_again)
                reader.silent_until = None
            case _:
                self.ask(person, lambda work: choices.set_zone(work, zone))
                reader.zone = zone
        self.model.look_again(person, self.now)
        self.look()  # the sender is woken by every answer

    def fall_asleep(self, person: int, reader: Reader) -> None:
        """Quiet hours that begin just before the next reminder; then its time comes."""
        ahead = self.model.minutes_to_next(self.now)
        clock = (self.now + timedelta(minutes=ahead)).astimezone(ZoneInfo(reader.zone))
        begin = (clock.hour * 60 + clock.minute) // 30 * 30
        reader.quiet = begin, (begin + 90) % 1440
        self.ask(person, lambda work: quiet.set_hours(work, *(reader.quiet or (0, 0))))
        self.model.look_again(person, self.now)
        self.pass_time(ahead)

    def around_the_start(self, reader: Reader, minutes: tuple[int, int]) -> tuple[int, int]:
        """Half hours of the reader's day that lie so from the start of the webinar."""
        clock = self.model.starts_at.astimezone(ZoneInfo(reader.zone))
        begin, end = (round((clock.hour * 60 + clock.minute + offset) / 30) * 30 % 1440 for offset in minutes)
        return begin, end

    def change(self, starts_at: datetime, *, announced: bool) -> None:
        async def change(tx: Tx) -> None:
            old = await events.get(tx, self.webinar_id)
            assert old is not None
            state = EventState.ANNOUNCED if announced else EventState.CANCELLED
            await webinars.change(tx, old, replace(old, starts_at=starts_at, state=state), self.now, None)

        self.do(change)
        self.model.change(self.now, starts_at, announced=announced)

    def pass_time(self, minutes: int, *, halfway: bool = False) -> None:
        """The clock jumps there, as after down time; or looks halfway, too."""
        for part in (minutes // 2, minutes - minutes // 2) if halfway else (minutes,):
            self.clock.wall += timedelta(minutes=part)
            self.look()

    def look(self) -> None:
        """The ticks, and everything that may go out."""
        self.do(lambda tx: occasions.fire_due(Background(tx, self.now, PROCESS), PURPOSES))
        self.do(lambda tx: outbox.expire(tx, self.now))
        self.runner.run(self._send())
        self.model.tick(self.now)
        self.model.send(self.now)

    async def _send(self) -> None:
        self.sender.wake()
        is_at_rest = False
        while not is_at_rest:
            turn = await self.sender.turn()
            await self.sender.calls_done()
            self.clock.seconds += 2
            is_at_rest = turn.wait is None and not (turn.started or self.sender.is_busy)

    # --- what holds after every step ---

    @invariant()
    def what_arrived_is_what_the_model_says(self) -> None:
        reminders, _ = self.do(self._look)
        assert Counter(reminders) == Counter(self.model.heard)

    @invariant()
    def nobody_hears_anything_they_do_not_want_to(self) -> None:
        _, others = self.do(self._look)
        for one in others[self.checked :]:
            reader = self.model.readers[one.person]
            assert not reader.stopped
            assert not reader.in_silence(one.at)
            assert one.silent is reader.in_quiet(one.at)
        self.checked = len(others)

    checked = 0
    """Other messages than reminders, looked at when they had just come: what people want changes."""

    async def _look(self, tx: Tx) -> tuple[list[Heard], list[Arrived]]:
        columns = (outbox_table.c.key, outbox_table.c.message_id, outbox_table.c.attempt)
        rows = (await tx.execute(select(*columns).where(outbox_table.c.message_id.is_not(None)))).all()
        assert {row.attempt for row in rows} <= {1}  # to wait is no failure
        keys = {row.message_id: row.key.split(":") for row in rows}
        reminders, others = [], []
        for number, one in self.ears.arrived.items():
            match keys[number]:
                case ["reminder", _, revision, lead, person]:
                    assert int(person) == one.person
                    reminders.append(Heard(one.person, int(revision), int(lead), one.at, one.silent))
                case _:
                    others.append(one)
        return reminders, others


def test_reminders_are_what_the_model_says_whatever_people_and_clocks_do() -> None:
    run_state_machine_as_test(
        Reminding,
        settings=settings(
            max_examples=25, stateful_step_count=25, deadline=None, suppress_health_check=[HealthCheck.too_slow]
        ),
    )
