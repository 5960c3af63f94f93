import pytest

from tests.chat.world import Chat
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


async def test_an_edit_after_sending_or_of_something_else_says_nothing(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    anna, carla = await chat.member("Anna", group), await chat.coordinator("Carla", group)
    command = anna.client.send("/submit")
    await chat.settles()
    await anna.presses("Statement")
    await anna.presses("English")
    title = anna.client.send(TITLE)
    await chat.settles()
    anna.looks()

    anna.client.edit(command, "something else")
    await chat.settles()
    assert anna.new_messages == []
    await anna.sends(SUMMARY)
    await comes_to_preview(anna)
    await anna.presses("Send")
    anna.looks()
    anna.client.edit(title, "Another title")
    await chat.settles()

    assert anna.new_messages == []
    assert f"\n\n{TITLE}\n\n" in carla.screen.text


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
