"""The life of a webinar in the demo, picture by picture: what docs/webinars.md shows."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.async_api import ViewportSize, expect

from tests.bot.walking import CHANNEL, CHAT, WINDOW, Walk

BERLIN, MANILA = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Manila")
TITLE = "A first flat in a new city"
JOIN = "https://meet.example.org/first-flat"
HOUR, QUARTER = timedelta(hours=1), timedelta(minutes=15)
LOW = ViewportSize(width=1280, height=760)
"""A chat with little in it."""


def begins() -> datetime:
    """The day after tomorrow at 15:00, by the clocks of Berlin: before Clara moves it by an hour."""
    return (datetime.now(BERLIN) + timedelta(days=2)).replace(hour=15, minute=0, second=0, microsecond=0)


async def make_a_webinar(walk: Walk) -> None:
    """Clara answers one question after the other; nothing is announced before she has seen all of it."""
    await walk.becomes("Clara Specimen")
    await walk.says("/manage")
    await walk.presses("Webinars")
    await walk.sees("Announced so far: 2 of at least 2")
    await walk.presses("New webinar")
    await walk.answers(
        ("What is the title in English?", TITLE),
        ("What is the title in German?", "Die erste Wohnung in einer neuen Stadt"),
    )
    await walk.skips("What is the title in French?")
    await walk.answers(
        ("What is it about, in English?", "Who helps, what it costs, and what a city can do about it."),
        ("What is it about, in German?", "Wer hilft, was es kostet, und was eine Stadt tun kann."),
    )
    await walk.skips("What is it about, in French?")
    await walk.sees("Which languages are spoken?")
    await walk.presses("That is all")
    await walk.answers(("Which organisations", "Institute of Examples"))
    await walk.sees("Who moderates?")
    await walk.presses("Clara Specimen")
    await walk.answers(("On which day?", f"{begins():%d.%m.%Y %H:%M}"))
    await walk.sees("How long is the webinar?")
    await walk.presses("1 hour")
    await walk.answers(("What is the join link?", JOIN))


async def announce_it(walk: Walk) -> None:
    """Clara leaves out what is not needed, looks, and announces."""
    for question in ("Who sees the join link?", "Where do the presenters meet", "How many people can come?"):
        await walk.skips(question)
    await walk.sees("Do people register?")
    await walk.presses("No")
    await walk.keeps("editing", "As people will see it in English", TITLE)
    await walk.presses("Announce")
    await walk.sees(TITLE, "PWG 1 · Announced", "Moderator: Clara Specimen")


async def read_of_it_in_the_channel(walk: Walk) -> None:
    """Anna has the channel; its post leads her to the bot."""
    await _sees_post(walk, begins())
    await walk.presses("Details")
    await walk.sees(TITLE, "The join link opens here 15 minutes before the start.")


async def _sees_post(walk: Walk, start: datetime) -> None:
    await walk.becomes("Anna Example")
    await walk.goes_to(CHANNEL)
    post = await walk.sees(TITLE, "Die erste Wohnung in einer neuen Stadt", "Organised by PWG 1")
    await expect(post.locator("time").first).to_contain_text(f"{start:%H:%M}")


async def share_it(walk: Walk) -> None:
    """Mei, in Manila, shares it into a chat that the bot is not in."""
    await walk.becomes("Mei Placeholder")
    await walk.goes_to(CHAT, "Everybody")
    await walk.page.locator("#write").fill("@prework_bot flat")
    await walk.page.get_by_role("option", name=TITLE).click()
    card = await walk.sees(TITLE, "Organised by PWG 1")
    await expect(card.locator("time").first).to_contain_text(f"{begins().astimezone(MANILA):%H:%M}")


async def follow_from_the_card(walk: Walk) -> None:
    """Kofi, in Accra, wants to be reminded; the button of the card opens his chat with the bot."""
    await walk.becomes("Kofi Template")
    await walk.goes_to(CHAT, "Everybody")
    await walk.presses("Remind me")
    await walk.sees("What shall we remind you of?")
    await walk.presses("This webinar")
    await walk.keeps("following", TITLE, "You will be reminded.")


async def move_it(walk: Walk) -> None:
    """Clara moves it by an hour: the shared card and the post in the channel edit themselves, and Kofi is told."""
    later = begins() + HOUR
    await walk.becomes("Clara Specimen")
    await walk.presses("Change")
    await walk.sees("What is to change?")
    await walk.presses("Day and time")
    await walk.answers(("On which day?", f"{later:%d.%m.%Y %H:%M}"))
    await walk.sees("Save")
    await walk.presses("Save")
    await walk.sees(TITLE, f"{later:%H:%M} (Berlin)")
    await _sees_post(walk, later)
    await walk.becomes("Mei Placeholder")
    await walk.goes_to(CHAT, "Everybody")
    card = await walk.sees(TITLE, "Organised by PWG 1")
    await expect(card.locator("time").first).to_contain_text(f"{later.astimezone(MANILA):%H:%M}")
    await walk.page.set_viewport_size(LOW)
    await walk.takes("shared", walk.page.locator("#talk"))
    await walk.page.set_viewport_size(WINDOW)


async def ask_questions(walk: Walk) -> None:
    """Kofi and Mei ask; Clara puts Mei's question first."""
    await walk.becomes("Kofi Template")
    await walk.sees(TITLE, "You will be reminded.")
    await _ask(walk, "Which papers does one need for a contract?")
    await walk.becomes("Mei Placeholder")
    await walk.goes_to(CHAT, "Everybody")
    await walk.presses("Details")
    await _ask(walk, "Can a city guarantee for those who have just come?")
    await walk.becomes("Clara Specimen")
    await walk.sees("Questions", "2. Can a city guarantee")
    await walk.presses("2")
    await walk.sees("Question 2 of 2")
    await walk.presses("Up")
    await walk.sees("Question 1 of 2")
    await walk.presses("Back")
    await walk.keeps("questions", "1. Can a city guarantee", "2. Which papers")


async def _ask(walk: Walk, question: str) -> None:
    await walk.presses("Ask the speakers")
    await walk.answers(("What would you like to ask", question))
    await walk.sees("Your question at", question)
    await walk.presses("Send")
    await walk.sees("Your question is with those who moderate")


async def answer_the_survey(walk: Walk) -> None:
    """The webinar is over: Kofi says in two taps how it was."""
    await walk.becomes("Kofi Template")
    await walk.waits_until(begins() + 2 * HOUR + QUARTER)
    await walk.keeps("survey", TITLE, "How useful was it for you?")
    await walk.presses("5")
    await walk.sees("What would you like next?")
    await walk.presses("More on this topic")
    await walk.sees("Your answers are counted without your name.")


STEPS = (
    make_a_webinar,
    announce_it,
    read_of_it_in_the_channel,
    share_it,
    follow_from_the_card,
    move_it,
    ask_questions,
    answer_the_survey,
)
