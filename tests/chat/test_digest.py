"""The organisers' weekly summary."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import delete

from storage.tables import roles
from tests.chat.world import START, Chat

MONDAY_AT_NINE = datetime(2022, 3, 21, 8, tzinfo=UTC)


async def test_organisers_get_one_summary_on_monday_at_nine(chat: Chat) -> None:
    group, other = await chat.group("PWG 3", title="Climate change"), await chat.group("PWG 4", title="Fair migration")
    carla = await chat.coordinator("Carla", group)
    olga = await chat.organiser("Olga", "en")
    await chat.webinar(group, {"en": "Cities as climate havens?"}, START + timedelta(days=2))
    await chat.time_passes(days=1)
    await chat.member("Anna", group)
    for visitor in (olga, carla):
        visitor.looks()

    await chat.time_goes_to(MONDAY_AT_NINE - timedelta(seconds=2))
    before = olga.new_messages
    await chat.time_goes_to(MONDAY_AT_NINE)
    await chat.time_passes(hours=1)

    assert before == []
    assert [(m.text, m.labels) for m in olga.new_messages] == [
        (
            (
                "The week in the groups\n\n"
                "PWG 3 Climate change: in trouble\n"
                "Members: 1 of 7-10 · webinars: 1 of 2 · results: 0 · no session planned\n"
                "New: 1 member, 1 webinar held\n\n"
                "PWG 4 Fair migration: in trouble\n"
                "Members: 0 of 7-10 · webinars: 0 of 2 · results: 0 · no session planned\n"
                "Nothing new this week."
            ),
            [["PWG 3", "PWG 4"], ["Cockpit"], ["No more summaries"]],
        )
    ]
    assert carla.new_messages == []
    assert other


async def test_a_restart_and_a_jumping_clock_bring_no_second_summary(chat: Chat) -> None:
    olga = await chat.organiser("Olga")
    await chat.group("PWG 3")

    await chat.time_goes_to(MONDAY_AT_NINE)
    first = len(olga.new_messages)
    await chat.restarts()
    await chat.time_passes(days=-8)
    await chat.time_passes(days=8)
    await chat.time_passes(days=3)

    assert first == 1
    assert olga.new_messages == []


async def test_after_down_time_it_still_comes_within_two_days_and_then_not_before_next_week(chat: Chat) -> None:
    olga = await chat.organiser("Olga")
    await chat.group("PWG 3")

    await chat.time_goes_to(MONDAY_AT_NINE + timedelta(days=1, hours=23))
    late = len(olga.new_messages)
    await chat.time_goes_to(MONDAY_AT_NINE + timedelta(days=9, hours=1))
    too_late = len(olga.new_messages)
    await chat.time_goes_to(MONDAY_AT_NINE + timedelta(days=14))

    assert (late, too_late, len(olga.new_messages)) == (1, 0, 1)


async def test_the_button_below_a_summary_ends_them_and_the_cockpit_brings_them_back(chat: Chat) -> None:
    await chat.group("PWG 3")
    olga, omar = await chat.organiser("Olga"), await chat.organiser("Omar")
    await chat.time_goes_to(MONDAY_AT_NINE)

    query = await olga.presses("No more summaries")
    for visitor in (olga, omar):
        visitor.looks()
    await chat.time_passes(weeks=1)
    after_no = (len(olga.new_messages), len(omar.new_messages))
    await olga.sends("/organise")
    await olga.presses("Weekly summary")
    off = olga.screen.text
    await olga.presses("Send it to me")
    on = (olga.screen.text, olga.screen.labels)
    olga.looks()
    await chat.time_passes(weeks=1)

    assert (query.toast, after_no) == ("You will not get it any more. /organise turns it on again.", (0, 1))
    about = "Weekly summary\nEvery Monday at 09:00 (Berlin): how each group is doing, and what is new."
    assert off == f"{about}\n\nYou do not get it."
    assert on == (f"{about}\n\nYou get it.", [["No more summaries"], ["Cockpit"]])
    assert len(olga.new_messages) == 1


async def test_unfollowing_all_webinars_does_not_bring_a_refused_summary_back(chat: Chat) -> None:
    olga = await chat.organiser("Olga")
    await chat.time_goes_to(MONDAY_AT_NINE)
    await olga.presses("No more summaries")

    await olga.sends("/settings")
    await olga.presses("What I follow")
    await olga.forges("wx")
    olga.looks()
    await chat.time_passes(weeks=1)

    assert olga.new_messages == []


async def test_somebody_who_is_no_organiser_any_more_gets_none(chat: Chat) -> None:
    olga, omar = await chat.organiser("Olga"), await chat.organiser("Omar")
    async with chat.bot.database.write() as tx:
        await tx.execute(delete(roles).where(roles.c.person_id == olga.id))

    await chat.time_goes_to(MONDAY_AT_NINE)

    assert (len(olga.new_messages), len(omar.new_messages)) == (0, 1)
