"""Coordinators plan sessions: by buttons, by typing, in series, with everything in the way shown before it is saved."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, select

from storage import people
from storage.tables import audit, events, roles, series
from tests.chat.test_reminders import statements
from tests.chat.world import Chat, Visitor

AT = datetime(2022, 3, 22, 15, tzinfo=UTC)
NAME = "PWG 3: Virtual session"
INSTEAD = "Send it like 22.03.2022 16:00. Your draft is safe."
ASK_LINK = (
    "6 of 7\n\nWhat is the join link? Send it, or skip this: it can come later. "
    "Members see it from 15 minutes before the start."
)
FACTS = "Once, 1 hour. All times: Berlin\nJoin link: none yet"


async def begins(visitor: Visitor) -> None:
    """From the group's card to the first question."""
    await visitor.sends("/manage")
    await visitor.presses("Sessions")
    await visitor.presses("New session")


async def plans(visitor: Visitor, *answers: str) -> None:
    """Every answer in turn: pressed where there is such a button, else typed."""
    await begins(visitor)
    for answer in answers:
        if any(answer in row for row in visitor.screen.labels):
            await visitor.presses(answer)
        else:
            await visitor.sends(answer)


async def stored(chat: Chat) -> list[datetime]:
    async with chat.bot.database.read() as tx:
        return list((await tx.execute(select(events.c.starts_at).order_by(events.c.starts_at))).scalars())


# --- One session ------------------------------------------------------------------------------


