"""Registering for a webinar as people see it: places, the waiting list, the join link, the list for coordinators."""

from datetime import UTC, datetime, timedelta

from domain.events import EventState, LinkPolicy
from sandbox.state import Message
from tests.chat.test_sharing import changes, shares
from tests.chat.world import Chat, Visitor

TITLE = {"en": "Cities as climate havens?", "de": "Städte als Zufluchtsorte?"}
AT = datetime(2022, 3, 22, 15, tzinfo=UTC)
WHEN = "Tue, 22 Mar 2022, 16:00 (Berlin)"
LINK = "https://meet.example.org/1"


async def planned(chat: Chat, capacity: int | None = 1, **values: object) -> int:
    group = await chat.group("PWG 3")
    return await chat.webinar(group, TITLE, AT, registers=True, capacity=capacity, **values)


async def opens(who: Visitor, webinar: int) -> Message:
    return await who.starts(f"w_{webinar}")


def buttons(message: Message) -> list[str]:
    return [label for row in message.labels for label in row]


async def registers(chat: Chat, name: str, webinar: int, label: str = "Register") -> Visitor:
    who = await chat.person(name)
    await opens(who, webinar)
    await who.presses(label)
    who.looks()
    return who


async def test_one_registers_while_there_is_room_and_waits_afterwards(chat: Chat) -> None:
    webinar = await planned(chat, capacity=2)
    ada = await registers(chat, "Ada", webinar)
    anna, ben = await chat.person("Anna"), await chat.person("Ben")

    before = (await opens(anna, webinar)).text
    await anna.presses("Register")
    await opens(ben, webinar)
    full = ben.screen.text
    await ben.presses("Join the waiting list")

    assert ada.toasts == ["You are registered. We will remind you."]
    assert "Please register: 1 place is free." in before
    assert anna.toasts == ["You are registered. We will remind you."]
    assert "You are registered.\n\nYou will be reminded." in anna.screen.text
    assert "Open to everybody" not in anna.screen.text
    assert "All places are taken. There is a waiting list." in full
    assert ben.toasts == ["You are on the waiting list, number 1."]
    assert "You are on the waiting list, number 1." in ben.screen.text


async def test_a_place_given_back_goes_to_whoever_waits_first_who_is_told(chat: Chat) -> None:
    webinar = await planned(chat)
    anna = await registers(chat, "Anna", webinar)
    ben = await registers(chat, "Ben", webinar, "Join the waiting list")
    cleo = await registers(chat, "Cleo", webinar, "Join the waiting list")

    await anna.presses("Cancel my registration")
    await cleo.starts(f"w_{webinar}")

    assert anna.toasts[-1] == "Your registration is taken back."
    assert [m.text for m in ben.new_messages] == [
        f"A place has become free: you are registered.\n\nCities as climate havens?\n{WHEN}"
    ]
    assert "You are on the waiting list, number 1." in cleo.screen.text


async def test_who_cannot_come_after_all_passes_the_place_on_from_the_news(chat: Chat) -> None:
    webinar = await planned(chat)
    anna = await registers(chat, "Anna", webinar)
    ben = await registers(chat, "Ben", webinar, "Join the waiting list")
    cleo = await registers(chat, "Cleo", webinar, "Join the waiting list")
    await anna.presses("Cancel my registration")

    await ben.presses("I cannot come")

    assert len(cleo.new_messages) == 1
    assert "Join the waiting list" in buttons(ben.screen)


async def test_more_places_let_those_who_wait_move_up_and_a_cancelled_webinar_is_told_to_all_of_them(
    chat: Chat,
) -> None:
    webinar = await planned(chat)
    anna = await registers(chat, "Anna", webinar)
    ben = await registers(chat, "Ben", webinar, "Join the waiting list")
    cleo = await registers(chat, "Cleo", webinar, "Join the waiting list")

    await changes(chat, webinar, capacity=2)
    moved_up = [len(who.new_messages) for who in (anna, ben, cleo)]
    await changes(chat, webinar, state=EventState.CANCELLED)

    assert moved_up == [0, 1, 0]
    assert [who.new_messages[0].text.split(":")[0] for who in (anna, ben, cleo)] == ["Cancelled"] * 3


async def test_only_who_is_registered_gets_the_link_and_only_from_a_quarter_of_an_hour_before(chat: Chat) -> None:
    webinar = await planned(chat)
    anna = await registers(chat, "Anna", webinar)
    ben = await chat.person("Ben")
    await ben.starts(f"m_{webinar}")
    await ben.presses("This webinar")

    await chat.time_goes_to(AT - timedelta(hours=1))
    early = [who.screen for who in (anna, ben)]
    await chat.time_goes_to(AT - timedelta(minutes=10))
    reminders = [who.screen for who in (anna, ben)]
    cards = [await opens(who, webinar) for who in (anna, ben)]

    assert ["Join the webinar" in buttons(shown) for shown in early] == [False, False]
    assert [reminder.text for reminder in reminders] == [f"Starts in 10 minutes: {TITLE['en']}\n{WHEN}"] * 2
    assert ["Join the webinar" in buttons(shown) for shown in (*reminders, *cards)] == [True, False, True, False]
    assert reminders[0].keyboard[0][0]["url"] == LINK


