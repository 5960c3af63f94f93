"""What people do in the transcripts: the same in every language, with the programme of the conference as its data."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from domain.buttons.coding import encode
from domain.buttons.webinars import ShowWebinar
from domain.events import Event, EventState
from domain.permissions import Role
from domain.undo import UNDO_WITHIN
from messages.languages import pick
from messages.markup import shortened
from programme.reading import read
from sandbox.faults import FaultKind
from services import programme, webinars
from storage import events, groups
from tests.chat.transcripts import chat_journeys, webinar_journeys
from tests.chat.transcripts.record import Recorded, Transcript
from tests.chat.world import Chat, open_chat

PROGRAMME = Path(__file__).parents[3] / "programme" / "imcb22.yaml"

UKRAINE_AT = datetime(2022, 3, 22, 15, tzinfo=UTC)

MOTIVATION = "Lorem ipsum dolor sit amet."
AFFILIATION = "Universitas Exempla"
TITLE, SUMMARY = "Ad meliora: tres sententiae", "Prima, secunda, tertia.\n\nEt votum."
BETTER_SUMMARY = "Prima, secunda, tertia, cum fontibus."
REASON = "Fontes, quaeso."
COMMENT = "Quae urbes?"
BETTER_TITLE, CORRECTED = "Ad meliora: quattuor sententiae", "Quarta sententia addita est."
LINK = "https://example.org/brief"
NEWS = "Salvete omnes!"
NO_PLACE, NO_LINK = "Xyzzy", "ftp://example.org"
BLOCKED = "Forbidden: bot was blocked by the user"
TYPED = (
    *(
        MOTIVATION,
        AFFILIATION,
        TITLE,
        *SUMMARY.split("\n\n"),
        BETTER_SUMMARY,
        REASON,
        COMMENT,
        BETTER_TITLE,
        CORRECTED,
        LINK,
        NEWS,
        NO_PLACE,
        NO_LINK,
    ),
    *chat_journeys.TYPED,
    *webinar_journeys.TYPED,
)
"""What people type is the same everywhere, and in no language that the bot speaks."""


async def record(name: str, language: str, folder: Path) -> str:
    """Play one journey on a fresh bot in `folder`; returns the transcript."""
    async with open_chat(folder) as chat:
        async with chat.bot.database.write() as tx:
            await programme.apply(tx, read(PROGRAMME), chat.clock.now(), None, lambda: None)
        transcript = Transcript(chat, language)
        await JOURNEYS[name](transcript)
        return str(transcript)


async def _changed(chat: Chat, slug: str, **values: object) -> None:
    """What an organiser's change of the programme does."""
    async with chat.bot.database.write() as tx:
        old = await events.get_by_slug(tx, slug)
        assert old is not None
        new: Event = replace(old, **values)  # type: ignore[arg-type]
        await webinars.change(tx, old, new, chat.clock.now(), None)
    await chat.settles()


async def _one_seat(chat: Chat, code: str) -> int:
    """Let a group have one seat; returns its id."""
    async with chat.bot.database.write() as tx:
        group = await groups.get_by_code(tx, code)
        assert group is not None
        await groups.save(tx, replace(group, least_members=1, most_members=1))
    return group.id


async def reminded(transcript: Transcript) -> None:
    """From the first hello to the end of a webinar, with three reminders."""
    anna = await transcript.person("Anna")
    await anna.starts()
    await anna.presses("Webinars")
    await anna.presses("Later")
    await anna.presses("Earlier")
    await anna.presses("{number} · Details", number=2)
    await anna.presses("All webinars")
    await anna.presses("{number} · Remind me", number=1)
    await anna.presses("This webinar")
    await anna.presses("All webinars")
    for lead in (timedelta(days=1), timedelta(hours=1), timedelta(minutes=10)):
        await transcript.time_goes_to(UKRAINE_AT - lead)
    await anna.presses("Details")
    await anna.presses("No reminder")
    await transcript.time_goes_to(UKRAINE_AT + timedelta(hours=2))
    await anna.starts("w_1")
    await transcript.time_goes_to(UKRAINE_AT + timedelta(days=90))
    await anna.sends("/webinars")
    await anna.presses("Follow all webinars")
    await anna.presses("Stop following everything")


async def moved(transcript: Transcript) -> None:
    """A webinar is moved, gets a new title, is cancelled."""
    anna = await transcript.started("Anna")
    await anna.starts("w_1")
    await anna.presses("Remind me")
    await anna.presses("All of {group}", group="PWG 1")
    chat = transcript.chat
    await _changed(chat, "ukraine-and-europe", starts_at=UKRAINE_AT + timedelta(days=2, hours=1))
    transcript.look()
    await _changed(chat, "ukraine-and-europe", minutes=90)
    transcript.look()
    await transcript.time_goes_to(UKRAINE_AT + timedelta(days=1, minutes=10))
    await _changed(chat, "ukraine-and-europe", state=EventState.CANCELLED)
    transcript.look()
    await anna.forges(encode(ShowWebinar(1)))