async def test_a_session_planned_by_buttons(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    carla, anna = await chat.coordinator("Carla", group), await chat.member("Anna", group)

    await begins(carla)
    questions = []
    for answer in ("Skip", "Tue 22 Mar", "16:00", "1 hour", "Once", "Skip"):
        questions.append(carla.screen.text)
        await carla.presses(answer)
    preview, buttons = carla.screen.text, carla.screen.labels
    await carla.presses("Save 1 session")
    saved = (carla.screen.text, carla.screen.labels)
    await anna.sends("/sessions")

    assert questions == [
        "1 of 7\n\nWhat is the session called? Without a title it is “Virtual session”.",
        "2 of 7\n\nOn which day? Tap, or send day and time (Berlin) such as 22.03.2022 16:00.",
        "3 of 7\n\nTue, 22 Mar 2022: at what time? Tap, or send a time (Berlin) such as 16:30.",
        "4 of 7\n\nHow long is it? Tap, or send a number of minutes.",
        "5 of 7\n\nHow often does it take place?",
        ASK_LINK,
    ]
    assert preview == (
        f"7 of 7\n\nSave this?\n\n{NAME}\n{FACTS}\n\n1. Tue, 22 Mar 2022, 16:00\n\n"
        "Members see it in /sessions, are asked whether they will come, and are reminded."
    )
    assert buttons == [["Save 1 session"], ["Back", "Cancel"]]
    assert saved == (
        "Saved: 1 session of PWG 3.\n\nTue, 22 Mar 2022, 16:00 (Berlin)",
        [["Show the session"], ["Back to the group"]],
    )
    assert anna.screen.text.endswith(f"1. {NAME}\nTue, 22 Mar 2022, 16:00 · not answered")
    assert await stored(chat) == [AT]


async def test_a_session_planned_by_typing(chat: Chat) -> None:
    carla = await chat.coordinator("Carla", await chat.group("PWG 3"))

    await plans(
        carla, "Planned  relocation", "22.03.2022 16:00", "75", "Once", "https://meet.example.org/x", "Save 1 session"
    )

    await carla.presses("Show the session")
    assert carla.screen.text.startswith(
        "PWG 3: Planned relocation\nTue, 22 Mar 2022, 16:00 (Berlin), 1 hour and 15 minutes\n"
    )
    assert await stored(chat) == [AT]


async def test_a_day_first_and_then_a_time_with_words_that_are_asked_about(chat: Chat) -> None:
    carla = await chat.coordinator("Carla", await chat.group("PWG 3"))
    await plans(carla, "Skip", "22 March 2022")

    await carla.sends("7")
    unclear = carla.refusal
    await carla.sends("19:00")
    await carla.presses("Back")
    await carla.sends("23.03.2022 16:30")

    assert unclear == (
        "This can mean Tue, 22 Mar 2022, 07:00 (Berlin) or Tue, 22 Mar 2022, 19:00 (Berlin). "
        "Send it like 22.03.2022 07:00. Your draft is safe."
    )
    await carla.presses("1 hour")
    await carla.presses("Once")
    await carla.presses("Skip")
    assert "1. Wed, 23 Mar 2022, 16:30\n" in carla.screen.text


async def test_what_cannot_be_is_refused_and_asked_again(chat: Chat) -> None:
    carla = await chat.coordinator("Carla", await chat.group("PWG 3"))
    await plans(carla, "x" * 151)
    refusals = [carla.refusal]
    for answer, wrong in (
        ("Title", "13.03.2022 16:00"),
        ("", "tomorrowish"),
        ("", "27.03.2022 02:30"),
        ("22.03.2022 16:00", "5"),
        ("60", "often"),
        ("Once", "no link"),
    ):
        if any(answer in row for row in carla.screen.labels):
            await carla.presses(answer)
        elif answer:
            await carla.sends(answer)
        await carla.sends(wrong)
        refusals.append(carla.screen.text.split("\n\n")[0])

    skipped = "On Sun, 27 Mar 2022 clocks in Berlin go from 02:00 to 03:00: 02:30 does not exist then."
    assert refusals == [
        "That is too long: 151 characters, 150 at most. Your draft is safe; send a shorter text.",
        f"I read this as Sun, 13 Mar 2022, 16:00 (Berlin), and that is past. {INSTEAD}",
        "I could not read that date and time. Send it like 22.03.2022 16:00, or tap a day. Your draft is safe.",
        f"{skipped} Send it like 27.03.2022 03:00. Your draft is safe.",
        "Send a whole number from 10 to 480, in digits.",
        "5 of 7",
        "That is not a link. Send one that begins with https://, or skip this. Your draft is safe.",
    ]


async def test_days_further_away_are_two_weeks_on(chat: Chat) -> None:
    carla = await chat.coordinator("Carla", await chat.group("PWG 3"))
    await plans(carla, "Skip")

    await carla.presses("Later")
    later = carla.screen.labels
    await carla.presses("Mon 28 Mar")

    assert later[0] == ["Mon 28 Mar", "Tue 29 Mar", "Wed 30 Mar"]
    assert later[-2:] == [["Earlier", "Later"], ["Back", "Cancel"]]
    assert carla.screen.text.startswith("3 of 7\n\nMon, 28 Mar 2022: at what time?")


async def test_times_are_those_of_the_coordinator(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    carla, anna = await chat.coordinator("Carla", group), await chat.member("Anna", group)
    async with chat.bot.database.write() as tx:
        await people.change(tx, carla.id, zone="America/Toronto")

    await plans(carla, "Skip", "22.03.2022 11:00", "1 hour", "Once", "Skip", "Save 1 session")
    await anna.sends("/sessions")

    assert carla.screen.text.endswith("Tue, 22 Mar 2022, 11:00 (Toronto)")
    assert "Tue, 22 Mar 2022, 16:00" in anna.screen.text


# --- A series ---------------------------------------------------------------------------------


async def test_a_series_keeps_its_local_time_and_says_what_the_clocks_skip(chat: Chat) -> None:
    carla = await chat.coordinator("Carla", await chat.group("PWG 3"))

    await plans(carla, "Skip", "20.03.2022 02:30", "1 hour", "Every week", "4", "Skip")
    preview = carla.screen.text
    await carla.presses("− Sun 3 Apr")
    left_out = carla.screen.text
    await carla.presses("Save 2 sessions")

    assert preview == (
        f"8 of 8\n\nSave this?\n\n{NAME}\nEvery week, 1 hour. All times: Berlin\nJoin link: none yet\n\n"
        "1. Sun, 20 Mar 2022, 02:30\n"
        "2. Sun, 27 Mar 2022: 02:30 does not exist, clocks go on to 03:00. No session on that day.\n"
        "3. Sun, 3 Apr 2022, 02:30\n4. Sun, 10 Apr 2022, 02:30\n\n"
        "Tap a date to leave it out, or to take it in again."
    )
    assert "3. Sun, 3 Apr 2022, 02:30 left out\n" in left_out
    assert carla.screen.text == (
        "Saved: 2 sessions of PWG 3.\n\nSun, 20 Mar 2022, 02:30 (Berlin)\nSun, 10 Apr 2022, 02:30 (Berlin)"
    )
    assert await stored(chat) == [
        datetime(2022, 3, 20, 1, 30, tzinfo=UTC),
        datetime(2022, 4, 10, 0, 30, tzinfo=UTC),
    ]
    async with chat.bot.database.read() as tx:
        row = (await tx.execute(select(series))).one()
        assert (row.rule, row.first_wall, row.times, row.exceptions) == (
            "weekly",
            "2022-03-20T02:30",
            4,
            ["2022-04-03"],
        )


async def test_a_date_that_was_left_out_can_be_taken_in_again(chat: Chat) -> None:
    carla = await chat.coordinator("Carla", await chat.group("PWG 3"))
    await plans(carla, "Skip", "22.03.2022 16:00", "1 hour", "Every two weeks", "2", "Skip")

    await carla.presses("− Tue 22 Mar")
    await carla.presses("− Tue 5 Apr")
    nothing = (carla.screen.text.splitlines()[-1], carla.screen.labels)
    await carla.presses("+ Tue 5 Apr")
    await carla.presses("Save 1 session")

    assert nothing == (
        "No date is left, so there is nothing to save. Go back and choose others.",
        [["+ Tue 22 Mar", "+ Tue 5 Apr"], ["Back", "Cancel"]],
    )
    assert await stored(chat) == [datetime(2022, 4, 5, 14, tzinfo=UTC)]


async def test_a_series_until_a_day_on_the_same_weekday_of_each_month(chat: Chat) -> None:
    carla = await chat.coordinator("Carla", await chat.group("PWG 3"))
    await plans(carla, "Skip", "22.03.2022 16:00", "1 hour", "Every month, the same Tuesday")

    await carla.sends("1")
    too_few = carla.refusal
    await carla.sends("22.03.2022")
    too_early = carla.refusal
    await carla.sends("30.06.2022")
    await carla.presses("Skip")

    assert too_few == "Send a whole number from 2 to 52, in digits."
    assert too_early == "The last day has to come after the first. Send another date, or a number of times."
    assert carla.screen.text.split("\n\n")[3] == (
        "1. Tue, 22 Mar 2022, 16:00\n2. Tue, 26 Apr 2022, 16:00\n3. Tue, 24 May 2022, 16:00\n4. Tue, 28 Jun 2022, 16:00"
    )


async def test_sessions_at_the_same_time_that_share_people_are_named(chat: Chat) -> None:
    group, other = await chat.group("PWG 3"), await chat.group("PWG 4")
    carla, anna = await chat.coordinator("Carla", group), await chat.member("Anna", group)
    await chat.takes_seat(anna, other)
    await chat.member("Ben", other)
    await chat.session(other, AT + timedelta(minutes=30), title="Who pays")
    await chat.session(other, AT + timedelta(minutes=60), title="Right after it")

    await plans(carla, "Skip", "22.03.2022 16:00", "1 hour", "Every week", "2", "Skip")

    assert carla.screen.text.split("\n\n")[3] == (
        "1. Tue, 22 Mar 2022, 16:00\n   at the same time as PWG 4: Who pays (16:30), with 1 person of both\n"
        "2. Tue, 29 Mar 2022, 16:00"
    )


# --- What may come between --------------------------------------------------------------------


async def test_the_draft_survives_cancel_and_a_restart(chat: Chat) -> None:
    carla = await chat.coordinator("Carla", await chat.group("PWG 3"))
    await plans(carla, "Planned relocation", "22.03.2022 16:00", "1 hour")

    await carla.sends("/cancel")
    kept = carla.screen.text
    await chat.restarts()
    await begins(carla)
    asked = carla.screen.text
    await chat.restarts()
    await carla.presses("Once")
    await carla.presses("Skip")
    await carla.presses("Save 1 session")

    assert kept == "Left. What you have written is kept: begin again and it is there."
    assert asked.startswith("5 of 7\n")
    assert await stored(chat) == [AT]


async def test_who_loses_the_right_while_the_dialog_is_open_saves_nothing(chat: Chat) -> None:
    carla = await chat.coordinator("Carla", await chat.group("PWG 3"))
    await plans(carla, "Skip", "22.03.2022 16:00", "1 hour", "Once", "Skip")
    async with chat.bot.database.write() as tx:
        await tx.execute(delete(roles).where(roles.c.person_id == carla.id))

    await carla.presses("Save 1 session")

    assert carla.toasts[-1] == "This is not for you, or it does not exist."
    assert await stored(chat) == []


async def test_only_those_who_run_the_group_plan(chat: Chat) -> None:
    group, other = await chat.group("PWG 3"), await chat.group("PWG 4")
    anna, carla = await chat.member("Anna", group), await chat.coordinator("Carla", other)

    for visitor in (anna, carla):
        await visitor.forges(f"vn:{group}")

        assert visitor.toasts == ["This is not for you, or it does not exist."]


async def test_save_pressed_twice_saves_once(chat: Chat) -> None:
    carla = await chat.coordinator("Carla", await chat.group("PWG 3"))
    await plans(carla, "Skip", "22.03.2022 16:00", "1 hour", "Once", "Skip")
    data = str(carla.screen.keyboard[0][0]["callback_data"])

    await carla.presses("Save 1 session")
    await carla.forges(data)

    assert carla.toasts[-1] == "This card is out of date. Here is a fresh one."
    assert await stored(chat) == [AT]


async def test_forged_numbers_are_refused(chat: Chat) -> None:
    carla = await chat.coordinator("Carla", await chat.group("PWG 3"))
    await plans(carla, "Skip")
    revision = 2

    for number in (-1, 0, 10**9):
        await carla.forges(f"vx:{revision}:{number}")

    assert carla.toasts == ["This card is out of date. Here is a fresh one."] * 3
    assert carla.screen.text.startswith("2 of 7\n")


async def test_planning_is_in_the_audit(chat: Chat) -> None:
    carla = await chat.coordinator("Carla", await chat.group("PWG 3"))

    await plans(carla, "Skip", "22.03.2022 16:00", "1 hour", "Once", "Skip", "Save 1 session")

    async with chat.bot.database.read() as tx:
        row = (await tx.execute(select(audit).where(audit.c.action == "session_scheduled"))).one()
        assert (row.actor_id, row.before, row.after["starts_at"]) == (carla.id, None, "2022-03-22T15:00:00+00:00")


async def test_what_a_preview_costs_does_not_grow_with_the_sessions_of_others(chat: Chat) -> None:
    group, other = await chat.group("PWG 3"), await chat.group("PWG 4")
    carla = await chat.coordinator("Carla", group)
    await plans(carla, "Skip", "22.03.2022 16:00", "1 hour", "Every week", "12")
    await chat.time_passes(seconds=5)  # what is looked at seldom has been, and does not count
    with statements(chat.bot.database) as alone:
        await carla.presses("Skip")
    await carla.presses("Back")
    for day in range(50):
        await chat.session(other, AT + timedelta(days=day, hours=2))
    await chat.time_passes(seconds=5)

    with statements(chat.bot.database) as among_others:
        await carla.presses("Skip")

    assert "12. Tue, 7 Jun 2022, 16:00" in carla.screen.text
    assert len(among_others) == len(alone)
