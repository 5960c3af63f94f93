"""A group and its chat: linking, what happens to the chat, and strangers' groups."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from sandbox.contents import text_content
from sandbox.state import Topic
from storage.tables import people
from tests.chat.rooms import Room, code_from, found, link, linked
from tests.chat.world import Chat, Visitor

CITIES = {"en": "Cities as climate havens?"}
IN_APRIL = datetime(2022, 4, 5, 14, tzinfo=UTC)


async def test_a_coordinator_links_a_chat_by_a_code(chat: Chat) -> None:
    group = await chat.group("PWG 3", title="Climate change")
    carla = await chat.coordinator("Carla", group)
    room = await found(chat, carla, "Climate")
    silent = room.texts

    code = await code_from(carla)
    offered = (carla.screen.text, carla.screen.labels)
    carla.looks()
    answer = await room.says(carla, f"/link {code}")

    assert silent == []
    assert offered[0] == (
        "Link a chat to PWG 3 Climate change\n\nTap Choose a chat below to add me to it with the rights I need.\n\n"
        f"For a topic, or where I am already: write this there.\n/link {code}\n"
        "It counts once, until 13:30 (Berlin), and lets whoever has it link a chat."
    )
    assert offered[1] == [["Choose a chat"], ["Back"]]
    assert [m.text for m in answer] == [
        "This is now the chat of PWG 3 Climate change.",
        "PWG 3 Climate change\n\nNo session is planned.\n\nNo webinar is planned.",
    ]
    assert [m.text for m in room.pinned] == [answer[1].text]
    assert len(room.calls("pinChatMessage")) == 1
    assert [m.text for m in carla.new_messages] == ["PWG 3 Climate change now has a chat: “Climate”."]
    assert len(room.calls("createChatInviteLink")) == 1


async def test_the_link_brings_the_bot_the_rights_and_the_code_in_one_tap(chat: Chat) -> None:
    group = await chat.group("PWG 3", title="Climate change")
    carla = await chat.coordinator("Carla", group)
    room = await found(chat, carla, "Climate", bot=False)
    await code_from(carla)
    url = str(carla.client.button(carla.screen, "Choose a chat")["url"])

    carla.client.open_link(url, room.chat)
    await chat.settles()

    assert room.texts[0] == "This is now the chat of PWG 3 Climate change."
    assert [m.text for m in room.pinned] == [room.texts[1]]


async def test_a_code_counts_once_and_for_half_an_hour_and_only_the_newest(chat: Chat) -> None:
    group = await chat.group("PWG 3", title="Climate change")
    carla = await chat.coordinator("Carla", group)
    first, second = await found(chat, carla, "First"), await found(chat, carla, "Second")
    older, newer = await code_from(carla), await code_from(carla)
    wrong = "This code does not count. Coordinators get a fresh one from /manage, Group chat."

    replaced = await first.says(carla, f"/link {older}")
    guessed = await first.says(carla, "/link abcdefghijklmnopqrstuv")
    await first.says(carla, f"/link {newer}")
    used = await second.says(carla, f"/link {newer}")
    late = await code_from(carla)
    await chat.time_passes(minutes=30)
    expired = await second.says(carla, f"/link {late}")

    assert [m.text for m in replaced + guessed + used + expired] == [wrong] * 4
    assert len(second.texts) == 2


async def test_where_the_code_was_shown_the_chat_is_shown_once_it_is_linked(chat: Chat) -> None:
    group = await chat.group("PWG 3", title="Climate change")
    carla = await chat.coordinator("Carla", group)
    first, second = await found(chat, carla, "First"), await found(chat, carla, "Second")
    code = await code_from(carla)
    card = carla.screen

    await first.says(carla, f"/link {code}")
    used = (card.text, card.labels)
    await carla.presses("Link another chat", on=card)
    code = card.text.partition("/link ")[2].partition("\n")[0]
    await carla.presses("Back", on=card)
    await carla.presses("Back to the group", on=card)
    elsewhere = card.text
    await second.says(carla, f"/link {code}")

    assert used[0].startswith("First, the chat of PWG 3 Climate change\n\nThere I speak: English")
    assert used[1] == [
        ["Open the chat"],
        ["Activate reminders"],
        ["Deutsch", "Français"],
        ["Link another chat", "Unlink"],
        ["Back to the group"],
    ]
    assert card.text == elsewhere


async def test_the_code_is_the_right_whoever_brings_it(chat: Chat) -> None:
    group = await chat.group("PWG 3", title="Climate change")
    carla = await chat.coordinator("Carla", group)
    dora = await chat.person("Dora", starts=False)
    room = await found(chat, dora, "Climate")

    await room.says(dora, f"/link {await code_from(carla)}")

    assert room.texts[0] == "This is now the chat of PWG 3 Climate change."


async def test_G7_an_anonymous_administrator_may_link_and_is_never_stored(chat: Chat) -> None:
    group = await chat.group("PWG 3", title="Climate change")
    carla = await chat.coordinator("Carla", group)
    room = await found(chat, carla, "Climate")

    carla.client.send_anonymously(room.chat, f"/link {await code_from(carla)}")
    await chat.settles()
    carla.client.send_anonymously(room.chat, "/webinars")
    await chat.settles()

    assert room.texts[0] == "This is now the chat of PWG 3 Climate change."
    assert room.texts[2] == ("You write as the group, so I cannot see who you are. Please do this in our private chat.")
    assert await _known_people(chat) == {carla.id}


async def _known_people(chat: Chat) -> set[int]:
    async with chat.bot.database.read() as tx:
        return set((await tx.execute(select(people.c.id))).scalars())


async def test_in_a_topic_the_topic_is_linked(chat: Chat) -> None:
    group, other = await chat.group("PWG 3", title="Climate change"), await chat.group("PWG 4", title="Fairness")
    carla, dora = await chat.coordinator("Carla", group), await chat.coordinator("Dora", other)
    room = await found(chat, carla, "Conference", forum=True, topics=["Climate", "Fairness"])
    dora.client.join(carla.client.create_link(room.chat))
    climate, fairness = room.chat.topics.values()

    await link(carla, room, topic=climate)
    await room.says(dora, f"/link {await code_from(dora)}", topic=fairness)
    at_climate, at_fairness = (
        await room.says(carla, "/help", topic=climate),
        await room.says(dora, "/help", topic=fairness),
    )
    elsewhere = await room.says(carla, "/help")

    assert [(m.text.partition("\n")[0], m.thread_id) for m in room.posts[:4]] == [
        ("This is now the chat of PWG 3 Climate change.", climate.id),
        ("PWG 3 Climate change", climate.id),
        ("This is now the chat of PWG 4 Fairness.", fairness.id),
        ("PWG 4 Fairness", fairness.id),
    ]
    assert [m.thread_id for m in at_climate + at_fairness] == [climate.id, fairness.id]
    assert elsewhere == []


async def test_linking_another_chat_moves_the_group_and_closes_the_old_board(chat: Chat) -> None:
    group = await chat.group("PWG 3", title="Climate change")
    carla = await chat.coordinator("Carla", group)
    old = await linked(chat, carla, "Old")
    new = await found(chat, carla, "New")

    await new.says(carla, f"/link {await code_from(carla)}")

    assert old.texts[-1] == "PWG 3 Climate change has moved to another chat."
    assert old.pinned == []
    assert [m.text.partition("\n")[0] for m in new.pinned] == ["PWG 3 Climate change"]
    assert [m.text for m in carla.new_messages][-1] == "PWG 3 Climate change has moved to another chat: “New”."
    assert await old.says(carla, "/help") == []


async def test_unlinking_asks_first_takes_the_board_down_and_removes_nobody(chat: Chat) -> None:
    group = await chat.group("PWG 3", title="Climate change")
    carla = await chat.coordinator("Carla", group)
    room = await linked(chat, carla, "Climate")
    await carla.sends("/manage")
    await carla.presses("Group chat")

    await carla.presses("Unlink")
    question = carla.screen.text
    await carla.presses("Keep it")
    await carla.presses("Unlink")
    await carla.presses("Unlink", on=carla.screen)

    assert question == (
        "Unlink “Climate” from PWG 3 Climate change?\n\nThe board comes down, and nothing is posted there any more. "
        "Nobody is removed from the chat. I leave it after a day unless it is linked again."
    )
    assert carla.toasts == ["Unlinked."]
    assert room.texts[-1] == "This chat is no longer that of PWG 3 Climate change."
    assert room.pinned == []
    assert room.people == ["Carla"]
    assert await room.says(carla, "/help") == []
    await chat.time_passes(days=1)
    assert not room.has_bot


async def test_the_section_says_what_the_chat_has_and_what_is_missing(chat: Chat) -> None:
    group = await chat.group("PWG 3", title="Climate change")
    carla = await chat.coordinator("Carla", group)
    await carla.sends("/manage")
    await carla.presses("Group chat")
    without = carla.screen
    room = await found(chat, carla, "Climate")
    carla.client.demote(room.chat)
    await chat.settles()
    await link(carla, room)

    await carla.sends("/manage")
    await carla.presses("Group chat")

    assert without.labels == [["Link a chat"], ["Back to the group"]]
    assert carla.screen.text == (
        "Climate, the chat of PWG 3 Climate change\n\nThere I speak: English\nThe link with which members come in "
        "follows.\n\nMissing:\n• “Invite users via link”: I cannot let members in.\n"
        "• “Pin messages”: I cannot pin the board.\n• “Ban users”: whoever leaves the group stays in the chat.\n"
        "An administrator of the chat can give me these rights: Edit, Administrators."
    )
    assert carla.screen.labels == [
        ["Activate reminders"],
        ["Deutsch", "Français"],
        ["Link another chat", "Unlink"],
        ["Back to the group"],
    ]


async def test_the_chat_can_be_spoken_to_in_another_language(chat: Chat) -> None:
    group = await chat.group("PWG 3", title="Climate change")
    carla = await chat.coordinator("Carla", group)
    room = await linked(chat, carla)
    await carla.sends("/manage")
    await carla.presses("Group chat")

    await carla.presses("Deutsch")

    assert room.pinned[0].text.startswith("PWG 3 Climate change (de)\n")


async def test_reminders_are_offered_in_the_chat_once_a_day(chat: Chat) -> None:
    group = await chat.group("PWG 3", title="Climate change")
    carla = await chat.coordinator("Carla", group)
    room = await linked(chat, carla)
    await carla.sends("/manage")
    await carla.presses("Group chat")

    await carla.presses("Activate reminders")
    await carla.presses("Activate reminders")
    await chat.time_passes(days=1)
    await carla.presses("Activate reminders")

    offer = (
        "Reminders and news of PWG 3 Climate change come to your private chat with me. Tap below once and press Start."
    )
    assert room.texts[2:] == [offer, offer]
    assert room.posts[2].keyboard[0][0]["url"].endswith(f"?start=g_{group}")
    assert carla.toasts == [
        "Posted in the chat.",
        "It was posted today already. Once a day is enough.",
        "Posted in the chat.",
    ]


# --- H1: strangers ----------------------------------------------------------------------------


async def test_H1_in_a_strangers_group_the_bot_is_silent_and_leaves_after_a_day(chat: Chat) -> None:
    mallory = await chat.person("Mallory", starts=False)
    room = await found(chat, mallory, "Strangers", bot=False)
    mallory.client.add_bot(room.chat)
    await chat.settles()

    for text in ("/help", "/start", "/webinars", "hello"):
        assert await room.says(mallory, text) == []
    await chat.time_passes(hours=23, minutes=59)
    stays = room.has_bot
    await chat.time_passes(minutes=1)

    assert stays
    assert not room.has_bot
    assert room.texts == []
    assert await _known_people(chat) == set()


async def test_H1_a_chat_that_is_linked_in_time_is_not_left(chat: Chat) -> None:
    carla = await chat.coordinator("Carla", await chat.group())
    room = await linked(chat, carla)

    await chat.time_passes(days=2)

    assert room.has_bot


# --- H2: rights, comings and goings ------------------------------------------------------------


async def test_H2_coordinators_hear_once_which_rights_are_gone_and_what_to_do(chat: Chat) -> None:
    carla = await chat.coordinator("Carla", await chat.group("PWG 3", title="Climate change"))
    room = await linked(chat, carla, "Climate")

    for _ in range(2):
        carla.client.demote(room.chat)
        await chat.settles()
        carla.client.promote(room.chat)
        await chat.settles()

    assert [m.text for m in carla.new_messages] == [
        (
            "In “Climate”, the chat of PWG 3 Climate change, I may not do everything.\n\nMissing:\n"
            "• “Invite users via link”: I cannot let members in.\n• “Pin messages”: I cannot pin the board.\n"
            "• “Ban users”: whoever leaves the group stays in the chat.\n"
            "An administrator of the chat can give me these rights: Edit, Administrators."
        )
    ]
    assert len(room.calls("createChatInviteLink")) == 1


async def test_H2_with_the_right_the_board_is_pinned_and_the_link_is_made(chat: Chat) -> None:
    carla = await chat.coordinator("Carla", await chat.group("PWG 3", title="Climate change"))
    room = await found(chat, carla, "Climate")
    carla.client.demote(room.chat)
    await chat.settles()
    await link(carla, room)
    before = (room.pinned, room.calls("createChatInviteLink"))

    carla.client.promote(room.chat)
    await chat.settles()

    assert before == ([], [])
    assert [m.text.partition("\n")[0] for m in room.pinned] == ["PWG 3 Climate change"]
    assert len(room.calls("createChatInviteLink")) == 1
    assert carla.new_messages == []


async def test_H2_a_restricted_bot_says_that_it_cannot_write(chat: Chat) -> None:
    carla = await chat.coordinator("Carla", await chat.group("PWG 3", title="Climate change"))
    room = await linked(chat, carla, "Climate")
    carla.client.demote(room.chat)
    await chat.settles()
    await chat.time_passes(days=1)
    carla.looks()

    carla.client.restrict(room.chat, can_send_messages=False)
    await chat.settles()

    assert "• “Send messages”: I cannot write there at all." in carla.new_messages[0].text


async def test_H2_A6_a_removed_bot_keeps_the_link_and_comes_back_alone(chat: Chat) -> None:
    group = await chat.group("PWG 3", title="Climate change")
    carla = await chat.coordinator("Carla", group)
    room = await linked(chat, carla, "Climate")

    carla.client.remove_bot(room.chat)
    await chat.settles()
    gone = [m.text for m in carla.new_messages]
    calls = len(room.calls("editMessageText")) + len(room.calls("sendMessage"))
    await chat.webinar(group, CITIES, IN_APRIL)
    await chat.settles()
    later = len(room.calls("editMessageText")) + len(room.calls("sendMessage"))
    carla.client.add_bot(room.chat)
    carla.client.promote(room.chat)
    await chat.settles()

    assert gone == [
        (
            "I was removed from “Climate”, the chat of PWG 3 Climate change. Nothing is posted there any more; "
            "reminders go on in private. Add me again and everything continues; there is no need for a new code."
        )
    ]
    assert later == calls
    assert "Cities as climate havens?" in room.pinned[0].text
    assert [m.text for m in carla.new_messages] == ["I am back in “Climate”, the chat of PWG 3 Climate change."]
    assert len(room.calls("createChatInviteLink")) == 2


async def test_H2_a_bot_that_comes_back_waits_a_minute_for_its_rights_before_it_asks_for_them(chat: Chat) -> None:
    carla = await chat.coordinator("Carla", await chat.group("PWG 3", title="Climate change"))
    room = await linked(chat, carla, "Climate")
    told = []

    for is_promoted in (True, False):
        carla.client.remove_bot(room.chat)
        await chat.settles()
        carla.looks()
        carla.client.add_bot(room.chat)
        await chat.settles()
        at_once = [m.text for m in carla.new_messages]
        if is_promoted:
            carla.client.promote(room.chat)
        await chat.time_passes(minutes=1)
        told.append((at_once, [m.text for m in carla.new_messages]))

    back = ["I am back in “Climate”, the chat of PWG 3 Climate change."]
    missing = (
        "In “Climate”, the chat of PWG 3 Climate change, I may not do everything.\n\nMissing:\n"
        "• “Invite users via link”: I cannot let members in.\n• “Pin messages”: I cannot pin the board.\n"
        "• “Ban users”: whoever leaves the group stays in the chat.\n"
        "An administrator of the chat can give me these rights: Edit, Administrators."
    )
    assert told == [(back, []), (back, [missing])]


async def test_A6_a_refusal_tells_that_the_bot_is_gone(chat: Chat) -> None:
    group = await chat.group("PWG 3", title="Climate change")
    carla = await chat.coordinator("Carla", group)
    room = await linked(chat, carla, "Climate")
    del room.chat.members[chat.telegram.first_bot.id].rights["can_pin_messages"]
    room.chat.deleted = True

    await chat.webinar(group, CITIES, IN_APRIL)
    await chat.settles()
    await chat.webinar(group, CITIES, IN_APRIL + timedelta(days=1))
    await chat.settles()

    assert [m.text.partition(".")[0] for m in carla.new_messages] == [
        "I was removed from “Climate”, the chat of PWG 3 Climate change"
    ]
    assert len([c for c in room.calls("editMessageText") if not c.ok]) == 1


async def test_A14_a_refusal_for_want_of_a_right_is_told_once_a_day(chat: Chat) -> None:
    group = await chat.group("PWG 3", title="Climate change")
    carla = await chat.coordinator("Carla", group)
    room = await linked(chat, carla, "Climate")
    me = room.chat.members[chat.telegram.first_bot.id]
    me.status, me.rights = "restricted", {"is_member": True, "can_send_messages": False}  # and nobody told us

    for number in range(3):
        await chat.session(group, IN_APRIL + timedelta(days=number))
        await chat.settles()
    told = [m.text for m in carla.new_messages]
    await chat.time_passes(days=1)
    await chat.session(group, IN_APRIL + timedelta(days=3))
    await chat.settles()

    assert told == [
        (
            "In “Climate”, the chat of PWG 3 Climate change, I may not do everything.\n\nMissing:\n"
            "• “Send messages”: I cannot write there at all.\n"
            "Allow me to write, or make me an administrator with these rights."
        )
    ]
    assert len(carla.new_messages) == 1


# --- A8, H3: another id -----------------------------------------------------------------------


@pytest.mark.parametrize("sends_first", [True, False], ids=["a send finds out", "a message tells"])
@pytest.mark.parametrize("new_first", [True, False], ids=["the new chat first", "the old chat first"])
async def test_A8_H3_a_chat_with_a_new_id_keeps_everything(chat: Chat, *, sends_first: bool, new_first: bool) -> None:
    group = await chat.group("PWG 3", title="Climate change")
    carla = await chat.coordinator("Carla", group)
    old = await linked(chat, carla, "Climate", kind="group")
    chat.telegram.first_bot.queue.drop_pending()

    new = Room(chat, carla.client.migrate(old.chat), carla)
    told = chat.telegram.first_bot.queue.waiting
    chat.telegram.first_bot.queue.drop_pending()
    if sends_first:
        await chat.session(group, IN_APRIL)
        await chat.settles()
    for update in sorted(told, key=lambda one: one["update_id"], reverse=new_first):
        chat.telegram.first_bot.queue.push("message", update["message"])
        await chat.settles()
    if not sends_first:
        await chat.session(group, IN_APRIL)
        await chat.settles()

    assert sorted(text.partition("\n")[0] for text in new.texts) == [
        "PWG 3 Climate change",
        "PWG 3: Planned relocation",
    ]
    assert [m.text.partition("\n")[0] for m in new.pinned] == ["PWG 3 Climate change"]
    assert len(new.calls("createChatInviteLink")) == 1
    assert len([c for c in old.calls("sendMessage") if not c.ok]) == int(sends_first)
    assert carla.new_messages == []


async def test_A8_what_is_over_is_not_posted_again_in_the_new_chat(chat: Chat) -> None:
    group = await chat.group("PWG 3", title="Climate change")
    carla = await chat.coordinator("Carla", group)
    old = await linked(chat, carla, "Climate", kind="group")
    await chat.session(group, IN_APRIL, "Over")
    await chat.session(group, IN_APRIL + timedelta(days=1), "To come")
    await chat.time_goes_to(IN_APRIL + timedelta(hours=3))

    new = Room(chat, carla.client.migrate(old.chat), carla)
    await chat.settles()

    assert sorted(text.partition("\n")[0] for text in new.texts) == ["PWG 3 Climate change", "PWG 3: To come"]


async def test_A8_on_postgresql_a_chat_is_linked_and_gets_another_id(chat_on_postgresql: Chat) -> None:
    chat = chat_on_postgresql
    group = await chat.group("PWG 3", title="Climate change")
    carla = await chat.coordinator("Carla", group)
    old = await linked(chat, carla, "Climate", kind="group")

    new = Room(chat, carla.client.migrate(old.chat), carla)
    await chat.settles()
    await chat.session(group, IN_APRIL)
    await chat.settles()

    assert "Next session: Planned relocation" in new.pinned[0].text
    assert sorted(text.partition("\n")[0] for text in new.texts) == [
        "PWG 3 Climate change",
        "PWG 3: Planned relocation",
    ]


# --- H4, A9: topics ---------------------------------------------------------------------------


async def _topic_room(chat: Chat) -> tuple[Visitor, Room, Topic, int]:
    group = await chat.group("PWG 3", title="Climate change")
    carla = await chat.coordinator("Carla", group)
    room = await found(chat, carla, "Conference", forum=True, topics=["Climate"])
    carla.client.promote(room.chat, can_invite_users=True, can_pin_messages=True, can_restrict_members=True)
    (topic,) = room.chat.topics.values()
    await link(carla, room, topic=topic)
    return carla, room, topic, group


async def test_H4_A9_while_a_topic_is_closed_what_is_new_goes_to_the_general_one(chat: Chat) -> None:
    carla, room, topic, group = await _topic_room(chat)

    carla.client.close_topic(room.chat, topic)
    await chat.session(group, IN_APRIL, "While it is closed")
    await chat.settles()
    told = carla.new_messages
    answered = await room.says(carla, "/help")
    carla.client.reopen_topic(room.chat, topic)
    await chat.settles()
    await chat.session(group, IN_APRIL + timedelta(days=1), "Open again")
    await chat.settles()

    places = {m.text.partition("\n")[0]: m.thread_id for m in room.posts}
    assert places["PWG 3: While it is closed"] is None
    assert places["PWG 3: Open again"] == topic.id
    assert [m.thread_id for m in answered] == [None]
    assert [m.text for m in told] == [
        (
            "The topic of PWG 3 Climate change in “Conference” is closed. What is new goes to the general topic until "
            "it is open again."
        )
    ]
    assert carla.new_messages == []


async def test_H4_a_renamed_topic_changes_nothing(chat: Chat) -> None:
    carla, room, topic, group = await _topic_room(chat)

    carla.client.rename_topic(room.chat, topic, "Weather")
    await chat.session(group, IN_APRIL)
    await chat.settles()

    assert room.posts[-1].thread_id == topic.id
    assert carla.new_messages == []


@pytest.mark.parametrize("how", ["deleted", "switched off"])
async def test_H4_A9_when_a_topic_is_gone_the_general_one_takes_over(chat: Chat, how: str) -> None:
    carla, room, topic, group = await _topic_room(chat)

    if how == "deleted":
        carla.client.delete_topic(room.chat, topic)
    else:
        carla.client.switch_forum(room.chat, on=False)
    await chat.session(group, IN_APRIL, "First")
    await chat.settles()
    await chat.session(group, IN_APRIL + timedelta(days=1), "Second")
    await chat.settles()

    places = {m.text.partition("\n")[0]: m.thread_id for m in room.posts}
    assert places["PWG 3: First"] is places["PWG 3: Second"] is None
    assert "PWG 3 Climate change" in places
    assert [m.text for m in carla.new_messages] == [
        (
            "The topic of PWG 3 Climate change in “Conference” does not exist any more. What is new goes to the "
            "general topic; link another topic with a new code if you like."
        )
    ]
    assert len([c for c in room.calls("sendMessage") if not c.ok]) == 1
    assert len(await room.says(carla, "/help")) == 1


async def test_H4_A9_where_even_the_general_topic_is_closed_coordinators_hear_that_nothing_can_be_written(
    chat: Chat,
) -> None:
    carla = await chat.coordinator("Carla", group := await chat.group("PWG 3", title="Climate change"))
    room = await found(chat, carla, "Conference", forum=True, topics=["Climate"])
    carla.client.promote(room.chat, can_invite_users=True, can_pin_messages=True, can_restrict_members=True)
    await chat.settles()
    await link(carla, room)

    carla.client.close_topic(room.chat, None)
    await chat.session(group, IN_APRIL)
    await chat.settles()

    assert len([c for c in room.calls("sendMessage") if not c.ok]) == 1
    assert "• “Send messages”: I cannot write there at all." in carla.new_messages[0].text


# --- H7, H8, G6-G10 ---------------------------------------------------------------------------


async def test_H7_G8_posts_of_a_linked_channel_and_in_a_channels_name_are_ignored(chat: Chat) -> None:
    carla = await chat.coordinator("Carla", await chat.group())
    channel = chat.telegram.add_group("News", kind="channel", owner=carla.client.user)
    room = await linked(chat, carla, linked_to=channel)
    before = room.texts

    carla.client.send("/webinars", channel)
    carla.client.send_as_channel(room.chat, "/webinars", channel)
    await chat.settles()

    assert room.texts == before


async def test_H8_a_new_title_is_only_shown(chat: Chat) -> None:
    group = await chat.group("PWG 3", title="Climate change")
    carla = await chat.coordinator("Carla", group)
    room = await linked(chat, carla, "Climate")

    carla.client.rename_chat(room.chat, "Weather")
    carla.client.publish(room.chat, "weather")
    await chat.settles()
    await carla.sends("/manage")
    await carla.presses("Group chat")

    assert carla.screen.text.startswith("Weather, the chat of PWG 3 Climate change\n")
    assert len(await room.says(carla, "/help")) == 1


async def test_G6_a_forwarded_or_edited_command_does_not_count(chat: Chat) -> None:
    carla = await chat.coordinator("Carla", await chat.group())
    room = await linked(chat, carla)
    command = carla.client.send("/webinars")
    await chat.settles()
    said = carla.client.send("nothing", room.chat)
    before = room.texts

    carla.client.forward(command, room.chat)
    carla.client.edit(said, "/webinars")
    await chat.settles()

    assert room.texts == before


async def test_G9_what_came_by_way_of_another_bot_does_not_count(chat: Chat) -> None:
    carla = await chat.coordinator("Carla", await chat.group())
    room = await linked(chat, carla)
    other = chat.telegram.add_user("Helper", username="helper_bot", is_bot=True)
    before = room.texts

    via = {"via_bot": {"id": other.id, "is_bot": True, "first_name": "Helper", "username": "helper_bot"}}
    carla.client._say(text_content("/webinars"), room.chat, extra=via)
    await chat.settles()

    assert room.texts == before


async def test_G10_private_commands_lead_to_the_private_chat_and_are_not_carried_out(chat: Chat) -> None:
    carla = await chat.coordinator("Carla", await chat.group())
    room = await linked(chat, carla)
    carla.looks()

    for command in ("/manage", "/settings", "/submit", "/broadcast", "/organise", "/stop", "/cancel", "/start"):
        (answer,) = await room.says(carla, command)
        assert answer.text == "Please do this in our private chat."
        assert answer.labels == [["Open the private chat"]]

    assert carla.new_messages == []


async def test_G10_a_command_in_a_group_that_is_not_linked_is_not_answered(chat: Chat) -> None:
    carla = await chat.coordinator("Carla", await chat.group())
    room = await found(chat, carla)

    for command in ("/help", "/manage", "/webinars", "/join", "/privacy", "/start"):
        assert await room.says(carla, command) == []


async def test_a_command_is_cleaned_up_where_the_bot_may(chat: Chat) -> None:
    carla = await chat.coordinator("Carla", await chat.group())
    room = await linked(chat, carla)

    await room.says(carla, "/help")

    assert [m.text for m in room.chat if m.sender is carla.client.user and not m.is_service] == []
