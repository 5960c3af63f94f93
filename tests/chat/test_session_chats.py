"""Sessions in the chat of their group: one card for all, nobody's link, everybody's own time."""

from datetime import UTC, datetime, timedelta

from domain.chats import GroupChat
from domain.happenings import Standing
from sandbox.state import Chat as TelegramChat
from sandbox.state import Message
from storage import chats
from storage.chats import ChatLink
from tests.chat.test_scheduling import NAME, plans
from tests.chat.world import Chat, Visitor

AT = datetime(2022, 3, 22, 15, tzinfo=UTC)


async def linked(chat: Chat, group: int, *members: Visitor) -> TelegramChat:
    """A Telegram group with the bot in it that is linked to the working group."""
    bot = chat.telegram.first_bot
    room = chat.telegram.add_group("PWG 3 chat", members=[m.client.user for m in members], admins=[bot.user])
    async with chat.bot.database.write() as tx:
        known = GroupChat(room.id, "PWG 3 chat", False, Standing.ADMINISTRATOR, frozenset())
        await chats.save(tx, known, chat.clock.now())
        await chats.put_link(tx, ChatLink(group, room.id, None, "open", "en"), None, chat.clock.now())
    return room


def cards_in(chat: Chat, room: TelegramChat) -> list[Message]:
    """What the bot wrote there."""
    return [message for message in chat.telegram.sent(room) if message.sender and message.sender.is_bot]


async def test_the_group_sees_one_card_that_counts_answers_and_shows_no_link(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    carla, anna = await chat.coordinator("Carla", group), await chat.member("Anna", group)
    stranger = await chat.person("Stranger")
    room = await linked(chat, group, carla, anna, stranger)

    await plans(carla, "Skip", "22.03.2022 16:00", "1 hour", "Every week", "3", "https://meet.example.org/x")
    await carla.presses("Save 3 sessions")
    (card,) = cards_in(chat, room)
    before = card.text
    await anna.presses("I'll be there", on=card)
    await stranger.presses("I'll be there", on=card)
    await chat.time_goes_to(AT - timedelta(minutes=15))

    assert before == (
        f"{NAME}\nTue, 22 Mar 2022, 16:00 (Berlin), 1 hour\n\n"
        "Coming: 0\nMaybe: 0\nNot coming: 0\nNo answer yet: 2\n\n"
        "The join link opens 15 minutes before the start, in the private chat with me."
    )
    assert [entity["type"] for entity in card.entities] == ["bold", "date_time"]
    assert anna.toasts == ["Noted: you will be there."]
    assert stranger.toasts == ["This is not for you, or it does not exist."]
    assert "Coming: 1\nMaybe: 0\nNot coming: 0\nNo answer yet: 1\n" in card.text
    assert card.labels == [["I'll be there", "Maybe", "Can't"], ["Join link"]]
    assert "meet.example.org" not in str(card.keyboard)
    assert str(card.keyboard[1][0]["url"]).endswith("?start=s_1")


async def test_the_next_session_of_a_series_comes_into_the_chat_when_people_are_asked(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    carla = await chat.coordinator("Carla", group)
    room = await linked(chat, group, carla)
    await plans(carla, "Skip", "22.03.2022 16:00", "1 hour", "Every week", "2", "Skip", "Save 2 sessions")

    await chat.time_goes_to(AT + timedelta(days=5))

    cards = [m.text.splitlines()[1] for m in cards_in(chat, room)]
    assert cards == ["Tue, 22 Mar 2022, 16:00 (Berlin), 1 hour", "Tue, 29 Mar 2022, 16:00 (Berlin), 1 hour"]


async def test_sessions_asked_for_in_the_group(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    anna = await chat.member("Anna", group)
    room = await linked(chat, group, anna)
    await chat.session(await chat.group("PWG 4"), AT)
    await chat.session(group, AT, title="Ours")
    await chat.settles()

    anna.client.send("/sessions", room)
    await chat.settles()

    said = chat.telegram.sent(room)[-1]
    assert said.text == "Sessions\n\n1. PWG 3: Ours\nTue, 22 Mar 2022, 16:00 (Berlin)"
    assert said.labels == [["1 · Details"]]
    assert str(said.keyboard[0][0]["url"]).endswith("?start=s_2")


async def test_without_a_join_link_the_card_says_so_and_offers_none(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    carla, anna = await chat.coordinator("Carla", group), await chat.member("Anna", group)
    room = await linked(chat, group, carla, anna)
    await plans(carla, "Skip", "22.03.2022 16:00", "1 hour", "Once", "Skip", "Save 1 session")
    (card,) = cards_in(chat, room)

    await chat.time_goes_to(AT - timedelta(hours=1))

    assert card.text.endswith("No answer yet: 2\n\nThere is no join link yet.")
    assert card.labels == [["I'll be there", "Maybe", "Can't"]]
    assert anna.screen.labels == [["Details"]]
