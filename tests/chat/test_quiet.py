"""When people want to be reminded: lead times of their own, quiet hours, silence for a while."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.chat.test_reminders import changed
from tests.chat.world import Chat, Visitor

UKRAINE = {
    "en": "Forced migration and regional solidarity: Ukraine and Europe",
    "de": "Zwangsmigration und regionale Solidarität: Ukraine und Europa",
    "fr": "Migration forcée et solidarité régionale : l’Ukraine et l’Europe",
}
UKRAINE_AT = datetime(2022, 3, 22, 15, tzinfo=UTC)
"""16:00 in Berlin, five days before its clocks go forward."""

PLATFORMS = {"en": "Platform work and migrant labour"}
PLATFORMS_AT = datetime(2022, 3, 29, 14, tzinfo=UTC)
"""16:00 in Berlin, two days after."""


def utc(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2022, 3, day, hour, minute, tzinfo=UTC)


async def planned(chat: Chat) -> int:
    """Both webinars; returns the number of the first."""
    group = await chat.group("PWG 1")
    first = await chat.webinar(group, UKRAINE, UKRAINE_AT)
    await chat.webinar(group, PLATFORMS, PLATFORMS_AT)
    return first


async def lives_in(visitor: Visitor, city: str) -> None:
    """Type the city in the settings and tap what is found."""
    await visitor.sends("/settings")
    await visitor.presses("Time zone")
    found = await visitor.sends(city)
    await visitor.presses(found.labels[0][0])


async def wants_quiet(visitor: Visitor, begin: str, end: str) -> None:
    """Choose quiet hours in the settings."""
    await visitor.sends("/settings")
    await visitor.presses("Quiet hours")
    await visitor.presses(begin)
    await visitor.presses(end)
    visitor.looks()


async def follower(chat: Chat, name: str, city: str = "Berlin") -> Visitor:
    """Somebody who follows all webinars and lives in a city."""
    visitor = await chat.person(name)
    await lives_in(visitor, city)
    await visitor.sends("/webinars")
    await visitor.presses("1 · Remind me")
    await visitor.presses("All webinars")
    visitor.looks()
    return visitor


async def arrivals(chat: Chat, visitor: Visitor, *moments: datetime) -> list[tuple[datetime, str, bool]]:
    """What came at each of these moments, by its first words, and whether it made no sound."""
    came = []
    for moment in moments:
        await chat.time_goes_to(moment)
        came += [(moment, message.text.split(":")[0], message.silent) for message in visitor.new_messages]
    return came


# --- Lead times of one's own ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("city", "shown"),
    [
        ("Toronto", "Tue, 22 Mar 2022, 11:00 (Toronto)"),
        ("Accra", "Tue, 22 Mar 2022, 15:00 (Accra)"),
        ("Jakarta", "Tue, 22 Mar 2022, 22:00 (Jakarta)"),
    ],
)
async def test_a_typed_lead_time_reminds_then(chat: Chat, city: str, shown: str) -> None:
    await planned(chat)
    anna = await follower(chat, "Anna", city)

    await anna.sends("/settings")
    await anna.presses("Reminders")
    await anna.presses("Another time")
    asked = (anna.screen.text, anna.screen.labels)
    await anna.sends("45 minutes")
    leads = anna.screen.labels
    anna.looks()
    await chat.time_goes_to(UKRAINE_AT - timedelta(hours=1))
    anna.looks()
    await chat.time_goes_to(UKRAINE_AT - timedelta(minutes=46))
    before = anna.new_messages
    await chat.time_goes_to(UKRAINE_AT - timedelta(minutes=45))

    assert asked == (
        "How long before an event shall I remind you? Send it like 45 minutes, 3 hours or 2 days.",
        [["Back", "Cancel"]],
    )
    assert leads == [
        ["7 days", "2 days"],
        ["✓ 1 day", "3 hours"],
        ["✓ 1 hour", "✓ 45 minutes"],
        ["30 minutes", "✓ 10 minutes"],
        ["Another time"],
        ["Back"],
    ]
    assert before == []
    assert [m.text for m in anna.new_messages] == [f"Starts in 45 minutes: {UKRAINE['en']}\n{shown}"]


async def test_a_lead_time_of_ones_own_goes_with_a_tap(chat: Chat) -> None:
    await planned(chat)
    anna = await follower(chat, "Anna")
    await anna.sends("/settings")
    await anna.presses("Reminders")
    await anna.presses("Another time")
    shown = await anna.sends("2 hours")

    await anna.presses("✓ 2 hours")
    left = anna.screen.labels
    await anna.forges("sr1:120", on=shown)
    refused = anna.toasts[-1]
    anna.looks()
    await chat.time_goes_to(UKRAINE_AT - timedelta(days=1))
    anna.looks()
    await chat.time_goes_to(UKRAINE_AT - timedelta(hours=2))

    assert [label for row in left for label in row if "2 hours" in label] == []
    assert refused == "This card is out of date. Here is a fresh one."
    assert anna.new_messages == []


@pytest.mark.parametrize(
    ("language", "typed", "button"),
    [("de", "3 Stunden", "✓ 3 Stunden"), ("fr", "2 jours", "✓ 2\xa0jours"), ("fr", "une demi-heure", "✓ 30 minutes")],
)
async def test_lead_times_are_typed_in_three_languages(chat: Chat, language: str, typed: str, button: str) -> None:
    anna = await chat.person("Anna", language)
    await anna.sends("/settings")
    await anna.presses({"de": "Erinnerungen", "fr": "Rappels"}[language])
    await anna.presses({"de": "Andere Zeit", "fr": "Autre délai"}[language])

    await anna.sends(typed)

    assert button in [label for row in anna.screen.labels for label in row]


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ("soon", "I could not read that. Send it like 45 minutes, 3 hours or 2 days."),
        ("45", "I could not read that. Send it like 45 minutes, 3 hours or 2 days."),
        ("0 minutes", "I could not read that. Send it like 45 minutes, 3 hours or 2 days."),
        ("31 days", "A reminder comes from 1 minute to 30 days before. Send a time in between."),
        ("1" * 80 + " hours", "I could not read that. Send it like 45 minutes, 3 hours or 2 days."),
    ],
)
async def test_what_is_no_lead_time_is_refused_and_asked_again(chat: Chat, typed: str, refusal: str) -> None:
    anna = await chat.person("Anna")
    await anna.sends("/settings")
    await anna.presses("Reminders")
    await anna.presses("Another time")

    await anna.sends(typed)
    refused = anna.refusal
    await anna.sends("20 minutes")

    assert refused == refusal
    assert ["✓ 20 minutes", "✓ 10 minutes"] in anna.screen.labels


async def test_twelve_lead_times_are_enough(chat: Chat) -> None:
    anna = await chat.person("Anna")
    for minutes in range(11, 20):
        await anna.sends("/settings")
        await anna.presses("Reminders")
        await anna.presses("Another time")
        await anna.sends(f"{minutes} minutes")

    await anna.presses("Another time")
    await anna.sends("20 minutes")

    assert anna.refusal == "You have 12 reminders before an event. Switch one off first."


# --- Quiet hours ------------------------------------------------------------------------------


async def test_quiet_hours_are_chosen_by_half_hours_and_switched_off(chat: Chat) -> None:
    anna = await chat.person("Anna")
    await anna.sends("/settings")
    before = anna.screen.text
    await anna.presses("Quiet hours")
    asked, labels = anna.screen.text, anna.screen.labels
    await anna.presses("22:30")
    asked_end, end_labels = anna.screen.text, anna.screen.labels
    await anna.presses("07:00")
    chosen = anna.screen.text
    await anna.presses("Quiet hours")
    await anna.presses("No quiet hours")

    assert before == (
        "Settings\n\nLanguage: English\nTime zone: Berlin, now 13:00\n"
        "Reminders before an event: 1 day, 1 hour, 10 minutes\nQuiet hours: none set"
    )
    assert asked == (
        "Quiet hours: none set\n\nA reminder that falls into them waits for their end. If the event starts before "
        "that, it comes on time without a sound, and so does what is urgent.\n\nFrom when shall it be quiet?"
    )
    assert (labels[0], labels[-1], len(labels)) == (["00:00", "00:30", "01:00", "01:30"], ["Back"], 13)
    assert asked_end == "Quiet from 22:30. Until when?"
    assert "22:30" not in [label for row in end_labels for label in row]
    assert chosen.endswith("Quiet hours: 22:30 to 07:00")
    assert anna.screen.text == before


async def test_a_reminder_waits_for_the_end_of_quiet_hours_where_the_person_is(chat: Chat) -> None:
    await planned(chat)
    jaka = await follower(chat, "Jaka", "Jakarta")
    await wants_quiet(jaka, "22:00", "07:00")

    # The webinar is at 22:00 in Jakarta; so is the reminder a day before it: it waits until 07:00.
    came = await arrivals(chat, jaka, utc(21, 15), utc(21, 23, 59), utc(22, 0), utc(22, 14), utc(22, 14, 50))

    assert came == [
        (utc(22, 0), "Starts in 15 hours", False),
        (utc(22, 14), "Starts in 1 hour", False),
        (utc(22, 14, 50), "Starts in 10 minutes", False),
    ]


async def test_what_cannot_wait_comes_on_time_without_a_sound(chat: Chat) -> None:
    await planned(chat)
    otto = await follower(chat, "Otto", "Toronto")  # the clocks of Ottawa
    await wants_quiet(otto, "09:30", "11:00")

    # The webinar is at 11:00 in Ottawa, when the quiet hours end.
    came = await arrivals(chat, otto, utc(21, 15), utc(22, 14), utc(22, 14, 50))

    assert came == [
        (utc(21, 15), "Starts in 1 day", False),
        (utc(22, 14), "Starts in 1 hour", True),
        (utc(22, 14, 50), "Starts in 10 minutes", True),
    ]


@pytest.mark.parametrize(
    ("city", "first", "second"),
    [
        # At 11:00 five days before Berlin's clocks change, at 10:00 two days after: Ottawa changed two weeks ago.
        (
            "Toronto",
            [
                (utc(21, 15), "Starts in 1 day", False),
                (utc(22, 14, 30), "Starts in 30 minutes", False),
                (utc(22, 14, 50), "Starts in 10 minutes", False),
            ],
            [
                (utc(28, 14, 30), "Starts in 23 hours and 30 minutes", False),
                (utc(29, 13), "Starts in 1 hour", True),
                (utc(29, 13, 50), "Starts in 10 minutes", True),
            ],
        ),
        # At 15:00 and at 14:00, where clocks never change: nothing falls into the quiet hours.
        (
            "Accra",
            [
                (utc(21, 15), "Starts in 1 day", False),
                (utc(22, 14), "Starts in 1 hour", False),
                (utc(22, 14, 50), "Starts in 10 minutes", False),
            ],
            [
                (utc(28, 14), "Starts in 1 day", False),
                (utc(29, 13), "Starts in 1 hour", False),
                (utc(29, 13, 50), "Starts in 10 minutes", False),
            ],
        ),
        # At 22:00 and at 21:00.
        (
            "Jakarta",
            [
                (utc(22, 3, 30), "Starts in 11 hours and 30 minutes", False),
                (utc(22, 14), "Starts in 1 hour", True),
                (utc(22, 14, 50), "Starts in 10 minutes", True),
            ],
            [
                (utc(29, 3, 30), "Starts in 10 hours and 30 minutes", False),
                (utc(29, 13), "Starts in 1 hour", False),
                (utc(29, 13, 50), "Starts in 10 minutes", True),
            ],
        ),
    ],
)
async def test_the_same_webinars_before_and_after_berlin_changes_its_clocks_seen_from_three_places(
    chat: Chat, city: str, first: list[tuple[datetime, str, bool]], second: list[tuple[datetime, str, bool]]
) -> None:
    await planned(chat)
    visitor = await follower(chat, "Anna", city)
    await wants_quiet(visitor, "20:30", "10:30")
    moments = [utc(21, 15), utc(22, 3, 30), utc(22, 14), utc(22, 14, 30), utc(22, 14, 50)]
    later = [utc(28, 14), utc(28, 14, 30), utc(29, 3, 30), utc(29, 13), utc(29, 13, 50)]

    came = await arrivals(chat, visitor, *moments)
    await arrivals(chat, visitor, utc(22, 16, 30), utc(23, 16))  # the survey after the first, where it waits
    came_later = await arrivals(chat, visitor, *later)

    assert came == first
    assert came_later == second


async def test_of_two_reminders_that_waited_only_the_later_comes(chat: Chat) -> None:
    await planned(chat)
    akua = await follower(chat, "Akua", "Accra")
    await akua.sends("/settings")
    await akua.presses("Reminders")
    await akua.presses("3 hours")
    await wants_quiet(akua, "11:30", "14:30")

    came = await arrivals(chat, akua, utc(21, 15), utc(22, 12), utc(22, 14), utc(22, 14, 30), utc(22, 14, 50))

    assert came == [
        (utc(21, 15), "Starts in 1 day", False),
        (utc(22, 14, 30), "Starts in 30 minutes", False),
        (utc(22, 14, 50), "Starts in 10 minutes", False),
    ]


async def test_over_the_night_without_02_30_quiet_hours_end_by_the_new_time(chat: Chat) -> None:
    group = await chat.group("PWG 1")
    await chat.webinar(group, PLATFORMS, utc(28, 1))  # Monday, 03:00 in Berlin
    bea = await follower(chat, "Bea", "Berlin")
    await wants_quiet(bea, "22:00", "07:00")

    # A day before it is 02:00 UTC+1, one hour before the clocks go forward: 07:00 is 05:00 UTC then.
    came = await arrivals(chat, bea, utc(27, 1), utc(27, 4, 59), utc(27, 5), utc(28, 0))

    assert came == [(utc(27, 5), "Starts in 20 hours", False), (utc(28, 0), "Starts in 1 hour", True)]


async def test_who_moves_while_a_reminder_waits_gets_it_by_the_new_clock(chat: Chat) -> None:
    await planned(chat)
    jaka = await follower(chat, "Jaka", "Jakarta")
    await wants_quiet(jaka, "22:00", "07:00")
    await chat.time_goes_to(utc(21, 16))  # 23:00 in Jakarta
    waiting = jaka.new_messages

    await lives_in(jaka, "Accra")  # 16:00

    assert waiting == []
    assert jaka.screen.text == f"Starts in 23 hours: {UKRAINE['en']}\nTue, 22 Mar 2022, 15:00 (Accra)"


async def test_who_moves_to_where_it_is_night_waits_longer(chat: Chat) -> None:
    await planned(chat)
    akua = await follower(chat, "Akua", "Accra")
    await wants_quiet(akua, "14:30", "15:30")
    await chat.time_goes_to(utc(21, 15))

    await lives_in(akua, "Lagos")  # UTC+1: 15:00 UTC is 16:00
    akua_now = [m.text.split(":")[0] for m in akua.new_messages]
    bob = await follower(chat, "Bob", "Accra")
    await wants_quiet(bob, "14:30", "15:30")
    await lives_in(bob, "Jakarta")
    bob.looks()
    came = await arrivals(chat, bob, utc(22, 8), utc(22, 14))

    assert akua_now[-1] == "Starts in 1 day"
    assert came == [(utc(22, 14), "Starts in 1 hour", False)]


async def test_without_quiet_hours_what_waited_comes_at_once(chat: Chat) -> None:
    await planned(chat)
    jaka = await follower(chat, "Jaka", "Jakarta")
    await wants_quiet(jaka, "22:00", "07:00")
    await chat.time_goes_to(utc(21, 16))
    jaka.looks()

    await jaka.sends("/settings")
    await jaka.presses("Quiet hours")
    await jaka.presses("No quiet hours")

    assert jaka.screen.text.startswith("Starts in 23 hours: ")


async def test_what_waits_survives_a_restart_and_is_dropped_when_the_webinar_moves(chat: Chat) -> None:
    first = await planned(chat)
    jaka, jana = await follower(chat, "Jaka", "Jakarta"), await follower(chat, "Jana", "Jakarta")
    for visitor in (jaka, jana):
        await wants_quiet(visitor, "22:00", "07:00")
    await chat.time_goes_to(utc(21, 16))
    await jana.sends("/webinars")
    await jana.presses("1 · Details")
    await jana.presses("No reminder")
    jana.looks()

    await chat.restarts()
    await changed(chat, first, starts_at=UKRAINE_AT + timedelta(days=1))
    came = await arrivals(chat, jaka, utc(21, 17), utc(22, 0), utc(23, 0))

    assert came == [(utc(21, 17), "Moved", True), (utc(23, 0), "Starts in 15 hours", False)]
    assert jana.new_messages == []


async def test_news_in_quiet_hours_come_at_once_without_a_sound(chat: Chat) -> None:
    first = await planned(chat)
    jaka, anna = await follower(chat, "Jaka", "Jakarta"), await follower(chat, "Anna", "Berlin")
    await wants_quiet(jaka, "21:00", "07:00")
    await chat.time_goes_to(UKRAINE_AT - timedelta(minutes=20))
    jaka.looks()
    anna.looks()

    await changed(chat, first, starts_at=UKRAINE_AT + timedelta(hours=2))
    await chat.settles()

    assert [(m.text.split(":")[0], m.silent) for m in jaka.new_messages] == [("Moved", True)]
    assert [(m.text.split(":")[0], m.silent) for m in anna.new_messages] == [("Moved", False)]


async def test_answers_in_quiet_hours_are_as_always(chat: Chat) -> None:
    anna = await chat.person("Anna")
    await wants_quiet(anna, "12:30", "14:00")

    await anna.sends("/help")

    assert anna.screen.silent is False


# --- Silence ----------------------------------------------------------------------------------


async def test_in_a_week_of_silence_no_reminder_comes_and_none_is_made_up_for(chat: Chat) -> None:
    await planned(chat)
    anna = await follower(chat, "Anna")
    await chat.time_goes_to(utc(20, 12))

    await anna.sends("/settings")
    await anna.presses("Silence for a while")
    asked, asked_labels = anna.screen.text, anna.screen.labels
    await anna.presses("1 week")
    toast, said = anna.toasts[-1], anna.screen.text
    anna.looks()
    came = await arrivals(chat, anna, utc(21, 15), utc(22, 14), utc(22, 14, 50), utc(27, 12), utc(28, 14))

    assert asked_labels == [["1 day", "1 week", "Until a date"], ["Back"]]
    assert asked == (
        "Silence for a while\n\nNo reminders and no announcements until then. What falls into that time is not sent "
        "later; that something you follow was moved or cancelled is told at the end, if it is still to come."
    )
    assert toast == "Silent until Sun, 27 Mar 2022, 14:00."
    assert said == (
        "Settings\n\nLanguage: English\nTime zone: Berlin, now 13:00\nReminders before an event: 1 day, 1 hour, "
        "10 minutes\nQuiet hours: none set\n\nNo reminders and announcements before Sun, 27 Mar 2022, 14:00 (Berlin)."
    )
    assert came == [(utc(28, 14), "Starts in 1 day", False)]


async def test_what_was_moved_behind_the_silence_is_told_at_its_end(chat: Chat) -> None:
    first = await planned(chat)
    anna = await follower(chat, "Anna")
    await chat.time_goes_to(utc(21, 12))
    await anna.sends("/settings")
    await anna.presses("Silence for a while")
    await anna.presses("1 week")
    anna.looks()

    await changed(chat, first, starts_at=UKRAINE_AT + timedelta(days=1))
    await chat.time_goes_to(utc(22, 12))
    await changed(chat, first, starts_at=UKRAINE_AT + timedelta(days=9))
    came = await arrivals(chat, anna, utc(28, 11, 59), utc(28, 12, 1))

    assert came == [(utc(28, 12, 1), "Moved", False)]
    assert anna.screen.text == (
        f"Moved: {UKRAINE['en']}\nbefore: Tue, 22 Mar 2022, 16:00\nnow: Thu, 31 Mar 2022, 17:00 (Berlin)"
    )


async def test_what_was_moved_within_the_silence_is_over_at_its_end_and_not_told(chat: Chat) -> None:
    first = await planned(chat)
    anna = await follower(chat, "Anna")
    await chat.time_goes_to(utc(21, 12))
    await anna.sends("/settings")
    await anna.presses("Silence for a while")
    await anna.presses("1 week")
    anna.looks()

    await changed(chat, first, starts_at=UKRAINE_AT + timedelta(days=1))
    came = await arrivals(chat, anna, utc(24, 12), utc(28, 12, 1))

    assert came == []


async def test_silence_until_a_date_ends_when_that_day_begins_there(chat: Chat) -> None:
    await planned(chat)
    jaka = await follower(chat, "Jaka", "Jakarta")
    await jaka.sends("/settings")
    await jaka.presses("Silence for a while")
    await jaka.presses("Until a date")
    asked = (jaka.screen.text, jaka.screen.labels)
    await jaka.sends("tomorrow or so")
    unreadable = jaka.refusal
    await jaka.sends("14.03.2022")
    too_early = jaka.refusal
    await jaka.sends("22 March 2022")
    shown = (jaka.screen.text, jaka.screen.labels)
    await jaka.presses("Silent until Tue, 22 Mar 2022")
    said = jaka.toasts[-1]
    jaka.looks()
    came = await arrivals(chat, jaka, utc(21, 15), utc(21, 17), utc(22, 14))

    assert asked == ("On which day shall I speak again? Send it like 24.03.2023.", [["Back", "Cancel"]])
    assert unreadable == "I could not read that date. Send it like 31.05.2023. Your draft is safe."
    assert too_early == "Send a day after today, at most a year ahead, like 24.03.2023."
    assert shown == (
        "No reminders and announcements before Tue, 22 Mar 2022.",
        [["Silent until Tue, 22 Mar 2022"], ["Back", "Cancel"]],
    )
    assert said == "Silent until Tue, 22 Mar 2022, 00:00."
    assert came == [(utc(22, 14), "Starts in 1 hour", False)]


async def test_speak_again_ends_the_silence_and_brings_the_news_that_waited(chat: Chat) -> None:
    first = await planned(chat)
    anna = await follower(chat, "Anna")
    await anna.sends("/settings")
    await anna.presses("Silence for a while")
    await anna.presses("1 day")
    await changed(chat, first, starts_at=UKRAINE_AT + timedelta(days=1))
    await chat.settles()
    anna.looks()

    await anna.sends("/settings")
    await anna.presses("Silence for a while")
    await anna.presses("Speak again")

    assert anna.toasts[-1] == "You will be reminded again."
    assert [m.text.split(":")[0].split("\n")[0] for m in anna.new_messages] == ["Settings", "Moved"]
    assert "No reminders and announcements" not in anna.messages[-2].text


async def test_stop_stops_what_waits_at_once(chat: Chat) -> None:
    await planned(chat)
    jaka = await follower(chat, "Jaka", "Jakarta")
    await wants_quiet(jaka, "22:00", "07:00")
    await chat.time_goes_to(utc(21, 16))

    await jaka.sends("/stop")
    jaka.looks()
    came = await arrivals(chat, jaka, utc(22, 0), utc(22, 14))

    assert came == []


async def test_what_one_stopped_following_in_the_silence_is_not_told_at_its_end(chat: Chat) -> None:
    first = await planned(chat)
    anna, ben = await follower(chat, "Anna"), await follower(chat, "Ben")
    for visitor in (anna, ben):
        await visitor.sends("/settings")
        await visitor.presses("Silence for a while")
        await visitor.presses("1 day")
    await changed(chat, first, starts_at=UKRAINE_AT + timedelta(days=1))
    await anna.presses("What I follow")
    await anna.presses("Stop following everything")
    anna.looks()
    ben.looks()

    await chat.time_passes(days=1, seconds=1)

    assert anna.new_messages == []
    assert [m.text.split(":")[0] for m in ben.new_messages] == ["Moved"]


async def test_a_day_that_has_come_meanwhile_is_no_end_of_a_silence(chat: Chat) -> None:
    anna = await chat.person("Anna")
    await anna.sends("/settings")
    await anna.presses("Silence for a while")
    await anna.presses("Until a date")
    await anna.sends("16.03.2022")

    await chat.time_passes(days=2)
    await anna.presses("Silent until Wed, 16 Mar 2022")

    assert anna.toasts[-1] == "This card is out of date. Here is a fresh one."


async def test_an_announcement_in_a_silence_is_not_sent_and_in_quiet_hours_makes_no_sound(chat: Chat) -> None:
    olga = await chat.organiser("Olga")
    anna, ben, cem = [await chat.person(name) for name in ("Anna", "Ben", "Cem")]
    await anna.sends("/settings")
    await anna.presses("Silence for a while")
    await anna.presses("1 day")
    await wants_quiet(ben, "12:30", "14:00")
    for visitor in (anna, ben, cem):
        visitor.looks()

    await olga.sends("/broadcast")
    await olga.sends("The conference begins on 4 September.")
    await olga.presses("Everybody")
    await olga.presses("Send to 4")

    assert anna.new_messages == []
    assert [(m.text.split("\n")[0], m.silent) for m in ben.new_messages] == [
        ("The conference begins on 4 September.", True)
    ]
    assert [(m.text.split("\n")[0], m.silent) for m in cem.new_messages] == [
        ("The conference begins on 4 September.", False)
    ]


async def test_quiet_hours_and_silence_on_postgresql(chat_on_postgresql: Chat) -> None:
    chat = chat_on_postgresql
    first = await planned(chat)
    jaka, anna = await follower(chat, "Jaka", "Jakarta"), await follower(chat, "Anna")
    await wants_quiet(jaka, "22:00", "07:00")
    await anna.sends("/settings")
    await anna.presses("Silence for a while")
    await anna.presses("1 week")
    await changed(chat, first, starts_at=UKRAINE_AT + timedelta(days=7))
    await chat.settles()
    jaka.looks()
    anna.looks()

    came = await arrivals(chat, jaka, utc(28, 15), utc(28, 16))
    await lives_in(jaka, "Accra")

    assert came == []
    assert jaka.screen.text == f"Starts in 23 hours: {UKRAINE['en']}\nTue, 29 Mar 2022, 15:00 (Accra)"
    assert [m.text.split(":")[0] for m in anna.new_messages] == ["Moved", "Starts in 23 hours", "Starts in 1 day"]
