import pytest

from domain.buttons.coding import encode
from domain.buttons.results import AcceptResult
from sandbox.state import Message
from tests.chat.world import Chat, Visitor
from tests.chat.writing import SUMMARY, TITLE, begins, comes_to_preview, submits, writes


async def test_an_answer_edited_in_the_chat_changes_the_draft(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    anna, carla = await chat.member("Anna", group), await chat.coordinator("Carla", group)
    await begins(anna)
    title = anna.client.send("Planed relocation")
    await chat.settles()
    summary = anna.client.send(SUMMARY)
    await chat.settles()
    await comes_to_preview(anna)

    anna.client.edit(title, TITLE)
    await chat.settles()
    assert anna.screen.text.startswith(f"7 of 7\n\nStatement in English\n\n{TITLE}\n\n{SUMMARY}\n\n")
    anna.client.edit(summary, "In short.")
    await chat.settles()
    await anna.presses("Send")

    assert carla.screen.text.endswith(f"{TITLE}\n\nIn short.\n\nWaits for an answer.")


async def test_an_edit_that_cannot_be_taken_says_why_and_keeps_the_draft(chat: Chat) -> None:
    anna = await chat.member("Anna", await chat.group("PWG 3"))
    await begins(anna)
    title = anna.client.send(TITLE)
    await chat.settles()

    anna.client.edit(title, "x" * 201)
    await chat.settles()

    assert anna.refusal == "That is too long: 201 characters, 200 at most. Your draft is safe; send a shorter text."
    await anna.presses("Back")
    assert anna.screen.text.endswith(f"Until now: {TITLE}")


async def hands_in_with(anna: Visitor) -> tuple[Message, Message]:
    """Hand in a result; the messages that said its title and its summary."""
    await begins(anna)
    title = anna.client.send(TITLE)
    await anna.chat.settles()
    summary = anna.client.send(SUMMARY)
    await anna.chat.settles()
    await comes_to_preview(anna)
    await anna.presses("Send")
    anna.looks()
    return title, summary


async def test_F5_what_is_edited_after_sending_is_a_new_version_and_the_old_one_is_kept(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    anna, carla = await chat.member("Anna", group), await chat.coordinator("Carla", group)
    title, _ = await hands_in_with(anna)
    as_it_was = carla.screen

    anna.client.edit(title, "Planned relocation, and why")
    await chat.settles()

    assert [m.text for m in anna.new_messages] == [
        "Taken over: Planned relocation, and why is waiting as version 2 now. The earlier one is kept."
    ]
    assert as_it_was is carla.screen
    assert "\n\nPlanned relocation, and why\n\n" in carla.screen.text
    await carla.forges(encode(AcceptResult(1, 1)))
    assert carla.toasts[-1] == "This card was out of date. Here is the newest version."
    await anna.presses("Show the result")
    await anna.presses("Earlier versions")
    assert f"\n\n{TITLE}\n\n{SUMMARY}" in anna.screen.text


async def test_what_is_edited_once_it_was_answered_stays_as_it_was_handed_in(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    anna, carla = await chat.member("Anna", group), await chat.coordinator("Carla", group)
    title, summary = await hands_in_with(anna)
    await carla.presses("Accept")
    anna.looks()

    anna.client.edit(summary, SUMMARY)
    await chat.settles()
    unchanged = anna.new_messages
    anna.client.edit(title, "Another title")
    await chat.settles()

    assert unchanged == []
    (said,) = anna.new_messages
    assert said.text.startswith(f"{TITLE} stays as it was handed in; editing a message does not change it any more.")
    await anna.presses("Show the result")
    assert f"\n\n{TITLE}\n\n" in anna.screen.text


async def test_a_message_of_a_draft_that_was_given_up_says_nothing_of_the_next_one(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    anna, carla = await chat.member("Anna", group), await chat.coordinator("Carla", group)
    await begins(anna)
    given_up = anna.client.send("Another matter")
    await chat.settles()
    await anna.sends("/submit")
    await anna.presses("Delete it and begin anew")
    await anna.presses("Statement")
    await anna.presses("English")
    await anna.sends(TITLE)
    await anna.sends(SUMMARY)
    await comes_to_preview(anna)
    await anna.presses("Send")

    anna.client.edit(given_up, "Another matter altogether")
    await chat.settles()

    assert carla.screen.text.startswith("Interim result of PWG 3, by Anna, version 1\n\n")
    assert TITLE in carla.screen.text


async def test_an_edit_after_sending_that_cannot_be_taken_says_why(chat: Chat) -> None:
    anna = await chat.member("Anna", await chat.group("PWG 3"))
    title, _ = await hands_in_with(anna)

    anna.client.edit(title, "x" * 201)
    await chat.settles()

    assert "201 characters, 200 at most" in anna.screen.text


async def test_an_edited_message_that_answered_nothing_says_nothing(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    anna, carla = await chat.member("Anna", group), await chat.coordinator("Carla", group)
    command = anna.client.send("/submit")
    await chat.settles()
    said = carla.client.send("Hello")
    await chat.settles()
    await hands_in_with(anna)
    carla.looks()

    anna.client.edit(command, "something else")
    carla.client.edit(said, "Good morning")
    await chat.settles()

    assert anna.new_messages == carla.new_messages == []


async def test_of_an_album_the_first_file_counts_and_that_is_said_once(chat: Chat) -> None:
    anna = await chat.member("Anna", await chat.group("PWG 3"))
    await writes(anna)
    anna.looks()

    anna.client.send_album([("one.pdf", 10), ("two.pdf", 10), ("three.pdf", 10), ("four.pdf", 10)], kind="document")
    await chat.settles()

    told = [m.text.partition("\n\n")[0] for m in anna.new_messages]
    assert told == ["6 of 7", "Only the first file of an album counts. The others are not kept."]
    await anna.presses("Yes")
    assert "\n\nFile: one.pdf\n\n" in anna.screen.text


async def test_an_album_where_a_text_is_asked_for_is_refused_once(chat: Chat) -> None:
    anna = await chat.member("Anna", await chat.group("PWG 3"))
    await begins(anna)
    anna.looks()

    anna.client.send_album([("one.jpg", 10), ("two.jpg", 10), ("three.jpg", 10)])
    await chat.settles()

    (told,) = anna.new_messages
    assert told.text == (
        "I need a text here. What you have written so far is safe.\n\n3 of 6\n\n"
        "What is the title? At most 200 characters."
    )
    await anna.sends(TITLE)
    assert anna.screen.text.startswith("4 of 6")


@pytest.mark.parametrize("kind", ["location", "contact", "dice", "venue", "poll"])
async def test_F4_whatever_else_is_sent_gets_a_helpful_answer_and_the_dialog_goes_on(chat: Chat, kind: str) -> None:
    anna = await chat.member("Anna", await chat.group("PWG 3"))
    await begins(anna)

    anna.client.send_other(kind)
    await chat.settles()
    assert anna.refusal == "I need a text here. What you have written so far is safe."
    await anna.sends(TITLE)
    await anna.sends(SUMMARY)
    anna.client.send_other(kind)
    await chat.settles()

    assert anna.refusal == "I can only take a document or a link here. Your draft is safe."


async def test_authors_see_how_many_results_wait_before_theirs(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    anna, bob = await chat.member("Anna", group), await chat.member("Bob", group)
    cleo, carla = await chat.member("Cleo", group), await chat.coordinator("Carla", group)
    for number, visitor in enumerate((anna, bob, cleo), 1):
        await submits(visitor, f"Result {number}")
        await chat.time_passes(minutes=1)

    await cleo.sends("/results")
    assert cleo.screen.text.endswith("Result 3: sent, waits for an answer. 2 results are waiting before yours.")
    await cleo.presses("Result 3")
    assert cleo.screen.text.endswith("Waits for an answer.\n2 results are waiting before yours.")
    await carla.presses("Accept", on=carla.messages[-3])
    await cleo.starts("r_3")

    assert cleo.screen.text.endswith("Waits for an answer.\n1 result is waiting before yours.")