async def test_the_card_says_where_the_link_will_be_and_for_whom(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    registers_for = await chat.webinar(group, TITLE, AT, registers=True)
    free = await chat.webinar(group, {"en": "Planned relocation"}, AT)
    public = await chat.webinar(group, {"en": "For all"}, AT, link_policy=LinkPolicy.PUBLIC)
    anna = await registers(chat, "Anna", registers_for)
    ben, clara = await chat.person("Ben"), await chat.coordinator("Clara", group)

    async def notes(who: Visitor, webinar: int) -> list[str]:
        return [part for part in (await opens(who, webinar)).text.split("\n\n") if "join link" in part]

    here = ["The join link opens here 15 minutes before the start."]
    assert [await notes(who, registers_for) for who in (anna, clara)] == [here, here]
    assert await notes(ben, registers_for) == ["The join link is for those who are registered."]
    assert [await notes(ben, free), await notes(ben, public)] == [here, []]


async def test_without_registration_everybody_gets_the_guarded_link_in_time(chat: Chat) -> None:
    webinar = await chat.webinar(await chat.group("PWG 3"), TITLE, AT)
    ben = await chat.person("Ben")
    early = await opens(ben, webinar)

    await chat.time_goes_to(AT - timedelta(minutes=15))
    late = await opens(ben, webinar)

    assert "Open to everybody, no registration." in early.text
    assert ["Join the webinar" in buttons(card) for card in (early, late)] == [False, True]


async def test_a_shared_card_of_such_a_webinar_asks_to_register_and_has_no_link(chat: Chat) -> None:
    await planned(chat)
    anna = await chat.person("Anna")

    await chat.time_goes_to(AT - timedelta(minutes=5))
    card = await shares(chat, anna, "climate")

    assert "Please register with the bot: tap Details." in card.text
    assert card.labels == [["Remind me", "Details"]]


async def test_coordinators_see_how_many_come_and_get_the_list(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    webinar = await chat.webinar(group, TITLE, AT, registers=True, capacity=1)
    await registers(chat, "Anna", webinar)
    await registers(chat, "=Ben", webinar, "Join the waiting list")
    clara = await chat.coordinator("Clara", group)

    await opens(clara, webinar)
    card = clara.screen.text
    await clara.presses("Registrations as a file")
    file = clara.screen
    stored = chat.telegram.files.by_id[file.content["document"]["file_id"]]

    assert "Registered: 1. Waiting: 1." in card
    assert file.text == "Who comes to the webinar. Delete the file when you no longer need it."
    assert file.content["document"]["file_name"] == "registrations-pwg-3-2022-03-14.csv"
    assert stored.data.decode("utf-8-sig").splitlines() == [
        '"Name","Registration","Language","Since","Can be reached"',
        '"Anna","registered","en","2022-03-14","yes"',
        '"\'=Ben","waiting list","en","2022-03-14","yes"',
    ]


async def test_who_registered_and_wants_no_reminder_gets_none(chat: Chat) -> None:
    webinar = await planned(chat)
    anna = await registers(chat, "Anna", webinar)

    await anna.presses("No reminder")
    anna.looks()
    await chat.time_goes_to(AT - timedelta(minutes=10))

    assert "You are registered." in anna.screen.text
    assert anna.new_messages == []


async def test_the_place_of_somebody_erased_goes_to_who_waits(chat: Chat) -> None:
    webinar = await planned(chat)
    anna = await registers(chat, "Anna", webinar)
    ben = await registers(chat, "Ben", webinar, "Join the waiting list")

    await anna.sends("/privacy")
    await anna.presses("Delete me")
    await anna.presses("Yes, delete me")
    await chat.time_passes(seconds=30)

    assert [m.text.split("\n")[0] for m in ben.new_messages] == ["A place has become free: you are registered."]


async def test_a_webinar_that_needs_no_registration_any_more_lets_everybody_in(chat: Chat) -> None:
    webinar = await planned(chat)
    await registers(chat, "Anna", webinar)
    ben = await registers(chat, "Ben", webinar, "Join the waiting list")

    await changes(chat, webinar, registers=False)
    told = [m.text.split("\n")[0] for m in ben.new_messages]
    card = await opens(ben, webinar)

    assert told == ["A place has become free: you are registered."]
    assert "Open to everybody, no registration." in card.text
    assert not {"Register", "Cancel my registration"} & set(buttons(card))


async def test_a_button_that_is_old_registers_nobody(chat: Chat) -> None:
    webinar = await planned(chat)
    anna, ben = await chat.person("Anna"), await chat.person("Ben")
    for who in (anna, ben):
        await opens(who, webinar)

    await changes(chat, webinar, state=EventState.CANCELLED)
    await anna.presses("Register")
    await chat.time_goes_to(AT + timedelta(hours=2))
    await ben.presses("Register")

    assert [anna.toasts, ben.toasts] == [["One cannot register for this webinar now."]] * 2
    assert "Cancelled" in anna.screen.text
