"""Reminders and the clock: down time, moves, zones, nights with 23 and 25 hours, last-minute changes of mind."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event, func, select

from bot.wiring import assemble
from domain.deliveries import DeliveryState
from domain.events import Event, EventState
from domain.times import Skipped, to_utc
from domain.webinars import Scope
from services import webinars
from storage import events
from storage.database import Database
from storage.tables import leads, outbox, people, subscriptions
from tests.chat.world import Chat, Visitor

CITIES = {"en": "Cities as climate havens?", "de": "Städte als Klimazuflucht?"}
AT = datetime(2022, 3, 22, 15, tzinfo=UTC)
SHOWN = f"{CITIES['en']}\nTue, 22 Mar 2022, 16:00 (Berlin)"


async def planned(chat: Chat, starts_at: datetime = AT) -> int:
    return await chat.webinar(await chat.group("PWG 3"), CITIES, starts_at)


async def follows(visitor: Visitor) -> None:
    """Tap *Remind me* below the first webinar."""
    await visitor.sends("/webinars")
    await visitor.presses("1 · Remind me")
    await visitor.presses("This webinar")
    visitor.looks()


async def follower(chat: Chat, name: str = "Anna", language: str = "en") -> Visitor:
    visitor = await chat.person(name, language)
    await follows(visitor)
    return visitor


async def chooses_leads(visitor: Visitor, *labels: str) -> None:
    """Tap these lead times in the settings: those that are on go off, the others on."""
    await visitor.sends("/settings")
    await visitor.presses("Reminders")
    for label in labels:
        await visitor.presses(label)
    visitor.looks()


def texts(visitor: Visitor) -> list[str]:
    return [message.text for message in visitor.new_messages]


def calls_to(chat: Chat, visitor: Visitor) -> int:
    """How often the bot tried to write to somebody, whatever Telegram said to it."""
    return sum(call.params.get("chat_id") == visitor.id for call in chat.telegram.calls)


async def changed(chat: Chat, event_id: int, **values: object) -> None:
    """What an organiser's change of the programme does."""
    async with chat.bot.database.write() as tx:
        old = await events.get(tx, event_id)
        assert old is not None
        new: Event = replace(old, **values)  # type: ignore[arg-type]
        await webinars.change(tx, old, new, chat.clock.now(), None)


async def restarted(chat: Chat) -> None:
    """A new process on the same database."""
    await chat.bot.close()
    database = Database(chat.bot.settings.database_url)
    chat.bot = await assemble(chat.bot.settings, database, chat.clock)
    await chat.bot.lanes.take_unfinished()
    await chat.bot.sender.recover()
    await chat.settles()


# --- Down time --------------------------------------------------------------------------------


async def test_what_was_due_while_the_bot_was_down_comes_at_once_with_the_time_that_truly_remains(chat: Chat) -> None:
    await planned(chat)
    anna = await follower(chat)
    await chat.time_goes_to(AT - timedelta(minutes=62))
    anna.looks()

    chat.clock.pass_by(10 * 60)
    await restarted(chat)

    assert texts(anna) == [f"Starts in 52 minutes: {SHOWN}"]


async def test_nothing_is_sent_after_the_start(chat: Chat) -> None:
    await planned(chat)
    anna = await follower(chat)
    await chat.time_goes_to(AT - timedelta(minutes=11))
    anna.looks()

    chat.clock.pass_by(11 * 60)
    await restarted(chat)

    assert texts(anna) == []


async def test_what_was_owed_before_the_start_expires_with_it(chat: Chat) -> None:
    await planned(chat)
    anna = await follower(chat)
    await chat.time_goes_to(AT - timedelta(minutes=11))
    anna.looks()
    chat.clock.pass_by(60)
    await chat.bot.ticks.run_all()

    chat.clock.pass_by(10 * 60)
    await restarted(chat)

    assert texts(anna) == []
    assert await states(chat, anna) == {DeliveryState.EXPIRED: 1, DeliveryState.SENT: 1}


