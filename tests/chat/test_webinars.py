from datetime import UTC, datetime, timedelta

from tests.chat.world import Chat

UKRAINE = {
    "en": "Forced migration and regional solidarity: Ukraine and Europe",
    "de": "Zwangsmigration und regionale Solidarität: Ukraine und Europa",
}
UKRAINE_AT = datetime(2022, 3, 22, 15, tzinfo=UTC)
AGREED = "By choosing, you agree to reminders and announcements of what you follow. /stop ends them at any time."


async def test_a_person_who_tapped_remind_me_is_reminded_at_their_lead_times(chat: Chat) -> None:
    group = await chat.group("PWG 1")
    await chat.webinar(group, UKRAINE, UKRAINE_AT)
    anna = await chat.person("Anna")

    await anna.sends("/webinars")
    await anna.presses("1 · Remind me")
    await anna.presses("This webinar")
    anna.looks()
    await chat.time_goes_to(UKRAINE_AT - timedelta(days=1))
    await chat.time_goes_to(UKRAINE_AT - timedelta(hours=1))
    await chat.time_goes_to(UKRAINE_AT - timedelta(minutes=10))

    assert [m.text for m in anna.new_messages] == [
        f"Starts in {remaining}: {UKRAINE['en']}\nTue, 22 Mar 2022, 16:00 (Berlin)"
        for remaining in ("1 day", "1 hour", "10 minutes")
    ]


async def test_an_empty_list_offers_to_follow_all_and_the_next_one_is_reminded_of(chat: Chat) -> None:
    anna = await chat.person("Anna")
    await anna.sends("/webinars")
    empty = (anna.screen.text, anna.screen.labels)

    await anna.presses("Follow all webinars")
    shown = (anna.screen.text, anna.screen.labels)
    await chat.webinar(await chat.group("PWG 1"), UKRAINE, UKRAINE_AT)
    anna.looks()
    await chat.time_goes_to(UKRAINE_AT - timedelta(days=1))

    assert empty == (
        "No webinar is announced at the moment.",
        [["Follow all webinars"], ["What I follow"], ["Home"]],
    )
    assert anna.toasts == ["We will remind you: 1 day before, 1 hour before, 10 minutes before."]
    assert shown == (
        f"What you follow\n\n1. All webinars, also those to come\n\n{AGREED}",
        [["1 · Stop"], ["What comes next"], ["Stop following everything"], ["All webinars", "Back"]],
    )
    assert [m.text for m in anna.new_messages] == [
        f"Starts in 1 day: {UKRAINE['en']}\nTue, 22 Mar 2022, 16:00 (Berlin)"
    ]


async def test_everything_somebody_follows_is_listed_and_ends_with_one_tap(chat: Chat) -> None:
    first, second = await chat.group("PWG 1"), await chat.group("PWG 2")
    await chat.webinar(first, UKRAINE, UKRAINE_AT)
    await chat.webinar(second, {"en": "Platform work"}, UKRAINE_AT + timedelta(hours=2))
    anna, ben = await chat.person("Anna"), await chat.person("Ben")
    for visitor in (anna, ben):
        await visitor.sends("/webinars")
        await visitor.presses("1 · Remind me")
        await visitor.presses("All of PWG 1")
        await visitor.sends("/webinars")
        await visitor.presses("2 · Remind me")
        await visitor.presses("This webinar")

    await anna.sends("/settings")
    await anna.presses("What I follow")
    listed = anna.screen.text
    await anna.presses("Stop following everything")
    ended = (anna.screen.text, anna.screen.labels)
    for visitor in (anna, ben):
        visitor.looks()
    await chat.time_goes_to(UKRAINE_AT - timedelta(hours=1))

    assert listed == f"What you follow\n\n1. All of PWG 1\n2. Platform work\n\n{AGREED}"
    assert anna.toasts[-1] == "You follow nothing any more."
    assert ended == (
        f"What you follow\n\nNothing at the moment.\n\n{AGREED}",
        [["What comes next"], ["Follow all webinars"], ["All webinars", "Back"]],
    )
    assert anna.new_messages == []
    assert sorted(m.text.split(":")[0] for m in ben.new_messages) == ["Starts in 1 hour", "Starts in 3 hours"]


async def test_a_reminder_asked_for_after_stop_arrives(chat: Chat) -> None:
    await chat.webinar(await chat.group("PWG 1"), UKRAINE, UKRAINE_AT)
    anna = await chat.person("Anna")
    await anna.sends("/stop")

    await anna.sends("/webinars")
    await anna.presses("1 · Remind me")
    await anna.presses("This webinar")
    anna.looks()
    await chat.time_goes_to(UKRAINE_AT - timedelta(hours=1))

    assert [m.text for m in anna.new_messages] == [
        f"Starts in 1 hour: {UKRAINE['en']}\nTue, 22 Mar 2022, 16:00 (Berlin)"
    ]
