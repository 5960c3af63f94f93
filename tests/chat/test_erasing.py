"""Organisers erase somebody who asked for it; and what comes in between while somebody is erased."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from domain.deliveries import owe
from domain.erasing import ErasureState
from domain.people import Person
from domain.permissions import Role
from sandbox.faults import FaultKind
from storage import outbox, people
from storage.tables import audit, erasures
from storage.tables import outbox as calls
from tests.chat.rooms import Room, linked
from tests.chat.test_privacy import ERASED, erases, the_file
from tests.chat.test_roles import tag, the_owner
from tests.chat.world import START, Chat, Visitor

DAY = timedelta(days=1)
ON_REQUEST = (
    "The organisers have deleted everything about you, on request. The messages in this chat are in your Telegram "
    "only; you can delete the chat. If you write to me again, we begin anew."
)


async def finds(organiser: Visitor, typed: str) -> None:
    await organiser.sends("/organise")
    await organiser.presses("Delete somebody's data")
    await organiser.presses("Choose the person")
    await organiser.sends(typed)


async def orders(organiser: Visitor, person: Visitor) -> None:
    await finds(organiser, str(person.id))
    await organiser.presses(one_of(organiser, person))
    await organiser.presses("Delete all of this")
    await organiser.presses("Yes, delete")


def one_of(organiser: Visitor, person: Visitor) -> str:
    """The label of somebody among those who were found, whether they pressed Start or not."""
    return next(label for row in organiser.screen.labels for label in row if label.startswith(tag(person)))


async def noted(chat: Chat) -> list[tuple[int | None, str, str]]:
    """What the audit says about erasing."""
    query = select(audit.c.actor_id, audit.c.action, audit.c.subject).where(audit.c.action.like("eras%"))
    async with chat.bot.database.read() as tx:
        return [(row.actor_id, row.action, row.subject) for row in await tx.execute(query.order_by(audit.c.id))]


async def standing(chat: Chat) -> list[tuple[str, int | None]]:
    """How far every erasure is, and whom it still knows."""
    async with chat.bot.database.read() as tx:
        rows = await tx.execute(select(erasures.c.state, erasures.c.person_id).order_by(erasures.c.id))
        return [(row.state, row.person_id) for row in rows]


async def is_known(chat: Chat, visitor: Visitor) -> bool:
    async with chat.bot.database.read() as tx:
        return await people.get(tx, visitor.id) is not None


# --- On request -------------------------------------------------------------------------------


async def test_an_organiser_erases_somebody_who_asked_for_it(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    olga, anna = await chat.organiser("Olga"), await chat.member("Anna", group)
    await chat.person("Annabel")

    await finds(olga, "ann")
    found = (olga.screen.text, olga.screen.labels[:2])
    await olga.presses(tag(anna))
    holds = (olga.screen.text, olga.screen.labels)
    await olga.presses("Delete all of this")
    sure = (olga.screen.text, olga.screen.labels)
    await olga.presses("Yes, delete")

    assert found[0] == "2 of 4\n\nWho is it? Choose, or send another name."
    assert [row[0].partition(" (")[0] for row in found[1]] == ["Anna", "Annabel"]
    assert holds == (
        (
            f"3 of 4\n\n{tag(anna)}\n\nGroups: PWG 3\nRoles: –\nWhat goes: 7 entries, for good.\n"
            "What stays, without the name: published results (0), minutes, what a group has taken up."
        ),
        [["Delete all of this"], ["Back", "Cancel"]],
    )
    assert sure == (
        f"4 of 4\n\nDelete everything about {tag(anna)}? Nobody can bring it back.\n\nThey are told once it is done.",
        [["Yes, delete"], ["Back", "Cancel"]],
    )
    assert olga.screen.text == f"The data of {tag(anna)} is being deleted. It takes a minute or two."
    assert [m.text for m in anna.new_messages] == [ON_REQUEST]
    assert not await is_known(chat, anna)


async def test_the_audit_says_on_whose_word_and_not_who_it_was(chat: Chat) -> None:
    olga, anna = await chat.organiser("Olga"), await chat.person("Anna")

    await orders(olga, anna)

    ((by, _, whom), done) = await noted(chat)
    assert by == olga.id
    assert int(whom.removeprefix("person:")) < 0
    assert done == (None, "erased_on_request", whom)


async def test_owners_are_erased_by_themselves_or_by_another_owner(chat: Chat) -> None:
    otto, olga, ophelia = await the_owner(chat), await chat.organiser("Olga"), await chat.person("Ophelia")
    async with chat.bot.database.write() as tx:
        await people.grant(tx, ophelia.id, Role.OWNER)

    await finds(olga, "Ophelia")
    await olga.presses(tag(ophelia))
    refused = (olga.screen.text, olga.screen.labels)
    await orders(otto, ophelia)

    assert refused == (
        (
            f"3 of 4\n\n{tag(ophelia)}\n\n"
            "They are an owner: only they themselves and other owners can delete their data."
        ),
        [["Back", "Cancel"]],
    )
    assert ophelia.screen.text == ON_REQUEST
    assert not await is_known(chat, ophelia)


async def test_whoever_finds_themselves_is_shown_the_way(chat: Chat) -> None:
    olga = await chat.organiser("Olga")

    await finds(olga, "Olga")
    await olga.presses(tag(olga))

    assert olga.screen.text.endswith("This is you. Your own data you delete yourself: /privacy, Delete me.")
    assert olga.screen.labels == [["Back", "Cancel"]]


async def test_of_two_organisers_the_second_hears_that_it_is_being_done(chat: Chat) -> None:
    olga, orla, anna = await chat.organiser("Olga"), await chat.organiser("Orla"), await chat.person("Anna")
    for organiser in (olga, orla):
        await finds(organiser, "Anna")
        await organiser.presses(tag(anna))
        await organiser.presses("Delete all of this")

    for organiser in (olga, orla):
        organiser.client.press(organiser.message_with("Yes, delete"), "Yes, delete")
    await chat.bot.poller.poll_once(0)
    await chat.bot.lanes.idle()
    await chat.settles()

    assert sorted([olga.screen.text, orla.screen.text]) == [
        f"The data of {tag(anna)} is being deleted. It takes a minute or two.",
        "Their data is being deleted already.",
    ]
    assert [m.text for m in anna.new_messages] == [ON_REQUEST]


async def test_whoever_never_pressed_start_is_erased_without_a_word(chat: Chat) -> None:
    olga, anna = await chat.organiser("Olga"), await chat.person("Anna", starts=False)
    async with chat.bot.database.write() as tx:
        await people.add(tx, Person(anna.id, "Anna", "en"), chat.clock.now())

    await finds(olga, "Anna")
    await olga.presses(one_of(olga, anna))
    await olga.presses("Delete all of this")
    sure = olga.screen.text
    await olga.presses("Yes, delete")
    await chat.time_passes(minutes=2)

    assert sure.endswith("They cannot be told: I cannot write to them.")
    assert [call.method for call in chat.telegram.calls if call.params.get("chat_id") == anna.id] == []
    assert not await is_known(chat, anna)
    assert await standing(chat) == [(ErasureState.DONE, None)]


# --- What comes in between --------------------------------------------------------------------


async def begins(chat: Chat, visitor: Visitor) -> None:
    """The last tap is handled and answered, but no tick has come yet."""
    await visitor.sends("/privacy")
    await visitor.presses("Delete me")
    visitor.client.press(visitor.message_with("Yes, delete me"), "Yes, delete me")
    await chat.bot.poller.poll_once(0)
    await chat.bot.lanes.idle()


async def ticks(chat: Chat) -> None:
    """One round of everything that the clock does; nothing is sent."""
    await chat.bot.ticks.run_all()


@pytest.mark.parametrize("rounds", [0, 1, 2, 3])
async def test_an_erasure_survives_down_time_however_far_it_is(chat: Chat, rounds: int) -> None:
    anna = await chat.person("Anna")
    await begins(chat, anna)
    for _ in range(rounds):
        chat.clock.pass_by(61)
        await ticks(chat)

    chat.clock.pass_by(2 * DAY.total_seconds())
    await chat.restarts()
    await chat.time_passes(minutes=2)

    assert [m.text for m in anna.messages].count(ERASED) == 1
    assert await standing(chat) == [(ErasureState.DONE, None)]
    assert not await is_known(chat, anna)


async def test_whoever_has_blocked_the_bot_is_erased_all_the_same(chat: Chat) -> None:
    anna = await chat.person("Anna")
    await begins(chat, anna)
    anna.client.block_bot()

    await chat.settles()
    await chat.time_passes(minutes=2)

    assert await standing(chat) == [(ErasureState.DONE, None)]
    assert str(anna.id).encode() not in the_file(chat)


async def test_who_begins_anew_before_it_is_done_keeps_what_is_new(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    webinar = await chat.webinar(group, {"en": "Planned relocation"}, START + 7 * DAY)
    anna = await chat.person("Anna")
    await erases(anna)

    await anna.starts(f"w_{webinar}")
    await anna.presses("Remind me")
    await anna.presses("This webinar")
    await chat.time_passes(minutes=2)
    anna.looks()
    await chat.time_goes_to(START + 6 * DAY)

    assert [m.text.partition("\n")[0] for m in anna.new_messages] == ["Starts in 1 day: Planned relocation"]
    assert await standing(chat) == [(ErasureState.DONE, None)]
    assert await is_known(chat, anna)


async def test_who_comes_back_and_asks_again_is_erased_again(chat: Chat) -> None:
    anna = await chat.person("Anna")
    await erases(anna)
    await anna.starts()

    await erases(anna)
    await chat.time_passes(minutes=2)

    assert [m.text for m in anna.messages].count(ERASED) == 2
    assert not await is_known(chat, anna)
    assert str(anna.id).encode() not in the_file(chat)


async def test_several_are_erased_at_once(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    people_there = [await chat.member(name, group) for name in ("Anna", "Ben", "Cleo")]
    for visitor in people_there:
        await begins(chat, visitor)

    await chat.settles()
    await chat.time_passes(minutes=2)

    assert [visitor.screen.text for visitor in people_there] == [ERASED] * 3
    assert [str(visitor.id).encode() in the_file(chat) for visitor in people_there] == [False] * 3


async def test_of_the_last_two_owners_only_one_goes(chat: Chat) -> None:
    otto, ophelia = await the_owner(chat), await chat.person("Ophelia")
    async with chat.bot.database.write() as tx:
        await people.grant(tx, ophelia.id, Role.OWNER)
    for owner in (otto, ophelia):
        await begins(chat, owner)

    await chat.settles()

    assert [await is_known(chat, owner) for owner in (otto, ophelia)] == [False, True]
    assert ophelia.screen.text.startswith("You are the only owner")


async def test_it_is_the_same_on_postgresql(chat_on_postgresql: Chat) -> None:
    chat = chat_on_postgresql
    group = await chat.group("PWG 3")
    olga, anna = await chat.organiser("Olga"), await chat.member("Zoë O'Brien", group)

    await finds(olga, str(anna.id)[-5:])
    await olga.presses(one_of(olga, anna))
    await olga.presses("Delete all of this")
    await olga.presses("Yes, delete")
    await chat.time_passes(minutes=2)

    async with chat.bot.database.read() as tx:
        left = [str(row) for row in await tx.execute(select(calls.c.payload, calls.c.refs, calls.c.key))]
    assert anna.screen.text == ON_REQUEST
    assert await standing(chat) == [(ErasureState.DONE, None)]
    assert [row for row in left if str(anna.id) in row or "Brien" in row] == []


# --- In a group chat --------------------------------------------------------------------------


async def in_a_chat(chat: Chat) -> tuple[Room, Visitor]:
    """A member of a group who is in its chat."""
    group = await chat.group("PWG 3")
    room = await linked(chat, await chat.coordinator("Carla", group))
    anna = await chat.member("Anna Quillfeather", group)
    room.founder.client.add_member(room.chat, anna.client.user)
    await chat.settles()
    return room, anna


async def test_what_telegram_still_tells_of_somebody_taken_out_of_a_chat_is_wiped_too(chat: Chat) -> None:
    room, anna = await in_a_chat(chat)

    await erases(anna)
    told, there = anna.screen.text, room.people
    room.founder.client.remove_member(room.chat, anna.client.user)  # comes in as an update about her
    await chat.settles()
    before = b"Quillfeather" in the_file(chat)
    await chat.time_passes(minutes=2)

    assert (told, there) == (ERASED, ["Carla"])
    assert before
    assert [trace in the_file(chat) for trace in (b"Quillfeather", str(anna.id).encode())] == [False, False]


async def test_what_is_on_its_way_for_longer_than_a_day_is_not_waited_for(chat: Chat) -> None:
    room, anna = await in_a_chat(chat)
    later = chat.clock.now() + 5 * DAY
    call = owe("chat_call", "later", later, method="banChatMember", chat_id=room.id, payload={"user_id": anna.id})
    async with chat.bot.database.write() as tx:
        await outbox.add(tx, [call], chat.clock.now())

    await erases(anna)
    await chat.time_passes(hours=23)
    waited = (anna.screen.text, await standing(chat))
    await chat.time_passes(hours=2)
    told = anna.screen.text
    await chat.time_passes(minutes=2)

    assert waited == (
        "Your data is being deleted. You will be told when it is done.",
        [(ErasureState.ERASED, anna.id)],
    )
    assert told == ERASED
    assert await standing(chat) == [(ErasureState.DONE, None)]
    assert [trace in the_file(chat) for trace in (b"Quillfeather", str(anna.id).encode())] == [False, False]


async def test_whoever_is_taken_out_of_a_chat_that_refuses_is_erased_all_the_same(chat: Chat) -> None:
    room, anna = await in_a_chat(chat)
    fault = chat.telegram.faults.add(FaultKind.ERROR, method="banChatMember", chat=room.id, description="Bad Request")

    await erases(anna)
    await chat.time_passes(minutes=2)

    assert fault.hits == 1
    assert anna.screen.text == ERASED
    assert await standing(chat) == [(ErasureState.DONE, None)]