async def states(chat: Chat, visitor: Visitor) -> dict[DeliveryState, int]:
    query = select(outbox.c.state, func.count()).where(outbox.c.kind == "reminder", outbox.c.person_id == visitor.id)
    async with chat.bot.database.read() as tx:
        rows = await tx.execute(query.group_by(outbox.c.state))
        return {DeliveryState(state): count for state, count in rows}


async def test_several_leads_overdue_together_make_one_reminder(chat: Chat) -> None:
    await planned(chat)
    anna, ben = await follower(chat, "Anna"), await follower(chat, "Ben")
    await chooses_leads(ben, "✓ 1 hour", "✓ 10 minutes")

    chat.clock.pass_by((AT - timedelta(minutes=5) - chat.clock.now()).total_seconds())
    await restarted(chat)

    assert texts(anna) == [f"Starts in 5 minutes: {SHOWN}"]
    assert texts(ben) == [f"Starts in 5 minutes: {SHOWN}"]


# --- Chosen lead times ------------------------------------------------------------------------


async def test_reminders_come_at_the_lead_times_chosen_in_the_settings(chat: Chat) -> None:
    await planned(chat)
    anna = await follower(chat)

    await chooses_leads(anna, "✓ 1 day", "✓ 10 minutes", "2 days", "3 hours")
    for minutes in (7 * 1440, 2 * 1440, 1440, 180, 60, 30, 10):
        await chat.time_goes_to(AT - timedelta(minutes=minutes))

    assert texts(anna) == [f"Starts in {remaining}: {SHOWN}" for remaining in ("2 days", "3 hours", "1 hour")]


async def test_whoever_switches_every_lead_off_is_not_reminded(chat: Chat) -> None:
    await planned(chat)
    anna = await follower(chat)

    await chooses_leads(anna, "✓ 1 day", "✓ 1 hour", "✓ 10 minutes")
    await chat.time_goes_to(AT)

    assert texts(anna) == []


# --- Moved and cancelled ----------------------------------------------------------------------


async def test_a_moved_webinar_is_announced_once_and_reminds_at_its_new_time_only(chat: Chat) -> None:
    webinar = await planned(chat)
    anna = await follower(chat)
    new = "Thu, 24 Mar 2022, 17:00 (Berlin)"

    await changed(chat, webinar, starts_at=AT + timedelta(days=2, hours=1))
    await chat.settles()
    told = texts(anna)
    await chat.time_goes_to(AT)
    at_the_old_time = texts(anna)
    for minutes in (1440, 60, 10):
        await chat.time_goes_to(AT + timedelta(days=2, hours=1, minutes=-minutes))

    assert told == [f"Moved: {CITIES['en']}\nbefore: Tue, 22 Mar 2022, 16:00\nnow: {new}"]
    assert at_the_old_time == []
    assert texts(anna) == [
        f"Starts in {remaining}: {CITIES['en']}\n{new}" for remaining in ("1 day", "1 hour", "10 minutes")
    ]


async def test_a_reminder_on_its_way_is_dropped_when_the_webinar_moves(chat: Chat) -> None:
    webinar = await planned(chat)
    anna = await follower(chat)
    await chat.time_goes_to(AT - timedelta(minutes=61))
    anna.looks()
    chat.clock.pass_by(60)
    await chat.bot.ticks.run_all()

    await changed(chat, webinar, starts_at=AT + timedelta(hours=3))
    await chat.settles()

    assert texts(anna) == [
        f"Moved: {CITIES['en']}\nbefore: Tue, 22 Mar 2022, 16:00\nnow: Tue, 22 Mar 2022, 19:00 (Berlin)"
    ]


async def test_a_webinar_moved_twice_at_once_is_told_from_the_time_the_person_knows(chat: Chat) -> None:
    webinar = await planned(chat)
    anna = await follower(chat)

    await changed(chat, webinar, starts_at=AT + timedelta(hours=1))
    await changed(chat, webinar, starts_at=AT + timedelta(hours=3))
    await chat.settles()

    assert texts(anna) == [
        f"Moved: {CITIES['en']}\nbefore: Tue, 22 Mar 2022, 16:00\nnow: Tue, 22 Mar 2022, 19:00 (Berlin)"
    ]


