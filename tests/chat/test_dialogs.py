"""What all dialogs have in common: old buttons, leaving, coming back."""

from tests.chat.world import Chat


async def test_a_button_of_an_earlier_round_does_nothing_in_a_later_one(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    anna = await chat.person("Anna")
    await anna.starts(f"g_{group}")
    await anna.presses("Ask to join")
    old = anna.message_with("Skip")
    skip = next(b["callback_data"] for row in old.keyboard for b in row if b["text"] == "Skip")
    await anna.sends("/cancel")
    await anna.starts(f"g_{group}")
    await anna.presses("Ask to join")

    query = await anna.forges(skip, on=old)

    assert query.toast == "This card is out of date. Here is a fresh one."


async def test_an_application_that_was_left_goes_on_where_it_was(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    anna = await chat.person("Anna")
    await anna.starts(f"g_{group}")
    await anna.presses("Ask to join")
    await anna.sends("Sea levels are my subject.")
    left = await anna.sends("/cancel")
    await anna.starts(f"g_{group}")

    await anna.presses("Ask to join")

    assert left.text == "Left. What you have written is kept: begin again and it is there."
    assert anna.screen.text.startswith("2 of 3")
    await anna.presses("Skip")
    assert "Sea levels are my subject." in anna.screen.text


async def test_another_group_begins_with_an_empty_application(chat: Chat) -> None:
    first, second = await chat.group("PWG 3"), await chat.group("PWG 4")
    anna = await chat.person("Anna")
    await anna.starts(f"g_{first}")
    await anna.presses("Ask to join")
    await anna.sends("Sea levels are my subject.")
    await anna.sends("/cancel")
    await anna.starts(f"g_{second}")

    await anna.presses("Ask to join")

    assert anna.screen.text.startswith("1 of 3")
    assert "Sea levels" not in anna.screen.text
