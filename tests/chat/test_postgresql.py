"""The whole bot on PostgreSQL: one conversation through every part of the two doors."""

from datetime import timedelta

from tests.chat.test_registering import registers
from tests.chat.test_sharing import changes, shares
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


async def test_a_card_is_found_shared_and_edited_on_postgresql(chat_on_postgresql: Chat) -> None:
    chat = chat_on_postgresql
    webinar = await chat.webinar(await chat.group("PWG 1"), UKRAINE, UKRAINE_AT)
    anna = await chat.person("Anna", starts=False)

    sent = await shares(chat, anna, "solidarity")
    await changes(chat, webinar, starts_at=UKRAINE_AT + timedelta(days=2))

    assert "Thu, 24 Mar 2022, 16:00 (Berlin), 1 hour" in sent.text


async def test_a_place_given_back_goes_to_who_waits_on_postgresql(chat_on_postgresql: Chat) -> None:
    chat = chat_on_postgresql
    webinar = await chat.webinar(await chat.group("PWG 1"), UKRAINE, UKRAINE_AT, registers=True, capacity=1)
    anna = await registers(chat, "Anna", webinar)
    ben = await registers(chat, "Ben", webinar, "Join the waiting list")

    await anna.presses("Cancel my registration")

    assert [m.text.split("\n")[0] for m in ben.new_messages] == ["A place has become free: you are registered."]