async def test_a_webinar_that_moves_closer_skips_the_leads_already_past(chat: Chat) -> None:
    webinar = await planned(chat)
    anna = await follower(chat)
    sooner = chat.clock.now() + timedelta(minutes=30)

    await changed(chat, webinar, starts_at=sooner)
    await chat.settles()
    anna.looks()
    await chat.time_goes_to(sooner - timedelta(minutes=10))

    assert texts(anna) == [f"Starts in 10 minutes: {CITIES['en']}\nMon, 14 Mar 2022, 13:30 (Berlin)"]


async def test_a_new_title_and_link_are_told_once_and_leave_the_reminders_as_they_are(chat: Chat) -> None:
    webinar = await planned(chat)
    anna = await follower(chat)

    await changed(chat, webinar, titles={"en": "Cities and climate"}, link="https://meet.example.org/2")
    await chat.settles()
    told = texts(anna)
    await chat.time_goes_to(AT - timedelta(days=1))

    assert told == [
        (
            "Changed: Cities and climate\nTue, 22 Mar 2022, 16:00 (Berlin)\n"
            "Title: Cities and climate, before Cities as climate havens?\n"
            "There is a new join link; the old one no longer counts."
        )
    ]
    assert texts(anna) == ["Starts in 1 day: Cities and climate\nTue, 22 Mar 2022, 16:00 (Berlin)"]


async def test_a_cancelled_webinar_is_told_once_and_reminds_nobody(chat: Chat) -> None:
    webinar = await planned(chat)
    anna = await follower(chat)

    await changed(chat, webinar, state=EventState.CANCELLED)
    await chat.settles()
    await chat.time_goes_to(AT)

    assert texts(anna) == [f"Cancelled: {CITIES['en']}\nIt was to be on Tue, 22 Mar 2022, 16:00 (Berlin)."]


async def test_a_change_is_told_only_to_those_who_follow(chat: Chat) -> None:
    webinar = await planned(chat)
    anna, ben = await follower(chat, "Anna"), await chat.person("Ben")

    await changed(chat, webinar, starts_at=AT + timedelta(days=1))
    await chat.settles()

    assert len(texts(anna)) == 1
    assert texts(ben) == []


# --- Zones and nights of 23 and 25 hours --------------------------------------------------------


async def test_everybody_reads_their_own_local_time(chat: Chat) -> None:
    await planned(chat)
    ottawa, accra, jakarta = [await follower(chat, name) for name in ("Odile", "Akosua", "Jati")]
    # Ottawa is in no list of zones: there one taps what the clock shows.
    await chooses_zone(ottawa, tap="08:00 Toronto")
    await chooses_zone(accra, typed="Accra", tap="12:00 Accra")
    await chooses_zone(jakarta, typed="jakarta", tap="19:00 Jakarta")

    await chat.time_goes_to(AT - timedelta(days=1))

    assert [texts(visitor) for visitor in (ottawa, accra, jakarta)] == [
        [f"Starts in 1 day: {CITIES['en']}\nTue, 22 Mar 2022, {local}"]
        for local in ("11:00 (Toronto)", "15:00 (Accra)", "22:00 (Jakarta)")
    ]


async def chooses_zone(visitor: Visitor, *, tap: str, typed: str | None = None) -> None:
    await visitor.sends("/settings")
    await visitor.presses("Time zone")
    if typed is not None:
        await visitor.sends(typed)
    await visitor.presses(tap)
    visitor.looks()


def test_a_time_that_the_night_in_march_leaves_out_is_refused_with_the_next_one_there_is() -> None:
    half_past_two, three = datetime.fromisoformat("2022-03-27 02:30"), datetime.fromisoformat("2022-03-27 03:00")

    assert to_utc(half_past_two, "Europe/Berlin") == Skipped(next_time=three)