async def _asks(person: Recorded) -> None:
    await person.starts("g_3")
    await person.presses("Ask to join")
    await person.presses("Skip")
    await person.presses("Skip")
    await person.presses("Hand in")


async def joined(transcript: Transcript) -> None:
    """Asking to join, being accepted, waiting, moving up; a refusal, a withdrawal, and two who decide."""
    group = await _one_seat(transcript.chat, "PWG 3")
    clara = await transcript.started("Clara", Role.COORDINATOR, group)
    carl = await transcript.started("Carl", Role.COORDINATOR, group)
    anna = await transcript.person("Anna")
    await anna.starts()
    await anna.presses("Working groups")
    await anna.presses_labelled("PWG 3")
    await anna.presses("Ask to join")
    await anna.sends(MOTIVATION)
    await anna.presses("Back")
    await anna.sends(MOTIVATION)
    await anna.sends(AFFILIATION)
    old = carl.visitor.client
    await anna.presses("Hand in")
    card = carl.visitor.screen
    accept = str(card.keyboard[0][0]["callback_data"])
    await clara.presses("Accept")
    old.press_data(card, accept)
    await transcript.chat.settles()
    transcript.look()
    await transcript.time_goes_to(transcript.chat.clock.now() + UNDO_WITHIN)
    await anna.presses("Show the group")
    for name in ("Ben", "Dora", "Emil"):
        await _asks(await transcript.person(name))
        await clara.presses("Decline" if name == "Dora" else "Accept")
        await transcript.time_goes_to(transcript.chat.clock.now() + UNDO_WITHIN)
    emil = transcript.people[-1]
    await emil.presses("Show the group")
    await emil.presses("Withdraw")
    await anna.presses("Leave")
    await anna.presses("Leave for good")
    fay = await transcript.person("Fay")
    await _asks(fay)
    await fay.presses("Show the group")
    await fay.presses("Withdraw")
    await clara.starts("g_3")


async def submitted(transcript: Transcript) -> None:
    """A result: handed in, talked about, sent back, accepted, published, read, corrected, withdrawn."""
    mia = await transcript.started("Mia", Role.MEMBER, 3)
    clara = await transcript.started("Clara", Role.COORDINATOR, 3)
    carl = await transcript.started("Carl", Role.COORDINATOR, 3)
    olga = await transcript.started("Olga", Role.ORGANISER)
    await mia.sends("/submit")
    await mia.presses("Research brief")
    await mia.presses_labelled(mia.visitor.screen.labels[0][0])
    await mia.sends(TITLE)
    await mia.sends("/cancel")
    await mia.sends("/submit")
    await mia.presses("Go on with the draft")
    await mia.sends(SUMMARY)
    await mia.sends_file("brief.pdf")
    await mia.presses("Back")
    await mia.sends(LINK)
    await mia.presses("It will follow")
    await mia.presses_labelled("Carl")
    await mia.presses("Go on")
    await mia.presses("Send")
    old, accept = clara.visitor.screen, str(clara.visitor.screen.keyboard[0][0]["callback_data"])
    await carl.presses("I wrote it, too")
    await mia.sends("/results")
    await clara.presses("Comment")
    await clara.sends(COMMENT)
    await clara.presses("Ask for changes")
    await clara.sends(REASON)
    clara.visitor.client.press_data(old, accept)
    await transcript.chat.settles()
    transcript.look()
    await mia.sends("/results")
    await mia.presses("Revise")
    await mia.presses("Research brief")
    await mia.presses_labelled(mia.visitor.screen.labels[0][0])
    await mia.presses("Keep it")
    await mia.sends(BETTER_SUMMARY)
    await mia.presses("Without file or link")
    await mia.presses("Go on")
    await mia.presses("Send")
    await clara.presses("Accept")
    await mia.sends("/results")
    await olga.presses("Publish")
    await _is_corrected(transcript, olga)


async def _is_corrected(transcript: Transcript, olga: Recorded) -> None:
    """In public, in words that everybody reads; then it goes."""
    anna = await transcript.person("Anna")
    await anna.starts()
    await anna.presses("Results")
    await anna.presses("{number} · Read", number=1)
    await olga.starts("r_1")
    await olga.presses("Correct")
    await olga.sends(BETTER_TITLE)
    await olga.presses("Keep it")
    await olga.presses("Keep it")
    await olga.sends(CORRECTED)
    await olga.presses("Correct it")
    await anna.starts("r_1")
    await olga.starts("r_1")
    await olga.presses("Withdraw the result")
    await olga.sends(REASON)
    await olga.presses("Withdraw it")
    await anna.starts("r_1")


