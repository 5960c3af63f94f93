"""Seats and the chat of a group are kept in step: at the door, coming in, going, in either place."""

import random
from collections.abc import Sequence

import pytest
from sqlalchemy import func, select

from storage import chats, groups
from storage.tables import audit
from tests.chat.rooms import Room, code_from, found, linked
from tests.chat.world import Chat, Visitor

GONE = (
    "You are no longer in the chat of PWG 3 Climate change, so your seat there is free again. "
    "To come back, ask to join."
)


async def _linked_group(chat: Chat, **options: int) -> tuple[int, Visitor, Room]:
    group = await chat.group("PWG 3", title="Climate change", **options)
    carla = await chat.coordinator("Carla", group)
    return group, carla, await linked(chat, carla, "Climate")


async def _invite_link(chat: Chat, room: Room) -> str:
    async with chat.bot.database.read() as tx:
        known = await chats.get(tx, room.id)
    assert known is not None
    assert known.invite_link is not None
    return known.invite_link


async def _asks(chat: Chat, visitor: Visitor, room: Room, bio: str | None = None) -> None:
    visitor.client.ask_to_join(await _invite_link(chat, room), bio=bio)
    await chat.settles()


async def _members(chat: Chat, group: int) -> set[int]:
    async with chat.bot.database.read() as tx:
        return set((await groups.get_roster(tx, group)).members)


# --- At the door ------------------------------------------------------------------------------


async def test_members_find_the_link_on_the_card_of_their_group_and_others_do_not(chat: Chat) -> None:
    group, _, room = await _linked_group(chat)
    anna, ben = await chat.member("Anna", group), await chat.person("Ben")

    await anna.starts(f"g_{group}")
    await ben.starts(f"g_{group}")

    assert anna.screen.labels[0] == ["Open the chat"]
    assert ben.screen.labels == [["Ask to join"], ["All groups", "Home"]]
    anna.client.open_link(str(anna.client.button(anna.screen, "Open the chat")["url"]))
    await chat.settles()
    assert room.people == ["Anna", "Carla"]


async def test_a_member_is_told_that_the_link_follows_while_there_is_none(chat: Chat) -> None:
    group = await chat.group("PWG 3", title="Climate change")
    carla = await chat.coordinator("Carla", group)
    room = await found(chat, carla)
    carla.client.demote(room.chat)
    await chat.settles()
    await room.says(carla, f"/link {await code_from(carla)}")
    anna = await chat.member("Anna", group)

    await anna.starts(f"g_{group}")

    assert anna.screen.text.endswith("You are a member.\n\nThe link to the group's chat follows.")


async def test_an_accepted_applicant_gets_the_link_and_is_let_in(chat: Chat) -> None:
    group, carla, room = await _linked_group(chat)
    ben = await chat.person("Ben")
    await ben.starts(f"g_{group}")
    await ben.presses("Ask to join")
    await ben.presses("Skip")
    await ben.presses("Skip")
    await ben.presses("Hand in")
    ben.looks()

    await carla.presses("Accept")
    await chat.time_passes(minutes=1)
    (news,) = ben.new_messages
    ben.client.open_link(str(ben.client.button(news, "Join the chat")["url"]))
    await chat.settles()

    assert news.text == (
        "You are now a member of PWG 3 Climate change. Welcome!\n\n"
        "The group talks in the chat Climate. Ask to be let in, and you are."
    )
    assert room.people == ["Ben", "Carla"]


@pytest.mark.parametrize("role", ["member", "coordinator", "organiser"])
async def test_who_belongs_there_is_let_in_at_once(chat: Chat, role: str) -> None:
    group, _, room = await _linked_group(chat)
    match role:
        case "member":
            dora = await chat.member("Dora", group)
        case "coordinator":
            dora = await chat.coordinator("Dora", group)
        case _:
            dora = await chat.organiser("Dora")

    await _asks(chat, dora, room)

    assert room.people == ["Carla", "Dora"]
    assert dora.new_messages == []


async def test_H6_anybody_else_becomes_an_applicant_is_told_and_let_in_when_accepted(chat: Chat) -> None:
    group, carla, room = await _linked_group(chat)
    ben = await chat.person("Ben", starts=False)

    await _asks(chat, ben, room, bio="I plan cities")
    told, asked = ben.new_messages, carla.new_messages
    await carla.presses("Accept")
    outside = room.people
    await chat.time_passes(minutes=1)

    assert [m.text for m in told] == [
        (
            "The chat is for the members of PWG 3 Climate change. The coordinators have your request; when they accept "
            "it, you are let in by yourself.\n\nPress the button below and Start, so that I can tell you the answer."
        )
    ]
    assert [m.text.partition("\n")[0] for m in asked] == ["Ben asks to join PWG 3 Climate change."]
    assert "I plan cities" in asked[0].text
    assert outside == ["Carla"]
    assert room.people == ["Ben", "Carla"]
    assert await _members(chat, group) == {ben.id}