@pytest.mark.parametrize(
    ("wall", "starts_at", "day_before", "shown"),
    [
        # Clocks go from 02:00 to 03:00 on 27 March: the day before, 01:00 UTC was two o'clock.
        ("2022-03-27 03:00", datetime(2022, 3, 27, 1, tzinfo=UTC), "02:00", "Sun, 27 Mar 2022, 03:00"),
        ("2022-03-27 16:00", datetime(2022, 3, 27, 14, tzinfo=UTC), "15:00", "Sun, 27 Mar 2022, 16:00"),
        # Clocks go from 03:00 back to 02:00 on 30 October: 02:30 comes twice and means the first.
        ("2022-10-30 02:30", datetime(2022, 10, 30, 0, 30, tzinfo=UTC), "02:30", "Sun, 30 Oct 2022, 02:30"),
        ("2022-10-30 03:00", datetime(2022, 10, 30, 2, tzinfo=UTC), "04:00", "Sun, 30 Oct 2022, 03:00"),
        ("2022-10-30 16:00", datetime(2022, 10, 30, 15, tzinfo=UTC), "17:00", "Sun, 30 Oct 2022, 16:00"),
    ],
)
async def test_a_day_ahead_is_24_hours_also_over_a_change_of_the_clocks(
    chat: Chat, wall: str, starts_at: datetime, day_before: str, shown: str
) -> None:
    moment = to_utc(datetime.fromisoformat(wall), "Europe/Berlin")
    assert moment == starts_at
    await planned(chat, starts_at)
    anna = await follower(chat)

    await chat.time_goes_to(starts_at - timedelta(days=1, seconds=1))
    too_early = texts(anna)
    await chat.time_passes(seconds=1)

    assert too_early == []
    assert texts(anna) == [f"Starts in 1 day: {CITIES['en']}\n{shown} (Berlin)"]
    await anna.sends("/settings")
    assert f"Time zone: Berlin, now {day_before}" in anna.screen.text


# --- A change of mind between due and sent ------------------------------------------------------


async def owed(chat: Chat) -> Visitor:
    """A follower whose reminder is due and not yet claimed."""
    await planned(chat)
    anna = await follower(chat)
    await chat.time_goes_to(AT - timedelta(minutes=61))
    anna.looks()
    chat.clock.pass_by(60)
    await chat.bot.ticks.run_all()
    assert await states(chat, anna) == {DeliveryState.PENDING: 1, DeliveryState.SENT: 1}
    return anna


async def test_stop_between_due_and_sent_is_obeyed(chat: Chat) -> None:
    anna = await owed(chat)

    await anna.sends("/stop")

    assert len(texts(anna)) == 1  # the answer to /stop itself
    assert await states(chat, anna) == {DeliveryState.CANCELLED: 1, DeliveryState.SENT: 1}


async def test_I6_no_reminder_between_due_and_sent_is_obeyed(chat: Chat) -> None:
    anna = await owed(chat)

    await anna.presses("No reminder")

    assert texts(anna) == []
    assert anna.toasts[-1] == "No reminder of this webinar."
    assert await states(chat, anna) == {DeliveryState.CANCELLED: 1, DeliveryState.SENT: 1}


async def test_whoever_blocks_the_bot_between_due_and_sent_is_not_written_to(chat: Chat) -> None:
    anna = await owed(chat)
    calls = calls_to(chat, anna)

    anna.client.block_bot()
    await chat.settles()

    assert calls_to(chat, anna) == calls
    assert await states(chat, anna) == {DeliveryState.FAILED: 1, DeliveryState.SENT: 1}


async def test_no_reminder_taken_back_reminds_again(chat: Chat) -> None:
    await planned(chat)
    anna = await follower(chat)

    await anna.presses("No reminder")
    await anna.presses("Remind me")
    await anna.presses("This webinar")
    await chat.time_goes_to(AT - timedelta(days=1))

    assert texts(anna) == [f"Starts in 1 day: {SHOWN}"]


