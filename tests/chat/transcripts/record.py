"""Writes down what people do and see, person by person and chat by chat, in the words of their language.

    Anna > …   does something          Anna < …   a new message
    Anna ~ …   a message has changed   Anna ! …   a short notice over the screen
    Anna x     a message is gone

    Anna in Aula > …     does something in a group chat; Aula/Topica is a topic of it
    Aula < …             a new message of the bot there, and so on as with a person
    Aula ^ …             what is pinned there, by its first line, when that has changed
    Aula: Anna, Clara    who is in it, when that has changed

Buttons stand in brackets below their message; those that open an address end in ↗. What happens outside the bot stands
between dashes, and one-time codes are left out.
"""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta

from domain.permissions import Role
from messages.languages import speaker
from sandbox.state import Message, Topic
from tests.chat.rooms import Room
from tests.chat.world import Chat, Visitor

CODE = re.compile(r"(?<=/link )\S+")


class Transcript:
    """The record of one journey; everybody in it speaks the same language."""

    def __init__(self, chat: Chat, language: str) -> None:
        self.chat = chat
        self.language = language
        self.say = speaker(language)
        self.people: list[Recorded] = []
        self.rooms: list[RecordedRoom] = []
        self._lines: list[str] = []

    def __str__(self) -> str:
        return "\n".join(self._lines).strip() + "\n"

    async def person(self, name: str) -> "Recorded":
        """Somebody who has not pressed Start yet."""
        visitor = await self.chat.person(name, self.language, starts=False)
        self.people.append(Recorded(self, name, visitor))
        return self.people[-1]

    async def started(self, name: str, role: Role | None = None, group: int | None = None) -> "Recorded":
        """Somebody who has pressed Start, perhaps with a role; the greeting is not recorded again."""
        person = await self.person(name)
        await person.visitor.starts()
        if role is Role.MEMBER and group is not None:
            await self.chat.takes_seat(person.visitor, group)
        elif role is not None:
            await self.chat._with_role(person.visitor, role, group)
        person.screens = person.now()
        return person

    async def time_goes_to(self, moment: datetime) -> None:
        await self.chat.time_goes_to(moment)
        self.write("", f"— {moment:%Y-%m-%d %H:%M} UTC —")
        self.look()

    async def time_passes(self, *, minutes: int) -> None:
        await self.time_goes_to(self.chat.clock.now().replace(second=0, microsecond=0) + timedelta(minutes=minutes))

    async def happens(self, what: str) -> None:
        """Something was done in Telegram, not with the bot: what follows from it."""
        await self.chat.settles()
        self.write("", f"— {what} —")
        self.look()

    def watches(self, room: Room) -> "RecordedRoom":
        """From now on what is written in the chat is recorded; what is there already is not."""
        self.rooms.append(RecordedRoom(self, room))
        return self.rooms[-1]

    def write(self, *lines: str) -> None:
        self._lines.extend(lines)

    def look(self) -> None:
        """Write down what has changed in every chat and on everybody's screen."""
        for room in self.rooms:
            self.write(*room.news())
        for person in self.people:
            self.write(*person.news())


class Recorded:
    """A person whose doings and screens are written down."""

    def __init__(self, transcript: Transcript, name: str, visitor: Visitor) -> None:
        self.transcript = transcript
        self.name = name
        self.visitor = visitor
        self.screens: dict[int, str] = {}
        self._toasts = 0

    async def starts(self, payload: str = "") -> None:
        self._does(f"/start {payload}".strip())
        await self.visitor.starts(payload)
        self.transcript.look()

    async def sends(self, text: str) -> None:
        self._does(text)
        await self.visitor.sends(text)
        self.transcript.look()

    async def sends_file(self, name: str, size: int = 1000) -> None:
        self._does(f"📎 {name}, {size} B")
        await self.visitor.sends_file(name, size)
        self.transcript.look()

    async def presses(self, label: str, **values: object) -> None:
        """Press the newest button with this label, given in English as the code says it."""
        await self.presses_labelled(self.transcript.say.plain(label, **values))

    async def presses_labelled(self, label: str) -> None:
        """Press a button whose label is data, or depends on a number."""
        self._does(f"[{label}]")
        await self.visitor.presses(label)
        self.transcript.look()

    async def forges(self, data: str) -> None:
        """Press a button that is not there any more."""
        self._does(f"[{data}]")
        await self.visitor.forges(data)
        self.transcript.look()

    def _does(self, what: str) -> None:
        self.transcript.write("", *_indented(f"{self.name} > ", what))

    def now(self) -> dict[int, str]:
        """What stands on the screen, by message."""
        return {message.message_id: _shown(message) for message in self.visitor.messages}

    def news(self) -> list[str]:
        before, self.screens = self.screens, self.now()
        lines = _changes(before, self.screens, dict.fromkeys((*before, *self.screens), self.name))
        toasts = self.visitor.toasts[self._toasts :]
        self._toasts += len(toasts)
        return [*lines, *(f"{self.name} ! {toast}" for toast in toasts if toast)]


