"""What people do in and around the chats of their groups, in the transcripts: joining, meeting, moving house."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from domain.permissions import Role
from domain.undo import UNDO_WITHIN
from messages import dates
from storage import chats, groups, people
from tests.chat.rooms import Room, found
from tests.chat.transcripts.record import Recorded, RecordedRoom, Transcript

BERLIN = ZoneInfo("Europe/Berlin")
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)

WHY = "Laborem futurum amo."
WHERE = "Schola Exempla"
BIO = "Machinas numero."
NAME = "Quo vadis, labor?"
POINT = "Quis summam scribit?"
MEETING_LINK, NEWER_LINK = "https://example.org/aula", "https://example.org/nova"
AGREED = "Consensimus de omnibus.\n\nProxime: summa."
CODE, TITLE, THEME = "PWG 5", "Urbes et fines", "Quomodo urbes migrationem gubernant."
TYPED = (WHY, WHERE, BIO, NAME, POINT, MEETING_LINK, NEWER_LINK, *AGREED.split("\n\n"), CODE, TITLE, THEME)
"""What people type is the same everywhere, and in no language that the bot speaks; but for dates."""

HALL, TOPIC = "Aula", "Futura"

DATES: Mapping[str, tuple[str, datetime]] = {
    "en": ("22.03.2022 16:00", datetime(2022, 3, 22, 15, tzinfo=UTC)),
    "de": ("Freitag 18 Uhr", datetime(2022, 3, 18, 17, tzinfo=UTC)),
    "fr": ("22 mars 16h", datetime(2022, 3, 22, 15, tzinfo=UTC)),
}
"""A day and a time as somebody types them in each language, and what it means on 14 March."""


# --- Joining, with a chat ---------------------------------------------------------------------


async def entered(transcript: Transcript) -> None:
    """From a link on the website into the group and its chat; a stranger at the door; a seat freed in the chat."""
    clara = await transcript.started("Clara", Role.COORDINATOR, 2)
    carl = await transcript.started("Carl", Role.COORDINATOR, 2)
    await _seats(transcript, "PWG 2", 2)
    hall = await _linked(transcript, clara)
    anna = await transcript.person("Anna")
    await anna.starts("g_2")
    await anna.presses("Ask to join")
    await anna.sends(WHY)
    await anna.sends(WHERE)
    await anna.presses("Hand in")
    card, accept = carl.visitor.screen, str(carl.visitor.screen.keyboard[0][0]["callback_data"])
    await clara.presses("Decline")
    await clara.presses("Undo")
    await clara.presses("Accept")
    carl.visitor.client.press_data(card, accept)
    await transcript.happens("Carl presses Accept as well")
    await transcript.time_goes_to(transcript.chat.clock.now() + UNDO_WITHIN)
    await _knocks(transcript, anna, hall)
    await _comes_in_from_the_street(transcript, clara, hall)
    await _waits_for_a_seat(transcript, clara, hall)
    await anna.visitor.starts("g_2")
    anna.screens = anna.now()
    anna.visitor.client.leave(hall.room.chat)
    await transcript.happens("Anna leaves Aula")
    await anna.presses("Leave")
    await clara.sends("/manage")
    await clara.presses("People")
    await carl.sends("/manage")
    await carl.presses("Group chat")


async def _seats(transcript: Transcript, code: str, most: int) -> None:
    async with transcript.chat.bot.database.write() as tx:
        group = await groups.get_by_code(tx, code)
        assert group is not None
        await groups.save(tx, replace(group, least_members=1, most_members=most))


async def _knocks(transcript: Transcript, person: Recorded, hall: RecordedRoom, bio: str | None = None) -> None:
    """Somebody asks to be let in by the link of the chat."""
    async with transcript.chat.bot.database.read() as tx:
        known = await chats.get(tx, hall.room.id)
    assert known is not None
    assert known.invite_link is not None
    person.visitor.client.ask_to_join(known.invite_link, bio=bio)
    await transcript.happens(f"{person.name} asks to be let into {HALL}")


async def _comes_in_from_the_street(transcript: Transcript, clara: Recorded, hall: RecordedRoom) -> None:
    ben = await transcript.person("Ben")
    await _knocks(transcript, ben, hall, BIO)
    await clara.presses("Accept")
    await transcript.time_goes_to(transcript.chat.clock.now() + UNDO_WITHIN)


async def _waits_for_a_seat(transcript: Transcript, clara: Recorded, hall: RecordedRoom) -> None:
    dora = await transcript.person("Dora")
    await dora.starts("g_2")
    await _knocks(transcript, dora, hall)
    await clara.presses("Accept")
    await transcript.time_goes_to(transcript.chat.clock.now() + UNDO_WITHIN)


async def _code(clara: Recorded) -> str:
    """The one-time code; every step to it is recorded."""
    await clara.sends("/manage")
    await clara.presses("Group chat")
    await clara.presses("Link a chat")
    return clara.visitor.screen.text.partition("/link ")[2].split()[0]


async def _linked(transcript: Transcript, clara: Recorded, **options: Any) -> RecordedRoom:
    hall = transcript.watches(await found(transcript.chat, clara.visitor, HALL, **options))
    await hall.says(clara, f"/link {await _code(clara)}")
    return hall


# --- A session, from the plan to the minutes --------------------------------------------------


async def met(transcript: Transcript) -> None:
    """A series is planned by typing, answered in the topic, moved, cancelled, held, noted."""
    _, starts_at = _typed(transcript)
    clara = await transcript.started("Clara", Role.COORDINATOR, 2)
    mia, ben, cem, fay = [await transcript.started(name, Role.MEMBER, 2) for name in ("Mia", "Ben", "Cem", "Fay")]
    anna = await transcript.started("Anna")
    async with transcript.chat.bot.database.write() as tx:
        await people.change(tx, cem.visitor.id, zone="America/Vancouver")
    hall = await _topic(transcript, clara, mia, ben, cem, fay, anna)
    await _plans(clara)
    for person, answer in ((mia, "I'll be there"), (ben, "Can't"), (cem, "Maybe"), (anna, "I'll be there")):
        await hall.presses(person, answer)
    await _proposes(mia)
    await _takes(clara)
    await transcript.time_goes_to(starts_at - timedelta(days=2))
    await fay.presses("I'll be there")
    await transcript.time_goes_to(starts_at - timedelta(days=1))
    later = (starts_at + timedelta(hours=1)).astimezone(BERLIN)
    await _changes(clara, 1, "Day and time", f"{later:%d.%m.%Y %H:%M}", "Only this one")
    await mia.presses("I'll be there")
    await cem.presses("I'll be there")
    await hall.presses(ben, "Can't")
    await _changes(clara, 1, "Join link", NEWER_LINK, "Only this one")
    await _changes(clara, 2, "Cancel the session", "Only this one")
    await transcript.time_goes_to(later.astimezone(UTC) - HOUR)
    await mia.presses("Join link")
    await transcript.time_goes_to(later.astimezone(UTC) - 15 * MINUTE)
    for person in (mia, anna):
        await person.starts(_joining(hall))
    await transcript.time_goes_to(later.astimezone(UTC) - 10 * MINUTE)
    await transcript.time_goes_to(later.astimezone(UTC) + HOUR)
    await _notes(clara)
    await mia.presses("Read the minutes")
    await hall.says(mia, "/sessions", next(iter(hall.room.chat.topics.values())))


def _joining(hall: RecordedRoom) -> str:
    """What the button of the newest card in the chat brings to the private one."""
    return str(hall.room.posts[-1].keyboard[-1][0]["url"]).partition("?start=")[2]


async def _topic(transcript: Transcript, clara: Recorded, *others: Recorded) -> RecordedRoom:
    """A topic that an anonymous administrator links."""
    members = [person.visitor.client.user for person in others]
    room = await found(transcript.chat, clara.visitor, HALL, forum=True, topics=[TOPIC], members=members)
    clara.visitor.client.promote(room.chat, can_invite_users=True, can_pin_messages=True, can_restrict_members=True)
    await transcript.chat.settles()
    hall = transcript.watches(room)
    await hall.says_as_group(clara, f"/link {await _code(clara)}", next(iter(room.chat.topics.values())))
    return hall


async def _answers(person: Recorded, *answers: str) -> None:
    """Each in turn: pressed where there is such a button, given in English, else typed."""
    for answer in answers:
        label = person.transcript.say.plain(answer)
        if any(label in row for row in person.visitor.screen.labels):
            await person.presses(answer)
        else:
            await person.sends(answer)


def _typed(transcript: Transcript) -> tuple[str, datetime]:
    return DATES.get(transcript.language, DATES["en"])


async def _plans(clara: Recorded) -> None:
    transcript = clara.transcript
    typed, _ = _typed(transcript)
    await _answers(clara, "/manage", "Sessions", "New session", NAME, "???", typed)
    await clara.presses_labelled(dates.lead(60, transcript.language))
    await _answers(clara, "Every week", "3", MEETING_LINK)
    await clara.presses_labelled(transcript.say.plain_plural("Save {count} session", "Save {count} sessions", 3))


async def _proposes(mia: Recorded) -> None:
    await mia.sends("/sessions")
    await mia.presses("{number} · Details", number=1)
    await _answers(mia, "Agenda", "Propose a point", POINT)


async def _takes(clara: Recorded) -> None:
    await clara.sends("/sessions")
    await clara.presses("{number} · Details", number=1)
    await clara.presses("Agenda ({count} proposed)", count=1)
    await clara.presses("{number} · Take", number=1)


async def _changes(clara: Recorded, number: int, *answers: str) -> None:
    await clara.sends("/sessions")
    await clara.presses("{number} · Details", number=number)
    await _answers(clara, "Change", *(a for a in answers if a != "Only this one"))
    if any(clara.transcript.say.plain("Only this one") in row for row in clara.visitor.screen.labels):
        await clara.presses("Only this one")
    await clara.presses("Save")


async def _notes(clara: Recorded) -> None:
    await clara.presses_labelled("✓ Cem")
    await clara.presses("Save")
    await _answers(clara, "Write the minutes", AGREED)
    await clara.presses("Save")


# --- What happens to chats --------------------------------------------------------------------


async def hosted(transcript: Transcript) -> None:
    """A topic is closed, the bot removed and brought back, rights are missing, a chat gets another id, is unlinked."""
    clara = await transcript.started("Clara", Role.COORDINATOR, 2)
    mia = await transcript.started("Mia", Role.MEMBER, 2)
    hall = await _topic(transcript, clara, mia)
    founder, room = clara.visitor.client, hall.room.chat
    topic = next(iter(room.topics.values()))
    founder.close_topic(room, topic)
    await transcript.happens(f"Clara closes {HALL}/{TOPIC}")
    await _plans(clara)
    await hall.says(mia, "/webinars")
    founder.reopen_topic(room, topic)
    await transcript.happens(f"Clara opens {HALL}/{TOPIC} again")
    await hall.says_as_group(clara, "/webinars", topic)
    await hall.says(mia, "/settings", topic)
    await hall.says(mia, "/link qwertz", topic)
    founder.remove_bot(room)
    await transcript.happens("Clara removes the bot")
    founder.add_bot(room)
    await transcript.happens("Clara adds the bot again")
    founder.promote(room)
    await transcript.happens("Clara makes the bot an administrator")
    await clara.sends("/manage")
    await clara.presses("Group chat")
    await clara.presses("Activate reminders")
    await clara.presses("Unlink")
    await clara.presses("Unlink")


async def grown(transcript: Transcript) -> None:
    """A small chat becomes a large one, with another id: everything goes on there."""
    clara = await transcript.started("Clara", Role.COORDINATOR, 2)
    hall = await _linked(transcript, clara, kind="group")
    await _plans(clara)
    hall.room.chat.title = "Aula minor"
    new = clara.visitor.client.migrate(hall.room.chat)
    new.title = "Aula maior"
    transcript.watches(Room(transcript.chat, new, clara.visitor))
    await transcript.happens("Aula grows and gets another id")
    await clara.sends("/manage")
    await clara.presses("Group chat")


# --- Groups and times -------------------------------------------------------------------------


async def organised(transcript: Transcript) -> None:
    """A group is made, and somebody named who coordinates it."""
    olga = await transcript.started("Olga", Role.ORGANISER)
    clara = await transcript.started("Clara")
    await olga.sends("/organise")
    await _answers(olga, "Groups", "New group", CODE, TITLE, THEME, "7", "10", "1.3.2022", "No date", "Yes", "Create")
    await _answers(olga, "Name a coordinator")
    await olga.sends("Clara")
    await olga.presses_labelled(olga.visitor.screen.labels[0][0])
    await olga.presses("Give the role")
    await clara.sends("/manage")
    await olga.sends("/organise")


async def agreed(transcript: Transcript) -> None:
    """A time is found across the world, by a poll."""
    clara = await transcript.started("Clara", Role.COORDINATOR, 2)
    mia, cem = [await transcript.started(name, Role.MEMBER, 2) for name in ("Mia", "Cem")]
    async with transcript.chat.bot.database.write() as tx:
        await people.change(tx, mia.visitor.id, zone="America/Vancouver")
        await people.change(tx, cem.visitor.id, zone="Asia/Jakarta")
    await _answers(clara, "/manage", "Find a time", "Find a time", NAME)
    await clara.presses_labelled(dates.lead(60, transcript.language))
    await clara.presses_labelled(clara.visitor.screen.labels[0][0])
    await _answers(clara, "Go on", "✓ 2", "✓ 4", "Ask the group")
    for person, number, vote in ((mia, 1, "If need be"), (mia, 2, "Yes"), (cem, 2, "Yes"), (cem, 1, "No")):
        await person.presses_labelled(f"{number} · {transcript.say.plain(vote)}")
    await clara.presses("Close and schedule")
    await clara.presses("Schedule it")


JOURNEYS: Mapping[str, Callable[[Transcript], Awaitable[None]]] = {
    "entered": entered,
    "met": met,
    "hosted": hosted,
    "grown": grown,
    "organised": organised,
    "agreed": agreed,
}