async def test_H6_a_declined_applicant_waits_at_the_door_no_longer(chat: Chat) -> None:
    _, carla, room = await _linked_group(chat)
    ben = await chat.person("Ben", starts=False)
    await _asks(chat, ben, room)

    await carla.presses("Decline")
    await chat.time_passes(minutes=1)

    assert room.people == ["Carla"]
    assert room.chat.requests == {}


async def test_H6_asking_twice_and_taking_it_back_makes_one_application(chat: Chat) -> None:
    group, carla, room = await _linked_group(chat)
    ben = await chat.person("Ben", starts=False)

    await _asks(chat, ben, room)
    ben.client.take_back_request(room.chat)
    await _asks(chat, ben, room)
    ben.client.take_back_request(room.chat)
    await carla.presses("Accept")
    await chat.time_passes(minutes=1)

    assert len([m for m in carla.messages if "asks to join" in m.text]) == 1
    assert await _members(chat, group) == {ben.id}
    assert room.people == ["Carla"]
    assert [c.description for c in room.calls("approveChatJoinRequest")] == ["Bad Request: HIDE_REQUESTER_MISSING"]


async def test_H6_an_administrator_who_is_faster_does_no_harm(chat: Chat) -> None:
    group, carla, room = await _linked_group(chat)
    ben = await chat.person("Ben", starts=False)
    await _asks(chat, ben, room)

    carla.client.accept(room.chat, ben.client.user)
    await chat.settles()
    await carla.presses("Accept")
    await chat.time_passes(minutes=1)

    assert room.people == ["Ben", "Carla"]
    assert await _members(chat, group) == {ben.id}
    assert room.calls("approveChatJoinRequest") == []


async def test_H6_who_is_on_the_waiting_list_comes_in_with_the_seat(chat: Chat) -> None:
    group, carla, room = await _linked_group(chat, most=1)
    anna, ben = await chat.member("Anna", group), await chat.person("Ben", starts=False)
    await _asks(chat, ben, room)
    await carla.presses("Accept")
    await chat.time_passes(minutes=1)
    waiting = room.people

    await anna.starts(f"g_{group}")
    await anna.presses("Leave")
    await anna.presses("Leave for good")

    assert waiting == ["Carla"]
    assert room.people == ["Ben", "Carla"]


async def test_H6_who_withdraws_the_application_waits_at_the_door_no_longer(chat: Chat) -> None:
    group, _, room = await _linked_group(chat)
    ben = await chat.person("Ben")
    await _asks(chat, ben, room)

    await ben.starts(f"g_{group}")
    await ben.presses("Withdraw")

    assert room.chat.requests == {}
    assert room.people == ["Carla"]


async def test_a_guest_is_let_in_with_the_invitation(chat: Chat) -> None:
    _, carla, room = await _linked_group(chat)
    gina = await chat.person("Gina", starts=False)
    await _asks(chat, gina, room)
    await carla.sends("/manage")
    for label in ("Invite people", "Invite guests", "5"):
        await carla.presses(label)
    payload = carla.screen.text.partition("?start=")[2].partition("\n")[0]

    await gina.starts(payload)
    await gina.presses("Accept")

    assert room.people == ["Carla", "Gina"]


async def test_the_word_at_the_door_is_not_sent_when_it_is_too_late(chat: Chat) -> None:
    _, _, room = await _linked_group(chat)
    ben = await chat.person("Ben", starts=False)
    link = await _invite_link(chat, room)

    ben.client.ask_to_join(link)
    await chat.bot.poller.poll_once(0)
    await chat.bot.lanes.idle()
    await chat.time_passes(minutes=4)

    assert ben.new_messages == []


async def test_where_several_groups_share_a_chat_the_applicant_chooses(chat: Chat) -> None:
    climate, fairness = await chat.group("PWG 3"), await chat.group("PWG 4")
    carla, dora = await chat.coordinator("Carla", climate), await chat.coordinator("Dora", fairness)
    room = await found(chat, carla, "Conference", forum=True, topics=["Climate", "Fairness"])
    first, second = room.chat.topics.values()
    await room.says(carla, f"/link {await code_from(carla)}", topic=first)
    await room.says(carla, f"/link {await code_from(dora)}", topic=second)
    ben = await chat.person("Ben", starts=False)

    await _asks(chat, ben, room)
    (question,) = ben.new_messages
    ben.client.open_link(str(ben.client.button(question, "PWG 4")["url"]))
    await chat.settles()
    for label in ("Ask to join", "Skip", "Skip", "Hand in"):
        await ben.presses(label)
    await dora.presses("Accept")
    await chat.time_passes(minutes=1)

    assert question.labels == [["PWG 3"], ["PWG 4"]]
    assert room.people == ["Ben", "Carla"]
    assert (await _members(chat, climate), await _members(chat, fairness)) == (set(), {ben.id})


