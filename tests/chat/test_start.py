"""The home screen, and what it leads to for everybody."""

from domain.pages import Note
from services import pages
from services.work import Background
from tests.chat.world import Chat

HOME = [["Webinars", "Working groups"], ["Results", "Settings"], ["Help", "Privacy"], ["Contact the organisers"]]


async def writes(chat: Chat, note: Note, language: str, text: str) -> None:
    async with chat.bot.database.write() as tx:
        await pages.write_note(Background(tx, chat.clock.now(), chat.bot.process), None, note, language, text)


async def test_the_home_screen_leads_to_everything_that_is_for_everybody(chat: Chat) -> None:
    anna = await chat.person("Anna")

    await anna.starts()

    assert anna.screen.labels == HOME


async def test_the_organisers_are_reached_as_they_wrote_in_ones_own_language(chat: Chat) -> None:
    anna, dora = await chat.person("Anna"), await chat.person("Dora", "de")
    await writes(chat, Note.CONTACT, "en", "Write to <organisers@example.org>.")
    await writes(chat, Note.CONTACT, "de", "Schreiben Sie an organisation@example.org.")

    await anna.starts()
    await anna.presses("Contact the organisers")
    await dora.starts()
    await dora.presses("An die Organisation schreiben")

    assert anna.screen.text == "Contact the organisers\n\nWrite to <organisers@example.org>."
    assert dora.screen.text == "An die Organisation schreiben\n\nSchreiben Sie an organisation@example.org."
    await anna.presses("Home")
    assert anna.screen.labels == HOME


async def test_without_a_way_to_reach_them_the_imprint_is_shown_or_that_there_is_none(chat: Chat) -> None:
    anna = await chat.person("Anna")
    await anna.starts("contact")
    nothing = anna.screen.text
    await writes(chat, Note.IMPRINT, "en", "Sample Society, Example Street 1\n" * 150)

    await anna.starts("contact")

    assert nothing == (
        "Contact the organisers\n\nThe organisers have not written yet how they can be reached. Whoever sent you here "
        "may know."
    )
    assert anna.screen.text.startswith("Contact the organisers\n\nSample Society, Example Street 1\n")
    assert anna.screen.text.endswith("…")