async def broadcast(transcript: Transcript) -> None:
    """A message to everybody, of whom one has blocked the bot; a draft; one to a group; nobody to reach."""
    anna, ben = await transcript.started("Anna"), await transcript.started("Ben")
    olga = await transcript.started("Olga", Role.ORGANISER)
    await olga.sends("/broadcast")
    await olga.sends(NEWS)
    await olga.presses("Everybody")
    await olga.presses("Back")
    await olga.presses("A working group")
    await olga.presses("Back")
    await olga.presses("Those who follow a webinar")
    await olga.presses("Later")
    await olga.presses("Back")
    await olga.presses("Cancel")
    await olga.sends("/broadcast")
    await olga.presses("Go on")
    await olga.presses("Everybody")
    cem = await transcript.started("Cem")
    await olga.presses("Send to {count}", count=3)
    transcript.chat.telegram.faults.add(FaultKind.FORBIDDEN, chat=ben.visitor.id, times=None, description=BLOCKED)
    transcript.chat.telegram.faults.add(FaultKind.LOST, method="sendMessage", chat=cem.visitor.id)
    await olga.presses("Send to {count}", count=4)
    await transcript.time_passes(minutes=3)
    await olga.presses_labelled(transcript.say.plain_plural("Send again to {count}", "Send again to these {count}", 1))
    await anna.presses("Stop these messages")
    await anna.presses("Take that back")
    await olga.sends("/broadcast")
    await olga.sends(NEWS)
    await olga.presses("A working group")
    await olga.presses_labelled(shortened(f"PWG 3 · {_title(transcript, 'PWG 3')}"))


def _title(transcript: Transcript, code: str) -> str:
    titles = next(group.titles for group in read(PROGRAMME).groups if group.code == code)
    return pick(titles, transcript.language)


async def settled(transcript: Transcript) -> None:
    """Settings: language, time zone, reminders, what is followed."""
    anna = await transcript.started("Anna")
    await anna.sends("/settings")
    await anna.presses("Language")
    await anna.presses("Back")
    await anna.presses("Time zone")
    await anna.sends("Vancouver")
    await anna.presses_labelled("05:00 Vancouver")
    await anna.presses("Reminders")
    for position in ((0, 0), (1, 0), (2, 0), (3, 0)):
        await anna.presses_labelled(anna.visitor.screen.labels[position[0]][position[1]])
    await anna.presses("Back")
    await anna.presses("What I follow")
    await anna.presses("Back")
    await anna.sends("/stop")
    await anna.sends("/settings")


async def helped(transcript: Transcript) -> None:
    """Help in different roles, privacy, the ways out."""
    anna = await transcript.started("Anna")
    olga = await transcript.started("Olga", Role.ORGANISER)
    mia = await transcript.started("Mia", Role.COORDINATOR, 3)
    await anna.sends("/help")
    await mia.sends("/help")
    await olga.sends("/help")
    await anna.presses("Home")
    await anna.presses("Privacy")
    await anna.presses("Home")
    await anna.sends("/cancel")
    await anna.starts("g_1")
    await anna.presses("Ask to join")
    await anna.presses("Cancel")
    await anna.sends("/stop")
    await anna.presses("Take that back")


async def erased(transcript: Transcript) -> None:
    """A member takes a copy of their data and has it deleted; the seat goes to who waits."""
    group = await _one_seat(transcript.chat, "PWG 3")
    clara = await transcript.started("Clara", Role.COORDINATOR, group)
    anna = await transcript.started("Anna", Role.MEMBER, group)
    ben = await transcript.person("Ben")
    await _asks(ben)
    await clara.presses("Accept")
    await transcript.time_goes_to(transcript.chat.clock.now() + UNDO_WITHIN)
    await anna.sends("/privacy")
    await anna.presses("My data")
    await anna.sends("/privacy")
    await anna.presses("Delete me")
    await anna.presses("Back")
    await anna.presses("Delete me")
    await anna.presses("Yes, delete me")
    await anna.starts()


async def refused(transcript: Transcript) -> None:
    """What is said when something cannot be done."""
    anna = await transcript.started("Anna")
    mia = await transcript.started("Mia", Role.MEMBER, 3)
    await anna.sends("???")
    await anna.starts("w_404")
    await anna.sends("/submit")
    await anna.forges("wd:404")
    await anna.forges("zz:1")
    await anna.starts("g_1")
    await anna.presses("Ask to join")
    await anna.sends("x" * 501)
    await anna.sends_file("brief.pdf")
    await anna.sends("/settings")
    await anna.presses("Time zone")
    await anna.sends(NO_PLACE)
    await mia.sends("/submit")
    await mia.sends(TITLE)
    await mia.sends(SUMMARY)
    await mia.sends(NO_LINK)
    await mia.sends_file("video.mp4", 21 * 1024 * 1024)


async def menu(transcript: Transcript) -> None:
    """The commands that Telegram offers."""
    commands = transcript.chat.telegram.first_bot.commands
    language = "" if transcript.language == "en" else transcript.language
    for command in commands["all_private_chats", language]:
        transcript.write(f"/{command['command']} {command['description']}")


JOURNEYS: Mapping[str, Callable[[Transcript], Awaitable[None]]] = {
    "reminded": reminded,
    "moved": moved,
    "joined": joined,
    "submitted": submitted,
    "broadcast": broadcast,
    "settled": settled,
    "helped": helped,
    "erased": erased,
    "refused": refused,
    "menu": menu,
    **chat_journeys.JOURNEYS,
    **webinar_journeys.JOURNEYS,
}
