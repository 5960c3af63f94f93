from tests.chat.world import Chat, Visitor


async def writes(olga: Visitor, text: str, *choices: str) -> None:
    """Up to the preview."""
    await olga.sends("/broadcast")
    await olga.sends(text)
    for label in choices:
        await olga.presses(label)


async def test_a_message_to_everybody_is_shown_counted_sent_and_reported(chat: Chat) -> None:
    olga, anna, bert = await chat.organiser("Olga"), await chat.person("Anna"), await chat.person("Bert", "de")
    await writes(olga, "The programme is online.", "Everybody")

    preview, question = olga.messages[-2:]
    await olga.presses("Send to 3")

    assert (preview.text, preview.labels) == ("The programme is online.", [["Stop these messages"]])
    assert question.text == "On its way to 3 people."
    assert olga.messages[-2].text == "Done: 3 of 3 have it"
    assert [person.screen.text for person in (olga, anna, bert)] == ["The programme is online."] * 3
