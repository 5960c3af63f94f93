"""The whole bot on PostgreSQL: one conversation through every part of the two doors."""

from datetime import timedelta

from tests.chat.test_webinars import UKRAINE, UKRAINE_AT
from tests.chat.world import Chat


async def test_a_reminder_comes_at_the_lead_time_on_postgresql(chat_on_postgresql: Chat) -> None:
    chat = chat_on_postgresql
    await chat.webinar(await chat.group("PWG 1"), UKRAINE, UKRAINE_AT)
    anna = await chat.person("Anna")

    await anna.sends("/webinars")
    await anna.presses("1 · Remind me")
    await anna.presses("This webinar")
    anna.looks()
    await chat.time_goes_to(UKRAINE_AT - timedelta(hours=1))

    assert [m.text for m in anna.new_messages] == [
        f"Starts in 1 hour: {UKRAINE['en']}\nTue, 22 Mar 2022, 16:00 (Berlin)"
    ]