class RecordedRoom:
    """A group chat in which what the bot writes is written down."""

    def __init__(self, transcript: Transcript, room: Room) -> None:
        self.transcript = transcript
        self.room = room
        self.screens = self.now()
        self._heads: dict[int, str] = {}
        self._pinned = self._tops()
        self._people: list[str] = []

    async def says(self, person: Recorded, text: str, topic: Topic | None = None) -> None:
        self._does(person, text, topic)
        await self.room.says(person.visitor, text, topic=topic)
        self.transcript.look()

    async def says_as_group(self, person: Recorded, text: str, topic: Topic | None = None) -> None:
        """As an anonymous administrator."""
        self._does(person, f"(anonymous) {text}", topic)
        person.visitor.client.send_anonymously(self.room.chat, text, thread=topic)
        await self.transcript.chat.settles()
        self.transcript.look()

    async def presses(self, person: Recorded, label: str) -> None:
        """Press the newest button with this label, given in English as the code says it."""
        shown = self.transcript.say.plain(label)
        message = next(m for m in reversed(self.room.posts) if any(shown in row for row in m.labels))
        self._does(person, f"[{shown}]", self._topic_of(message))
        await self.room.presses(person.visitor, shown, message)
        self.transcript.look()

    def now(self) -> dict[int, str]:
        """What the bot has written there, by message."""
        return {message.message_id: _shown(message) for message in self.room.posts}

    def news(self) -> list[str]:
        before, self.screens = self.screens, self.now()
        for message in self.room.posts:
            self._heads[message.message_id] = self._place(self._topic_of(message))
        lines = _changes(before, self.screens, self._heads)
        if self._pinned != (pinned := self._tops()):
            self._pinned = pinned
            lines.append(f"{self._place(None)} ^ {'; '.join(pinned)}".rstrip())
        if self._people != (people := self.room.people):
            self._people = people
            lines.append(f"{self._place(None)}: {', '.join(people)}")
        return lines

    def _tops(self) -> list[str]:
        return [message.text.partition("\n")[0] for message in self.room.pinned]

    def _topic_of(self, message: Message) -> Topic | None:
        return self.room.chat.topics.get(message.thread_id) if message.thread_id else None

    def _place(self, topic: Topic | None) -> str:
        return f"{self.room.chat.name}/{topic.name}" if topic else self.room.chat.name

    def _does(self, person: Recorded, what: str, topic: Topic | None) -> None:
        head = f"{person.name} in {self._place(topic)} > "
        self.transcript.write("", *_indented(head, CODE.sub("…", what)))


def _changes(before: Mapping[int, str], after: Mapping[int, str], heads: Mapping[int, str]) -> list[str]:
    """What is gone, new or edited."""
    lines = [f"{heads[number]} x" for number in before if number not in after]
    for number, text in after.items():
        if before.get(number) != text:
            lines += _indented(f"{heads[number]} {'~' if number in before else '<'} ", text)
    return lines


def _shown(message: Message) -> str:
    rows = [" ".join(f"[{b['text']}{' ↗' if 'url' in b else ''}]" for b in row) for row in message.keyboard]
    file = message.content.get("document", {}).get("file_name")
    return "\n".join([*([f"📎 {file}"] if file else []), CODE.sub("…", message.text), *rows])


def _indented(head: str, text: str) -> list[str]:
    first, *others = text.split("\n")
    return [head + first, *(f"{' ' * len(head)}{line}".rstrip() for line in others)]