async def test_a_closed_door_is_not_kept_open_in_a_strangers_chat(chat: Chat) -> None:
    mallory, ben = await chat.person("Mallory"), await chat.person("Ben", starts=False)
    room = await found(chat, mallory, "Strangers")

    ben.client.ask_to_join(mallory.client.create_link(room.chat, creates_join_request=True))
    await chat.settles()

    assert room.people == ["Mallory"]
    assert ben.new_messages == []


# --- Going ------------------------------------------------------------------------------------


async def _seated_and_inside(chat: Chat, group: int, room: Room) -> Visitor:
    anna = await chat.member("Anna", group)
    await _asks(chat, anna, room)
    return anna


@pytest.mark.parametrize("is_admin", [True, False], ids=["told as administrator", "told by a message"])
@pytest.mark.parametrize("how", ["leaves", "is removed"])
async def test_H5_who_leaves_the_chat_gives_back_the_seat(chat: Chat, how: str, *, is_admin: bool) -> None:
    group, carla, room = await _linked_group(chat)
    anna = await _seated_and_inside(chat, group, room)
    if not is_admin:
        carla.client.demote(room.chat)
        await chat.settles()
        carla.looks()

    if how == "leaves":
        anna.client.leave(room.chat)
    else:
        carla.client.remove_member(room.chat, anna.client.user)
    await chat.settles()

    assert await _members(chat, group) == set()
    assert [m.text for m in anna.new_messages] == [GONE]
    assert [m.text for m in carla.new_messages] == [
        "Anna is no longer in the chat of PWG 3 Climate change, and has given the seat back by that."
    ]


async def test_H5_who_leaves_the_group_is_taken_out_of_the_chat_and_may_come_back(chat: Chat) -> None:
    group, carla, room = await _linked_group(chat)
    anna = await _seated_and_inside(chat, group, room)

    await anna.starts(f"g_{group}")
    await anna.presses("Leave")
    await anna.presses("Leave for good")

    member = room.chat.member(anna.id)
    assert room.people == ["Carla"]
    assert member is not None
    assert member.status == "left"
    assert carla.new_messages == []


@pytest.mark.parametrize("steps", [["chat", "bot"], ["bot", "chat"], ["chat", "bot", "chat"], ["bot", "chat", "bot"]])
async def test_H5_the_seat_is_freed_once_whichever_comes_first(chat: Chat, steps: Sequence[str]) -> None:
    group, carla, room = await _linked_group(chat, most=1)
    anna = await _seated_and_inside(chat, group, room)
    ben, dora = await chat.person("Ben", starts=False), await chat.person("Dora", starts=False)
    for visitor in (ben, dora):
        await _asks(chat, visitor, room)
        await carla.presses("Accept")
    await chat.time_passes(minutes=1)
    await anna.starts(f"g_{group}")
    await anna.presses("Leave")
    card = anna.screen

    for step in steps:
        member = room.chat.member(anna.id)
        assert member is not None
        if step == "bot":
            await anna.forges(f"gly:{group}", on=card)
        elif member.is_in:
            anna.client.leave(room.chat)
            await chat.settles()

    assert await _members(chat, group) == {ben.id}
    assert room.people == ["Ben", "Carla"]


async def test_H5_who_sits_in_another_group_of_the_chat_keeps_both_seats(chat: Chat) -> None:
    climate, fairness = await chat.group("PWG 3", title="Climate"), await chat.group("PWG 4", title="Fairness")
    carla, dora = await chat.coordinator("Carla", climate), await chat.coordinator("Dora", fairness)
    room = await found(chat, carla, "Conference", forum=True, topics=["Climate", "Fairness"])
    first, second = room.chat.topics.values()
    await room.says(carla, f"/link {await code_from(carla)}", topic=first)
    await room.says(carla, f"/link {await code_from(dora)}", topic=second)
    anna = await chat.member("Anna", climate)
    await chat.takes_seat(anna, fairness)
    await _asks(chat, anna, room)
    for visitor in (carla, dora):
        visitor.looks()

    await anna.starts(f"g_{climate}")
    await anna.presses("Leave")
    await anna.presses("Leave for good")
    stays = room.people
    await chat.takes_seat(anna, climate)
    anna.client.leave(room.chat)
    await chat.settles()

    assert stays == ["Anna", "Carla"]
    assert await _members(chat, climate) == await _members(chat, fairness) == {anna.id}
    assert [m.text for m in carla.new_messages] == [
        "Anna is no longer in “Conference”, the chat of PWG 3 Climate, and still takes part in the group."
    ]
    assert [m.text for m in dora.new_messages] == [
        "Anna is no longer in “Conference”, the chat of PWG 4 Fairness, and still takes part in the group."
    ]


