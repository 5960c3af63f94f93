"""What did not arrive is listed in plain words, and sent again where that is safe."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from domain.permissions import Role
from sandbox.faults import FaultKind
from storage import people
from storage.tables import audit, broadcasts, outbox
from tests.chat.publishing import CHANNEL, Stage, open_stage
from tests.chat.test_broadcasts import copies, report, writes
from tests.chat.world import Chat, Visitor


async def owner(chat: Chat, name: str) -> Visitor:
    """Somebody who was made an owner."""
    visitor = await chat.person(name)
    async with chat.bot.database.write() as tx:
        await people.grant(tx, visitor.id, Role.OWNER)
    return visitor


async def asks_and_is_missed(chat: Chat, name: str) -> Visitor:
    """Somebody is accepted, and Telegram does not take the news."""
    olga = await chat.organiser("Olga")
    group = await chat.group("PWG 3", title="Climate change")
    visitor = await chat.person(name)
    await visitor.starts(f"g_{group}")
    for label in ("Ask to join", "Skip", "Skip", "Hand in"):
        await visitor.presses(label)
    visitor.looks()
    said = "Bad Request: chat not found"
    chat.telegram.faults.add(FaultKind.ERROR, method="sendMessage", chat=visitor.id, description=said)
    await olga.presses("Accept")
    await chat.time_passes(minutes=2)  # until then it can be undone
    return visitor


async def opens_lost(visitor: Visitor) -> None:
    await visitor.sends("/organise")
    await visitor.presses("What failed")
    await visitor.presses("Not arrived")


def data_of(visitor: Visitor) -> str:
    """What the first button on the screen carries."""
    return str(visitor.screen.keyboard[0][0]["callback_data"])


async def deeds(chat: Chat) -> list[tuple[str, object, object]]:
    """What the audit says of messages sent again."""
    async with chat.bot.database.read() as tx:
        query = select(audit.c.subject, audit.c.before, audit.c.after).where(audit.c.action == "delivery_retried")
        return [tuple(row) for row in await tx.execute(query.order_by(audit.c.id))]


async def test_an_owner_sends_again_what_did_not_arrive(chat: Chat) -> None:
    oda = await owner(chat, "Oda")
    anna = await asks_and_is_missed(chat, "Anna")

    await opens_lost(oda)
    listed, labels = oda.screen.text, oda.screen.labels
    await oda.presses("Again to Anna: News of a request")

    when, *rest = listed.removeprefix("Not arrived\n\n").split("\n")
    assert when.startswith("Mon, 14 Mar 2022, 13:0")
    assert when.endswith(" (Berlin), to Anna: did not arrive")
    assert rest == ["News of a request. The chat is gone, or the bot is not in it."]
    assert labels == [["Again to Anna: News of a request"], ["Back", "Cockpit"]]
    assert oda.toasts[-1] == "It goes out again."
    assert oda.screen.text == "Not arrived\n\nNothing is left here."
    assert [m.text for m in anna.new_messages] == ["You are now a member of PWG 3 Climate change. Welcome!"]
    ((subject, before, after),) = await deeds(chat)
    assert subject.startswith("delivery:")
    assert (before, after) == ({"state": "failed"}, {"state": "pending", "kind": "decision"})


async def test_of_two_owners_the_first_counts_and_the_second_is_told(chat: Chat) -> None:
    oda, otto = await owner(chat, "Oda"), await owner(chat, "Otto")
    anna = await asks_and_is_missed(chat, "Anna")
    for visitor in (oda, otto):
        await opens_lost(visitor)
    data = data_of(oda)

    await otto.presses("Again to Anna: News of a request")
    await oda.forges(data)

    assert otto.toasts[-1] == "It goes out again."
    assert oda.toasts[-1] == "Somebody was faster, or it has changed. Here is how it stands."
    assert oda.screen.text == "Not arrived\n\nNothing is left here."
    assert len(anna.new_messages) == 1
    assert len(await deeds(chat)) == 1


async def test_a_press_counts_once_even_if_it_fails_again(chat: Chat) -> None:
    oda = await owner(chat, "Oda")
    anna = await asks_and_is_missed(chat, "Anna")
    chat.telegram.faults.add(FaultKind.ERROR, method="sendMessage", chat=anna.id, description="Bad Request: too long")
    await opens_lost(oda)
    data = data_of(oda)

    await oda.forges(data)
    await oda.forges(data)

    assert oda.toasts[-1] == "Somebody was faster, or it has changed. Here is how it stands."
    assert "Telegram does not take it: Bad Request: too long" in oda.screen.text
    assert anna.new_messages == []
    await oda.presses("Again to Anna: News of a request")
    assert len(anna.new_messages) == 1


async def test_organisers_read_the_list_and_cannot_send_again(chat: Chat) -> None:
    oda, anna = await owner(chat, "Oda"), await asks_and_is_missed(chat, "Anna")
    await opens_lost(oda)
    data = data_of(oda)
    olga = await chat.organiser("Otto")

    await olga.forges(data)
    await olga.forges(data.replace("ols", "olq"))
    await opens_lost(olga)

    assert olga.screen.text.endswith("\n\nOwners can have them sent again.")
    assert olga.screen.labels == [["Back", "Cockpit"]]
    assert olga.toasts[-2:] == ["This is not for you, or it does not exist."] * 2
    assert anna.new_messages == []


async def test_who_has_blocked_the_bot_gets_it_once_they_are_back(chat: Chat) -> None:
    oda = await owner(chat, "Oda")
    anna = await asks_and_is_missed(chat, "Anna")
    anna.client.block_bot()
    await chat.settles()

    await opens_lost(oda)
    away, labels = oda.screen.text, oda.screen.labels
    anna.client.unblock_bot()
    await anna.starts()
    await opens_lost(oda)

    assert away.endswith("\nNot sent again while they block the bot.")
    assert labels == [["Back", "Cockpit"]]
    assert oda.screen.labels[0] == ["Again to Anna: News of a request"]


async def test_who_wants_no_messages_gets_none(chat: Chat) -> None:
    oda = await owner(chat, "Oda")
    anna = await asks_and_is_missed(chat, "Anna")
    await opens_lost(oda)
    await anna.sends("/stop")
    anna.looks()

    await oda.presses("Again to Anna: News of a request")

    assert oda.toasts[-1] == "Not sent again: they have stopped all messages."
    assert oda.screen.text.endswith("\nNot sent again: they have stopped all messages.")
    assert anna.new_messages == []


async def test_somebody_who_was_erased_is_written_to_no_more(chat: Chat) -> None:
    oda = await owner(chat, "Oda")
    anna = await asks_and_is_missed(chat, "Anna")
    await opens_lost(oda)
    data = data_of(oda)
    await anna.sends("/privacy")
    await anna.presses("Delete me")
    await anna.presses("Yes, delete me")
    await chat.time_passes(minutes=1)
    anna.looks()

    await oda.forges(data)

    assert oda.toasts[-1] == "Somebody was faster, or it has changed. Here is how it stands."
    assert oda.screen.text == "Not arrived\n\nNothing is left here."
    assert anna.new_messages == []


async def test_a_reminder_is_sent_again_before_the_start_and_not_after_it(chat: Chat) -> None:
    oda, anna = await owner(chat, "Oda"), await chat.person("Anna")
    webinar = await chat.webinar(await chat.group("PWG 3"), {"en": "Cities"}, chat.clock.now() + timedelta(hours=2))
    await anna.starts(f"w_{webinar}")
    await anna.presses("Remind me")
    await anna.presses("This webinar")
    anna.looks()
    said = "Bad Request: chat not found"
    fault = chat.telegram.faults.add(FaultKind.ERROR, method="sendMessage", chat=anna.id, description=said, times=None)
    await chat.time_passes(hours=1, minutes=1)

    await opens_lost(oda)
    labels = oda.screen.labels
    await oda.presses("Again to Anna: A reminder")
    await oda.presses("Back")
    await chat.time_passes(hours=1)
    await oda.presses("Not arrived")

    assert fault.hits == 2
    assert labels[0] == ["Again to Anna: A reminder"]
    assert "Not sent again: it is too late." in oda.screen.text
    assert oda.screen.labels == [["Back", "Cockpit"]]
    assert anna.new_messages == []


async def test_what_may_have_arrived_is_asked_about_first(chat: Chat) -> None:
    oda, bert = await owner(chat, "Oda"), await chat.person("Bert")
    chat.telegram.faults.add(FaultKind.LOST, method="sendMessage", chat=bert.id)
    await writes(oda, "Everybody", "Send to 2")

    await opens_lost(oda)
    listed = oda.screen.text
    await oda.presses("Again to Bert: A broadcast")
    asked, ways = oda.screen.text, oda.screen.labels
    before = copies(bert)
    await oda.presses("Send again")

    assert "to Bert: perhaps arrived\nA broadcast. Telegram could not be reached, or did not answer: " in listed
    assert asked.startswith("Send it again?\nMon, 14 Mar 2022, 13:0")
    assert asked.endswith(", to Bert: A broadcast\n\nIt may have arrived. Sent again, it may arrive twice.")
    assert ways == [["Send again"], ["Back"]]
    assert (before, copies(bert)) == (1, 2)
    assert oda.screen.text == "Not arrived\n\nNothing is left here."
    assert report(oda) == "Done: 2 of 2 have it"


async def test_a_stopped_broadcast_is_not_sent_on_one_by_one(chat: Chat) -> None:
    oda, bert = await owner(chat, "Oda"), await chat.person("Bert")
    chat.telegram.faults.add(FaultKind.LOST, method="sendMessage", chat=bert.id)
    await writes(oda, "Everybody", "Send to 2")
    async with chat.bot.database.write() as tx:
        await tx.execute(broadcasts.update().values(state="stopped"))

    await opens_lost(oda)

    assert oda.screen.text.endswith("\nNot sent again: the broadcast is paused or was stopped.")
    assert oda.screen.labels == [["Back", "Cockpit"]]


async def test_the_list_has_pages(chat: Chat) -> None:
    oda, anna = await owner(chat, "Oda"), await chat.person("Anna")
    now = chat.clock.now()
    async with chat.bot.database.write() as tx:
        for number in range(7):
            values = {
                "key": f"role:{number}", "kind": "role", "lane": 2, "policy": "at_least_once", "method": "sendMessage",
                "chat_id": anna.id, "person_id": anna.id, "state": "failed", "error": "Timed out", "refs": {},
                "not_before": now, "attempt": 8, "created_at": now, "finished_at": now + timedelta(minutes=number),
            }  # fmt: skip
            await tx.execute(outbox.insert().values(values))

    await opens_lost(oda)
    text, labels = oda.screen.text, oda.screen.labels
    await oda.presses("Older")

    assert labels == [["Again to Anna: News of a role"]] * 5 + [["Older"], ["Back", "Cockpit"]]
    assert oda.screen.labels == [["Again to Anna: News of a role"]] * 2 + [["Newer"], ["Back", "Cockpit"]]
    assert [f"13:0{number}" in text for number in range(7)] == [False] * 2 + [True] * 5


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with open_stage(tmp_path) as opened:
        yield opened


async def test_a_post_in_the_channel_is_asked_about_and_counts_as_done_afterwards(stage: Stage) -> None:
    stage.chat.telegram.faults.add(FaultKind.LOST, method="sendMessage", chat=CHANNEL)
    await stage.published()
    failed = (await stage.standings())[1]

    await opens_lost(stage.owner)
    listed = stage.owner.screen.text
    await stage.owner.presses("Again to the channel: A post in the cha…")
    await stage.owner.presses("Send again")

    assert failed.startswith("Channel: failed (")
    assert ", to the channel: perhaps arrived\nA post in the channel. " in listed
    assert len(stage.posts) == 2
    assert (await stage.standings())[1] == "Channel: done"


async def test_a_post_that_was_made_in_another_way_meanwhile_is_not_made_twice(stage: Stage) -> None:
    stage.chat.telegram.faults.add(FaultKind.ERROR, method="sendMessage", chat=CHANNEL, description="Bad Request: no")
    await stage.published()
    await stage.olga.starts("r_1")
    await stage.olga.presses("Where it stands")
    await stage.olga.presses("Try again: Channel")
    before = len(stage.posts)

    await opens_lost(stage.owner)
    await stage.owner.presses("Again to the channel: A post in the cha…")

    assert (before, len(stage.posts)) == (1, 1)
    assert stage.owner.screen.text == "Not arrived\n\nNothing is left here."
