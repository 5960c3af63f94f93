from datetime import UTC, datetime, timedelta

from tests.chat.world import Chat

UKRAINE = {
    "en": "Forced migration and regional solidarity: Ukraine and Europe",
    "de": "Zwangsmigration und regionale Solidarität: Ukraine und Europa",
}
UKRAINE_AT = datetime(2022, 3, 22, 15, tzinfo=UTC)


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
