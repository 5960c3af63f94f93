"""The board of a group, and what can be asked in its chat."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from storage import events
from tests.chat.rooms import Room, linked
from tests.chat.world import Chat, Visitor

CITIES = {"en": "Cities as climate havens?", "de": "Städte als Klimazuflucht?"}
AT = datetime(2022, 4, 5, 14, tzinfo=UTC)
WHEN = "Tue, 5 Apr 2022, 16:00 (Berlin)"
DAY = timedelta(days=1)


async def _linked_group(chat: Chat) -> tuple[int, Visitor, Room]:
    group = await chat.group("PWG 3", title="Climate change")
    carla = await chat.coordinator("Carla", group)
    return group, carla, await linked(chat, carla, "Climate")


async def test_the_board_says_what_is_next_and_edits_itself(chat: Chat) -> None:
    group, _, room = await _linked_group(chat)
    (board,) = room.pinned
    empty = board.text

    session = await chat.session(group, AT + DAY)
    await chat.settles()
    webinar = await chat.webinar(group, CITIES, AT)
    await chat.settles()

    assert empty == "PWG 3 Climate change\n\nNo session is planned.\n\nNo webinar is planned."
    assert board.text == (
        "PWG 3 Climate change\n\nNext session: Planned relocation\nWed, 6 Apr 2022, 16:00 (Berlin)\n\n"
        f"Webinars\nCities as climate havens?\n{WHEN}"
    )
    assert board.labels == [
        ["I'll be there", "Maybe", "Can't"],
        ["The session"],
        ["Cities as climate havens?"],
        ["The group"],
    ]
    assert [row[0]["url"].partition("?start=")[2] for row in board.keyboard[1:]] == [
        f"s_{session}",
        f"w_{webinar}",
        f"g_{group}",
    ]
    assert {entity["type"] for entity in board.entities} >= {"date_time"}
    assert room.pinned == [board]


async def test_the_board_names_the_webinars_of_its_group_however_many_others_come_first(chat: Chat) -> None:
    group, _, room = await _linked_group(chat)
    other = await chat.group("PWG 4")
    first = await chat.webinar(other, {"en": "One of many"}, AT)
    async with chat.bot.database.write() as tx:
        one = await events.get(tx, first)
        assert one is not None
        for number in range(100):
            await events.add(tx, replace(one, slug=f"many-{number}"))

    await chat.webinar(group, CITIES, AT + DAY)
    await chat.settles()

    assert room.pinned[0].text.endswith("Webinars\nCities as climate havens?\nWed, 6 Apr 2022, 16:00 (Berlin)")


async def test_the_session_can_be_answered_on_the_board(chat: Chat) -> None:
    group, carla, room = await _linked_group(chat)
    anna, ben = await chat.member("Anna", group), await chat.person("Ben")
    for visitor in (anna, ben):
        carla.client.add_member(room.chat, visitor.client.user)
    await chat.session(group, AT)
    await chat.settles()
    (board,) = room.pinned

    await room.presses(anna, "I'll be there", on=board)
    refused = await room.presses(ben, "I'll be there", on=board)

    assert anna.toasts == ["Noted: you will be there."]
    assert refused.toast == "This is not for you, or it does not exist."
    assert refused.answer is not None
    assert refused.answer["show_alert"] is True


async def test_what_has_begun_is_not_next_any_more(chat: Chat) -> None:
    group, _, room = await _linked_group(chat)
    await chat.session(group, AT, "First")
    await chat.session(group, AT + DAY, "Second")
    await chat.settles()
    before = room.pinned[0].text

    await chat.time_goes_to(AT)

    assert "Next session: First\n" in before
    assert "Next session: Second\n" in room.pinned[0].text


async def test_a_board_that_has_passed_while_the_bot_was_down_is_made_fresh(chat: Chat) -> None:
    group, _, room = await _linked_group(chat)
    await chat.session(group, AT, "First")
    await chat.settles()

    chat.clock.pass_by((AT - chat.clock.now()).total_seconds() + 60)
    await chat.restarts()

    assert room.pinned[0].text.startswith("PWG 3 Climate change\n\nNo session is planned.")


async def test_a_board_that_somebody_deleted_comes_again_and_is_pinned(chat: Chat) -> None:
    group, carla, room = await _linked_group(chat)
    carla.client.delete(room.pinned[0])

    await chat.webinar(group, CITIES, AT)
    await chat.settles()

    assert "Cities as climate havens?" in room.texts[-1]
    assert [m.text for m in room.pinned] == [room.texts[-1]]


# --- Commands in the chat ---------------------------------------------------------------------


async def test_help_says_what_everybody_can_do_here(chat: Chat) -> None:
    _, carla, room = await _linked_group(chat)

    (answer,) = await room.says(carla, "/help")

    assert answer.text == (
        "What you can do here\n/sessions – when this group meets\n/webinars – upcoming webinars\n"
        "/join – the working groups; ask to join one\n/results – what the groups have published\n"
        "/privacy – what is stored about you\n"
        "Reminders, and everything that is only yours, are in our private chat."
    )
    assert answer.labels == [["Open the private chat"]]


async def test_webinars_in_a_chat_are_nobodys_own_and_in_everybodys_time(chat: Chat) -> None:
    group, carla, room = await _linked_group(chat)
    webinar = await chat.webinar(group, CITIES, AT)
    await carla.sends("/webinars")
    await carla.presses("1 · Remind me")
    await carla.presses("All webinars")

    (answer,) = await room.says(carla, "/webinars")

    assert answer.text == f"Upcoming webinars\n\n1. Cities as climate havens?\n{WHEN}"
    assert "date_time" in {entity["type"] for entity in answer.entities}
    assert answer.labels == [["1 · Remind me", "1 · Calendar", "1 · Details"]]
    assert [button["url"].partition("?start=")[2] for button in answer.keyboard[0]] == [
        f"{letter}_{webinar}" for letter in "mkw"
    ]


async def test_remind_me_in_a_chat_asks_in_private_of_what(chat: Chat) -> None:
    group, carla, room = await _linked_group(chat)
    await chat.webinar(group, CITIES, AT)
    (answer,) = await room.says(carla, "/webinars")

    carla.client.open_link(str(carla.client.button(answer, "1 · Remind me")["url"]))
    await chat.settles()

    assert carla.screen.text == (
        "Cities as climate havens?\n\nWhat shall we remind you of?\n\n"
        "By choosing, you agree to reminders and announcements of what you follow. /stop ends them at any time."
    )


async def test_the_groups_in_a_chat_lead_to_private_cards(chat: Chat) -> None:
    group, carla, room = await _linked_group(chat)

    (answer,) = await room.says(carla, "/join")

    assert answer.text.startswith("Working groups\n")
    assert answer.labels == [["PWG 3"]]
    assert answer.keyboard[0][0]["url"].endswith(f"?start=g_{group}")


async def test_results_in_a_chat_are_only_what_is_published(chat: Chat) -> None:
    _, carla, room = await _linked_group(chat)
    await carla.sends("/submit")
    await carla.sends("A draft of mine")

    (answer,) = await room.says(carla, "/results")

    assert answer.text == "Results of the working groups\n\nNothing is published here yet."
    assert answer.labels == []


async def test_privacy_is_said_in_a_chat_too(chat: Chat) -> None:
    _, carla, room = await _linked_group(chat)

    (answer,) = await room.says(carla, "/privacy")

    assert answer.text.startswith("What is stored about you, and why\n")


async def test_the_answer_is_in_the_language_of_the_chat(chat: Chat) -> None:
    group, carla, room = await _linked_group(chat)
    await chat.webinar(group, CITIES, AT)
    anna = await chat.person("Anna", language="de")
    carla.client.add_member(room.chat, anna.client.user)

    (answer,) = await room.says(anna, "/webinars")

    assert "Cities as climate havens?" in answer.text