# --- Jumps of the clock -------------------------------------------------------------------------


@pytest.mark.parametrize("jump", [timedelta(hours=-1), timedelta(hours=1), timedelta(days=1), timedelta(days=-1)])
async def test_a_jump_of_the_clock_and_back_reminds_nobody_twice(chat: Chat, jump: timedelta) -> None:
    await planned(chat)
    anna = await follower(chat)
    await chat.time_goes_to(AT - timedelta(hours=1))
    anna.looks()

    for step in (jump, -jump):
        chat.clock.wall.move(step)
        await chat.settles()
    at_the_jump = texts(anna)
    await chat.time_goes_to(AT - timedelta(minutes=10))
    await chat.time_goes_to(AT + timedelta(hours=1))

    # A jump over the start leaves nothing to remind of; otherwise the last reminder comes, once. So does the survey
    # after a jump over the end.
    is_over = jump > timedelta()
    assert [text.split("\n\n")[0] for text in at_the_jump] == ([CITIES["en"]] if jump == timedelta(days=1) else [])
    assert texts(anna) == ([] if is_over else [f"Starts in 10 minutes: {SHOWN}"])


async def test_a_jump_into_the_last_hour_brings_the_newest_reminder_only(chat: Chat) -> None:
    await planned(chat)
    anna = await follower(chat)
    await chat.time_goes_to(AT - timedelta(hours=1, minutes=8))
    anna.looks()

    chat.clock.wall.move(timedelta(hours=1))
    await chat.settles()
    chat.clock.wall.move(timedelta(hours=-1))
    await chat.settles()
    await chat.time_goes_to(AT)

    assert texts(anna) == [f"Starts in 8 minutes: {SHOWN}"]


# --- Many ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("many", [10, 10_000])
async def test_the_tick_costs_the_same_for_ten_and_for_ten_thousand_followers(chat: Chat, many: int) -> None:
    webinar = await planned(chat)
    await crowd(chat, webinar, many)
    await chat.time_goes_to(AT - timedelta(days=1, minutes=1))  # past Monday morning, which has a summary of its own
    with statements(chat.bot.database) as idle:
        await chat.bot.ticks.run_all()
    chat.clock.pass_by((AT - timedelta(hours=1) - chat.clock.now()).total_seconds())

    with statements(chat.bot.database) as executed:
        await chat.bot.ticks.run_all()

    writing = [statement.split()[0:3] for statement in executed if not statement.startswith(("SELECT", "BEGIN"))]
    assert writing.count(["INSERT", "INTO", "outbox"]) == 2  # one for each lead that is due: a day, an hour
    assert len(idle) < 30  # all that look whether something is due
    assert len(executed) - len(idle) < 10  # what it takes to remind everybody
    async with chat.bot.database.read() as tx:
        assert await tx.scalar(select(func.count()).where(outbox.c.kind == "reminder")) == many


async def crowd(chat: Chat, webinar: int, count: int) -> None:
    """Followers by the thousand, as if they had all tapped *Remind me*."""
    ids, now = range(1_000_001, 1_000_001 + count), chat.clock.now()
    person = {"name": "Somebody", "language": "en", "started_at": now, "created_at": now}
    choice = {"scope": Scope.WEBINAR.value, "target_id": webinar, "wanted": True, "created_at": now}
    async with chat.bot.database.write() as tx:
        await tx.execute(people.insert(), [{"id": number, **person} for number in ids])
        await tx.execute(leads.insert(), [{"person_id": n, "minutes": m} for n in ids for m in (1440, 60, 10)])
        await tx.execute(subscriptions.insert(), [{"person_id": number, **choice} for number in ids])


@contextmanager
def statements(database: Database) -> Iterator[list[str]]:
    """The SQL that goes to the database meanwhile."""
    executed: list[str] = []

    def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
        executed.append(statement)

    engines = {database._engine.sync_engine, *([database._writer._engine] if database._writer else [])}
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    yield executed
    for engine in engines:
        event.remove(engine, "before_cursor_execute", note)
