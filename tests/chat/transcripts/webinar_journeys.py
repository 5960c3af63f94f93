"""What the public and those who run a webinar do, in the transcripts: following, announcing, changing, asking."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta

from domain.permissions import Role
from tests.chat.transcripts.record import Recorded, Transcript

UKRAINE_AT = datetime(2022, 3, 22, 15, tzinfo=UTC)
HAVENS_AT = datetime(2022, 3, 29, 14, tzinfo=UTC)
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)

HAVENS = ("Quae urbes recipiunt?", "Ubi aqua crescit, urbes vocant.", "Academia Exempla")
JOIN, NEWER, RECORDED = "https://example.org/havens", "https://example.org/portus", "https://example.org/video"
QUESTION, SAME, OTHER = "Quis solvit?", "Quis pecuniam dat?", "Quando incipimus?"
ANSWER = "Mox: in proximo conventu."
TYPED = (*HAVENS, JOIN, NEWER, RECORDED, QUESTION, SAME, OTHER, ANSWER)
"""What people type is the same everywhere, and in no language that the bot speaks."""

LEADS: Mapping[str, str] = {"de": "45 Minuten"}
"""A lead time as it is typed; elsewhere as in English."""


async def followed(transcript: Transcript) -> None:
    """From a link on the website to reminders at one's own times, the calendar, quiet hours, and the end of it."""
    anna = await transcript.person("Anna")
    await anna.starts("w_1")
    await anna.presses("Calendar")
    await anna.presses("Remind me")
    await anna.presses("This webinar")
    await anna.sends("/webinars")
    await anna.presses_labelled("PWG 3")
    await anna.presses("{number} · Remind me", number=1)
    await anna.presses("All of {group}", group="PWG 3")
    await anna.sends("/settings")
    await anna.presses("Reminders")
    await anna.presses("Another time")
    await anna.sends(LEADS.get(transcript.language, "45 minutes"))
    await anna.presses("Back")
    await anna.presses("Quiet hours")
    await anna.presses_labelled("22:00")
    await anna.presses_labelled("07:00")
    await anna.sends("/settings")
    await anna.presses("What I follow")
    await anna.presses("What comes next")
    for lead in (DAY, HOUR, 45 * MINUTE, 10 * MINUTE):
        await transcript.time_goes_to(UKRAINE_AT - lead)
    await anna.presses("No reminder")
    await anna.sends("/settings")
    await anna.presses("What I follow")
    await anna.presses("Stop following everything")
    await anna.sends("/settings")
    await anna.presses("My calendar")
    await anna.sends("/stop")


async def announced(transcript: Transcript) -> None:
    """A coordinator makes a webinar and announces it; it is moved, gets another link, and is cancelled at the last."""
    clara = await transcript.started("Clara", Role.COORDINATOR, 3)
    anna = await transcript.started("Anna")
    await clara.sends("/manage")
    await clara.presses("Webinars")
    await clara.presses("New webinar")
    await _answers(clara)
    await clara.presses("Announce")
    await anna.sends("/webinars")
    await anna.presses_labelled("PWG 3")
    await anna.presses("{number} · Details", number=1)
    await anna.presses("Register")
    await anna.presses("Calendar")
    await clara.presses("Change")
    await clara.presses("Day and time")
    await clara.sends("30.03.2022 16:00")
    await clara.presses("Save")
    await anna.presses("Calendar")
    await transcript.time_goes_to(HAVENS_AT + 22 * HOUR)
    await clara.sends("/manage")
    await clara.presses("Webinars")
    await clara.presses_labelled(clara.visitor.screen.labels[0][0])
    await clara.presses("Something is wrong")
    await clara.presses_labelled(clara.visitor.screen.labels[0][0])
    await clara.presses_labelled(clara.visitor.screen.labels[0][0])
    await clara.presses("Something is wrong")
    await clara.presses("New join link")
    await clara.sends(NEWER)
    await clara.presses_labelled(clara.visitor.screen.labels[0][0])
    await clara.presses("Something is wrong")
    await clara.presses("Cancel the webinar")
    await clara.presses_labelled(clara.visitor.screen.labels[0][0])
    await anna.presses("Calendar")


async def _answers(clara: Recorded) -> None:
    """Every question about a webinar, but for what may be left out."""
    title, abstract, institute = HAVENS
    for text in (title, title):
        await clara.sends(text)
    await clara.presses("Skip")
    for text in (abstract, abstract):
        await clara.sends(text)
    await clara.presses("Skip")
    await clara.presses("That is all")
    await clara.sends(institute)
    await clara.presses("Skip")
    await clara.sends("29.03.2022 16:00")
    await clara.sends("60")
    await clara.sends(JOIN)
    await clara.presses_labelled(clara.visitor.screen.labels[1][0])
    await clara.presses("Skip")
    await clara.sends("80")
    await clara.presses("Yes")


async def asked(transcript: Transcript) -> None:
    """Questions before a webinar, put in order; afterwards two taps, the recording, and a draft of the result."""
    clara = await transcript.started("Clara", Role.COORDINATOR, 1)
    anna, ben = await transcript.started("Anna"), await transcript.started("Ben")
    for person in (anna, ben):
        await person.starts("w_1")
        await person.presses("Remind me")
        await person.presses("This webinar")
    for person, text in ((anna, QUESTION), (ben, SAME), (ben, OTHER)):
        await person.starts("q_1")
        await person.sends(text)
        await person.presses("Send")
    await clara.starts("w_1")
    await clara.presses("Questions")
    await clara.presses_labelled("2")
    await clara.presses("Same as …")
    await clara.presses_labelled("1")
    await clara.presses_labelled("2")
    await clara.presses("Answered")
    await transcript.time_goes_to(UKRAINE_AT + HOUR + 15 * MINUTE)
    await anna.presses_labelled("5")
    await anna.presses("More on this topic")
    await anna.presses("Send me the recording and slides")
    await clara.presses("Answer them")
    await clara.presses_labelled("1")
    await clara.presses("Answer in writing")
    await clara.sends(ANSWER)
    await clara.sends("/manage")
    await clara.presses("Webinars")
    await clara.presses("Past and cancelled ({count})", count=1)
    await clara.presses_labelled(clara.visitor.screen.labels[0][0])
    await clara.presses("Add the recording")
    await clara.sends(RECORDED)
    await clara.presses("Save")
    await transcript.time_goes_to(UKRAINE_AT + DAY + 2 * HOUR)
    await clara.presses("Make an interim result of it")


JOURNEYS: Mapping[str, Callable[[Transcript], Awaitable[None]]] = {
    "followed": followed,
    "announced": announced,
    "asked": asked,
}