async def test_H5_a_coordinator_who_leaves_the_chat_stays_coordinator(chat: Chat) -> None:
    group, carla, room = await _linked_group(chat)
    dora = await chat.coordinator("Dora", group)
    await chat.takes_seat(dora, group)
    await _asks(chat, dora, room)

    dora.client.leave(room.chat)
    await chat.settles()

    assert await _members(chat, group) == {dora.id}
    assert [m.text for m in carla.new_messages] == [
        "Dora is no longer in “Climate”, the chat of PWG 3 Climate change, and still takes part in the group."
    ]


async def test_H5_an_administrator_of_the_chat_is_not_taken_out_and_coordinators_hear_of_it(chat: Chat) -> None:
    group, carla, room = await _linked_group(chat)
    anna = await _seated_and_inside(chat, group, room)
    carla.client.promote(room.chat, anna.client.user)
    await chat.settles()

    await anna.starts(f"g_{group}")
    await anna.presses("Leave")
    await anna.presses("Leave for good")

    assert room.people == ["Anna", "Carla"]
    assert [m.text for m in carla.new_messages] == [
        "Anna is no longer in PWG 3 Climate change, but still in “Climate”: I may not remove them there."
    ]


async def test_H5_who_is_removed_from_the_group_leaves_the_chat_when_it_stands(chat: Chat) -> None:
    group, carla, room = await _linked_group(chat)
    await _seated_and_inside(chat, group, room)
    await carla.sends("/manage")
    for label in ("People", "Anna", "Remove", "Remove"):
        await carla.presses(label)

    at_once = room.people
    await chat.time_passes(minutes=1)

    assert at_once == ["Anna", "Carla"]
    assert room.people == ["Carla"]


async def test_who_is_in_the_chat_without_a_seat_is_shown_and_not_removed(chat: Chat) -> None:
    _, carla, room = await _linked_group(chat)
    ben, dora = await chat.person("Ben"), await chat.person("Dora", starts=False)
    for visitor in (ben, dora):
        carla.client.add_member(room.chat, visitor.client.user)
    await chat.settles()

    await carla.sends("/manage")
    await carla.presses("Group chat")
    section = carla.screen.text
    await carla.presses("Who is that?")

    assert section.endswith("2 people are in the chat without a seat in the group.")
    assert carla.screen.text == (
        "In the chat of PWG 3 Climate change without a seat there: 2\n\n• Ben\n• somebody who has never written to "
        "me\n\nI remove nobody who has not left the group. An administrator of the chat can."
    )
    assert room.people == ["Ben", "Carla", "Dora"]


@pytest.mark.parametrize("seed", range(3))
async def test_H5_H6_whatever_people_do_seats_and_chat_stay_in_step(chat: Chat, seed: int) -> None:
    """Only those with a seat are inside, no seat is given twice, and each is given back once."""
    group, carla, room = await _linked_group(chat, most=2)
    everybody = [await chat.person(name) for name in ("Anna", "Ben", "Dora")]
    dice = random.Random(seed)

    for _ in range(25):
        await _does_something(chat, dice, dice.choice(everybody), carla, room, group)

        seated = await _members(chat, group)
        inside = {visitor.id for visitor in everybody if visitor.client.user.first_name in room.people}
        assert inside <= seated
        assert len(seated) <= 2
        assert await _given(chat) - await _given_back(chat) == len(seated)

    assert await _given_back(chat) > 0


async def _does_something(
    chat: Chat, dice: random.Random, visitor: Visitor, carla: Visitor, room: Room, group: int
) -> None:
    member = room.chat.member(visitor.id)
    is_in = member is not None and member.is_in
    match dice.choice(["door", "door", "accept", "accept", "leave chat", "leave group", "change their mind"]):
        case "door" if not is_in:
            await _asks(chat, visitor, room)
        case "accept" if any("Accept" in row for message in carla.messages for row in message.labels):
            await carla.presses("Accept")
            await chat.time_passes(minutes=1)
        case "leave chat" if is_in:
            visitor.client.leave(room.chat)
            await chat.settles()
        case "leave group":
            await visitor.starts(f"g_{group}")
            await visitor.forges(f"gly:{group}")
        case "change their mind" if visitor.id in room.chat.requests:
            visitor.client.take_back_request(room.chat)
            await chat.settles()
        case _:
            pass


async def _given(chat: Chat) -> int:
    return await _count_notes(chat, "accepted") + await _count_notes(chat, "promoted")


async def _given_back(chat: Chat) -> int:
    return await _count_notes(chat, "left")


async def _count_notes(chat: Chat, action: str) -> int:
    async with chat.bot.database.read() as tx:
        query = select(func.count()).select_from(audit).where(audit.c.action == action)
        return int(await tx.scalar(query))
