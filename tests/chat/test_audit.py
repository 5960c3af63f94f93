"""What organisers read about what happened, and about what failed."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from domain.permissions import Permission
from handlers.requests import CommandRequest, Reply
from handlers.routes import Command
from messages.markup import Html, Message
from services.work import Work
from storage import facts
from tests.chat.world import OWNER, Chat, Visitor, open_chat

AT_NOON = "Mon, 14 Mar 2022, 13:00 (Berlin)"


class Moody:
    """A command that fails until it is told to behave."""

    def __init__(self) -> None:
        self.behaves = False

    async def answer(self, request: CommandRequest, work: Work) -> Reply:
        del request, work
        if not self.behaves:
            raise RuntimeError("the moon is in the wrong house")
        return Reply(message=Message(Html("Here you are.")))


@pytest.fixture
def moody() -> Moody:
    return Moody()


@pytest.fixture
async def chat_with_a_bug(tmp_path: Path, moody: Moody) -> AsyncIterator[Chat]:
    async with open_chat(tmp_path, more_routes=[Command("moody", moody.answer, Permission.USE_BOT)]) as opened:
        yield opened


async def owner_of(chat: Chat) -> Visitor:
    owner = Visitor(chat, chat.telegram.as_person(chat.telegram.add_user("Oda", user_id=OWNER)))
    await owner.starts()
    return owner


async def opens(visitor: Visitor, *labels: str) -> None:
    await visitor.sends("/organise")
    for label in labels:
        await visitor.presses(label)


async def fails_for_good(visitor: Visitor) -> None:
    """Three attempts."""
    await visitor.sends("/moody")
    await visitor.chat.time_passes(seconds=2)
    await visitor.chat.time_passes(seconds=11)


async def test_the_audit_says_who_did_what_when_with_before_and_after(chat: Chat) -> None:
    await chat.group("PWG 3", title="Climate change")
    olga = await chat.organiser("Olga <b>")
    await opens(olga, "Groups", "PWG 3", "Closes")
    await olga.sends("31.5.2023")
    await olga.presses("Save")

    await opens(olga, "Who did what")

    said = olga.screen.text.split("\n\n")
    assert said[0] == "Who did what"
    when, *rest = said[1].split("\n")
    assert when.startswith("Mon, 14 Mar 2022, 13:0")
    assert rest == ["Olga <b> changed the group PWG 3.", "• closes: 2023-05-31"]
    assert olga.screen.labels == [["One group"], ["Cockpit"]]


async def test_the_audit_has_pages_newest_first(chat: Chat) -> None:
    olga = await chat.organiser("Olga")
    async with chat.bot.database.write() as tx:
        for number in range(1, 9):
            await facts.note(tx, chat.clock.now(), olga.id, f"tried_{number}", "nothing")

    await opens(olga, "Who did what")
    first = olga.screen.text
    await olga.presses("Older")
    second = (olga.screen.text, olga.screen.labels)
    await olga.presses("Newer")

    def page(*numbers: int) -> str:
        return "\n\n".join(["Who did what", *(f"{AT_NOON}\nOlga: tried {number} –" for number in numbers)])

    assert first == page(8, 7, 6, 5)
    assert second == (page(4, 3, 2, 1), [["Newer"], ["One group"], ["Cockpit"]])
    assert olga.screen.text == first


async def test_the_audit_of_one_group_has_what_was_done_in_it_and_nothing_else(chat: Chat) -> None:
    group, other = await chat.group("PWG 3", title="Climate"), await chat.group("PWG 4", title="Fair migration")
    olga, anna = await chat.organiser("Olga"), await chat.person("Anna")
    for number in (group, other):
        await anna.starts(f"g_{number}")
        await anna.presses("Ask to join")
        await anna.presses("Skip")
        await anna.presses("Skip")
        await anna.presses("Hand in")
    async with chat.bot.database.write() as tx:
        seen = {"role": "coordinator", "group_id": group}
        await facts.note(tx, chat.clock.now(), olga.id, "role_granted", f"person:{anna.id}", None, seen)
        await facts.note(tx, chat.clock.now(), olga.id, "role_granted", f"person:{anna.id}", None, {"group_id": other})

    await opens(olga, "Who did what", "One group")
    asked = (olga.screen.text, olga.screen.labels)
    await olga.presses("PWG 3")
    deeds = [part.split("\n")[1:] for part in olga.screen.text.split("\n\n")[1:]]

    assert asked == ("What was done in which group?", [["PWG 3", "PWG 4"], ["All groups"]])
    assert olga.screen.text.startswith("Who did what: PWG 3\n\n")
    assert deeds == [
        ["Olga gave a role to Anna (PWG 3).", "• group id: 1", "• role: coordinator"],
        ["Anna asked to join PWG 3.", "• state: open"],
    ]
    assert olga.screen.labels == [["One group", "All groups"], ["Cockpit"]]


async def test_the_audit_is_for_organisers(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    carla = await chat.coordinator("Carla", group)

    for data in ("oal:0:0", f"oal:0:{group}", "oag:0", "old:0", "olr:1", "olf:0", "olq:1:0", "ols:1:0", "os:audit"):
        await carla.forges(data)
    await carla.forges("os:letters")

    assert carla.toasts == ["This is not for you, or it does not exist."] * 10


async def test_the_owner_has_a_failed_message_handled_once_more(chat_with_a_bug: Chat, moody: Moody) -> None:
    chat = chat_with_a_bug
    oda, olga, anna = await owner_of(chat), await chat.organiser("Olga"), await chat.person("Anna")
    await fails_for_good(anna)
    anna.looks()

    await opens(olga, "What failed", "Not handled")
    read_only = olga.screen.labels
    await opens(oda, "What failed")
    overview = (oda.screen.text, oda.screen.labels)
    await oda.presses("Not handled")
    listed, again = oda.screen.text, oda.screen.labels[0][0]
    moody.behaves = True
    await oda.presses(again)

    assert overview == (
        (
            "What failed\n\n1 message from somebody could not be handled.\n\n"
            "0 messages of ours did not arrive, or nobody knows whether they did."
        ),
        [["Not handled"], ["Cockpit"]],
    )
    reference = again.removeprefix("Try again: ")
    assert listed.endswith(f", from Anna\nReference: {reference}\nRuntimeError('the moon is in the wrong house')")
    assert read_only == [["Back", "Cockpit"]]
    assert oda.toasts == ["It is being handled once more."]
    assert oda.screen.text == "Not handled\n\nNothing is left here."
    assert [m.text for m in anna.new_messages] == ["Here you are."]


async def test_a_second_try_is_refused_and_organisers_cannot_try_at_all(chat_with_a_bug: Chat, moody: Moody) -> None:
    chat = chat_with_a_bug
    oda, olga, anna = await owner_of(chat), await chat.organiser("Olga"), await chat.person("Anna")
    await fails_for_good(anna)
    await opens(oda, "What failed", "Not handled")
    screen = oda.screen
    again = screen.labels[0][0]
    data = next(b["callback_data"] for row in screen.keyboard for b in row if b["text"] == again)

    await olga.forges(data)
    moody.behaves = True
    await oda.presses(again, on=screen)
    anna.looks()
    await oda.forges(data, on=screen)

    assert olga.toasts == ["This is not for you, or it does not exist."]
    assert oda.toasts[-1] == "This card is out of date. Here is a fresh one."
    assert anna.new_messages == []


async def test_messages_that_did_not_arrive_are_listed_with_the_reason(chat: Chat) -> None:
    group = await chat.group("PWG 3", title="Climate change")
    olga, anna = await chat.organiser("Olga"), await chat.person("Anna")
    await anna.starts(f"g_{group}")
    await anna.presses("Ask to join")
    await anna.presses("Skip")
    await anna.presses("Skip")
    await anna.presses("Hand in")
    anna.client.block_bot()
    await olga.presses("Accept")
    await chat.time_passes(minutes=2)

    await opens(olga, "What failed", "Not arrived")

    when, *rest = olga.screen.text.split("\n\n")[1].split("\n")
    assert when.endswith("to Anna: did not arrive")
    assert rest == [
        "News of a request. They have blocked the bot.",
        "Not sent again while they block the bot.",
    ]
    assert olga.screen.labels == [["Back", "Cockpit"]]
